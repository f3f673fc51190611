//! Messages in, messages out: `[id, job, bytes…]` becomes `[id, answer, records…]`, job, answer and records as JSON.

use relata::job::{Answer, answer};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The first message: the worker listens.
const READY: &str = "ready";

/// Answers jobs as long as the worker lives.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let told = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(message) = heard(&event) {
            // A text can always be posted.
            let _ = told.post_message(&message);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let _ = scope.post_message(&READY.into());
}

fn heard(event: &MessageEvent) -> Option<JsValue> {
    let message: js_sys::Array = event.data().dyn_into().ok()?;
    let text = message.get(1).as_string()?;
    let bytes = message.iter().skip(2).map(|it| js_sys::Uint8Array::new(&it).to_vec()).collect();
    let (answer, records) = match serde_json::from_str(&text) {
        Ok(job) => answer(job, bytes),
        Err(error) => (Answer::Failed(error.to_string()), Vec::new()),
    };
    let told = serde_json::to_string(&answer);
    let told = told.or_else(|error| serde_json::to_string(&Answer::Failed(error.to_string())));
    let answer = js_sys::Array::of2(&message.get(0), &told.unwrap_or_default().into());
    for record in records {
        answer.push(&record.into());
    }
    Some(answer.into())
}
