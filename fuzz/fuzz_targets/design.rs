//! Any text as a design file: it is refused, or it is a design that comes back the same.

#![no_main]

use relata::design::Design;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(design) = Design::from_json(text) {
        assert_eq!(design.violations(), []);
        assert_eq!(Design::from_json(&design.to_json()).as_ref(), Ok(&design));
    }
});
