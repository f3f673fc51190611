//! A relationship: which columns, and what happens to the referencing rows.

use leptos::prelude::*;
use relata::design::{ForeignKey, ForeignKeyId, ReferentialAction, Table};
use relata::layout::diagram::{Cardinality, Optionality, ends_of};

use super::part::PartSql;
use super::table::with_table;
use super::{Hand, origin_text};
use crate::app::diagram::Selection;
use crate::app::store::Document;

/// The selected relationship.
#[component]
pub fn ReferencePanel(id: ForeignKeyId) -> impl IntoView {
    let document = Document::from_context();
    let hand = Hand::from_context();
    let selection = Selection::from_context();
    let found = Memo::new(move |_| {
        document.with_schema(|design| {
            let (table, fk) = design.foreign_keys().find(|it| it.1.id == id)?;
            let referenced = design.table(fk.references)?;
            let from = names(table, &fk.columns);
            let to = names(referenced, &fk.ref_columns);
            Some((
                table.id,
                fk.clone(),
                format!("{from} → {to}"),
                words(table, fk, referenced),
                origin_text(design, &fk.origin),
            ))
        })
    });
    let set = move |change: fn(&mut ForeignKey, ReferentialAction), action: ReferentialAction| {
        let Some(table) = found.with_untracked(|it| it.as_ref().map(|it| it.0)) else { return };
        hand.does(say!("done-change-reference"), |design| {
            with_table(design, table, |table| {
                table.foreign_keys.iter_mut().filter(|it| it.id == id).for_each(|it| change(it, action));
            })
        });
    };
    let remove = move |_| {
        let Some(table) = found.with_untracked(|it| it.as_ref().map(|it| it.0)) else { return };
        let done = hand.does(say!("done-remove-reference"), |design| {
            with_table(design, table, |table| table.foreign_keys.retain(|it| it.id != id))
        });
        if done {
            selection.clear();
        }
    };
    view! {
        {move || found.get().map(|(_, fk, ends, words, origin)| view! {
            <h2>{say!("inspector-reference")}</h2>
            <p class="inspector__text">{ends}</p>
            <p class="inspector__lead">{words}</p>
            <p class="inspector__origin">{origin}</p>
            <p class="inspector__lead">{fk.comment.clone()}</p>
            <Action
                label=say!("inspector-on-delete")
                now=fk.on_delete
                on_choose=Callback::new(move |it| set(|fk, action| fk.on_delete = action, it))
            />
            <Action
                label=say!("inspector-on-update")
                now=fk.on_update
                on_choose=Callback::new(move |it| set(|fk, action| fk.on_update = action, it))
            />
            <PartSql id label=say!("inspector-reference-sql") />
            <div class="inspector__foot">
                <button class="button button--danger" on:click=remove>{say!("inspector-remove-reference")}</button>
            </div>
        })}
    }
}

#[component]
fn Action(
    #[prop(into)] label: String,
    now: ReferentialAction,
    on_choose: Callback<ReferentialAction>,
) -> impl IntoView {
    let on_change = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        if let Some(action) = ReferentialAction::ALL.into_iter().find(|it| it.sql() == chosen) {
            on_choose.run(action);
        }
    };
    view! {
        <label class="inspector__field">
            <span>{label}</span>
            <select class="field" on:change=on_change>
                {ReferentialAction::ALL.map(|it| view! {
                    <option value=it.sql() selected=it == now>{it.sql().to_lowercase()}</option>
                })}
            </select>
        </label>
    }
}

fn names(table: &Table, columns: &[relata::design::ColumnId]) -> String {
    format!("{}.{}", table.name, table.column_names(columns).collect::<Vec<_>>().join(", "))
}

/// The relationship as a sentence.
fn words(table: &Table, fk: &ForeignKey, referenced: &Table) -> String {
    let (referencing_end, referenced_end) = ends_of(table, fk);
    let (from, to) = (table.name.as_str(), referenced.name.as_str());
    match (referenced_end.optionality, referencing_end.cardinality) {
        (Optionality::Mandatory, Cardinality::Many) => say!("inspector-one-many", from = from, to = to),
        (Optionality::Mandatory, Cardinality::One) => say!("inspector-one-one", from = from, to = to),
        (Optionality::Optional, Cardinality::Many) => say!("inspector-maybe-many", from = from, to = to),
        (Optionality::Optional, Cardinality::One) => say!("inspector-maybe-one", from = from, to = to),
    }
}
