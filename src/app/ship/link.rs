//! The link: its text, its length, and what it may go without.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::sentence;
use relata::job::Packed;
use relata::share::Options;

use crate::app::commands::save_file;
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
        <Dialog title=say!("ship-share")>
            <p class="prose">{say!("ship-share-about")}</p>
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
            copy(&link, say!("ship-link-copied"), messages);
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
                    aria-label=say!("ship-link-label")
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
                    {say!("ship-copy-link")}
                </button>
            </div>
            <p class="note">{move || link.with(|it| match it {
                None => say!("ship-writing"),
                Some(Ok(it)) if it.len() > LONG => say!("ship-long", length = length(it.len())),
                Some(Ok(it)) => format!("{}.", length(it.len())),
                Some(Err(error)) => sentence(error),
            })}</p>
            <div class="link__row">
                <button
                    class="button"
                    data-testid=move || handle("show-code")
                    disabled=move || !matches!(link.get(), Some(Ok(_)))
                    on:click=on_code
                >
                    {say!("ship-code")}
                </button>
                <Show when=move || is_long.get()>
                    <button class="button" data-testid=move || handle("link-file") on:click=move |_| save_file(document, worker, messages)>
                        {say!("ship-file")}
                    </button>
                </Show>
            </div>
            {move || code.get().map(|it| match it {
                Ok(svg) => view! { <div class="link__code" role="img" aria-label=say!("ship-code-label") data-testid=move || handle("link-code") inner_html=svg></div> }.into_any(),
                Err(reason) => view! { <p class="note" role="status">{sentence(&reason)}</p> }.into_any(),
            })}
            <Show when=move || is_long.get() || !comments.get() || !briefs.get() || !statements.get()>
                <fieldset class="link__parts">
                    <legend class="note">{say!("ship-goes")}</legend>
                    <Goes words=say!("ship-comments") on=comments />
                    <Goes words=say!("ship-brief") on=briefs />
                    <Goes words=say!("ship-statements") on=statements />
                </fieldset>
            </Show>
        </div>
    }
}

#[component]
fn Goes(#[prop(into)] words: String, on: RwSignal<bool>) -> impl IntoView {
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
        say!("ship-characters", count = characters)
    } else {
        say!("ship-kilobytes", size = characters as f64 / 1024.0)
    }
}
