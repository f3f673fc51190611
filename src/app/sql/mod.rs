//! The SQL step: the design as PostgreSQL, to be read and written.

mod draft;

use leptos::prelude::*;
use relata::design::Conventions;
use relata::design::convention::switched;

use super::check::Critic;
use super::commands::file_name;
use super::derived::Derived;
use super::edge::{Problem, TextEditor, copy, download};
use super::messages::Messages;
use super::navigation::{Navigation, Step};
use super::store::{Dispatch, Document, Records};
pub use draft::SqlText;

/// The SQL with its target version.
#[component]
pub fn SqlStep() -> impl IntoView {
    view! {
        <section class="code" aria-label="SQL">
            <SqlBar />
            <LostNotes />
            <SqlEditor />
        </section>
    }
}

/// The SQL beside the diagram, while it is wanted there.
#[component]
pub fn SqlBeside() -> impl IntoView {
    let text = SqlText::from_context();
    view! {
        <Show when=move || text.is_beside().get()>
            <section class="code diagram__sql" aria-label=say!("sql-beside")>
                <header class="code__bar"><Language /></header>
                <SqlEditor />
            </section>
        </Show>
    }
}

/// The text itself, with what is in error in it.
#[component]
fn SqlEditor() -> impl IntoView {
    let sql = SqlText::from_context();
    let is_dbml = sql.is_dbml();
    let is_empty = Memo::new(move |_| !sql.is_typed() && sql.text().trim().is_empty());
    let text = Memo::new(move |_| sql.text());
    let spots = Critic::from_context().spots();
    let problems = Memo::new(move |_| {
        let mut all = sql.problems();
        all.extend(spots.with(|it| sql.remarks(it)));
        all
    });
    let place = sql.shown_place();
    view! {
        <Problems />
        <Show when=move || !is_empty.get() fallback=|| view! { <NoSql /> }>
            {move || {
                let (language, label) = if is_dbml.get() { ("dbml", say!("sql-dbml-of")) } else { ("sql", say!("sql-sql-of")) };
                view! {
                    <TextEditor
                        text=text
                        language=language
                        label=label
                        testid=language
                        on_change=Callback::new(move |it| sql.write(it))
                        on_cursor=Callback::new(move |it| sql.point(it))
                        problems=problems
                        reveal=place
                    />
                }
            }}
        </Show>
    }
}

/// What is in error, by line; each leads to its place.
#[component]
fn Problems() -> impl IntoView {
    const SHOWN: usize = 3;
    let sql = SqlText::from_context();
    let all = Memo::new(move |_| sql.problems_by_line());
    let line = move |(line, problem): (u32, Problem)| {
        view! {
            <li>
                <button class="code__problem" on:click=move |_| sql.look_for(problem.span)>
                    {say!("sql-problem", line = line.to_string(), message = problem.message.as_str())}
                </button>
            </li>
        }
    };
    let more = move || {
        let more = all.with(|it| it.len().saturating_sub(SHOWN));
        (more > 0).then(|| view! { <li class="note">{say!("sql-more", count = more)}</li> })
    };
    view! {
        <ul class="code__lost" role="status" data-testid="sql-problems" hidden=move || all.with(Vec::is_empty)>
            {move || all.get().into_iter().take(SHOWN).map(line).collect_view()}
            {more}
        </ul>
    }
}

#[component]
fn SqlBar() -> impl IntoView {
    let messages = Messages::from_context();
    let document = Document::from_context();
    let text = SqlText::from_context();
    let derived = Derived::from_context();
    // What is copied or downloaded is to be run where what is given is there already.
    let own = move || {
        if text.is_dbml().get_untracked() { untrack(move || text.own()) } else { derived.script() }
    };
    let on_copy = move |_| copy(&own(), say!("sql-on-clipboard"), messages);
    let on_download = move |_| {
        let (ending, kind) =
            if text.is_dbml().get_untracked() { ("dbml", "text/plain") } else { ("sql", "application/sql") };
        let name = document.peek(|design| file_name(design.title(), ending));
        if let Err(reason) = download(&name, kind, &own()) {
            messages.fail(say!("page-file-failed", reason = reason));
        }
    };
    let lines = move || text.own().lines().count();
    view! {
        <header class="code__bar">
            <Language />
            <Target />
            <span class="note">{move || say!("sql-lines", count = lines())}</span>
            <span class="code__end">
                <button class="button" data-testid="copy-sql" on:click=on_copy>{say!("page-copy")}</button>
                <button class="button" data-testid="download-sql" on:click=on_download>{say!("page-download")}</button>
            </span>
        </header>
    }
}

/// SQL or DBML.
#[component]
fn Language() -> impl IntoView {
    let text = SqlText::from_context();
    let choice = move |is_dbml: bool, words: &'static str, testid: &'static str| {
        view! {
            <button
                class="button button--quiet"
                data-testid=testid
                aria-pressed=move || (text.is_dbml().get() == is_dbml).to_string()
                on:click=move |_| text.speak(is_dbml)
            >
                {words}
            </button>
        }
    };
    view! {
        <span class="code__languages" role="group" aria-label=say!("sql-language")>
            {choice(false, "SQL", "as-sql")}
            {choice(true, "DBML", "as-dbml")}
        </span>
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
        dispatch.accept(say!("done-target", version = version), &proposal, None);
    };
    let option = move |version: u8| {
        view! { <option value=version.to_string() prop:selected=move || target.get() == version>"PostgreSQL "{version}</option> }
    };
    view! {
        <select class="field" aria-label=say!("sql-version") data-testid="target" prop:value=move || target.get().to_string() on:change=on_change>
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
    let (navigation, text) = (Navigation::from_context(), SqlText::from_context());
    view! {
        <div class="empty">
            <h2>{say!("sql-empty")}</h2>
            <p class="prose">{say!("sql-empty-about")}</p>
            <div class="empty__acts">
                <button class="button button--primary" on:click=move |_| navigation.go(Step::Describe)>{say!("page-describe-product")}</button>
                <button class="button" data-testid="write-sql" on:click=move |_| text.begin()>{say!("sql-write")}</button>
            </div>
        </div>
    }
}
