//! The text editor: `CodeMirror` by js/editor.js, as a component.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::Span;
use wasm_bindgen::prelude::*;

use super::modules::{call, load_editor, object, words_of};
use crate::app::messages::Messages;
use crate::app::theme::Theme;

/// Words that are marked in a text. Several may share an id, and they may overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// Its class in the page.
    pub class: &'static str,
    /// What it belongs to.
    pub id: String,
}

/// How a problem is underlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// As an error.
    Error,
    /// As a warning.
    Warning,
}

/// Something wrong at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// How it is underlined.
    pub gravity: Gravity,
    /// What.
    pub message: String,
}

/// How a mark was pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    /// The pointer is over it.
    Hover,
    /// It was clicked.
    Click,
    /// The cursor stands in it.
    Cursor,
}

/// The marks under the pointer or the cursor, innermost first; none when it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkEvent {
    /// Their ids.
    pub ids: Vec<String>,
    /// By what.
    pub pointing: Pointing,
}

/// An editor that shows `text`, and tells when a person changes it. It loads on first use.
#[component]
pub fn TextEditor(
    /// What it shows; a change from outside replaces the text and keeps the editor's own history.
    #[prop(into)]
    text: Signal<String>,
    /// `sql`, `markdown`, `json` or `text`.
    language: &'static str,
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The handle of the text itself.
    testid: &'static str,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Told at each change by a person; without it the text cannot be changed.
    #[prop(optional)]
    on_change: Option<Callback<String>>,
    /// Told where the cursor stands, in bytes, whenever a person moves it.
    #[prop(optional)]
    on_cursor: Option<Callback<u32>>,
    /// Told when marks are pointed at.
    #[prop(optional)]
    on_marks: Option<Callback<MarkEvent>>,
    /// Marked words.
    #[prop(optional, into)]
    marks: Signal<Vec<Mark>>,
    /// Ids of the marks that stand out.
    #[prop(optional, into)]
    active: Signal<Vec<String>>,
    /// Problems, underlined.
    #[prop(optional, into)]
    problems: Signal<Vec<Problem>>,
    /// A place to scroll to whenever it changes.
    #[prop(optional, into)]
    reveal: Signal<Option<Span>>,
) -> impl IntoView {
    let messages = Messages::from_context();
    let is_dark = Theme::from_context().is_dark();
    let node = NodeRef::<html::Div>::new();
    // Held so that the functions given to JavaScript live as long as the editor.
    let mounted: RwSignal<Option<Mounted>, LocalStorage> = RwSignal::new_local(None);

    Effect::new(move || {
        let Some(element) = node.get() else { return };
        let (label, placeholder) = (label.clone(), placeholder.clone());
        spawn_local(async move {
            // What is empty and can be written into begins as a plain text area: a first visit does not fetch the library.
            let is_later = language == "markdown"
                && on_change.is_some()
                && text.try_with_untracked(String::is_empty) == Some(true);
            let module = match load_editor(is_later).await {
                Ok(module) => module,
                Err(problem) => {
                    messages.fail(say!("keep-editor-not-loaded", reason = words_of(&problem)));
                    return;
                }
            };
            // The step may have been left meanwhile, or the text have come; that makes a text area an editor.
            let Some(doc) = text.try_get_untracked() else { return };
            let calls = Calls::new(on_change, on_cursor, on_marks);
            let mut options = vec![
                ("doc", JsValue::from(doc)),
                ("language", language.into()),
                ("readOnly", on_change.is_none().into()),
                ("lineNumbers", (language != "markdown").into()),
                ("whole", (language != "markdown").into()),
                ("wrap", (language == "markdown").into()),
                ("dark", is_dark.get_untracked().into()),
                ("placeholder", placeholder.as_str().into()),
                ("label", label.as_str().into()),
                ("testid", testid.into()),
            ];
            options.extend(calls.options());
            match call(&module, "mount", &[element.into(), object(&options)]) {
                Ok(editor) => mounted.set(Some(Mounted { editor, _calls: calls })),
                Err(problem) => messages.fail(say!("keep-editor-failed", reason = words_of(&problem))),
            }
        });
    });

    // Each says what the editor is to show; a call that fails leaves it as it was.
    let tell = move |method: &'static str, arguments: &[JsValue]| {
        mounted.with(|it| it.as_ref().map(|it| call(&it.editor, method, arguments).is_ok()));
    };
    Effect::new(move || {
        let wanted = text.get();
        mounted.with(|it| {
            let Some(it) = it else { return };
            let shown = call(&it.editor, "getDoc", &[]).ok().and_then(|it| it.as_string());
            if shown.as_ref() != Some(&wanted) {
                let _ = call(&it.editor, "setDoc", &[wanted.into()]);
            }
        });
    });
    Effect::new(move || {
        tell("setMarks", &[marks.with(|all| all.iter().map(mark_to_js).collect::<js_sys::Array>()).into()]);
    });
    Effect::new(move || tell("setActive", &[active.with(|all| strings(all))]));
    Effect::new(move || {
        tell(
            "setDiagnostics",
            &[problems.with(|all| all.iter().map(problem_to_js).collect::<js_sys::Array>()).into()],
        );
    });
    Effect::new(move || tell("setTheme", &[is_dark.get().into()]));
    Effect::new(move || {
        let place = reveal.get().map(|it| [it.start.into(), it.end.into()]);
        tell("revealRange", place.as_ref().map_or(&[], |it| it.as_slice()));
    });
    on_cleanup(move || {
        if let Some(it) = mounted.try_update(Option::take).flatten() {
            let _ = call(&it.editor, "destroy", &[]);
        }
    });

    view! { <div class="text-editor" node_ref=node></div> }
}

struct Mounted {
    editor: JsValue,
    _calls: Calls,
}

/// What the editor may call.
struct Calls {
    change: Option<Closure<dyn Fn(String)>>,
    cursor: Option<Closure<dyn Fn(f64)>>,
    marks: Option<Closure<dyn Fn(JsValue, String)>>,
}

impl Calls {
    fn new(
        on_change: Option<Callback<String>>,
        on_cursor: Option<Callback<u32>>,
        on_marks: Option<Callback<MarkEvent>>,
    ) -> Self {
        let change = on_change.map(|it| {
            Closure::<dyn Fn(String)>::new(move |text| {
                it.try_run(text);
            })
        });
        let cursor = on_cursor.map(|it| {
            Closure::<dyn Fn(f64)>::new(move |at: f64| {
                it.try_run(at as u32);
            })
        });
        let marks = on_marks.map(|it| {
            Closure::<dyn Fn(JsValue, String)>::new(move |ids: JsValue, kind: String| {
                let ids = js_sys::Array::from(&ids).iter().filter_map(|id| id.as_string()).collect();
                let pointing = match kind.as_str() {
                    "hover" => Pointing::Hover,
                    "click" => Pointing::Click,
                    _ => Pointing::Cursor,
                };
                it.try_run(MarkEvent { ids, pointing });
            })
        });
        Self { change, cursor, marks }
    }

    fn options(&self) -> Vec<(&'static str, JsValue)> {
        let change = self.change.as_ref().map(|it| ("onChange", it.as_ref().clone()));
        let marks = self.marks.as_ref().map(|it| ("onMarks", it.as_ref().clone()));
        let cursor = self.cursor.as_ref().map(|it| ("onCursor", it.as_ref().clone()));
        change.into_iter().chain(cursor).chain(marks).collect()
    }
}

fn mark_to_js(mark: &Mark) -> JsValue {
    object(&[
        ("from", mark.span.start.into()),
        ("to", mark.span.end.into()),
        ("class", mark.class.into()),
        ("id", mark.id.as_str().into()),
    ])
}

fn problem_to_js(problem: &Problem) -> JsValue {
    object(&[
        ("from", problem.span.start.into()),
        ("to", problem.span.end.into()),
        ("severity", if problem.gravity == Gravity::Error { "error" } else { "warning" }.into()),
        ("message", problem.message.as_str().into()),
    ])
}

fn strings(all: &[String]) -> JsValue {
    all.iter().map(|it| JsValue::from(it.as_str())).collect::<js_sys::Array>().into()
}
