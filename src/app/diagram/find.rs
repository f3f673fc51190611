//! Finding tables and columns on the canvas: each hit is flown to as one types.

use leptos::html::Input;
use leptos::prelude::*;
use relata::design::{ColumnId, TableId};

use super::hands::{Hands, focus_canvas};
use crate::app::icons::{Icon, Sign};

/// The search field, when it is open.
#[component]
pub fn Find() -> impl IntoView {
    let hands = Hands::from_context();
    move || hands.finding.get().then(|| view! { <Field /> })
}

#[component]
fn Field() -> impl IntoView {
    let hands = Hands::from_context();
    let node = NodeRef::<Input>::new();
    let hits = RwSignal::new(Vec::<(TableId, Option<ColumnId>)>::new());
    let at = RwSignal::new(0_usize);
    let is_asked = RwSignal::new(false);
    let show = move || {
        let hit = hits.with_untracked(|it| it.get(at.get_untracked()).copied());
        if let Some((table, column)) = hit {
            match column {
                Some(column) => hands.selection.column(table, column),
                None => hands.selection.table(table, false),
            }
            hands.stage.fly_to(table);
        }
    };
    let look = move |text: &str| {
        let wanted = text.trim().to_lowercase();
        is_asked.set(!wanted.is_empty());
        hits.set(if wanted.is_empty() { Vec::new() } else { found(hands, &wanted) });
        at.set(0);
        show();
    };
    let go = move |by: usize| {
        let count = hits.with_untracked(Vec::len).max(1);
        at.update(|it| *it = (*it + by) % count);
        show();
    };
    let close = move || {
        hands.finding.set(false);
        focus_canvas();
    };
    let on_keydown = move |event: leptos::ev::KeyboardEvent| {
        event.stop_propagation();
        let back = hits.with_untracked(Vec::len).saturating_sub(1);
        match (event.key().as_str(), event.shift_key()) {
            ("Escape", _) => close(),
            ("Enter", false) | ("ArrowDown", _) => go(1),
            ("Enter", true) | ("ArrowUp", _) => go(back),
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move || {
        if let Some(node) = node.get() {
            let _ = node.focus();
        }
    });
    let status = move || match (is_asked.get(), hits.with(Vec::len)) {
        (false, _) => String::new(),
        (true, 0) => say!("diagram-found-none"),
        (true, count) => say!("diagram-found", at = at.get() + 1, count = count),
    };
    view! {
        <div class="find" role="search">
            <input
                class="field"
                type="search"
                node_ref=node
                data-testid="find"
                aria-label=say!("diagram-find")
                placeholder=say!("diagram-find")
                spellcheck="false"
                on:input=move |event| look(&event_target_value(&event))
                on:keydown=on_keydown
            />
            <span class="find__count" role="status">{status}</span>
            <button class="button button--quiet button--icon" aria-label=say!("page-close") on:click=move |_| close()>
                <Icon sign=Sign::Close />
            </button>
        </div>
    }
}

/// Drawn tables whose name holds the words, then columns.
fn found(hands: Hands, wanted: &str) -> Vec<(TableId, Option<ColumnId>)> {
    let fits = |name: &str| name.to_lowercase().contains(wanted);
    hands.document.peek(|design| {
        let drawn: Vec<_> = hands.stage.all().into_iter().filter_map(|it| design.table(it)).collect();
        let mut hits: Vec<_> = drawn.iter().filter(|it| fits(&it.name)).map(|it| (it.id, None)).collect();
        for table in drawn {
            let columns = table.columns.iter().filter(|it| fits(&it.name));
            hits.extend(columns.map(|it| (table.id, Some(it.id))));
        }
        hits
    })
}
