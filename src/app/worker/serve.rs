//! The worker's side: hears jobs, answers them one after the other.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::door::READY;
use super::{Answer, Job, answer};

/// Whether this module runs in a worker and not in a page.
pub fn is_worker() -> bool {
    scope().is_some()
}

/// Answers jobs as long as the worker lives.
pub fn serve() {
    let Some(scope) = scope() else { return };
    let told = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else { return };
        let Ok((id, job)) = serde_json::from_str::<(u32, Job)>(&text) else { return };
        let answer = serde_json::to_string(&answer(job));
        let answer = answer.or_else(|error| serde_json::to_string(&Answer::Failed(error.to_string())));
        // A text can always be posted.
        let _ = told.post_message(&format!("{id}:{}", answer.unwrap_or_default()).into());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let _ = scope.post_message(&READY.into());
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}
