//! The panel of js/model.js as a component: it shows and sends, the worker asks and checks.

use js_sys::{Promise, Uint8Array};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::Packed;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::modules::{call, load_model, object, words_of};
use crate::app::messages::Messages;
use crate::app::review::Review;
use crate::app::store::Document;
use crate::app::talk::Conversation;
use crate::app::worker::Worker;

/// The panel. Its answers come as proposals, through the same review as any other.
#[component]
pub fn ModelPanel() -> impl IntoView {
    let (messages, review) = (Messages::from_context(), Review::from_context());
    let (document, worker) = (Document::from_context(), Worker::from_context());
    let node = NodeRef::<html::Div>::new();
    let ask = Closure::<dyn Fn(String, bool, Option<Uint8Array>) -> Promise>::new(
        move |ask: String, needs_design: bool, bytes: Option<Uint8Array>| {
            let design = needs_design.then(|| document.peek(Packed::of));
            future_to_promise(async move {
                let beside: Vec<Uint8Array> = bytes.into_iter().collect();
                let told = worker.model(design, ask, &beside).await;
                told.map(JsValue::from).map_err(|reason| JsValue::from(reason.as_str()))
            })
        },
    );
    let propose =
        Closure::<dyn Fn(String)>::new(move |proposal: String| match serde_json::from_str(&proposal) {
            Ok(proposal) => review.show(say!("llm-take-over"), proposal),
            Err(error) => messages.fail(say!("llm-not-shown", reason = error.to_string())),
        });
    let design = f64::from(u32::try_from(document.opened().get_untracked()).unwrap_or(u32::MAX));
    let options = object(&[
        ("ask", ask.into_js_value()),
        ("propose", propose.into_js_value()),
        ("design", design.into()),
        ("request", Conversation::from_context().take_for_model().into()),
    ]);
    let panel: StoredValue<JsValue, LocalStorage> = StoredValue::new_local(JsValue::UNDEFINED);
    let options = StoredValue::new_local(options);
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        spawn_local(async move {
            let mounted = match load_model().await {
                Ok(module) => options
                    .try_with_value(|it| call(&module, "mount", &[element.into(), it.clone()]))
                    .unwrap_or(Ok(JsValue::UNDEFINED)),
                Err(problem) => Err(problem),
            };
            match mounted {
                Ok(mounted) => drop(panel.try_set_value(mounted)),
                Err(problem) => {
                    messages.fail(say!("llm-not-loaded", reason = words_of(&problem)));
                }
            }
        });
    });
    on_cleanup(move || {
        // One that was never mounted has nothing to take away.
        let _ = panel.try_with_value(|it| call(it, "destroy", &[]));
    });
    view! { <div class="llm" data-testid="model" node_ref=node></div> }
}
