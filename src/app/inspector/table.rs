//! A table: name, kind, comment, columns, references, indexes, checks.

use leptos::prelude::*;
use relata::design::{Design, Edit, ForeignKeyId, Table, TableId, TableKind, aggregate, operation};
use relata::gesture::Selected;
use relata::layout::Hit;
use relata::sql::refactor;

use super::column::{ColumnDetail, ColumnLine};
use super::part::{PartSql, Parts};
use super::{Hand, origin_text};
use crate::app::check::TableFindings;
use crate::app::diagram::{Hands, Selection};
use crate::app::icons::{Icon, Sign};
use crate::app::model::kind_word;
use crate::app::shell::{Dialogs, Shown};
use crate::app::store::Document;

const KINDS: [TableKind; 4] =
    [TableKind::Core, TableKind::Lookup, TableKind::Junction, TableKind::Infrastructure];

/// The selected table.
#[component]
pub fn TablePanel(#[prop(into)] table: Signal<Table>) -> impl IntoView {
    let dialogs = Dialogs::from_context();
    let id = table.with_untracked(|it| it.id);
    let columns = Memo::new(move |_| table.with(|it| it.columns.iter().map(|it| it.id).collect::<Vec<_>>()));
    let chosen = Memo::new(move |_| Selection::from_context().get().column);
    view! {
        <Head table=table />
        <div class="inspector__heading">
            <h3>{say!("inspector-columns")}</h3>
            <button
                class="button button--quiet"
                data-testid="as-sheet"
                title=say!("inspector-as-sheet-about")
                on:click=move |_| dialogs.show(Shown::Sheet)
            >
                {say!("inspector-as-sheet")}
            </button>
        </div>
        <For each=move || columns.get() key=|it| *it let:column>
            <ColumnLine table=table id=column />
        </For>
        <AddColumn table=id />
        {move || chosen.get().map(|column| view! { <ColumnDetail table=table id=column /> })}
        <TableFindings table=id />
        <References table=table />
        <Parts table=table />
        <details class="inspector__whole">
            <summary>{say!("inspector-whole")}</summary>
            <PartSql id=id label=say!("inspector-table-sql") />
        </details>
        <Foot table=table />
    }
}

#[component]
fn Head(table: Signal<Table>) -> impl IntoView {
    let hand = Hand::from_context();
    let document = Document::from_context();
    let id = table.with_untracked(|it| it.id);
    let name = Memo::new(move |_| table.with(|it| it.name.clone()));
    let on_rename = move |event: leptos::ev::Event| {
        let new = event_target_value(&event);
        let done =
            hand.does(say!("done-rename-table"), |design| refactor::rename_table(design, id, new.trim()));
        if !done {
            event_target::<web_sys::HtmlInputElement>(&event).set_value(&name.get_untracked());
        }
    };
    let on_kind = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        let kind = KINDS.into_iter().find(|it| kind_word(*it) == chosen).unwrap_or(TableKind::Core);
        hand.does(say!("done-kind"), |design| with_table(design, id, |it| it.kind = kind));
    };
    let on_comment = move |event: leptos::ev::Event| {
        let text = event_target_value(&event).trim().to_owned();
        let comment = (!text.is_empty()).then_some(text);
        hand.does(say!("done-describe-table"), |design| with_table(design, id, |it| it.comment = comment));
    };
    let origin = move || document.peek(|design| table.with(|it| origin_text(design, &it.origin)));
    let on_release = move |_| {
        hand.does(say!("done-release"), |design| design.marking_given([id.into()], false));
    };
    view! {
        <input
            class="inspector__name"
            aria-label=say!("diagram-table-name")
            data-testid="table-name"
            spellcheck="false"
            autocomplete="off"
            prop:value=name
            on:change=on_rename
        />
        <p class="inspector__origin">{origin}</p>
        <Show when=move || table.with(Table::is_given)>
            <p>
                <span class="chip" data-testid="given">{say!("inspector-given")}</span>" "
                <button class="button button--quiet" data-testid="release" on:click=on_release>{say!("inspector-release")}</button>
            </p>
        </Show>
        <label class="inspector__field">
            <span>{say!("inspector-kind")}</span>
            <select class="field" on:change=on_kind>
                {KINDS.map(|kind| view! {
                    <option value=kind_word(kind) prop:selected=move || table.with(|it| it.kind == kind)>{kind_word(kind)}</option>
                })}
            </select>
        </label>
        <label class="inspector__field">
            <span>{say!("inspector-row-is")}</span>
            <textarea
                class="field"
                rows="2"
                prop:value=move || table.with(|it| it.comment.clone().unwrap_or_default())
                on:change=on_comment
            ></textarea>
        </label>
    }
}

/// One line adds a column: `due_date:date?`, `priority:low|high`, `author:ref(user)`.
#[component]
fn AddColumn(table: TableId) -> impl IntoView {
    let hand = Hand::from_context();
    // What was refused is tried again when Enter is pressed again, and not each time the field is left.
    let refused = StoredValue::new(String::new());
    let add = move |input: web_sys::HtmlInputElement| {
        let text = input.value();
        if text.trim().is_empty() {
            return;
        }
        if hand.tries(say!("done-add-column"), |design| aggregate::add_fields(design, table, &text)) {
            input.set_value("");
        } else {
            refused.set_value(text);
        }
    };
    let on_change = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if refused.with_value(|it| *it != input.value()) {
            add(input);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add(event_target(&event));
        }
    };
    view! {
        <input
            class="field"
            data-testid="add-column"
            aria-label=say!("inspector-add-column")
            placeholder=say!("inspector-add-column-example")
            spellcheck="false"
            autocomplete="off"
            on:keydown=on_key
            on:change=on_change
        />
    }
}

#[component]
fn References(table: Signal<Table>) -> impl IntoView {
    let selection = Selection::from_context();
    let hand = Hand::from_context();
    let document = Document::from_context();
    let id = table.with_untracked(|it| it.id);
    let lines = Memo::new(move |_| {
        table.with(|table| {
            let line = |fk: &relata::design::ForeignKey| {
                let columns = table.column_names(&fk.columns).collect::<Vec<_>>().join(", ");
                let to = document.peek(|design| design.table(fk.references).map(|it| it.name.clone()));
                (fk.id, columns, to.unwrap_or_default(), fk.on_delete.sql().to_lowercase())
            };
            table.foreign_keys.iter().map(line).collect::<Vec<_>>()
        })
    });
    let remove = move |fk: ForeignKeyId| {
        hand.does(say!("done-remove-reference"), |design| {
            with_table(design, id, |it| it.foreign_keys.retain(|it| it.id != fk))
        });
    };
    view! {
        <Show when=move || lines.with(|it| !it.is_empty())>
            <h3>{say!("inspector-references")}</h3>
            <For each=move || lines.get() key=|it| it.clone() let:line>
                <div class="inspector__line inspector__line--reference">
                    <button class="inspector__cell" style="text-align:left" on:click=move |_| selection.foreign_key(line.0)>
                        {format!("{} → {}", line.1, line.2)}
                    </button>
                    <span class="inspector__cell inspector__cell--soft" title=say!("inspector-on-delete-short")>{line.3}</span>
                    <button
                        class="inspector__mark"
                        aria-label=say!("inspector-remove-reference-to", name = line.2.as_str())
                        on:click=move |_| remove(line.0)
                    >
                        <Icon sign=Sign::Close />
                    </button>
                </div>
            </For>
        </Show>
    }
}

#[component]
fn Foot(table: Signal<Table>) -> impl IntoView {
    let hands = Hands::from_context();
    let id = table.with_untracked(|it| it.id);
    let remove = move |_| hands.remove(&Selected::at(Some(Hit::Table(id))));
    view! {
        <div class="inspector__foot">
            <button class="button button--danger" data-testid="remove-table" on:click=remove>{say!("inspector-remove-table")}</button>
        </div>
    }
}

/// The edit after which a table is as `change` leaves it.
pub(super) fn with_table(design: &Design, id: TableId, change: impl FnOnce(&mut Table)) -> Edit {
    let Some(mut table) = design.table(id).cloned() else { return Edit::default() };
    change(&mut table);
    operation::followed(design, Edit::default().put(design, table))
}
