//! What a run has shown.

use leptos::prelude::*;
use relata::base::{LineIndex, Span};

use super::findings::Findings;
use super::{RunState, Runs, Verdict};
use crate::app::derived::Derived;
use crate::app::edge::{Failure, Gravity, Outcome, Problem, TextEditor};

/// Runs the SQL in a real PostgreSQL and shows how that went.
#[component]
pub fn CheckStep() -> impl IntoView {
    let runs = Runs::from_context();
    let sql = Derived::from_context().sql();
    let is_empty = Memo::new(move |_| sql.with(|it| it.trim().is_empty()));
    let is_running = Memo::new(move |_| runs.state().with(|it| *it == RunState::Running));
    let verb = move || {
        if runs.state().with(|it| matches!(it, RunState::Ended { .. })) {
            say!("check-run-again")
        } else {
            say!("check-run")
        }
    };
    view! {
        <section class="check" aria-label=say!("step-check")>
            <article class="card check__run">
                <h2>{say!("check-does-it-run")}</h2>
                <div data-testid="run-result" aria-live="polite" data-state=move || runs.verdict().name()>
                    <RunWords />
                </div>
                <div class="check__actions">
                    <button
                        class="button button--primary"
                        data-testid="run"
                        disabled=move || is_running.get() || is_empty.get()
                        on:click=move |_| runs.start()
                    >
                        {verb}
                    </button>
                    <Show when=move || is_running.get()>
                        <button class="button" on:click=move |_| runs.stop()>{say!("check-stop")}</button>
                    </Show>
                </div>
            </article>
            <FailurePlace />
            <Show when=move || !is_empty.get()>
                <Findings />
            </Show>
        </section>
    }
}

#[component]
fn RunWords() -> impl IntoView {
    let runs = Runs::from_context();
    move || {
        match (runs.verdict(), runs.state().get()) {
        (Verdict::Running, _) => view! {
            <p class="check__big">{say!("shell-running")}</p>
            <p class="prose">{say!("check-first-use")}</p>
        }
        .into_any(),
        (Verdict::Runs(figures), _) => view! {
            <p class="check__big check__big--ok">{milliseconds(figures.milliseconds)}</p>
            <p class="prose">{say!("check-accepted", count = figures.statements, version = figures.version.as_str())}</p>
        }
        .into_any(),
        (Verdict::Fails(_), RunState::Ended { outcome: Outcome::Failed(failure), .. }) => {
            view! { <Refusal failure=*failure /> }.into_any()
        }
        (Verdict::Stale, _) => view! {
            <p class="check__big">{say!("check-changed")}</p>
            <p class="prose">{say!("check-changed-about")}</p>
        }
        .into_any(),
        (Verdict::Unknown | Verdict::Fails(_), _) => view! {
            <p class="check__big">{say!("shell-not-run")}</p>
            <p class="prose">{say!("check-about")}</p>
        }
        .into_any(),
    }
    }
}

/// Why it stopped, in the server's words.
#[component]
fn Refusal(failure: Failure) -> impl IntoView {
    let heading =
        if failure.sqlstate.is_empty() { say!("check-did-not-start") } else { say!("check-was-refused") };
    let before = (!failure.sqlstate.is_empty()).then(|| {
        let (version, error) = (failure.figures.version.as_str(), failure.sqlstate.as_str());
        let words =
            say!("check-before", count = failure.figures.statements, version = version, error = error);
        view! { <p class="note">{words}</p> }
    });
    view! {
        <p class="check__big check__big--bad">{heading}</p>
        <p class="check__message">{failure.message}</p>
        {failure.detail.map(|it| view! { <p class="prose">{it}</p> })}
        {failure.hint.map(|it| view! { <p class="prose">{say!("check-hint", hint = it)}</p> })}
        {before}
    }
}

/// The SQL that was run, at the statement that failed.
#[component]
fn FailurePlace() -> impl IntoView {
    let runs = Runs::from_context();
    let failed = Memo::new(move |_| match runs.state().get() {
        RunState::Ended { sql, outcome: Outcome::Failed(failure) }
            if !failure.sqlstate.is_empty() && runs.has_failed() =>
        {
            Some((sql, *failure))
        }
        _ => None,
    });
    move || {
        failed.get().map(|(sql, failure)| {
            let place = LineIndex::new(&sql).place(failure.position as u32);
            let (from, to) = failure.statement;
            let problems = vec![Problem {
                span: Span::new(from, to),
                gravity: Gravity::Error,
                message: failure.message.clone(),
            }];
            let at = Span::new(failure.position, failure.position);
            view! {
                <section class="check__place" aria-label=say!("check-failing")>
                    <h3>{say!("check-place", line = place.line.to_string(), column = place.column.to_string())}</h3>
                    <TextEditor
                        text=Signal::stored(sql)
                        language="sql"
                        label=say!("check-sql-run")
                        testid="failed-sql"
                        problems=Signal::stored(problems)
                        reveal=Signal::stored(Some(at))
                    />
                </section>
            }
        })
    }
}

fn milliseconds(value: f64) -> String {
    if value < 10_000.0 {
        say!("check-milliseconds", time = value.round())
    } else {
        say!("check-seconds", time = value / 1000.0)
    }
}
