//! Why a table is as it is, what holds its rules, and how it is asked; worked out once somebody opens it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::advise::{Parameter, Query, Rationale, Rule};
use relata::design::TableId;
use relata::job::Packed;

use crate::app::edge::copy;
use crate::app::messages::Messages;
use crate::app::store::Document;
use crate::app::worker::Worker;

/// All that can be told of one table, folded. It stays open while the rest of the entry is redrawn.
#[component]
pub fn TableRationale(id: TableId) -> impl IntoView {
    let (document, worker) = (Document::from_context(), Worker::from_context());
    let messages = Messages::from_context();
    let (is_open, told) = (RwSignal::new(false), RwSignal::new(None::<Rationale>));
    Effect::new(move || {
        if !is_open.get() {
            return;
        }
        // Other tables have a say: what refers to this one is counted and listed by its queries.
        let packed = document.with_schema(|it| it.table(id).is_some().then(|| Packed::of(it)));
        let Some(design) = packed else { return };
        spawn_local(async move {
            match worker.advise(design, id).await {
                Ok(advice) => drop(told.try_set(Some(advice))),
                Err(reason) => messages.fail(say!("review-not-shown", reason = reason)),
            }
        });
    });
    // What did not change is not drawn anew: the queries in it stay open.
    let shown = Memo::new(move |_| is_open.get().then(|| told.get()));
    let on_toggle = move |event: leptos::ev::Event| {
        is_open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    view! {
        <details class="rationale" data-testid="rationale" on:toggle=on_toggle>
            <summary>{say!("rationale-title")}</summary>
            {move || shown.get().map(|told| match told {
                Some(advice) => all(advice).into_any(),
                None => view! { <p class="note">{say!("talk-wait")}</p> }.into_any(),
            })}
        </details>
    }
}

fn all(Rationale { why, rules, queries }: Rationale) -> impl IntoView {
    let mut queries = queries.into_iter();
    let commonest = queries.next();
    view! {
        <div class="rationale__all">
            {(!why.is_empty()).then(|| view! {
                <h3>{say!("rationale-why")}</h3>
                <ul class="rationale__why">{why.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
            })}
            {(!rules.is_empty()).then(|| view! {
                <h3>{say!("rationale-rules")}</h3>
                <ul class="rationale__rules">{rules.into_iter().map(held).collect_view()}</ul>
            })}
            {commonest.map(|it| view! {
                <h3>{say!("rationale-queries")}</h3>
                <section class="rationale__query" data-testid="query">
                    <h4>{it.gives.clone()}</h4>
                    <Statement query=it />
                </section>
            })}
            {queries.map(folded).collect_view()}
        </div>
    }
}

fn held(Rule { says, by }: Rule) -> impl IntoView {
    view! { <li data-testid="held-rule"><span>{says}</span>" "<code>{by}</code></li> }
}

fn folded(query: Query) -> impl IntoView {
    view! {
        <details class="rationale__query" data-testid="query">
            <summary>{query.gives.clone()}</summary>
            <Statement query />
        </details>
    }
}

/// The statement, what it is given, and by what it finds its rows.
#[component]
fn Statement(query: Query) -> impl IntoView {
    let messages = Messages::from_context();
    let Query { gives, sql, parameters, index, kind: _ } = query;
    let name = say!("rationale-copy", query = gives.as_str());
    let text = sql.clone();
    let on_copy = move |_| copy(&text, say!("page-sql-copied"), messages);
    let given = parameters.into_iter().zip(1..).map(|(Parameter { what, type_name }, nth)| {
        view! { <li><code>{format!("${nth}")}</code>": "{what}" ("<code>{type_name}</code>")"</li> }
    });
    let given: Vec<_> = given.collect();
    view! {
        <pre class="rationale__sql" tabindex="0" role="group" aria-label=gives><code data-testid="query-sql">{sql}</code></pre>
        <div class="rationale__foot">
            {(!given.is_empty() || index.is_some()).then(|| view! {
                <ul class="note rationale__given" data-testid="query-given">
                    {given}
                    {index.map(|it| view! { <li>{say!("rationale-found-by")}" "<code>{it}</code></li> })}
                </ul>
            })}
            <button class="button" data-testid="query-copy" aria-label=name on:click=on_copy>{say!("page-copy")}</button>
        </div>
    }
}
