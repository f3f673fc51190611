//! The link: its text, its length, and what it may go without.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::Packed;
use relata::share::Options;

use crate::app::edge::copy;
use crate::app::messages::Messages;
use crate::app::shell::{Dialog, Dialogs, Shown};
use crate::app::storage::{Saver, keep_link};
use crate::app::store::Document;
use crate::app::worker::Worker;

/// From here on some programs cut links off (mail programs and chat, by experience; browsers take far more).
const LONG: usize = 8 * 1024;

/// The link as a dialog.
#[component]
pub fn ShareDialog() -> impl IntoView {
    view! {
        <Dialog title="Share a link">
            <p class="prose">"The link holds the whole design. Whoever opens it gets a design of their own; yours stays as it is."</p>
            <LinkCard takes_focus=true />
        </Dialog>
    }
}

/// The link with its length and a button that copies it.
#[component]
pub fn LinkCard(
    /// Whether the button has the focus from the start.
    #[prop(optional)]
    takes_focus: bool,
) -> impl IntoView {
    let (document, messages) = (Document::from_context(), Messages::from_context());
    let saver = Saver::from_context();
    let current = StoredValue::new(0_u32);
    let (comments, briefs, statements) = (RwSignal::new(true), RwSignal::new(true), RwSignal::new(true));
    let worker = Worker::from_context();
    // Nothing while it is being written.
    let link: RwSignal<Option<Result<String, String>>> = RwSignal::new(None);
    Effect::new(move |turn: Option<u32>| {
        let options = Options {
            leave_out_comments: !comments.get(),
            leave_out_briefs: !briefs.get(),
            leave_out_statements: !statements.get(),
        };
        let design = document.with(Packed::of);
        let turn = turn.map_or(0, |it| it + 1);
        current.set_value(turn);
        link.set(None);
        spawn_local(async move {
            let told = worker.link(design, options).await.map(|it| format!("{}{it}", page()));
            // A newer one is being written when the design has changed meanwhile.
            if current.try_get_value() == Some(turn) {
                link.set(Some(told));
            }
        });
        turn
    });
    let is_long = Memo::new(move |_| {
        link.with(|it| it.as_ref().is_some_and(|it| it.as_ref().map_or(true, |it| it.len() > LONG)))
    });
    let on_copy = move |_| {
        if let Some(Ok(link)) = link.get_untracked() {
            copy(&link, "The link is on the clipboard.", messages);
            if let (Some(key), Some((_, fragment))) = (saver.key().get_untracked(), link.split_once('#')) {
                keep_link(&key, &format!("#{fragment}"));
            }
        }
    };
    // While the dialog is open, the link is the dialog's: a script must find one.
    let dialogs = Dialogs::from_context();
    let handle = move |name: &'static str| {
        let is_behind = !takes_focus && dialogs.shown().get() == Some(Shown::Share);
        (!is_behind).then_some(name)
    };
    // The code of the link that stands there; another link has another.
    let code: RwSignal<Option<Result<String, String>>> = RwSignal::new(None);
    Effect::new(move || {
        link.track();
        code.set(None);
    });
    let on_code = move |_| {
        if let Some(Ok(link)) = link.get_untracked() {
            spawn_local(async move { drop(code.try_set(Some(worker.code(link).await))) });
        }
    };
    let on_focus =
        move |event: leptos::ev::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <div class="link">
            <div class="link__row">
                <input
                    class="field field--mono"
                    readonly
                    aria-label="Link to the design"
                    data-testid=move || handle("share-link")
                    prop:value=move || link.get().and_then(Result::ok).unwrap_or_default()
                    on:focus=on_focus
                />
                <button
                    class="button button--primary"
                    data-testid=move || handle("copy-link")
                    autofocus=takes_focus
                    disabled=move || !matches!(link.get(), Some(Ok(_)))
                    on:click=on_copy
                >
                    "Copy the link"
                </button>
            </div>
            <p class="note">{move || link.with(|it| match it {
                None => "Writing the link…".to_owned(),
                Some(Ok(it)) if it.len() > LONG => format!("{}. Some programs cut links of this length off; leave something out, or send the design file.", length(it.len())),
                Some(Ok(it)) => format!("{}.", length(it.len())),
                Some(Err(error)) => format!("{error}."),
            })}</p>
            <div class="link__row">
                <button
                    class="button"
                    data-testid=move || handle("show-code")
                    disabled=move || !matches!(link.get(), Some(Ok(_)))
                    on:click=on_code
                >
                    "Show as a QR code"
                </button>
            </div>
            {move || code.get().map(|it| match it {
                Ok(svg) => view! { <div class="link__code" role="img" aria-label="QR code of the link" data-testid=move || handle("link-code") inner_html=svg></div> }.into_any(),
                Err(reason) => view! { <p class="note" role="status">{format!("{reason}.")}</p> }.into_any(),
            })}
            <Show when=move || is_long.get() || !comments.get() || !briefs.get() || !statements.get()>
                <fieldset class="link__parts">
                    <legend class="note">"What goes along"</legend>
                    <Goes words="Comments" on=comments />
                    <Goes words="The brief" on=briefs />
                    <Goes words="Statements kept as written" on=statements />
                </fieldset>
            </Show>
        </div>
    }
}

#[component]
fn Goes(words: &'static str, on: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" role="switch" prop:checked=on on:change=move |event| on.set(event_target_checked(&event)) />
            {words}
        </label>
    }
}

/// The address of this page without what follows its `#`.
fn page() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

fn length(characters: usize) -> String {
    if characters < 1024 {
        format!("{characters} characters")
    } else {
        format!("{:.1} KB", characters as f64 / 1024.0)
    }
}
