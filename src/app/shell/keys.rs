//! Keys that work anywhere. A text field keeps its own undo and its own letters.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::app::commands::{Command, Keys, commands};

/// Listens as long as the page lives.
pub fn listen_for_keys() {
    let all = StoredValue::new(commands());
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let found =
            all.with_value(|all| all.iter().find(|it| it.keys.iter().any(|keys| is(&event, *keys))).cloned());
        let Some(Command { run, keys, .. }) = found else { return };
        let belongs_to_text = keys.iter().any(|it| !it.ctrl && !it.alt || it.key == "z" || it.key == "y");
        if belongs_to_text && is_text(&event) {
            return;
        }
        event.prevent_default();
        run.run(());
    });
    std::mem::forget(handle);
}

fn is(event: &KeyboardEvent, keys: Keys) -> bool {
    let ctrl = event.ctrl_key() || event.meta_key();
    // A sign such as `?` needs Shift on some keyboards and not on others.
    let shift = event.shift_key() == keys.shift || (!keys.ctrl && !keys.alt);
    // Alt changes the letter on some systems; the digit's place does not move.
    let key = event.key().to_lowercase() == keys.key || event.code() == format!("Digit{}", keys.key);
    ctrl == keys.ctrl && event.alt_key() == keys.alt && shift && key
}

/// Whether the event comes from where text is written.
fn is_text(event: &KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return false };
    let writes = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]:not([aria-readonly=true])";
    element.closest(writes).ok().flatten().is_some()
}
