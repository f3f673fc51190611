//! The page's side: one worker, started when first asked, asked one job at a time or several.

use std::collections::BTreeMap;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, WorkerOptions, WorkerType};

use super::{Answer, Job};
use crate::app::edge::words_of;

/// The first message of a worker: it listens.
pub const READY: &str = "ready";

/// The door to the worker.
#[derive(Clone, Copy)]
pub struct Worker(StoredValue<State, LocalStorage>);

#[derive(Default)]
struct State {
    worker: Option<web_sys::Worker>,
    is_ready: bool,
    /// Jobs from before the worker was ready.
    early: Vec<String>,
    next: u32,
    waiting: BTreeMap<u32, js_sys::Function>,
}

impl Worker {
    /// A door behind which no worker runs yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(State::default()))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Asks for a job. A worker that cannot be started or dies answers with the reason.
    pub(super) async fn ask(self, job: &Job) -> Result<Answer, String> {
        self.start().map_err(|problem| words_of(&problem))?;
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            self.0.update_value(|state| {
                state.next += 1;
                state.waiting.insert(state.next, resolve);
            });
        });
        let id = self.0.with_value(|it| it.next);
        let text = serde_json::to_string(&(id, job)).map_err(|error| error.to_string())?;
        self.0.update_value(|state| match (&state.worker, state.is_ready) {
            (Some(worker), true) => {
                // A text can always be posted.
                let _ = worker.post_message(&text.into());
            }
            _ => state.early.push(text),
        });
        let told = JsFuture::from(promise).await.map_err(|problem| words_of(&problem))?;
        let told = told.as_string().ok_or("the worker stopped")?;
        serde_json::from_str(&told).map_err(|error| error.to_string())
    }

    fn start(self) -> Result<(), JsValue> {
        if self.0.with_value(|it| it.worker.is_some()) {
            return Ok(());
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = web_sys::Worker::new_with_options(&address()?, &options)?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| self.hear(&event));
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |_| self.give_up());
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // They live as long as the worker, which lives as long as the page.
        on_message.forget();
        on_error.forget();
        self.0.update_value(|it| it.worker = Some(worker));
        Ok(())
    }

    fn hear(self, event: &MessageEvent) {
        let Some(text) = event.data().as_string() else { return };
        if text == READY {
            self.0.update_value(|state| {
                state.is_ready = true;
                for job in std::mem::take(&mut state.early) {
                    if let Some(worker) = &state.worker {
                        let _ = worker.post_message(&job.into());
                    }
                }
            });
            return;
        }
        // `12:{…}`: which job, and the answer as it is.
        let Some((id, answer)) = text.split_once(':') else { return };
        let waiting =
            id.parse().ok().and_then(|id| self.0.try_update_value(|it| it.waiting.remove(&id)).flatten());
        if let Some(resolve) = waiting {
            let _ = resolve.call1(&JsValue::NULL, &answer.into());
        }
    }

    /// The worker died: whoever waits is told, and the next job starts another.
    fn give_up(self) {
        let state = self.0.try_update_value(std::mem::take).unwrap_or_default();
        if let Some(worker) = state.worker {
            worker.terminate();
        }
        self.0.update_value(|it| it.next = state.next);
        for resolve in state.waiting.into_values() {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
    }
}

/// The worker's script, with the addresses that the page itself was started from.
fn address() -> Result<String, JsValue> {
    let of = |selector: &str| -> Result<String, JsValue> {
        let link = document().query_selector(selector)?;
        let href = link
            .and_then(|it| it.get_attribute("href"))
            .ok_or("the page does not say where its parts are")?;
        absolute(&href)
    };
    let script = of("link[rel=modulepreload]")?;
    let wasm = of("link[rel=preload][type='application/wasm']")?;
    let worker = web_sys::Url::new(&absolute("js/engine-worker.js")?)?;
    worker.search_params().append("script", &script);
    worker.search_params().append("wasm", &wasm);
    Ok(worker.href())
}

fn absolute(address: &str) -> Result<String, JsValue> {
    let base = document().base_uri()?.unwrap_or_default();
    Ok(web_sys::Url::new_with_base(address, &base)?.href())
}
