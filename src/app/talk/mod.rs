//! The conversation: changes asked for in words beside any step, and what was decided so far.

mod decisions;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::Proposal;
use relata::job::{Answer, Packed, Talk};

use super::icons::{Icon, Sign};
use super::messages::Messages;
use super::review::Review;
use super::shell::{Dialogs, Shown};
use super::store::Document;
use super::worker::Worker;
use decisions::Decisions;

/// What came of the last thing that was asked.
#[derive(Clone, PartialEq)]
enum Told {
    /// It led to no proposal: why, and what can be asked.
    NotDone { why: String, nearest: Vec<String> },
    /// A proposal that nobody has decided on.
    Proposed(Proposal),
}

/// What is being said, and what came of it.
#[derive(Clone, Copy)]
pub struct Conversation {
    is_open: RwSignal<bool>,
    text: RwSignal<String>,
    told: RwSignal<Option<Told>>,
    is_busy: RwSignal<bool>,
    /// What a language model is to be asked, until its panel has taken it.
    for_model: RwSignal<String>,
    document: Document,
    worker: Worker,
    review: Review,
    messages: Messages,
}

impl Conversation {
    /// Nothing was said, and the panel is closed.
    pub fn new(document: Document, worker: Worker, review: Review, messages: Messages) -> Self {
        Self {
            is_open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
            told: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            for_model: RwSignal::new(String::new()),
            document,
            worker,
            review,
            messages,
        }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Whether the panel stands beside the step.
    pub fn is_open(self) -> Signal<bool> {
        self.is_open.into()
    }

    /// Opens the panel, or closes it.
    pub fn toggle(self) {
        self.is_open.update(|it| *it = !*it);
    }

    /// Asks for what stands in the field.
    fn ask(self) {
        let text = self.text.get_untracked();
        if !text.trim().is_empty() {
            self.have(Talk::Ask { design: self.document.peek(Packed::of), text });
        }
    }

    /// What a language model is to be asked; it is told once.
    pub fn take_for_model(self) -> String {
        self.for_model.try_update(std::mem::take).unwrap_or_default()
    }

    /// Reads what stands in the field as a brief beside the one that is there.
    fn read_on(self) {
        let text = self.text.get_untracked();
        self.have(Talk::Further { design: self.document.peek(Packed::of), text });
    }

    /// Has the worker propose something, and shows what comes of it.
    pub fn have(self, job: Talk) {
        self.is_busy.set(true);
        self.told.set(None);
        spawn_local(async move {
            let answer = self.worker.talk(job).await;
            self.is_busy.set(false);
            match answer {
                Ok(Answer::Proposed(proposal)) => self.propose(proposal.unpack()),
                Ok(Answer::NotDone { why, nearest }) => {
                    self.is_open.set(true);
                    self.told.set(Some(Told::NotDone { why, nearest }));
                }
                Ok(Answer::Failed(reason)) | Err(reason) => {
                    self.messages.fail(say!("history-failed", reason = reason));
                }
                Ok(_) => self.messages.fail(say!("history-failed", reason = say!("talk-mixed-up"))),
            }
        });
    }

    /// Shows a proposal for review, and keeps it at hand until somebody decides.
    pub fn propose(self, proposal: Proposal) {
        let on_decided = Callback::new(move |()| {
            self.told.set(None);
            self.text.set(String::new());
        });
        self.review.show_until(proposal.title.clone(), proposal.clone(), on_decided);
        self.told.set(Some(Told::Proposed(proposal)));
    }
}

/// The panel beside the step; on a phone it covers the step.
#[component]
pub fn TalkPanel() -> impl IntoView {
    let talk = Conversation::from_context();
    view! {
        <Show when=move || talk.is_open.get()>
            <aside class="talk" aria-label=say!("talk-title") data-testid="talk" on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() {
                    talk.toggle();
                }
            }>
                <header class="talk__head">
                    <h2>{say!("talk-title")}</h2>
                    <button class="button button--quiet button--icon" aria-label=say!("talk-close") on:click=move |_| talk.toggle()>
                        <Icon sign=Sign::Close />
                    </button>
                </header>
                <Decisions />
                <Outcome />
                <Field />
            </aside>
        </Show>
    }
}

/// What came of the last thing that was asked.
#[component]
fn Outcome() -> impl IntoView {
    let (talk, dialogs) = (Conversation::from_context(), Dialogs::from_context());
    let on_model = move |_| {
        talk.for_model.set(talk.text.get_untracked());
        dialogs.show(Shown::Model);
    };
    let suggestion = move |it: String| {
        let text = it.clone();
        view! { <li><button class="talk__offer" on:click=move |_| talk.text.set(text.clone())>{it}</button></li> }
    };
    let shown = move |told: Told| match told {
        Told::NotDone { why, nearest } => {
            let is_open = !nearest.is_empty();
            view! {
                <p>{why}</p>
                {is_open.then(|| view! {
                    <p class="note">{say!("talk-nearest")}</p>
                    <ul class="talk__offers" data-testid="nearest">{nearest.into_iter().map(suggestion).collect_view()}</ul>
                    <button class="button" data-testid="read-on" on:click=move |_| talk.read_on()>{say!("talk-read-on")}</button>
                    <button class="button" data-testid="ask-model" on:click=on_model>{say!("talk-model")}</button>
                })}
            }
            .into_any()
        }
        Told::Proposed(proposal) => {
            let title = proposal.title.clone();
            view! {
                <p>{say!("talk-proposed", title = title)}</p>
                <button class="button" on:click=move |_| talk.propose(proposal.clone())>{say!("talk-again")}</button>
            }
            .into_any()
        }
    };
    view! {
        <div class="talk__told" role="status" data-testid="told">
            {move || talk.is_busy.get().then(|| view! { <p class="note">{say!("talk-wait")}</p> })}
            {move || talk.told.get().map(shown)}
        </div>
    }
}

/// Where one says what is to change.
#[component]
fn Field() -> impl IntoView {
    let talk = Conversation::from_context();
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move || {
        if let Some(it) = node.get() {
            // A field that cannot have the focus is still there to be clicked.
            let _ = it.focus();
        }
    });
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            talk.ask();
        }
    };
    view! {
        <form class="talk__form" on:submit=move |event| { event.prevent_default(); talk.ask(); }>
            <textarea
                class="field"
                node_ref=node
                rows="3"
                data-testid="ask"
                aria-label=say!("talk-field")
                placeholder=say!("talk-placeholder")
                prop:value=talk.text
                on:input=move |event| talk.text.set(event_target_value(&event))
                on:keydown=on_keydown
            ></textarea>
            <p class="note">{say!("talk-private")}</p>
            <button class="button button--primary" data-testid="ask-now" disabled=move || talk.is_busy.get()>{say!("talk-ask")}</button>
        </form>
    }
}
