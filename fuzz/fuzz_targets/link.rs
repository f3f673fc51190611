//! Any text as a share link: it is refused, or it is a design that comes back the same.

#![no_main]

use relata::share;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let whole = format!("{}{text}", share::PREFIX);
    for link in [text, &whole] {
        if let Ok(design) = share::decode(link) {
            assert_eq!(design.violations(), []);
        }
    }
});
