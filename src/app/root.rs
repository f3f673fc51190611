//! The root: owns the contexts, mounts the frame and the step on the screen, opens what was open last.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::check::{CheckStep, Critic, Runs};
use super::derived::Derived;
use super::describe::{DescribeStep, Reader};
use super::diagram::{DiagramStep, Hands, Selection, Stage};
use super::edge::{files_of, keep_files_up_to_date};
use super::inspector::SheetDialog;
use super::llm::ModelDialog;
use super::messages::{MessageArea, Messages};
use super::model::ModelStep;
use super::navigation::{Navigation, Step, is_embedded};
use super::opener::{Opener, ReportStrip};
use super::reveal::Reveal;
use super::review::{Review, ReviewDialog};
use super::shell::{
    AddTableDialog, Bar, DesignsDialog, Dialogs, Footer, HelpDialog, HistoryDialog, LiveDatabaseDialog,
    Marked, PaletteDialog, Shown, listen_for_drops, listen_for_keys,
};
use super::ship::{ShareDialog, ShipStep};
use super::sql::{SqlStep, SqlText};
use super::storage::{Saver, Shelf, listen_to_other_tabs};
use super::store::{Dispatch, Document, Records};
use super::talk::{Conversation, TalkPanel};
use super::texts::Language;
use super::theme::Theme;
use super::worker::Worker;

/// The whole page.
#[component]
pub fn App(language: Language) -> impl IntoView {
    let messages = Messages::new();
    let (document, records, shelf) = (Document::new(), Records::new(), Shelf::new());
    let saver = Saver::new(document, shelf);
    let dispatch = Dispatch::new(document, records, messages, saver);
    let derived = Derived::new(document);
    let worker = Worker::new();
    let reader = Reader::new(document, records, dispatch, (worker, messages));
    let (navigation, dialogs, runs) = (Navigation::new(), Dialogs::new(), Runs::new(derived));
    let selection = Selection::new();
    let (review, reveal) = (Review::new(dialogs), Reveal::new());
    let opener = Opener::new(dispatch, saver, shelf, messages, navigation, (runs, reader, worker, review));
    provide_context(messages);
    provide_context(document);
    provide_context(records);
    provide_context(shelf);
    provide_context(saver);
    provide_context(dispatch);
    provide_context(derived);
    provide_context(navigation);
    provide_context(dialogs);
    provide_context(runs);
    provide_context(opener);
    provide_context(reader);
    provide_context(worker);
    provide_context(review);
    provide_context(reveal);
    provide_context(Critic::new(dispatch, (worker, messages), (navigation, review, reveal)));
    provide_context(Conversation::new(document, worker, review, messages));
    provide_context(Stage::new(worker));
    provide_context(selection);
    provide_context(SqlText::new(dispatch, derived, selection, (worker, messages)));
    provide_context(Hands::new());
    provide_context(Theme::new());
    provide_context(language.clone());
    provide_context(Marked::new());

    listen_to_other_tabs(dispatch);
    keep_files_up_to_date();
    listen_for_keys();
    let is_dropping = listen_for_drops(opener, messages);
    // Whoever touches the page is about to do something with it; who only looks does not fetch the worker.
    let prepare = move |_: web_sys::Event| worker.prepare();
    for touch in ["pointerdown", "keydown"] {
        std::mem::forget(window_event_listener_untyped(touch, prepare));
    }
    Effect::new(move |before: Option<Step>| {
        let now = navigation.step().get();
        // What comes after the first screen asks the worker: for a file, for findings, for a link.
        if is_dropping.get() || before.is_some_and(|it| it != now) {
            worker.prepare();
        }
        now
    });
    spawn_local(async move {
        opener.begin().await;
        set_ready();
    });
    move || {
        language.now();
        view! { <Frame is_dropping /> }
    }
}

/// All that is seen; built anew in another language.
#[component]
fn Frame(is_dropping: Signal<bool>) -> impl IntoView {
    let (navigation, dialogs) = (Navigation::from_context(), Dialogs::from_context());
    let talk = Conversation::from_context();
    view! {
        <div
            class="shell"
            class:shell--dropping=is_dropping
            class:shell--embed=is_embedded()
            class:shell--talk=talk.is_open()
            data-drop=say!("shell-drop")
        >
            <Bar />
            <ReportStrip />
            <main class="shell__step" id="step">
                <h1 class="only-heard">{move || navigation.step().get().name()}</h1>
                {move || step(navigation.step().get())}
                <FileInput />
            </main>
            <TalkPanel />
            {if is_embedded() {
                view! {
                    <a class="foot" data-testid="open-copy" target="_blank" rel="noopener" href=whole_address()>
                        {say!("page-open-copy")}
                    </a>
                }.into_any()
            } else {
                view! { <Footer /> }.into_any()
            }}
        </div>
        {move || dialogs.shown().get().map(dialog)}
        <MessageArea />
    }
}

fn step(step: Step) -> AnyView {
    match step {
        Step::Describe => view! { <DescribeStep /> }.into_any(),
        Step::Model => view! { <ModelStep /> }.into_any(),
        Step::Diagram => view! { <DiagramStep /> }.into_any(),
        Step::Sql => view! { <SqlStep /> }.into_any(),
        Step::Check => view! { <CheckStep /> }.into_any(),
        Step::Ship => view! { <ShipStep /> }.into_any(),
    }
}

fn dialog(shown: Shown) -> AnyView {
    match shown {
        Shown::Palette => view! { <PaletteDialog /> }.into_any(),
        Shown::Help => view! { <HelpDialog /> }.into_any(),
        Shown::Designs => view! { <DesignsDialog /> }.into_any(),
        Shown::Share => view! { <ShareDialog /> }.into_any(),
        Shown::AddTable => view! { <AddTableDialog /> }.into_any(),
        Shown::LiveDatabase => view! { <LiveDatabaseDialog /> }.into_any(),
        Shown::History => view! { <HistoryDialog /> }.into_any(),
        Shown::Sheet => view! { <SheetDialog /> }.into_any(),
        Shown::Review => view! { <ReviewDialog /> }.into_any(),
        Shown::Model => view! { <ModelDialog /> }.into_any(),
    }
}

/// The link of an embedded page, without the frame.
fn whole_address() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap_or_default(), location.hash().unwrap_or_default())
}

/// Takes files at any step; commands open it, and tests fill it.
#[component]
fn FileInput() -> impl IntoView {
    let (opener, worker) = (Opener::from_context(), Worker::from_context());
    let on_change = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        opener.open_files(opener.turn(), files_of(input.files()));
        // The same file may be chosen again.
        input.set_value("");
    };
    view! {
        <input
            type="file"
            multiple
            id="open-file"
            class="only-heard file-input"
            data-testid="open-file"
            tabindex="-1"
            aria-label=say!("page-open-file")
            accept=".json,.sql,.dbml,.prisma,.ts,.md,.markdown,.txt"
            on:click=move |_| worker.prepare()
            on:change=on_change
        />
    }
}

/// Tells tests and the impatient that the page can be used.
fn set_ready() {
    if let Some(root) = leptos::prelude::document().document_element() {
        let _ = root.set_attribute("data-ready", "true");
    }
}

/// Says in the page that the app has stopped, with the reason for those who look for it.
pub fn tell_of_crash(text: &str, reason: &str) {
    web_sys::console::error_1(&reason.into());
    let Some(body) = leptos::prelude::document().body() else { return };
    if let Ok(note) = leptos::prelude::document().create_element("p") {
        note.set_class_name("crash");
        let _ = note.set_attribute("role", "alert");
        note.set_text_content(Some(text));
        let _ = body.append_child(&note);
    }
}
