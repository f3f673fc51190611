//! What was found in the brief, and the bar that accepts it.

use leptos::prelude::*;
use relata::brief::Reading;
use relata::job::{Packed, Talk};

use super::card::EntityCard;
use super::constraints::Constraints;
use super::linked::Linked;
use super::questions::Questions;
use super::reader::Reader;
use crate::app::navigation::{Navigation, Step};
use crate::app::shell::{Dialogs, Shown};
use crate::app::store::{Document, Records};
use crate::app::talk::Conversation;

/// Questions, then a card for each entity, then what was left out by the reader itself.
#[component]
pub fn FoundPane() -> impl IntoView {
    let (reader, linked) = (Reader::from_context(), Linked::from_context());
    let reading = reader.reading();
    let names = Memo::new(move |_| {
        reading.with(|it| it.entities.iter().map(|it| it.name.clone()).collect::<Vec<_>>())
    });
    let is_empty = Memo::new(move |_| names.with(Vec::is_empty));
    let is_other_language = Memo::new(move |_| reading.with(|it| it.other_language));
    view! {
        <section
            class="found"
            aria-label=say!("describe-found-label")
            data-testid="found"
            on:pointerleave=move |_| linked.point(Vec::new())
        >
            <Show when=move || is_other_language.get()>
                <p class="found__language" role="status" data-testid="other-language">
                    {say!("describe-other-language")}
                </p>
            </Show>
            <Constraints />
            <Show when=move || !is_empty.get() fallback=|| view! { <NothingFound /> }>
                <div class="found__list">
                    <Questions />
                    <For each=move || names.get() key=String::clone let:name>
                        <Subject first=name.clone() />
                        <EntityCard name />
                    </For>
                    <LeftOut />
                </div>
                <AcceptBar />
            </Show>
        </section>
    }
}

/// The subject of a large brief that begins with this entity, and a way to take it by itself.
#[component]
fn Subject(first: String) -> impl IntoView {
    let reader = Reader::from_context();
    let begun = move || {
        reader.reading().with(|it| {
            let mut all = it.contexts.iter();
            all.find(|it| it.entities.first() == Some(&first)).map(|it| it.name.clone())
        })
    };
    move || {
        begun().map(|name| {
            let label = say!("describe-accept-it", name = name.clone());
            view! {
                <header class="found__subject" data-testid="subject">
                    <h2>{name.clone()}</h2>
                    <button class="button" on:click=move |_| reader.accept(name.clone())>{label}</button>
                </header>
            }
        })
    }
}

/// What this step is for, while there is nothing to show.
#[component]
fn NothingFound() -> impl IntoView {
    let dialogs = Dialogs::from_context();
    view! {
        <div class="empty">
            <h2>{say!("describe-empty")}</h2>
            <p class="prose">
                {say!("describe-empty-about")}
            </p>
            <p class="prose">{say!("describe-empty-known")}</p>
            <button class="button" on:click=move |_| dialogs.show(Shown::AddTable)>{say!("page-add-table")}</button>
        </div>
    }
}

/// Nouns that were considered and are no tables, with why.
#[component]
fn LeftOut() -> impl IntoView {
    let (reader, linked) = (Reader::from_context(), Linked::from_context());
    let left = Memo::new(move |_| reader.reading().with(|it| it.left_out.clone()));
    let row = move |it: relata::brief::LeftOut| {
        let evidence = it.evidence.clone();
        view! {
            <li>
                <button class="found__left" on:click=move |_| linked.show(&evidence)><code>{it.name}</code></button>
                <span class="note">{it.reason}</span>
            </li>
        }
    };
    view! {
        <Show when=move || !left.with(Vec::is_empty)>
            <details class="found__out">
                <summary>{move || say!("describe-left-out", count = left.with(Vec::len))}</summary>
                <ul>{move || left.get().into_iter().map(row).collect_view()}</ul>
            </details>
        </Show>
    }
}

#[component]
fn AcceptBar() -> impl IntoView {
    let (reader, navigation) = (Reader::from_context(), Navigation::from_context());
    let waits = Memo::new(move |_| reader.waits());
    let counts = Memo::new(move |_| reader.chosen().with(Counts::of));
    let on_accept = move |_| {
        if reader.accept_all() {
            navigation.go(Step::Diagram);
        }
    };
    view! {
        <div class="accept">
            <p>
                {move || counts.get().words()}
                <Show when=move || !waits.get()>" "{say!("describe-all-in")}</Show>
            </p>
            <Revise />
            <Show
                when=move || waits.get()
                fallback=move || view! { <button class="button" on:click=move |_| navigation.go(Step::Diagram)>{say!("describe-see-diagram")}</button> }
            >
                <button
                    class="button button--primary"
                    data-testid="accept-all"
                    disabled=move || !reader.is_current()
                    on:click=on_accept
                >
                    {say!("describe-accept-all")}
                </button>
            </Show>
        </div>
    }
}

/// What an edited text changes in what was made of it, offered while that is open.
#[component]
fn Revise() -> impl IntoView {
    let (records, talk, document) =
        (Records::from_context(), Conversation::from_context(), Document::from_context());
    let edited = Memo::new(move |_| {
        let first = records.briefs.ids().with(|it| it.first().copied());
        first.filter(|id| records.briefs.get(*id).is_some_and(|it| it.with(|it| it.accepted.is_some())))
    });
    let on_click = move |_| {
        if let Some(brief) = edited.get_untracked() {
            talk.have(Talk::Revise { design: document.peek(Packed::of), brief });
        }
    };
    view! {
        <Show when=move || edited.get().is_some()>
            <button class="button" data-testid="revise" on:click=on_click>{say!("describe-revise")}</button>
        </Show>
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Counts {
    tables: usize,
    relationships: usize,
    assumptions: usize,
}

impl Counts {
    fn of(reading: &Reading) -> Self {
        let attributes = reading.entities.iter().flat_map(|it| &it.attributes);
        let assumed = attributes.filter(|it| it.assumed).count()
            + reading.entities.iter().filter(|it| it.assumed).count()
            + reading.relationships.iter().filter(|it| it.assumed).count();
        Self {
            tables: reading.entities.len(),
            relationships: reading.relationships.len(),
            assumptions: assumed,
        }
    }

    fn words(self) -> impl IntoView {
        let tables = say!("page-tables", count = self.tables);
        let relationships = say!("page-relationships", count = self.relationships);
        view! { <b>{tables}", "{relationships}</b> ", " {say!("describe-assumptions", count = self.assumptions)} "." }
    }
}
