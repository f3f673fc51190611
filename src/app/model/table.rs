//! One table with its columns, references and reasons.

use leptos::prelude::*;
use relata::design::{Column, ColumnValue, ForeignKey, Origin, ReferentialAction, Table, TableId, TableKind};
use relata::sql::type_name;

use super::origin::origin_words;
use super::overrides::Overrides;
use super::rationale::TableRationale;
use crate::app::navigation::{Navigation, Step};
use crate::app::reveal::Reveal;
use crate::app::store::{Document, Records};

/// The entry of one table; its parts are redrawn when this table changes, and only then.
#[component]
pub fn TableEntry(id: TableId) -> impl IntoView {
    let table = Records::from_context().tables.get(id)?;
    let shown = table.clone();
    let parts = move || {
        let table = shown.get();
        view! {
            <EntryHead table=table.clone() />
            <EntryColumns table=table.clone() />
            <EntryReferences table=table.clone() />
            <Overrides table />
        }
    };
    Some(view! {
        <article class="card table-entry" data-testid="model-table" data-name=move || table.with(|it| it.name.clone())>
            {parts}
            <TableRationale id />
        </article>
    })
}

/// What kind of table it is.
pub fn kind_word(kind: TableKind) -> String {
    match kind {
        TableKind::Core => say!("kind-core"),
        TableKind::Lookup => say!("kind-lookup"),
        TableKind::Junction => say!("kind-junction"),
        TableKind::Infrastructure => say!("kind-infrastructure"),
    }
}

#[component]
fn EntryHead(table: Table) -> impl IntoView {
    let (reveal, navigation) = (Reveal::from_context(), Navigation::from_context());
    let document = Document::from_context();
    let class = match table.kind {
        TableKind::Core => "kind",
        TableKind::Lookup => "kind kind--lookup",
        TableKind::Junction => "kind kind--junction",
        TableKind::Infrastructure => "kind kind--infrastructure",
    };
    let why = document.peek(|design| origin_words(design, &table.origin));
    let namespace =
        table.namespace.map(|it| document.peek(|design| format!("{}.", design.namespace_name(Some(it)))));
    let id = table.id;
    let on_show = move |_| {
        navigation.go(Step::Diagram);
        reveal.show(id, None);
    };
    view! {
        <header class="entity__head">
            <h2 class="table-entry__name">{namespace}{table.name.clone()}</h2>
            <span class=class>{kind_word(table.kind)}</span>
            <span class="entity__acts">
                <button class="button button--quiet" aria-label=say!("model-show-in-diagram", name = table.name.as_str()) on:click=on_show>{say!("page-show")}</button>
            </span>
        </header>
        {table.comment.clone().map(|it| view! { <p class="entity__about">{it}</p> })}
        {why.map(|it| view! { <p class="origin">{it}</p> })}
    }
}

#[component]
fn EntryColumns(table: Table) -> impl IntoView {
    let document = Document::from_context();
    let chip = |column: &Column| {
        let (words, why) = document.peek(|design| {
            let nullable = if table.is_nullable(column.id) { "?" } else { "" };
            let words = format!("{} {}{nullable}", column.name, type_name(design, &column.data_type));
            (words, origin_words(design, &column.origin))
        });
        let is_assumed = matches!(column.origin, Origin::Assumption { .. });
        let is_convention = matches!(column.origin, Origin::Convention(_));
        let hint = [column.comment.clone(), value_words(&column.value), why];
        let hint = hint.into_iter().flatten().collect::<Vec<_>>().join("\n");
        view! {
            <li class="chip" class:chip--assumed=is_assumed class:chip--convention=is_convention class:chip--key=table.is_key(column.id) title=hint>
                {words}
            </li>
        }
    };
    let is_reference = |column: &Column| table.foreign_keys.iter().any(|fk| fk.columns == [column.id]);
    let plain = table.columns.iter().filter(|it| !is_reference(it)).map(chip).collect_view();
    view! { <ul class="chips" aria-label=say!("model-columns")>{plain}</ul> }
}

fn value_words(value: &ColumnValue) -> Option<String> {
    match value {
        ColumnValue::Given => None,
        ColumnValue::Default(text) => Some(say!("model-default", text = text)),
        ColumnValue::Generated { expression, .. } => Some(say!("model-generated", text = expression)),
        ColumnValue::Identity { .. } => Some(say!("model-identity")),
    }
}

/// What the table references, each with what a deletion does and why.
#[component]
fn EntryReferences(table: Table) -> impl IntoView {
    let document = Document::from_context();
    let row = |fk: &ForeignKey| {
        let columns = table.column_names(&fk.columns).collect::<Vec<_>>().join(", ");
        let (referenced, why) = document.peek(|design| {
            let referenced = design.table(fk.references).map_or_else(String::new, |it| it.name.clone());
            (referenced, origin_words(design, &fk.origin))
        });
        let is_optional = fk.columns.iter().any(|it| table.is_nullable(*it));
        let is_one = table.is_unique_over(&fk.columns);
        let kind = match (is_one, is_optional) {
            (true, true) => say!("model-one-optional"),
            (true, false) => say!("model-one"),
            (false, true) => say!("model-optional"),
            (false, false) => say!("model-required"),
        };
        let is_assumed = matches!(fk.origin, Origin::Assumption { .. });
        view! {
            <li class="reference">
                <span class="chip" class:chip--assumed=is_assumed>{columns}" → "{referenced.clone()}</span>
                <span class="note">{kind}", "{deletion_words(fk.on_delete, &referenced)}</span>
                {why.map(|it| view! { <span class="note reference__why">{it}</span> })}
            </li>
        }
    };
    let rows = table.foreign_keys.iter().map(row).collect_view();
    (!table.foreign_keys.is_empty())
        .then(|| view! { <ul class="references" aria-label=say!("model-references")>{rows}</ul> })
}

fn deletion_words(action: ReferentialAction, referenced: &str) -> String {
    match action {
        ReferentialAction::Cascade => say!("model-goes", name = referenced),
        ReferentialAction::SetNull => say!("model-emptied", name = referenced),
        ReferentialAction::SetDefault => say!("model-set-default", name = referenced),
        ReferentialAction::Restrict | ReferentialAction::NoAction => {
            say!("model-keeps", name = referenced)
        }
    }
}
