//! The list of tables beside the canvas.

use leptos::prelude::*;
use relata::design::TableId;

use super::selection::Selection;
use super::stage::Stage;
use crate::app::inspector::Objects;
use crate::app::store::Records;

/// So many names are listed at first, and again whenever the end of the list comes near.
const PAGE: usize = 80;
/// How near the end of the list is near, in pixels.
const NEAR: i32 = 400;

/// All tables by name, filtered as one types.
#[component]
pub fn Tree() -> impl IntoView {
    let tables = Records::from_context().tables;
    let filter = RwSignal::new(String::new());
    let listed = RwSignal::new(PAGE);
    let named = Memo::new(move |_| {
        let all = tables.ids().get().into_iter();
        let mut named: Vec<(String, TableId)> =
            all.filter_map(|id| Some((tables.get(id)?.with(|it| it.name.clone()), id))).collect();
        named.sort();
        named
    });
    let shown = move || {
        let wanted = filter.with(|it| it.trim().to_lowercase());
        let fits = |it: &&(String, TableId)| it.0.contains(&wanted);
        named.with(|it| it.iter().filter(fits).take(listed.get()).map(|it| it.1).collect::<Vec<_>>())
    };
    let on_scroll = move |event: leptos::ev::Event| {
        let list: web_sys::Element = event_target(&event);
        if list.scroll_height() - list.scroll_top() - list.client_height() < NEAR
            && listed.get_untracked() < named.with_untracked(Vec::len)
        {
            listed.update(|it| *it += PAGE);
        }
    };
    view! {
        <aside class="tree" aria-label=say!("model-tables")>
            <input
                class="field"
                type="search"
                placeholder=move || say!("model-filter", count = named.with(Vec::len))
                aria-label=say!("model-filter-label")
                prop:value=filter
                on:input=move |event| filter.set(event_target_value(&event))
            />
            <ul class="tree__list" on:scroll=on_scroll>
                <For each=shown key=|it| *it let:id>
                    <Leaf table=id />
                </For>
            </ul>
            <Objects />
        </aside>
    }
}

#[component]
fn Leaf(table: TableId) -> impl IntoView {
    let stage = Stage::from_context();
    let selection = Selection::from_context();
    let record = Records::from_context().tables.get(table);
    let name = move || record.as_ref().map(|it| it.with(|it| it.name.clone())).unwrap_or_default();
    let is_selected = Memo::new(move |_| selection.holds(table));
    view! {
        <li>
            <button
                class="tree__leaf"
                aria-pressed=move || is_selected.get().to_string()
                on:click=move |_| {
                    selection.table(table, false);
                    stage.fly_to(table);
                }
            >
                {name}
            </button>
        </li>
    }
}
