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

/// What is typed into a field against what the design says there: the design's own text never takes the place of one that is
/// still being typed or not yet written.
#[derive(Clone, Copy)]
struct Typing {
    /// Counts what was typed: an answer to an earlier text is of no use.
    turn: StoredValue<u32>,
    /// The last turn whose text the design has.
    kept: StoredValue<u32>,
    /// Outlives the field: what was typed last is written though another thing is shown by then.
    way: StoredValue<ArcStoredValue<Way>>,
}

/// Texts on their way into the design, one after the other: two at once would each start from a design without the other.
#[derive(Default)]
struct Way {
    is_taken: bool,
    /// The text behind the one that is being written, with its turn.
    next: Option<(u32, String)>,
}

impl Typing {
    fn new() -> Self {
        Self {
            turn: StoredValue::new(0),
            kept: StoredValue::new(0),
            way: StoredValue::new(ArcStoredValue::new(Way::default())),
        }
    }

    fn begin(self) {
        self.turn.try_update_value(|it| *it += 1);
    }

    /// Nothing when the field is gone.
    fn now(self) -> Option<u32> {
        self.turn.try_get_value()
    }

    fn keep(self, turn: Option<u32>) {
        if let Some(turn) = turn {
            self.kept.try_set_value(turn);
        }
    }

    fn is_kept(self) -> bool {
        self.kept.try_get_value() == self.now()
    }

    /// Says what is in error in SQL that is still being typed; the design stays as it is.
    fn check(self, hand: Hand, id: Option<Id>, sql: String, problem: RwSignal<String>) {
        let turn = self.now();
        let is_last = move || turn.is_some() && self.now() == turn;
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

    /// Puts the field's text in the place of what makes a thing, behind what is being put there already.
    fn write(self, hand: Hand, id: Id, sql: String, problem: RwSignal<String>) {
        let (Some(turn), Some(way)) = (self.now(), self.way.try_get_value()) else { return };
        let was_taken = way.try_update_value(|way| {
            way.next = Some((turn, sql));
            std::mem::replace(&mut way.is_taken, true)
        });
        if was_taken == Some(true) {
            return;
        }
        spawn_local(async move {
            while let Some((turn, sql)) = way.try_update_value(|way| way.next.take()).flatten() {
                let told = write(hand, Some(id), sql).await;
                if told == Ok(true) {
                    self.keep(Some(turn));
                }
                problem.try_set(told.err().unwrap_or_default());
            }
            way.try_update_value(|way| way.is_taken = false);
        });
    }
}

/// Puts SQL in the place of what makes a thing, adds it, or takes the thing out with none. Whether it was done: the person may
/// keep the design as it is.
///
/// # Errors
///
/// What is in error in the SQL.
async fn write(hand: Hand, id: Option<Id>, sql: String) -> Result<bool, String> {
    let (worker, document) = (hand.worker, hand.document);
    let (edit, draft) = worker.part(document.peek(Packed::of), id, sql).await?;
    if let Some((_, reason)) = draft.problems.into_iter().next() {
        return Err(reason);
    }
    let edit = convention::touched(document.peek(|design| edit.rebased(design)));
    Ok(edit.is_empty() || hand.dispatch.send(say!("done-edit-part"), edit))
}

/// Writes what a button stands for, and says what is in error.
fn act(hand: Hand, id: Option<Id>, sql: String, problem: RwSignal<String>, on_done: impl Fn() + 'static) {
    spawn_local(async move {
        let told = write(hand, id, sql).await;
        if told == Ok(true) {
            on_done();
        }
        problem.try_set(told.err().unwrap_or_default());
    });
}

/// The SQL of a thing, to be changed.
#[component]
pub fn PartSql(#[prop(into)] id: Id, #[prop(into)] label: String) -> impl IntoView {
    let hand = Hand::from_context();
    let own = Derived::from_context().part(id);
    let problem = RwSignal::new(String::new());
    let typing = Typing::new();
    let on_change = move |sql| typing.write(hand, id, sql, problem);
    view! { <SqlField label id=Some(id) problem own typing on_change=Callback::new(on_change) /> }
}

#[component]
fn SqlField(
    #[prop(into)] label: String,
    id: Option<Id>,
    problem: RwSignal<String>,
    #[prop(into)] own: Signal<String>,
    typing: Typing,
    on_change: Callback<String>,
) -> impl IntoView {
    let hand = Hand::from_context();
    let node = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move || {
        own.track();
        let Some(field) = node.get() else { return };
        if typing.is_kept() {
            field.set_value(&own.get_untracked());
        }
        spawn_local(async move {
            // Without it the order is still written by hand.
            let _ = order(&field).await;
        });
    });
    let on_input = move |event: leptos::ev::Event| {
        typing.begin();
        let sql = event_target_value(&event);
        if sql.trim().is_empty() {
            problem.set(String::new());
        } else {
            typing.check(hand, id, sql, problem);
        }
    };
    let on_change = move |event: leptos::ev::Event| {
        // What is done with it tells what is in error.
        typing.begin();
        let mut sql = event_target_value(&event);
        // With nothing in it, the thing would go; that has a button of its own.
        if sql.trim().is_empty() {
            sql = own.get_untracked();
            event_target::<web_sys::HtmlTextAreaElement>(&event).set_value(&sql);
        }
        on_change.run(sql);
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
                on:click=move |_| act(hand, Some(id), String::new(), problem, || ())
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
    let typing = Typing::new();
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
                typing
                on_change=Callback::new(move |sql| {
                    typed.set(sql);
                    typing.keep(typing.now());
                })
            />
            <div class="inspector__acts">
                <button
                    class="button button--primary"
                    data-testid="add-part-done"
                    on:click=move |_| act(hand, None, typed.get_untracked(), problem, end)
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
                on:click=move |_| act(hand, Some(id), String::new(), problem, on_done)
            >
                {say!("inspector-remove-object")}
            </button>
            <p class="inspector__problem" role="alert" hidden=move || problem.with(String::is_empty)>{problem}</p>
        </div>
    }
}
