//! Several tabs on one design: one writes it down, the others ask it to. What they say is decided in `design::Replica`; here are the
//! channel that carries it and the locks that tell who writes.

use js_sys::Function;
use relata::design::{Lane, Told};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::shelf::text;
use crate::app::edge::hold;
use crate::app::store::Dispatch;

const CHANNEL: &str = "relata";

thread_local! {
    static HERE: Option<BroadcastChannel> = BroadcastChannel::new(CHANNEL).ok();
}

#[derive(Serialize, Deserialize)]
struct Message {
    design: String,
    told: Told,
}

/// A lock among all tabs, held until this is dropped or the tab dies.
#[derive(Debug)]
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        // It only ends a promise.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// The lock of the tab that writes a design: at once or not at all, or else when it gets free.
pub async fn writing_lock(design: &str, waits: bool) -> Option<Held> {
    hold(&format!("relata-write-{design}"), waits).await.dyn_into().ok().map(Held)
}

/// The identities that this tab gives as long as it lives: no other open tab gives the same.
pub async fn own_lane() -> Lane {
    for place in 0..Lane::COUNT {
        if hold(&format!("relata-lane-{place}"), false).await.is_function() {
            return Lane::of(place);
        }
    }
    // More tabs than lanes: one in so many meets another, and then one of two edits of the same instant is refused.
    Lane::of((js_sys::Math::random() * 256.0) as u8)
}

/// Tells the other tabs.
pub fn tell(design: &str, told: Told) {
    let message = Message { design: design.to_owned(), told };
    HERE.with(|channel| {
        if let Some(channel) = channel {
            // A tab that does not hear this finds out by the count of the next thing that it hears.
            let _ = channel.post_message(&text(&message).into());
        }
    });
}

/// Hears what other tabs do to the design that is open here.
pub fn listen_to_other_tabs(dispatch: Dispatch) {
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data().as_string().and_then(|it| serde_json::from_str::<Message>(&it).ok());
        if let Some(Message { design, told }) = message {
            dispatch.hear(&design, told);
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
