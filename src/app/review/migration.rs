//! What a proposal means for a database that is there: the statements, who waits for them, what to heed, the way back.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::Proposal;
use relata::job::{Held, Packed, Plan, PlanStep, Waiting};

use crate::app::edge::copy;
use crate::app::messages::Messages;
use crate::app::store::Document;
use crate::app::worker::Worker;

/// The migration that the chosen parts come to.
#[component]
pub fn Migration(proposal: StoredValue<Proposal>, closed: Memo<BTreeSet<usize>>) -> impl IntoView {
    let (document, worker) = (Document::from_context(), Worker::from_context());
    let messages = Messages::from_context();
    let shown = RwSignal::new(None::<Plan>);
    Effect::new(move || {
        let (chosen, design) = (closed.get(), document.peek(Packed::of));
        spawn_local(async move {
            match worker.plan(design, proposal.get_value(), chosen).await {
                Ok(plan) => drop(shown.try_set(Some(plan))),
                Err(reason) => messages.fail(say!("review-not-shown", reason = reason)),
            }
        });
    });
    move || match shown.get() {
        None => view! { <p class="note">{say!("talk-wait")}</p> }.into_any(),
        Some(plan) if plan.steps.is_empty() => {
            view! { <p class="note">{say!("plan-nothing")}</p> }.into_any()
        }
        Some(plan) => whole(plan, messages).into_any(),
    }
}

fn whole(plan: Plan, messages: Messages) -> impl IntoView {
    let Plan { steps, checks, risks, back, left } = plan;
    let sql: String = steps.iter().flat_map(|it| [it.sql.as_str(), "\n"]).collect();
    let on_copy = move |_| copy(&sql, say!("page-sql-copied"), messages);
    view! {
        <div class="plan" data-testid="plan" role="group" tabindex="0" aria-label=say!("review-migration")>
            <p class="note">{say!("plan-lead")}</p>
            {(!risks.is_empty()).then(|| view! {
                <h3>{say!("plan-risks")}</h3>
                <ul class="plan__risks" data-testid="plan-risks">
                    {risks.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
                </ul>
            })}
            {(!checks.is_empty()).then(|| view! {
                <h3>{say!("plan-checks")}</h3>
                <ul class="plan__list" data-testid="plan-checks">
                    {checks.into_iter().map(|it| view! { <li><code>{it}</code></li> }).collect_view()}
                </ul>
            })}
            <div class="plan__head">
                <h3>{say!("plan-steps", count = steps.len())}</h3>
                <button class="button button--quiet" data-testid="plan-copy" on:click=on_copy>{say!("plan-copy")}</button>
            </div>
            <ol class="plan__list" data-testid="plan-steps">{steps.into_iter().map(step).collect_view()}</ol>
            <details data-testid="plan-back">
                <summary>{say!("plan-back")}</summary>
                {left.map(|it| view! { <p class="note">{it}</p> })}
                <code>{back}</code>
            </details>
        </div>
    }
}

fn step(it: PlanStep) -> impl IntoView {
    let locks = it.locks.into_iter().map(|Held { table, mode, waiting }| {
        let (class, words) = match waiting {
            Waiting::Everybody => {
                ("plan__lock plan__lock--all", say!("plan-lock-all", mode = mode, table = table))
            }
            Waiting::Writing => {
                ("plan__lock plan__lock--writing", say!("plan-lock-writing", mode = mode, table = table))
            }
            Waiting::Nobody => ("plan__lock", say!("plan-lock-none", mode = mode, table = table)),
        };
        view! { <span class=class>{words}</span> }
    });
    let locks: Vec<_> = locks.collect();
    view! {
        <li data-testid="plan-step">
            <code>{it.sql}</code>
            {locks}
        </li>
    }
}
