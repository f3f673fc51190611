//! What the page has to say: notes that pass, errors that stay until they are read.

use std::time::Duration;

use leptos::prelude::*;

use super::icons::{Icon, Sign};

const PASSES_AFTER: Duration = Duration::from_secs(7);
/// Older ones make room.
const AT_ONCE: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Note,
    /// Something goes on: it stays until that has ended.
    Work,
    Error,
}

#[derive(Clone)]
struct Message {
    id: u32,
    tone: Tone,
    text: String,
    action: Option<(String, Callback<()>)>,
}

/// The door for messages.
#[derive(Clone, Copy)]
pub struct Messages {
    shown: RwSignal<Vec<Message>>,
    next: StoredValue<u32>,
}

impl Messages {
    /// Nothing to say.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    /// The door of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Something went as asked.
    pub fn say(self, text: impl Into<String>) {
        self.push(Tone::Note, text.into(), None);
    }

    /// Something went as asked, and there is one thing to do about it.
    pub fn offer(self, text: impl Into<String>, action: impl Into<String>, on_action: Callback<()>) {
        self.push(Tone::Note, text.into(), Some((action.into(), on_action)));
    }

    /// Something goes on for a while, and can be called off.
    pub fn wait(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        on_action: Callback<()>,
    ) -> Waiting {
        let id = self.push(Tone::Work, text.into(), Some((action.into(), on_action)));
        Waiting { messages: self, id }
    }

    /// Something did not go: what, and what to do.
    pub fn fail(self, text: impl Into<String>) {
        self.push(Tone::Error, text.into(), None);
    }

    /// Something did not go, and there is one thing to do about it.
    pub fn fail_with(self, text: impl Into<String>, action: impl Into<String>, on_action: Callback<()>) {
        self.push(Tone::Error, text.into(), Some((action.into(), on_action)));
    }

    fn push(self, tone: Tone, text: String, action: Option<(String, Callback<()>)>) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|all| {
            all.retain(|it| it.text != text);
            all.push(Message { id, tone, text, action });
            let surplus = all.len().saturating_sub(AT_ONCE);
            all.drain(..surplus);
        });
        if tone == Tone::Note {
            set_timeout(move || self.close(id), PASSES_AFTER);
        }
        id
    }

    fn close(self, id: u32) {
        self.shown.update(|all| all.retain(|it| it.id != id));
    }
}

/// What is told while something goes on.
#[derive(Clone, Copy)]
pub struct Waiting {
    messages: Messages,
    id: u32,
}

impl Waiting {
    /// It has ended: nothing more is to be told.
    pub fn end(self) {
        self.messages.close(self.id);
    }
}

/// The messages, newest below. Screen readers hear notes politely and errors at once.
#[component]
pub fn MessageArea() -> impl IntoView {
    let messages = Messages::from_context();
    let of = move |is_error: bool| {
        move || {
            let all = messages.shown.get().into_iter();
            all.filter(|it| (it.tone == Tone::Error) == is_error).collect::<Vec<_>>()
        }
    };
    view! {
        <div class="messages">
            <div role="status" aria-live="polite">
                <For each=of(false) key=|it| it.id let:message><OneMessage message /></For>
            </div>
            <div role="alert">
                <For each=of(true) key=|it| it.id let:message><OneMessage message /></For>
            </div>
        </div>
    }
}

#[component]
fn OneMessage(message: Message) -> impl IntoView {
    let messages = Messages::from_context();
    let Message { id, tone, text, action } = message;
    let act = action.map(|(name, run)| {
        let on_click = move |_| {
            run.run(());
            messages.close(id);
        };
        view! { <button class="button" on:click=on_click>{name}</button> }
    });
    view! {
        <div class="message" class:message--error=tone == Tone::Error>
            <p>{text}{(tone == Tone::Work).then(|| view! { <progress aria-hidden="true" /> })}</p>
            {act}
            <button class="button button--quiet button--icon" aria-label=say!("page-close") on:click=move |_| messages.close(id)>
                <Icon sign=Sign::Close />
            </button>
        </div>
    }
}
