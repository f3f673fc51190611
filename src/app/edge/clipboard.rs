//! The clipboard.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::app::messages::Messages;

/// Copies a text and says so: `copied` is what was copied, as a sentence.
pub fn copy(text: &str, copied: impl Into<String>, messages: Messages) {
    let copied = copied.into();
    let done = window().navigator().clipboard().write_text(text);
    spawn_local(async move {
        match JsFuture::from(done).await {
            Ok(_) => messages.say(copied),
            Err(_) => messages.fail(say!("page-no-copy")),
        }
    });
}
