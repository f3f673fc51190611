//! The sheet of cells by js/sheet.js as a component, and completion by js/combobox.js.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, JSON, Promise};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::Packed;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::modules::{call, complete, load_sheet, object, words_of};
use crate::app::messages::Messages;
use crate::app::store::Document;
use crate::app::worker::Worker;

/// Takes lines, as JSON: whether they were taken, and so are answered.
pub type Fill = Rc<dyn Fn(String) -> Pin<Box<dyn Future<Output = bool>>>>;

/// Who waits for an answer although the sheet was closed: a change that was made while the one before was on its way.
#[derive(Clone, Default)]
pub struct Unanswered(Rc<RefCell<JsValue>>);

impl Unanswered {
    /// Gives the answer, after which what was changed behind it is told.
    pub fn answer(&self, sheet: String) {
        let grid = self.0.take();
        if !grid.is_undefined() {
            // What cannot be read leaves the design as it is.
            let _ = call(&grid, "show", &[sheet.into()]);
        }
    }
}

/// Cells that show `sheet`, JSON as the worker writes it, and tell the lines whenever a person changes one.
#[component]
pub fn SheetGrid(
    #[prop(into)] sheet: Signal<String>,
    /// The accessible name.
    label: String,
    /// Which cell of a line is a type.
    types_at: i32,
    /// Takes the lines, the last ones maybe when the sheet is closed.
    on_fill: Fill,
    /// Answered when `sheet` is no more.
    unanswered: Unanswered,
) -> impl IntoView {
    let messages = Messages::from_context();
    let types = types_function(Worker::from_context(), Document::from_context());
    let node = NodeRef::<html::Div>::new();
    let grid: RwSignal<JsValue, LocalStorage> = RwSignal::new_local(JsValue::UNDEFINED);
    // It lives as long as the grid, which JavaScript collects.
    let fill = Closure::<dyn Fn(String) -> Promise>::new(move |lines| {
        let taken = on_fill(lines);
        future_to_promise(async move { if taken.await { Ok(JsValue::TRUE) } else { Err(JsValue::FALSE) } })
    });
    let options = object(&[
        ("label", label.into()),
        ("typesAt", types_at.into()),
        ("types", types.into()),
        ("onFill", fill.into_js_value()),
    ]);
    let options = StoredValue::new_local(options);
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        spawn_local(async move {
            let mounted = match load_sheet().await {
                Ok(module) => options
                    .try_with_value(|it| call(&module, "mount", &[element.into(), it.clone()]))
                    .unwrap_or(Ok(JsValue::UNDEFINED)),
                Err(problem) => Err(problem),
            };
            match mounted {
                Ok(mounted) => drop(grid.try_set(mounted)),
                Err(problem) => {
                    messages.fail(say!("keep-sheet-not-loaded", reason = words_of(&problem)));
                }
            }
        });
    });
    Effect::new(move || {
        let shown = sheet.get();
        grid.with(|it| {
            if !it.is_undefined() && !shown.is_empty() {
                // A sheet that cannot be shown leaves the one before.
                let _ = call(it, "show", &[shown.into()]);
            }
        });
    });
    let unanswered = StoredValue::new_local(unanswered);
    on_cleanup(move || {
        let Some(it) = grid.try_update(std::mem::take) else { return };
        // One that was never mounted has nothing to take away.
        if call(&it, "destroy", &[]).is_ok_and(|it| it.is_truthy()) {
            unanswered.try_with_value(|waiting| waiting.0.replace(it));
        }
    });
    view! { <div class="sheet-host" node_ref=node></div> }
}

/// Completes the field that has taken the focus with the types that a column can have.
pub fn complete_types(event: &web_sys::FocusEvent, worker: Worker, document: Document) {
    let input: web_sys::HtmlInputElement = event_target(event);
    spawn_local(async move {
        // Without completion a type is still written by hand.
        let _ = complete(&input, &types_function(worker, document)).await;
    });
}

fn types_function(worker: Worker, document: Document) -> Function {
    let ask = Closure::<dyn Fn() -> Promise>::new(move || {
        let design = document.peek(Packed::of);
        future_to_promise(async move {
            let types = worker.types(design).await.map_err(|reason| JsValue::from(reason.as_str()))?;
            JSON::parse(&types)
        })
    });
    ask.into_js_value().unchecked_into()
}
