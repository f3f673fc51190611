//! The palette: every command, table and column, found by a few letters.

use leptos::html;
use leptos::prelude::*;
use relata::design::{ColumnId, TableId, aggregate};
use relata::gesture::{Act, Selected};

use super::{Dialog, Dialogs};
use crate::app::commands::commands;
use crate::app::diagram::{Hands, title};
use crate::app::navigation::{Navigation, Step};
use crate::app::reveal::Reveal;
use crate::app::store::{Dispatch, Document};

const MOST: usize = 60;

/// One line of the palette.
#[derive(Clone)]
struct Row {
    title: String,
    kind: String,
    run: Callback<()>,
}

/// The palette as a dialog.
#[component]
pub fn PaletteDialog() -> impl IntoView {
    let dialogs = Dialogs::from_context();
    let rows = StoredValue::new(all_rows());
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let (document, dispatch) = (Document::from_context(), Dispatch::from_context());
    let found = Memo::new_with_compare(
        move |_| {
            let query = query.get();
            let mut found = rows.with_value(|all| matching(all, &query));
            found.extend(quick_add(&query, document, dispatch));
            found
        },
        |_, _| true,
    );
    let run = move |index: usize| {
        if let Some(row) = found.with_untracked(|it| it.get(index).cloned()) {
            dialogs.close();
            row.run.run(());
        }
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|it| *it = if *it >= last { 0 } else { *it + 1 }),
            "ArrowUp" => at.update(|it| *it = it.checked_sub(1).unwrap_or(last)),
            "Enter" => run(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let row = move |(index, row): (usize, Row)| {
        view! { <PaletteRow row index at on_choose=Callback::new(run) /> }
    };
    view! {
        <Dialog title=say!("command-search")>
            <input
                class="field"
                data-testid="palette"
                autofocus
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                aria-label=say!("palette-label")
                placeholder=say!("palette-placeholder")
                autocomplete="off"
                spellcheck="false"
                prop:value=query
                on:input=move |event| {
                    query.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=on_keydown
            />
            <ul class="palette" id="palette-list" role="listbox" aria-label=say!("palette-found")>
                {move || found.get().into_iter().enumerate().map(row).collect_view()}
            </ul>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="note">{say!("palette-none")}</p>
            </Show>
        </Dialog>
    }
}

#[component]
fn PaletteRow(row: Row, index: usize, at: RwSignal<usize>, on_choose: Callback<usize>) -> impl IntoView {
    let node = NodeRef::<html::Li>::new();
    let is_at = move || at.get() == index;
    Effect::new(move || {
        if is_at()
            && let Some(it) = node.get()
        {
            it.scroll_into_view_with_bool(false);
        }
    });
    view! {
        <li
            node_ref=node
            id=format!("palette-{index}")
            class="palette__row"
            role="option"
            aria-selected=move || is_at().to_string()
            on:pointermove=move |_| at.set(index)
            on:click=move |_| on_choose.run(index)
        >
            <span>{row.title}</span>
            <span class="palette__kind">{row.kind}</span>
        </li>
    }
}

fn all_rows() -> Vec<Row> {
    let of_command = |it: crate::app::commands::Command| Row {
        title: it.title,
        kind: it.keys.first().map(|keys| keys.words()).unwrap_or_default(),
        run: it.run,
    };
    let mut rows: Vec<Row> = commands().into_iter().map(of_command).collect();
    let (reveal, navigation) = (Reveal::from_context(), Navigation::from_context());
    let hands = Hands::from_context();
    if navigation.step().get_untracked() == Step::Diagram {
        rows.extend(acts(hands));
    }
    let show = move |table: TableId, column: Option<ColumnId>| {
        Callback::new(move |()| {
            navigation.go(Step::Diagram);
            reveal.show(table, column);
        })
    };
    Document::from_context().peek(|design| {
        for area in design.areas() {
            let selected = Selected { area: Some(area.id), ..Selected::default() };
            let run = Callback::new(move |()| {
                navigation.go(Step::Diagram);
                hands.selection.set(selected.clone());
                hands.run(Act::SelectArea, None);
                hands.run(Act::FitSelected, None);
            });
            rows.push(Row { title: area.name.clone(), kind: say!("palette-area"), run });
        }
        for table in design.tables() {
            rows.push(Row {
                title: table.name.clone(),
                kind: say!("palette-table"),
                run: show(table.id, None),
            });
        }
        for (id, title) in design.objects() {
            let run = Callback::new(move |()| {
                navigation.go(Step::Diagram);
                hands.selection.object(id);
            });
            rows.push(Row { title, kind: String::new(), run });
        }
        for table in design.tables() {
            for column in &table.columns {
                let title = format!("{}.{}", table.name, column.name);
                rows.push(Row { title, kind: say!("palette-column"), run: show(table.id, Some(column.id)) });
            }
        }
    });
    rows
}

/// What can be done with what is selected on the diagram.
fn acts(hands: Hands) -> impl Iterator<Item = Row> {
    hands.offered().into_iter().map(move |act| Row {
        title: if matches!(act, Act::Color(_)) {
            say!("palette-color", name = title(act))
        } else {
            title(act)
        },
        kind: act.keys().to_owned(),
        run: Callback::new(move |()| hands.run(act, None)),
    })
}

/// A name with fields that have types is a table to be added: `Order id:uuid total:decimal`.
fn quick_add(query: &str, document: Document, dispatch: Dispatch) -> Option<Row> {
    let parsed = query.contains(':').then(|| aggregate::parse(query))?;
    let aggregate = parsed.tree;
    if !parsed.errors.is_empty() || aggregate.fields.is_empty() {
        return None;
    }
    let many = aggregate.fields.len();
    let title = say!("palette-add", name = aggregate.name.as_str(), count = many);
    let run = Callback::new(move |()| {
        let label = say!("done-add-table-named", name = aggregate.name.as_str());
        if let Ok(proposal) = document.peek(|design| aggregate.proposal(design)) {
            dispatch.accept(label, &proposal, None);
        }
    });
    Some(Row { title, kind: say!("palette-new"), run })
}

/// The rows that hold every word of the query; those that begin with it first, otherwise in their order.
fn matching(rows: &[Row], query: &str) -> Vec<Row> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut begin = Vec::new();
    let mut hold = Vec::new();
    for row in rows {
        let title = row.title.to_lowercase();
        if words.iter().all(|it| title.contains(it)) {
            let into = if title.starts_with(&query) { &mut begin } else { &mut hold };
            into.push(row.clone());
        }
    }
    begin.extend(hold);
    begin.truncate(MOST);
    begin
}
