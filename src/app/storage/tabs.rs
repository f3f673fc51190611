//! Two tabs on one design: each tells the other what it did.

use leptos::prelude::*;
use relata::design::Edit;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::Saver;
use super::shelf::text;
use crate::app::store::Dispatch;

const CHANNEL: &str = "relata";

thread_local! {
    static HERE: Option<BroadcastChannel> = BroadcastChannel::new(CHANNEL).ok();
}

#[derive(Serialize, Deserialize)]
struct Told {
    design: String,
    edit: Edit,
}

/// Tells the other tabs what was done to a design.
pub fn tell(design: &str, edit: &Edit) {
    let told = Told { design: design.to_owned(), edit: edit.clone() };
    HERE.with(|channel| {
        if let Some(channel) = channel {
            // A tab that does not hear this reads the same from disk when it is next opened.
            let _ = channel.post_message(&text(&told).into());
        }
    });
}

/// Does here what other tabs do to the design that is open here.
pub fn follow_other_tabs(saver: Saver, dispatch: Dispatch) {
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let told = event.data().as_string().and_then(|it| serde_json::from_str::<Told>(&it).ok());
        let Some(told) = told else { return };
        if saver.key().get_untracked().as_ref() == Some(&told.design) {
            dispatch.follow(&told.edit);
        }
    });
    HERE.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
    });
    // Listens as long as the page lives.
    heard.forget();
}
