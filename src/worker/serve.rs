//! Messages in, messages out: `[id, job, bytes…]` becomes `[id, answer, records…]`, job, answer and records as JSON.
//! Records that are there before the answer is go ahead, as `[id, null, records…]`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use relata::base::heap;
use relata::job::{Answer, Desk, ROUNDS, answer, exercise};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The first message: the worker listens.
const READY: &str = "ready";

/// Answers jobs as long as the worker lives.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    heap::reserve(heap::ROOM);
    let told = scope.clone();
    let is_busy = Rc::new(Cell::new(false));
    let heard_of = Rc::clone(&is_busy);
    let desk = RefCell::new(Desk::default());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        heard_of.set(true);
        // A text can always be posted.
        let post = |message: JsValue| told.post_message(&message).unwrap_or_default();
        heard(&event, &desk, &post);
        desk.borrow_mut().tidy();
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    let _ = scope.post_message(&READY.into());
    practise(scope, is_busy, 0);
}

/// Practises until there is work, a round at a time so that what comes is heard.
fn practise(scope: DedicatedWorkerGlobalScope, is_busy: Rc<Cell<bool>>, round: usize) {
    if round == ROUNDS {
        return;
    }
    let told = scope.clone();
    let next = Closure::once_into_js(move || {
        if !is_busy.get() {
            exercise(round);
            practise(told, is_busy, round + 1);
        }
    });
    // Without practice the first file takes longer, no more.
    let _ = scope.set_timeout_with_callback(next.unchecked_ref());
}

/// Posts the answer to a message; what the answer holds is freed when it is on its way.
fn heard(event: &MessageEvent, desk: &RefCell<Desk>, post: &dyn Fn(JsValue)) {
    let Ok(message) = event.data().dyn_into::<js_sys::Array>() else { return };
    let Some(text) = message.get(1).as_string() else { return };
    let bytes = message.iter().skip(2).map(|it| js_sys::Uint8Array::new(&it).to_vec()).collect();
    let mut ahead = |records| post(told(&message.get(0), &JsValue::NULL, records));
    let (answer, records) = match serde_json::from_str(&text) {
        // Jobs are heard one after the other: nobody else has it.
        Ok(job) => answer(job, bytes, &mut desk.borrow_mut(), &mut ahead),
        Err(error) => (Answer::Failed(error.to_string()), Vec::new()),
    };
    let text = serde_json::to_string(&answer);
    let text = text.or_else(|error| serde_json::to_string(&Answer::Failed(error.to_string())));
    post(told(&message.get(0), &text.unwrap_or_default().into(), records));
}

fn told(id: &JsValue, answer: &JsValue, records: Vec<String>) -> JsValue {
    let told = js_sys::Array::of2(id, answer);
    for record in records {
        told.push(&record.into());
    }
    told.into()
}
