//! What the critic has to say: the panel of the Check step, and what concerns one table.

use leptos::prelude::*;
use relata::design::TableId;

use super::Critic;
use crate::app::diagram::Selection;
use crate::app::edge::CriticPanel;

/// What will be regretted, the checklist, and the findings.
#[component]
pub fn Findings() -> impl IntoView {
    view! { <CriticPanel /> }
}

/// The findings about one table; those about its selected column first.
#[component]
pub fn TableFindings(table: TableId) -> impl IntoView {
    let selection = Selection::from_context();
    let critic = Critic::from_context();
    let about = Memo::new(move |_| {
        let selected = selection.get();
        Some((table, selected.column))
    });
    view! {
        <Show when=move || critic.table(table).is_some()>
            <CriticPanel about=about />
        </Show>
    }
}
