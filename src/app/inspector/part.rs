//! Any part of the design as its SQL, to be changed in place: what has no field of its own is written here.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Id, Table, TableId, convention};
use relata::job::Packed;
use relata::sql::Beginning;

use super::Hand;
use crate::app::derived::Derived;
use crate::app::edge::order;
use crate::app::icons::{Icon, Sign};
use crate::app::store::Document;

/// So long nothing is typed before the text is read.
const PAUSE: Duration = Duration::from_millis(300);

/// Says what is in error in SQL that is still being typed; the design stays as it is.
fn check(hand: Hand, id: Option<Id>, sql: String, problem: RwSignal<String>, (turn, now): (Turn, u32)) {
    let is_last = move || turn.try_get_value() == Some(now);
    let look = move || {
        if !is_last() {
            return;
        }
        let (worker, design) = (hand.worker, hand.document.peek(Packed::of));
        spawn_local(async move {
            let told = match worker.part(design, id, sql).await {
                Ok((_, draft)) => draft.problems.into_iter().next().map(|it| it.1).unwrap_or_default(),
                Err(reason) => reason,
            };
            if is_last() {
                problem.try_set(told);
            }
        });
    };
    set_timeout(look, PAUSE);
}

/// Counts what was typed: an answer to an earlier text is of no use.
type Turn = StoredValue<u32>;

/// Puts SQL in the place of what makes a thing, adds it, or takes the thing out with none; what is in error is told.
fn write(hand: Hand, id: Option<Id>, sql: String, problem: RwSignal<String>, on_done: impl Fn() + 'static) {
    let (worker, document) = (hand.worker, hand.document);
    let design = document.peek(Packed::of);
    spawn_local(async move {
        let told = match worker.part(design, id, sql).await {
            Ok((edit, draft)) => match draft.problems.into_iter().next() {
                Some((_, reason)) => reason,
                None => {
                    let edit = convention::touched(document.peek(|design| edit.rebased(design)));
                    if edit.is_empty() || hand.dispatch.send(say!("done-edit-part"), edit) {
                        on_done();
                    }
                    String::new()
                }
            },
            Err(reason) => reason,
        };
        problem.try_set(told);
    });
}

/// The SQL of a thing, to be changed.
#[component]
pub fn PartSql(#[prop(into)] id: Id, #[prop(into)] label: String) -> impl IntoView {
    let hand = Hand::from_context();
    let own = Derived::from_context().part(id);
    let problem = RwSignal::new(String::new());
    let on_change = move |event: leptos::ev::Event| {
        let sql = event_target_value(&event);
        // With nothing in it, the thing would go; that has a button of its own.
        if sql.trim().is_empty() {
            event_target::<web_sys::HtmlTextAreaElement>(&event).set_value(&own.get_untracked());
        } else {
            write(hand, Some(id), sql, problem, || ());
        }
    };
    view! { <SqlField label id=Some(id) problem own=own on_change=Callback::new(on_change) /> }
}

#[component]
fn SqlField(
    #[prop(into)] label: String,
    id: Option<Id>,
    problem: RwSignal<String>,
    #[prop(into)] own: Signal<String>,
    on_change: Callback<leptos::ev::Event>,
) -> impl IntoView {
    let hand = Hand::from_context();
    let node = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move || {
        own.track();
        if let Some(field) = node.get() {
            spawn_local(async move {
                // Without it the order is still written by hand.
                let _ = order(&field).await;
            });
        }
    });
    let turn = StoredValue::new(0);
    let next = move || {
        turn.try_update_value(|it: &mut u32| {
            *it += 1;
            *it
        })
    };
    let on_input = move |event: leptos::ev::Event| {
        let sql = event_target_value(&event);
        if sql.trim().is_empty() {
            return problem.set(String::new());
        }
        if let Some(now) = next() {
            check(hand, id, sql, problem, (turn, now));
        }
    };
    let on_change = move |event| {
        // What is done with it tells what is in error.
        next();
        on_change.run(event);
    };
    let rows = move || own.with(|it| (it.lines().count() + it.len() / 50 + 1).clamp(2, 14)).to_string();
    view! {
        <textarea
            class="field inspector__sql"
            node_ref=node
            aria-label=label
            data-testid="part-sql"
            spellcheck="false"
            autocomplete="off"
            aria-invalid=move || (!problem.with(String::is_empty)).to_string()
            rows=rows
            prop:value=own
            on:input=on_input
            on:change=on_change
        ></textarea>
        <p class="inspector__problem" role="alert" hidden=move || problem.with(String::is_empty)>{problem}</p>
    }
}

/// A line that says what a thing is, opens to its SQL, and can be removed.
#[component]
fn PartLine(id: Id) -> impl IntoView {
    let hand = Hand::from_context();
    let own = Derived::from_context().part(id);
    let is_open = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    view! {
        <div class="inspector__line inspector__line--plain">
            <button
                title=own
                class="inspector__cell inspector__part"
                aria-expanded=move || is_open.get().to_string()
                data-testid="part"
                on:click=move |_| is_open.update(|it| *it = !*it)
            >
                {move || own.with(|it| short(it).to_owned())}
            </button>
            <button
                class="inspector__mark"
                aria-label=move || say!("inspector-remove-it", name = own.get())
                on:click=move |_| write(hand, Some(id), String::new(), problem, || ())
            >
                <Icon sign=Sign::Close />
            </button>
        </div>
        <p class="inspector__problem" role="alert" hidden=move || problem.with(String::is_empty)>{problem}</p>
        {move || is_open.get().then(|| view! { <PartSql id=id label=say!("inspector-its-sql") /> })}
    }
}

/// A constraint without its name: a line has room for what it says.
fn short(sql: &str) -> &str {
    const BEGINNINGS: [&str; 4] = [" PRIMARY KEY", " UNIQUE", " CHECK", " EXCLUDE"];
    if !sql.starts_with("CONSTRAINT ") {
        return sql;
    }
    let found = BEGINNINGS.iter().filter_map(|it| sql.find(it)).min();
    found.and_then(|at| sql.get(at + 1..)).unwrap_or(sql)
}

/// Keys, checks, indexes and all else that a table has besides columns and references.
#[component]
pub fn Parts(table: Signal<Table>) -> impl IntoView {
    let ids = Memo::new(move |_| table.with(Table::part_ids));
    let of = table.with_untracked(|it| it.id);
    view! {
        <h3>{say!("inspector-parts")}</h3>
        <For each=move || ids.get() key=|it| *it let:id>
            <PartLine id />
        </For>
        <AddPart of=Some(of) all=&Beginning::OF_TABLE on_done=|| () />
    }
}

/// Chooses what to add, and lets it be completed.
#[component]
pub fn AddPart(
    of: Option<TableId>,
    all: &'static [Beginning],
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let hand = Hand::from_context();
    let document = Document::from_context();
    let begun = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let typed = RwSignal::new(String::new());
    let on_choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        if let Some(it) = all.iter().find(|it| it.name() == chosen) {
            let sql = document.peek(|design| it.sql(design, of));
            begun.set(sql.clone());
            typed.set(sql);
            problem.set(String::new());
        }
        event_target::<web_sys::HtmlSelectElement>(&event).set_value("");
    };
    let end = move || {
        begun.try_set(String::new());
        on_done();
    };
    view! {
        <select class="field inspector__add" aria-label=say!("inspector-add") data-testid="add-part" on:change=on_choose>
            <option value="">{say!("inspector-add-what")}</option>
            {all.iter().map(|it| view! { <option value=it.name()>{it.name()}</option> }).collect_view()}
        </select>
        <Show when=move || !begun.with(String::is_empty)>
            <SqlField
                label=say!("inspector-added-sql")
                id=None
                problem
                own=begun
                on_change=Callback::new(move |event| typed.set(event_target_value(&event)))
            />
            <div class="inspector__acts">
                <button
                    class="button button--primary"
                    data-testid="add-part-done"
                    on:click=move |_| write(hand, None, typed.get_untracked(), problem, end)
                >
                    {say!("inspector-add")}
                </button>
                <button class="button" on:click=move |_| begun.set(String::new())>{say!("page-cancel")}</button>
            </div>
        </Show>
    }
}

/// A button that takes a thing out of the design, and says why when it cannot.
#[component]
pub fn RemovePart(id: Id, on_done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let hand = Hand::from_context();
    let problem = RwSignal::new(String::new());
    view! {
        <div class="inspector__foot">
            <button
                class="button button--danger"
                data-testid="remove-object"
                on:click=move |_| write(hand, Some(id), String::new(), problem, on_done)
            >
                {say!("inspector-remove-object")}
            </button>
            <p class="inspector__problem" role="alert" hidden=move || problem.with(String::is_empty)>{problem}</p>
        </div>
    }
}
