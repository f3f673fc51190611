//! The panel of js/critic.js as a component.

use js_sys::Promise;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{ColumnId, TableId};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::modules::{call, load_critic, object, words_of};
use crate::app::check::{Critic, Runs};
use crate::app::messages::Messages;

/// What was found: everything, or what is about a table, what concerns one of its columns first.
#[component]
pub fn CriticPanel(
    #[prop(optional, into)] about: Signal<Option<(TableId, Option<ColumnId>)>>,
) -> impl IntoView {
    let (critic, messages, runs) = (Critic::from_context(), Messages::from_context(), Runs::from_context());
    let report = critic.report();
    let node = NodeRef::<html::Div>::new();
    let panel: RwSignal<JsValue, LocalStorage> = RwSignal::new_local(JsValue::UNDEFINED);
    // It lives as long as the panel, which JavaScript collects.
    let ask = Closure::<dyn Fn(String, String) -> Promise>::new(move |what: String, text: String| {
        future_to_promise(async move {
            let told = critic.does(&what, text).await;
            told.map(JsValue::from).map_err(|reason| {
                messages.fail(say!("check-not-done", reason = reason.as_str()));
                JsValue::from(reason)
            })
        })
    });
    let ask = StoredValue::new_local(ask.into_js_value());
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        spawn_local(async move {
            let mounted = match load_critic().await {
                Ok(module) => ask
                    .try_with_value(|it| {
                        call(&module, "mount", &[element.into(), object(&[("ask", it.clone())])])
                    })
                    .unwrap_or(Ok(JsValue::UNDEFINED)),
                Err(problem) => Err(problem),
            };
            match mounted {
                Ok(mounted) => drop(panel.try_set(mounted)),
                Err(problem) => {
                    messages.fail(say!("check-not-loaded", reason = words_of(&problem)));
                }
            }
        });
    });
    Effect::new(move || {
        let (report, about, run) = (report.get(), about.get(), runs.verdict().name());
        panel.with(|it| {
            if !it.is_undefined() {
                let id = |it: Option<u32>| it.map_or(JsValue::NULL, JsValue::from);
                let table = id(about.map(|it| it.0.0));
                let column = id(about.and_then(|it| it.1).map(|it| it.0));
                // A panel that cannot be shown leaves the one before.
                let _ = call(it, "show", &[report.into(), table, column, run.into()]);
            }
        });
    });
    view! { <div class="critic-host" node_ref=node></div> }
}
