//! Files dropped anywhere on the page are opened.

use leptos::prelude::*;

use crate::app::edge::files_of;
use crate::app::opener::Opener;

/// Listens as long as the page lives; tells whether something is being dragged over the page.
pub fn listen_for_drops(opener: Opener) -> Signal<bool> {
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
        opener.open_files(files_of(event.data_transfer().and_then(|it| it.files())));
    });
    std::mem::forget((over, leave, drop));
    is_over.into()
}
