//! What stands beside the tables: types, sequences, views, functions, schemas and extensions.

use leptos::prelude::*;
use relata::design::{Id, Record};
use relata::sql::{Beginning, refactor};

use super::part::{AddPart, PartSql, RemovePart};
use super::{Hand, origin_text};
use crate::app::diagram::Selection;
use crate::app::store::Document;

/// The list of them, with a way to add one.
#[component]
pub fn Objects() -> impl IntoView {
    let (document, selection) = (Document::from_context(), Selection::from_context());
    let all = Memo::new(move |_| document.with_schema(relata::design::Design::objects));
    let leaf = move |(id, words): (Id, String)| {
        view! {
            <li>
                <button
                    class="tree__leaf"
                    data-testid="object"
                    aria-pressed=move || (selection.get().object == Some(id)).to_string()
                    on:click=move |_| selection.object(id)
                >
                    {words}
                </button>
            </li>
        }
    };
    view! {
        <details class="tree__objects">
            <summary>{move || say!("inspector-objects", count = all.with(Vec::len))}</summary>
            <ul class="tree__list">
                <For each=move || all.get() key=|it| it.clone() children=leaf />
            </ul>
            <AddPart of=None all=&Beginning::OF_DESIGN on_done=|| () />
        </details>
    }
}

/// One of them.
#[component]
pub fn ObjectPanel(id: Id) -> impl IntoView {
    let hand = Hand::from_context();
    let (document, selection) = (Document::from_context(), Selection::from_context());
    let found = Memo::new(move |_| document.with_schema(|design| design.record(id)));
    let name = Memo::new(move |_| found.with(|it| it.as_ref().and_then(|it| it.name()).map(str::to_owned)));
    let words = move || found.with(|it| it.as_ref().and_then(Record::words).unwrap_or_default());
    let origin = move || {
        let origin = found.with(|it| it.as_ref().and_then(|it| it.origin().cloned()));
        origin.map(|it| document.peek(|design| origin_text(design, &it)))
    };
    let on_rename = move |event: leptos::ev::Event| {
        let new = event_target_value(&event);
        if !hand.does(say!("done-rename"), |design| refactor::rename(design, id, new.trim())) {
            event_target::<web_sys::HtmlInputElement>(&event)
                .set_value(&name.get_untracked().unwrap_or_default());
        }
    };
    view! {
        <input
            class="inspector__name"
            aria-label=say!("inspector-name")
            data-testid="object-name"
            spellcheck="false"
            autocomplete="off"
            prop:value=move || name.get().unwrap_or_default()
            on:change=on_rename
        />
        <p class="inspector__lead">{words}</p>
        <p class="inspector__origin">{origin}</p>
        <PartSql id label=say!("inspector-its-sql") />
        <RemovePart id on_done=move || selection.clear() />
    }
}
