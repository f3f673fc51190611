//! Everything that can be done by name: the palette lists it, the keys find it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::capitalized;
use relata::job::{Packed, Talk};
use relata::write::Format;

use super::check::Runs;
use super::derived::Derived;
use super::edge::{copy, download};
use super::messages::Messages;
use super::navigation::{Navigation, Step};
use super::opener::Opener;
use super::shell::{Dialogs, Shown};
use super::store::{Dispatch, Document};
use super::talk::Conversation;
use super::theme::Theme;
use super::worker::Worker;

/// A key with what must be held down; `Ctrl` is also `⌘`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Ctrl or ⌘.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key as the browser names it, in lower case.
    pub key: &'static str,
}

impl Keys {
    const fn ctrl(key: &'static str) -> Self {
        Self { ctrl: true, shift: false, alt: false, key }
    }

    const fn ctrl_shift(key: &'static str) -> Self {
        Self { ctrl: true, shift: true, alt: false, key }
    }

    const fn alt(key: &'static str) -> Self {
        Self { ctrl: false, shift: false, alt: true, key }
    }

    const fn plain(key: &'static str) -> Self {
        Self { ctrl: false, shift: false, alt: false, key }
    }

    fn key_name(self) -> String {
        capitalized(self.key)
    }

    /// As people read it: `Ctrl Shift Z`.
    pub fn words(self) -> String {
        let held =
            [(self.ctrl, say!("key-ctrl")), (self.shift, say!("key-shift")), (self.alt, say!("key-alt"))];
        let held = held.into_iter().filter(|it| it.0).map(|it| it.1);
        held.chain([self.key_name()]).collect::<Vec<_>>().join(" ")
    }
}

/// Something that can be done.
#[derive(Clone)]
pub struct Command {
    /// What it does, beginning with a verb.
    pub title: String,
    /// The keys for it; the first is shown.
    pub keys: Vec<Keys>,
    /// Does it.
    pub run: Callback<()>,
}

/// All commands, in the order in which the palette shows them.
pub fn commands() -> Vec<Command> {
    let mut all = steps();
    all.extend(of_the_design());
    all.extend(of_files());
    all.extend(of_the_page());
    all
}

fn command(title: impl Into<String>, keys: &[Keys], run: impl Fn() + Send + Sync + 'static) -> Command {
    Command { title: title.into(), keys: keys.to_vec(), run: Callback::new(move |()| run()) }
}

fn steps() -> Vec<Command> {
    let navigation = Navigation::from_context();
    let keys = ["1", "2", "3", "4", "5", "6"];
    let go = |(step, key): (Step, &'static str)| {
        command(say!("command-go", step = step.name()), &[Keys::alt(key)], move || navigation.go(step))
    };
    Step::ALL.into_iter().zip(keys).map(go).collect()
}

fn of_the_design() -> Vec<Command> {
    let (dispatch, dialogs, runs) = (Dispatch::from_context(), Dialogs::from_context(), Runs::from_context());
    let (derived, messages) = (Derived::from_context(), Messages::from_context());
    let (navigation, talk) = (Navigation::from_context(), Conversation::from_context());
    let document = dispatch.document();
    vec![
        command(say!("page-undo"), &[Keys::ctrl("z")], move || dispatch.undo()),
        command(say!("command-redo"), &[Keys::ctrl_shift("z"), Keys::ctrl("y")], move || dispatch.redo()),
        command(say!("page-add-table"), &[Keys::alt("n")], move || dialogs.show(Shown::AddTable)),
        command(say!("command-run"), &[Keys::ctrl("enter")], move || {
            navigation.go(Step::Check);
            runs.start();
        }),
        command(say!("command-copy-sql"), &[], move || {
            copy(&derived.script(), say!("page-sql-copied"), messages);
        }),
        command(say!("command-talk"), &[Keys::alt("a")], move || talk.toggle()),
        command(say!("command-contexts"), &[], move || {
            talk.have(Talk::Contexts { design: document.peek(Packed::of) });
        }),
        command(say!("llm-title"), &[Keys::alt("l")], move || dialogs.show(Shown::Model)),
        command(say!("command-history"), &[Keys::alt("h")], move || dialogs.show(Shown::History)),
        command(say!("ship-share"), &[], move || dialogs.show(Shown::Share)),
    ]
}

fn of_files() -> Vec<Command> {
    let (opener, dialogs) = (Opener::from_context(), Dialogs::from_context());
    let (document, derived, messages) =
        (Document::from_context(), Derived::from_context(), Messages::from_context());
    let worker = Worker::from_context();
    let told = move |result: Result<(), String>| {
        if let Err(reason) = result {
            messages.fail(say!("page-file-failed", reason = reason));
        }
    };
    let exports = Format::ALL.map(|format| {
        let title = say!("command-export", format = words_of_format(format));
        command(title, &[], move || export_file(document, worker, messages, format))
    });
    let files = vec![
        command(say!("command-new"), &[], move || opener.open_new()),
        command(say!("page-open-file"), &[Keys::ctrl("o")], choose_file),
        command(say!("command-live"), &[], move || dialogs.show(Shown::LiveDatabase)),
        command(say!("command-save"), &[Keys::ctrl("s")], move || save_file(document, worker, messages)),
        command(say!("command-download-sql"), &[], move || {
            let name = document.peek(|design| file_name(design.title(), "sql"));
            told(download(&name, "application/sql", &derived.script()));
        }),
        command(say!("command-designs"), &[], move || dialogs.show(Shown::Designs)),
    ];
    files.into_iter().chain(exports).collect()
}

fn of_the_page() -> Vec<Command> {
    let (theme, dialogs) = (Theme::from_context(), Dialogs::from_context());
    vec![
        command(say!("command-theme"), &[], move || theme.toggle()),
        command(say!("command-search"), &[Keys::ctrl("k")], move || dialogs.show(Shown::Palette)),
        command(say!("command-help"), &[Keys::plain("?")], move || dialogs.show(Shown::Help)),
    ]
}

/// Opens the browser's file chooser.
pub fn choose_file() {
    use wasm_bindgen::JsCast;
    let input = leptos::prelude::document().get_element_by_id("open-file");
    if let Some(input) = input.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        input.click();
    }
}

/// Hands the design out as a file; what goes wrong is told.
pub fn save_file(document: Document, worker: Worker, messages: Messages) {
    let (design, name) =
        document.peek(|design| (Packed::of(design), file_name(design.title(), "relata.json")));
    hand_out(messages, name, "application/json", async move { worker.file(design).await });
}

/// Hands the design out as a text for another tool; what goes wrong is told.
pub fn export_file(document: Document, worker: Worker, messages: Messages, format: Format) {
    let (design, name) =
        document.peek(|design| (Packed::of(design), file_name(design.title(), format.extension())));
    hand_out(messages, name, "text/plain", async move { worker.export(design, format).await });
}

/// Hands out a text once it is written, as a file of this name and kind; what goes wrong is told.
pub fn hand_out(
    messages: Messages,
    name: String,
    kind: &'static str,
    written: impl Future<Output = Result<String, String>> + 'static,
) {
    spawn_local(async move {
        if let Err(reason) = written.await.and_then(|text| download(&name, kind, &text)) {
            messages.fail(say!("page-file-failed", reason = reason));
        }
    });
}

/// What a format is called.
pub fn words_of_format(format: Format) -> String {
    match format {
        Format::Dictionary | Format::DictionaryHtml => say!("ship-dictionary", format = format.name()),
        Format::Dbml | Format::Mermaid | Format::PlantUml => format.name().to_owned(),
    }
}

/// A file name from a title.
pub fn file_name(title: &str, extension: &str) -> String {
    format!("{}.{extension}", file_stem(title))
}

/// A file name without its ending from a title: letters and digits stay.
pub fn file_stem(title: &str) -> String {
    let kept: String = title.chars().map(|it| if it.is_alphanumeric() { it } else { '-' }).collect();
    let words: Vec<&str> = kept.split('-').filter(|it| !it.is_empty()).collect();
    if words.is_empty() { "design".to_owned() } else { words.join("-").to_lowercase() }
}
