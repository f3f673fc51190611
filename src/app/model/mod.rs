//! The Model step: tables with their reasons, and the conventions.

mod conventions;
mod origin;
mod overrides;
mod rationale;
mod table;

use leptos::prelude::*;
use relata::design::TableId;

use crate::app::commands::choose_file;
use crate::app::navigation::{Navigation, Step};
use crate::app::shell::{Dialogs, Shown};
use crate::app::store::Records;
use conventions::ConventionsPanel;
use table::TableEntry;
pub use table::kind_word;

/// So many entries are drawn before someone asks for more.
const FIRST: usize = 60;

/// The tables beside the conventions.
#[component]
pub fn ModelStep() -> impl IntoView {
    let tables = Records::from_context().tables;
    let is_empty = Memo::new(move |_| tables.len() == 0);
    view! {
        <Show when=move || !is_empty.get() fallback=|| view! { <NoTables /> }>
            <div class="model">
                <TableList />
                <ConventionsPanel />
            </div>
        </Show>
    }
}

#[component]
fn TableList() -> impl IntoView {
    let (tables, dialogs) = (Records::from_context().tables, Dialogs::from_context());
    let query = RwSignal::new(String::new());
    let most = RwSignal::new(FIRST);
    let found = Memo::new(move |_| {
        let words = query.get().trim().to_lowercase();
        let holds = |id: &TableId| {
            tables.get(*id).is_some_and(|it| it.with(|it| it.name.to_lowercase().contains(&words)))
        };
        tables.ids().get().into_iter().filter(|id| words.is_empty() || holds(id)).collect::<Vec<_>>()
    });
    let shown = move || found.get().into_iter().take(most.get()).collect::<Vec<_>>();
    let hidden = Memo::new(move |_| found.with(Vec::len).saturating_sub(most.get()));
    view! {
        <section class="model__tables" aria-label=say!("model-tables")>
            <header class="model__bar">
                <input
                    class="field"
                    type="search"
                    aria-label=say!("model-filter-label")
                    placeholder=move || say!("model-filter", count = tables.len())
                    prop:value=query
                    on:input=move |event| query.set(event_target_value(&event))
                />
                <button class="button" data-testid="add-table" on:click=move |_| dialogs.show(Shown::AddTable)>{say!("page-add-table")}</button>
            </header>
            <div class="model__list">
                <For each=shown key=|it| *it let:id>
                    <TableEntry id />
                </For>
                <Show when=move || hidden.get() != 0>
                    <button class="button" on:click=move |_| most.update(|it| *it += FIRST)>{move || say!("model-show-more", count = hidden.get().min(FIRST))}</button>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn NoTables() -> impl IntoView {
    let (navigation, dialogs) = (Navigation::from_context(), Dialogs::from_context());
    view! {
        <div class="empty">
            <h2>{say!("model-empty")}</h2>
            <p class="prose">{say!("model-empty-about")}</p>
            <div class="empty__acts">
                <button class="button button--primary" on:click=move |_| navigation.go(Step::Describe)>{say!("page-describe-product")}</button>
                <button class="button" data-testid="add-table" on:click=move |_| dialogs.show(Shown::AddTable)>{say!("page-add-table")}</button>
                <button class="button" on:click=move |_| choose_file()>{say!("page-open-file")}</button>
            </div>
        </div>
    }
}
