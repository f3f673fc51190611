//! Files dropped anywhere on the page are opened, and so is what is pasted where nothing takes text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::app::edge::{files_of, files_of_drop};
use crate::app::messages::Messages;
use crate::app::opener::Opener;

/// Listens as long as the page lives; tells whether something is being dragged over the page.
pub fn listen_for_drops(opener: Opener, messages: Messages) -> Signal<bool> {
    let is_over = RwSignal::new(false);
    let has_files = |event: &web_sys::DragEvent| {
        event.data_transfer().is_some_and(|it| it.types().includes(&"Files".into(), 0))
    };
    let over = window_event_listener(leptos::ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
            is_over.set(true);
        }
    });
    let leave = window_event_listener(leptos::ev::dragleave, move |event| {
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        is_over.set(false);
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        let Some(transfer) = event.data_transfer() else { return };
        // Walking a folder takes a while: what is dropped after it comes after it.
        let turn = opener.turn();
        spawn_local(async move {
            match files_of_drop(transfer).await {
                Ok(files) => opener.open_files(turn, files),
                Err(reason) => messages.fail(say!("shell-drop-failed", reason = reason)),
            }
        });
    });
    let paste = window_event_listener(leptos::ev::paste, move |event| {
        let Some(transfer) = event.clipboard_data().filter(|_| !is_written_to(&event)) else { return };
        let files = files_of(transfer.files());
        if !files.is_empty() {
            event.prevent_default();
            return opener.open_files(opener.turn(), files);
        }
        let text = transfer.get_data("text/plain").unwrap_or_default();
        if !text.trim().is_empty() {
            event.prevent_default();
            opener.open_text(&text);
        }
    });
    std::mem::forget((over, leave, drop, paste));
    is_over.into()
}

/// Whether an event is meant for something that takes text.
fn is_written_to(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
    let writes = "input, textarea, [contenteditable]:not([contenteditable=false]), dialog";
    target.is_some_and(|it| it.closest(writes).is_ok_and(|it| it.is_some()))
}
