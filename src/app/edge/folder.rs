//! The folder of js/folder.js in which designs live as files: its panel, and what keeps the files up to date.

use js_sys::{Function, Promise, Uint8Array};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::Packed;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use super::modules::{call, load_folder, object, words_of};
use crate::app::commands::file_stem;
use crate::app::messages::Messages;
use crate::app::opener::Opener;
use crate::app::shell::Dialogs;
use crate::app::storage::{SaveState, Saver};
use crate::app::store::Document;
use crate::app::worker::Worker;

/// Where js/folder.js keeps which design is which file: without it there is nothing to keep up to date.
const FILES: &str = "relata.files";

/// What js/folder.js is given; made once, when it is first needed.
#[derive(Clone, Copy)]
struct Given(StoredValue<Option<JsValue>, LocalStorage>);

impl Given {
    fn page(self) -> JsValue {
        let given = self.0.with_value(Clone::clone).unwrap_or_else(page);
        self.0.set_value(Some(given.clone()));
        given
    }
}

/// Writes the open design to its file each time it has been saved on this device.
pub fn keep_files_up_to_date() {
    let (saver, messages) = (Saver::from_context(), Messages::from_context());
    let state = saver.state();
    let given = Given(StoredValue::new_local(None));
    provide_context(given);
    Effect::new(move |before: Option<SaveState>| {
        let now = state.get();
        let is_saved = now == SaveState::Saved && before.is_some_and(|it| it != SaveState::Saved);
        let storage = || window().local_storage().ok().flatten();
        let has_files = || storage().and_then(|it| it.get_item(FILES).ok().flatten()).is_some();
        if is_saved && !saver.is_sealed() && has_files() {
            tell(given.page(), "saved", Vec::new(), messages);
        }
        now
    });
}

/// The folder among the designs of this device.
#[component]
pub fn FolderPanel() -> impl IntoView {
    let messages = Messages::from_context();
    let node = NodeRef::<html::Div>::new();
    let given: Given = expect_context();
    Effect::new(move || {
        let Some(element) = node.get() else { return };
        tell(given.page(), "mount", vec![element.into()], messages);
    });
    view! { <div class="folder" data-testid="folder" node_ref=node></div> }
}

/// Calls a function of js/folder.js, which is fetched when this is the first time; what goes wrong is told.
fn tell(page: JsValue, function: &'static str, arguments: Vec<JsValue>, messages: Messages) {
    spawn_local(async move {
        let told = match load_folder().await {
            Ok(module) => call(&module, "begin", &[page]).and_then(|_| call(&module, function, &arguments)),
            Err(problem) => Err(problem),
        };
        if let Err(problem) = told {
            messages.fail(say!("folder-failed", reason = words_of(&problem)));
        }
    });
}

/// What the page lets js/folder.js do.
fn page() -> JsValue {
    let (document, worker, saver) = (Document::from_context(), Worker::from_context(), Saver::from_context());
    let (opener, dialogs, messages) =
        (Opener::from_context(), Dialogs::from_context(), Messages::from_context());
    let key = Closure::<dyn Fn() -> Option<String>>::new(move || saver.key().get_untracked());
    let title = Closure::<dyn Fn() -> String>::new(move || document.peek(|design| file_stem(design.title())));
    let text = Closure::<dyn Fn() -> Promise>::new(move || {
        let design = document.peek(Packed::of);
        future_to_promise(async move { answered(worker.file(design).await) })
    });
    let open =
        Closure::<dyn Fn(String, Uint8Array) -> Promise>::new(move |name: String, bytes: Uint8Array| {
            dialogs.close();
            future_to_promise(async move { answered(opener.open_bytes(name, bytes).await) })
        });
    let show = Closure::<dyn Fn(String) -> Promise>::new(move |key: String| {
        future_to_promise(async move {
            let is_shown = opener.show_kept(&key).await;
            if is_shown {
                dialogs.close();
            }
            Ok(is_shown.into())
        })
    });
    let fail = Closure::<dyn Fn(String)>::new(move |text: String| messages.fail(text));
    let offer = Closure::<dyn Fn(String, String, Function)>::new(
        move |text: String, action: String, run: Function| {
            let run = StoredValue::new_local(run);
            // What goes wrong within is told there.
            let on_action = Callback::new(move |()| drop(run.with_value(|it| it.call0(&JsValue::UNDEFINED))));
            messages.fail_with(text, action, on_action);
        },
    );
    object(&[
        ("key", key.into_js_value()),
        ("title", title.into_js_value()),
        ("text", text.into_js_value()),
        ("open", open.into_js_value()),
        ("show", show.into_js_value()),
        ("fail", fail.into_js_value()),
        ("offer", offer.into_js_value()),
    ])
}

fn answered(told: Result<String, String>) -> Result<JsValue, JsValue> {
    told.map(JsValue::from).map_err(|reason| js_sys::Error::new(&reason).into())
}
