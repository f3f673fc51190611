//! The bar: which design, which step, undo, search, share.

use leptos::prelude::*;
use relata::design::{Edit, Record};

use super::{Dialogs, Shown};
use crate::app::check::Runs;
use crate::app::icons::{Icon, Sign};
use crate::app::navigation::{Navigation, Step};
use crate::app::store::{Dispatch, Document, Records};
use crate::app::talk::Conversation;
use crate::app::theme::Theme;

/// The bar at the top; on a phone the steps go to the bottom.
#[component]
pub fn Bar() -> impl IntoView {
    let dialogs = Dialogs::from_context();
    view! {
        <header class="bar">
            <div class="bar__start">
                <button
                    class="bar__mark"
                    title=say!("shell-designs")
                    aria-label=say!("shell-designs-label")
                    data-testid="designs"
                    on:click=move |_| dialogs.show(Shown::Designs)
                >
                    "relata"
                    <i>"."</i>
                </button>
                <Title />
            </div>
            <Steps />
            <div class="bar__end">
                <UndoRedo />
                <button
                    class="button button--quiet button--icon"
                    aria-label=say!("shell-history")
                    title=say!("shell-history")
                    data-testid="history"
                    on:click=move |_| dialogs.show(Shown::History)
                >
                    <Icon sign=Sign::History />
                </button>
                <TalkButton />
                <ThemeButton />
                <button
                    class="button button--quiet bar__search"
                    aria-label=say!("shell-search-label")
                    aria-keyshortcuts="Control+K"
                    data-testid="search"
                    on:click=move |_| dialogs.show(Shown::Palette)
                >
                    <Icon sign=Sign::Search />
                    <kbd>{say!("shell-search-keys")}</kbd>
                </button>
                <button class="button button--primary" data-testid="share" on:click=move |_| dialogs.show(Shown::Share)>
                    {say!("shell-share")}
                </button>
            </div>
        </header>
    }
}

#[component]
fn Title() -> impl IntoView {
    let title = Records::from_context().title();
    let dispatch = Dispatch::from_context();
    let document = Document::from_context();
    let on_change = move |event| {
        let title = event_target_value(&event).trim().to_owned();
        let edit = document.peek(|design| Edit::default().put(design, Record::Title(title)));
        dispatch.send(say!("done-rename-design"), edit);
    };
    view! {
        <input
            class="bar__title"
            aria-label=say!("shell-title")
            data-testid="title"
            placeholder=say!("page-untitled")
            autocomplete="off"
            spellcheck="false"
            maxlength="120"
            prop:value=title
            on:change=on_change
        />
    }
}

#[component]
fn Steps() -> impl IntoView {
    let navigation = Navigation::from_context();
    let step = move |it: Step| {
        let is_here = move || (navigation.step().get() == it).then_some("page");
        view! {
            <a
                href=format!("#{}", it.slug())
                aria-current=is_here
                data-testid=format!("step-{}", it.slug())
                on:click=move |event| {
                    event.prevent_default();
                    navigation.go(it);
                }
            >
                {it.name()}
                <StepCount step=it />
            </a>
        }
    };
    view! { <nav class="steps" aria-label=say!("shell-steps")>{Step::ALL.map(step).collect_view()}</nav> }
}

/// What waits in a step: tables in the model, a failed statement in the check.
#[component]
fn StepCount(step: Step) -> impl IntoView {
    let tables = Records::from_context().tables;
    let runs = Runs::from_context();
    let shown = move || {
        match step {
        Step::Model => {
            let count = tables.len();
            let class = if count == 0 { "only-heard" } else { "count" };
            Some(view! {
                <span class=class><span data-testid="table-count">{count}</span><span class="only-heard">" "{say!("shell-tables", count = count)}</span></span>
            }.into_any())
        }
        Step::Check if runs.has_failed() => {
            Some(view! { <span class="count count--bad">"1"<span class="only-heard">" "{say!("shell-failing")}</span></span> }.into_any())
        }
        Step::Describe | Step::Diagram | Step::Sql | Step::Check | Step::Ship => None,
    }
    };
    view! { {shown} }
}

#[component]
fn UndoRedo() -> impl IntoView {
    let document = Document::from_context();
    let dispatch = Dispatch::from_context();
    let undo = Memo::new(move |_| document.undo_label());
    let redo = Memo::new(move |_| document.redo_label());
    let undo_words = move || undo.get().map_or_else(|| say!("page-undo"), |it| say!("shell-undo", what = it));
    let redo_words =
        move || redo.get().map_or_else(|| say!("command-redo"), |it| say!("shell-redo", what = it));
    view! {
        <button
            class="button button--quiet button--icon"
            data-testid="undo"
            aria-label=undo_words
            title=undo_words
            aria-keyshortcuts="Control+Z"
            disabled=move || undo.with(Option::is_none)
            on:click=move |_| dispatch.undo()
        >
            <Icon sign=Sign::Undo />
        </button>
        <button
            class="button button--quiet button--icon"
            data-testid="redo"
            aria-label=redo_words
            title=redo_words
            aria-keyshortcuts="Control+Shift+Z"
            disabled=move || redo.with(Option::is_none)
            on:click=move |_| dispatch.redo()
        >
            <Icon sign=Sign::Redo />
        </button>
    }
}

#[component]
fn TalkButton() -> impl IntoView {
    let talk = Conversation::from_context();
    view! {
        <button
            class="button button--quiet button--icon"
            aria-label=say!("talk-title")
            title=say!("command-talk")
            aria-keyshortcuts="Alt+A"
            aria-expanded=move || talk.is_open().get().to_string()
            data-testid="talk-open"
            on:click=move |_| talk.toggle()
        >
            <Icon sign=Sign::Talk />
        </button>
    }
}

#[component]
fn ThemeButton() -> impl IntoView {
    let theme = Theme::from_context();
    let is_dark = theme.is_dark();
    let name = move || if is_dark.get() { say!("shell-light") } else { say!("shell-dark") };
    view! {
        <button
            class="button button--quiet button--icon bar__theme"
            aria-label=name
            title=name
            on:click=move |_| theme.toggle()
        >
            {move || view! { <Icon sign=if is_dark.get() { Sign::Sun } else { Sign::Moon } /> }}
        </button>
    }
}
