//! The SQL step: the design as PostgreSQL.

use leptos::prelude::*;
use relata::design::Conventions;
use relata::design::convention::switched;

use super::commands::file_name;
use super::derived::Derived;
use super::edge::{TextEditor, copy, download};
use super::messages::Messages;
use super::navigation::{Navigation, Step};
use super::store::{Dispatch, Document, Records};

/// The SQL with its target version.
#[component]
pub fn SqlStep() -> impl IntoView {
    let sql = Derived::from_context().sql();
    let is_empty = Memo::new(move |_| sql.with(|it| it.trim().is_empty()));
    view! {
        <section class="code" aria-label="SQL">
            <SqlBar />
            <LostNotes />
            <Show when=move || !is_empty.get() fallback=|| view! { <NoSql /> }>
                <TextEditor text=sql language="sql" label="SQL of the design" testid="sql" />
            </Show>
        </section>
    }
}

#[component]
fn SqlBar() -> impl IntoView {
    let (derived, messages) = (Derived::from_context(), Messages::from_context());
    let document = Document::from_context();
    let on_copy = move |_| copy(&derived.sql().get_untracked(), "The SQL is on the clipboard.", messages);
    let on_download = move |_| {
        let name = document.peek(|design| file_name(design.title(), "sql"));
        if let Err(reason) = download(&name, "application/sql", &derived.sql().get_untracked()) {
            messages.fail(format!("The file could not be made: {reason}."));
        }
    };
    let lines = move || derived.sql().with(|it| it.lines().count());
    view! {
        <header class="code__bar">
            <Target />
            <span class="note">{lines}" lines"</span>
            <span class="code__end">
                <button class="button" data-testid="copy-sql" on:click=on_copy>"Copy"</button>
                <button class="button" data-testid="download-sql" on:click=on_download>"Download"</button>
            </span>
        </header>
    }
}

/// The PostgreSQL version that is written for; a convention of the design.
#[component]
fn Target() -> impl IntoView {
    let (document, dispatch) = (Document::from_context(), Dispatch::from_context());
    let conventions = Records::from_context().conventions();
    let target = Memo::new(move |_| conventions.with(|it| it.target));
    let on_change = move |event| {
        let Ok(version) = event_target_value(&event).parse::<u8>() else { return };
        let proposal = document.peek(|design| {
            let conventions = Conventions { target: version, ..design.conventions().clone() };
            switched(design, &conventions)
        });
        dispatch.accept(format!("write for PostgreSQL {version}"), &proposal, None);
    };
    let option = move |version: u8| {
        view! { <option value=version.to_string() selected=move || target.get() == version>"PostgreSQL "{version}</option> }
    };
    view! {
        <select class="field" aria-label="PostgreSQL version" data-testid="target" prop:value=move || target.get().to_string() on:change=on_change>
            {(13..=18).rev().map(option).collect_view()}
        </select>
    }
}

/// What the chosen version cannot say.
#[component]
fn LostNotes() -> impl IntoView {
    let written = Derived::from_context().written();
    let lost = Memo::new(move |_| {
        written.with(|it| it.lost.iter().map(|it| it.message.clone()).collect::<Vec<_>>())
    });
    view! {
        <Show when=move || !lost.with(Vec::is_empty)>
            <ul class="code__lost">
                {move || lost.get().into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn NoSql() -> impl IntoView {
    let navigation = Navigation::from_context();
    view! {
        <div class="empty">
            <h2>"No SQL yet"</h2>
            <p class="prose">"The SQL is written from the tables of the design. Describe a product, or open a schema that you have."</p>
            <button class="button button--primary" on:click=move |_| navigation.go(Step::Describe)>"Describe a product"</button>
        </div>
    }
}
