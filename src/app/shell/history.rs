//! History: what was done, versions with names, what differs between two of them, and the way back.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Comparison, Edit, Fate, SnapshotId, TableId};
use relata::job::{Packed, Step};

use super::Dialog;
use super::designs::when;
use crate::app::messages::Messages;
use crate::app::navigation::{self, Navigation};
use crate::app::store::{Dispatch, Document};
use crate::app::worker::Worker;

/// What the diagram marks: how tables differ from a version.
#[derive(Clone, Copy)]
pub struct Marked(RwSignal<BTreeMap<TableId, Fate>>);

impl Marked {
    /// Nothing is marked.
    pub fn new() -> Self {
        Self(RwSignal::new(BTreeMap::new()))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// What became of a table.
    pub fn fate(self, table: TableId) -> Option<Fate> {
        self.0.with(|it| it.get(&table).copied())
    }

    /// How many tables are marked.
    pub fn count(self) -> usize {
        self.0.with(BTreeMap::len)
    }

    /// Marks these, and no others.
    pub fn set(self, tables: BTreeMap<TableId, Fate>) {
        self.0.set(tables);
    }
}

/// The dialog.
#[component]
pub fn HistoryDialog() -> impl IntoView {
    view! {
        <Dialog title=say!("history-title")>
            <KeepVersion />
            <Versions />
            <Compare />
            <Done />
        </Dialog>
    }
}

/// Every version: which, its name, when.
type Named = (SnapshotId, String, u64);

fn versions() -> Memo<Vec<Named>> {
    let document = Document::from_context();
    Memo::new(move |_| {
        document.with(|design| design.snapshots().rev().map(|it| (it.id, it.name.clone(), it.at)).collect())
    })
}

/// What a job about versions does to the design.
fn does(label: String, step: Step) {
    let (worker, messages, dispatch) =
        (Worker::from_context(), Messages::from_context(), Dispatch::from_context());
    let document = dispatch.document();
    let design = document.peek(Packed::of);
    spawn_local(async move {
        match worker.version(design, step).await {
            Ok(edit) => {
                let edit: Edit = document.peek(|design| edit.rebased(design));
                dispatch.send(label, edit);
            }
            Err(reason) => messages.fail(say!("history-failed", reason = reason)),
        }
    });
}

#[component]
fn KeepVersion() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let owner = StoredValue::new(Owner::current());
    let on_keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked().trim().to_owned();
        if called.is_empty() {
            return;
        }
        let at = js_sys::Date::now() as u64;
        owner.with_value(|it| {
            it.as_ref().map(|it| it.with(|| does(say!("done-keep-version"), Step::Keep { name: called, at })))
        });
        name.set(String::new());
    };
    view! {
        <form class="history__keep" on:submit=on_keep>
            <input
                class="field"
                aria-label=say!("history-name")
                placeholder=say!("history-name-it")
                data-testid="version-name"
                maxlength="120"
                autocomplete="off"
                prop:value=name
                on:input=move |event| name.set(event_target_value(&event))
            />
            <button class="button button--primary" data-testid="keep-version">{say!("history-keep")}</button>
        </form>
    }
}

#[component]
fn Versions() -> impl IntoView {
    let all = versions();
    view! {
        <ul class="designs" data-testid="versions">
            {move || all.get().into_iter().map(|it| view! { <Version version=it /> }).collect_view()}
        </ul>
        <p class="note" hidden=move || !all.with(Vec::is_empty)>
            {say!("history-none")}
        </p>
    }
}

#[component]
fn Version(version: Named) -> impl IntoView {
    let (id, name, at) = version;
    let (document, dispatch) = (Document::from_context(), Dispatch::from_context());
    let on_drop = move |_| {
        dispatch
            .send(say!("done-forget-version"), document.peek(|design| Edit::default().remove(design, id)));
    };
    let owner = StoredValue::new(Owner::current());
    let on_back = move |_| {
        owner.with_value(|it| it.as_ref().map(|it| it.with(|| does(say!("done-back"), Step::Back { id }))));
    };
    view! {
        <li class="designs__row" data-testid="version">
            <span class="designs__open"><span class="designs__name">{name.clone()}</span><span class="note">{when(at as f64)}</span></span>
            <button class="button" data-testid="restore" aria-label=say!("history-back-to", name = name.as_str()) on:click=on_back>{say!("history-back")}</button>
            <button class="button" aria-label=say!("history-forget-it", name = name.as_str()) on:click=on_drop>{say!("history-forget")}</button>
        </li>
    }
}

/// Any two versions, one against the other.
#[component]
fn Compare() -> impl IntoView {
    let all = versions();
    let (worker, messages, document) =
        (Worker::from_context(), Messages::from_context(), Document::from_context());
    let (marked, navigation) = (Marked::from_context(), Navigation::from_context());
    let dialogs = super::Dialogs::from_context();
    let (from, to) = (RwSignal::new(None::<SnapshotId>), RwSignal::new(None::<SnapshotId>));
    let found = RwSignal::new(None::<Comparison>);
    let on_compare = move |_| {
        let design = document.peek(Packed::of);
        let (from, to) = (from.get_untracked(), to.get_untracked());
        spawn_local(async move {
            match worker.compare(design, from, to).await {
                Ok(it) => drop(found.try_set(Some(it))),
                Err(reason) => messages.fail(say!("history-not-compared", reason = reason)),
            }
        });
    };
    let choice = move |label: String, chosen: RwSignal<Option<SnapshotId>>| {
        let option = |(id, name, _): Named| view! { <option value=id.0.to_string()>{name}</option> };
        view! {
            <select
                class="field"
                aria-label=label
                on:change=move |event| chosen.set(event_target_value(&event).parse().ok().map(SnapshotId))
            >
                <option value="">{say!("history-now")}</option>
                {move || all.get().into_iter().map(option).collect_view()}
            </select>
        }
    };
    let on_show = move |_| {
        marked.set(found.with_untracked(|it| it.as_ref().map(|it| it.tables.clone()).unwrap_or_default()));
        dialogs.close();
        navigation.go(navigation::Step::Diagram);
    };
    view! {
        <Show when=move || !all.with(Vec::is_empty)>
            <h3>{say!("history-differs")}</h3>
            <div class="history__keep">
                {choice(say!("history-from"), from)}
                {choice(say!("history-to"), to)}
                <button class="button" data-testid="compare" on:click=on_compare>{say!("history-compare")}</button>
            </div>
            {move || found.get().map(|it| {
                let is_same = it.words.is_empty();
                view! {
                    <ul class="history__words" data-testid="differences">
                        {is_same.then(|| view! { <li>{say!("history-same")}</li> })}
                        {it.words.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
                    </ul>
                    {(!is_same).then(|| view! {
                        <button class="button" data-testid="mark-differences" on:click=on_show>{say!("history-mark")}</button>
                    })}
                }
            })}
        </Show>
    }
}

/// What was done since the design was opened, newest first; each can be gone back to.
#[component]
fn Done() -> impl IntoView {
    const SHOWN: usize = 30;
    let (document, dispatch) = (Document::from_context(), Dispatch::from_context());
    let done = Memo::new(move |_| document.done(SHOWN));
    let line = move |(at, label): (usize, String)| {
        view! {
            <li>
                <button class="history__act" on:click=move |_| for _ in 0..=at { dispatch.undo() }>
                    {say!("history-undo-to", what = label)}
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || !done.with(Vec::is_empty)>
            <h3>{say!("history-done")}</h3>
            <ol class="history__words" reversed="">
                {move || done.get().into_iter().enumerate().map(line).collect_view()}
            </ol>
        </Show>
    }
}
