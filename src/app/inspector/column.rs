//! A column: one line of the table's panel, and its details.

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::design::{Column, ColumnId, ColumnValue, Table, operation};
use relata::gesture::Selected;
use relata::layout::Hit;
use relata::layout::card::type_text;
use relata::sql::refactor;

use super::part::PartSql;
use super::table::with_table;
use super::{Hand, origin_text};
use crate::app::diagram::{Hands, Selection};
use crate::app::edge::complete_types;
use crate::app::icons::{Icon, Sign};
use crate::app::store::Document;

/// Name, type, whether it may be null, whether it is a key; a click on the line shows the rest.
#[component]
pub fn ColumnLine(table: Signal<Table>, id: ColumnId) -> impl IntoView {
    let (hand, hands) = (Hand::from_context(), Hands::from_context());
    let selection = Selection::from_context();
    let document = Document::from_context();
    let of = table.with_untracked(|it| it.id);
    let name =
        Memo::new(move |_| table.with(|it| it.column(id).map(|it| it.name.clone()).unwrap_or_default()));
    let type_name = Memo::new(move |_| {
        table.with(|it| {
            let data_type = it.column(id).map(|it| it.data_type.clone());
            data_type.map(|it| document.peek(|design| type_text(design, &it))).unwrap_or_default()
        })
    });
    let nullable = Memo::new(move |_| table.with(|it| it.is_nullable(id)));
    let is_key = Memo::new(move |_| table.with(|it| it.is_key(id)));
    let is_on = move || selection.get().column == Some(id);
    let reset = |event: &leptos::ev::Event, value: String| {
        event_target::<web_sys::HtmlInputElement>(event).set_value(&value);
    };
    let on_name = move |event: leptos::ev::Event| {
        let new = event_target_value(&event);
        if !hand
            .does(say!("done-rename-column"), |design| refactor::rename_column(design, of, id, new.trim()))
        {
            reset(&event, name.get_untracked());
        }
    };
    let on_type = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        if !hand.tries(say!("done-change-type"), |design| operation::set_type(design, of, id, &text)) {
            reset(&event, type_name.get_untracked());
        }
    };
    view! {
        <div
            class="inspector__line inspector__line--column"
            class:inspector__line--on=is_on
            on:focusin=move |_| if selection.peek().column != Some(id) { selection.column(of, id) }
        >
            <input
                class="inspector__cell"
                aria-label=say!("diagram-column-name")
                data-testid="column-name"
                spellcheck="false"
                autocomplete="off"
                prop:value=name
                on:change=on_name
            />
            <input
                class="inspector__cell inspector__cell--soft"
                aria-label=move || say!("inspector-type-of", name = name.get())
                data-testid="column-type"
                on:focus=move |event| complete_types(&event, hand.worker, document)
                spellcheck="false"
                autocomplete="off"
                prop:value=type_name
                on:change=on_type
            />
            <button
                class="inspector__mark"
                title=say!("inspector-may-be-null")
                aria-label=move || say!("inspector-it-may-be-null", name = name.get())
                aria-pressed=move || nullable.get().to_string()
                disabled=is_key
                on:click=move |_| {
                    let nullable = !nullable.get_untracked();
                    hand.does(say!("done-change-column"), |design| operation::set_nullable(design, of, id, nullable));
                }
            >
                "?"
            </button>
            <button
                class="inspector__mark"
                title=say!("inspector-in-key")
                aria-label=move || say!("inspector-it-in-key", name = name.get())
                aria-pressed=move || is_key.get().to_string()
                on:click=move |_| {
                    let is_key = !is_key.get_untracked();
                    hand.tries(say!("done-change-key"), |design| operation::set_key(design, of, id, is_key));
                }
            >
                "⚷"
            </button>
            <button
                class="inspector__mark"
                title=say!("inspector-remove")
                aria-label=move || say!("inspector-remove-it", name = name.get())
                on:click=move |_| hands.remove(&Selected::at(Some(Hit::Column(of, id))))
            >
                <Icon sign=Sign::Close />
            </button>
        </div>
    }
}

/// Default, uniqueness, comment and origin of the selected column.
#[component]
pub fn ColumnDetail(table: Signal<Table>, id: ColumnId) -> impl IntoView {
    let hand = Hand::from_context();
    let document = Document::from_context();
    let of = table.with_untracked(|it| it.id);
    let column = Memo::new(move |_| table.with(|it| it.column(id).cloned()));
    let unique = Memo::new(move |_| table.with(|it| it.is_unique_over(&[id])));
    let of_column = move |read: fn(&Column) -> String| {
        move || column.with(|it| it.as_ref().map(read).unwrap_or_default())
    };
    let problem = RwSignal::new(String::new());
    // Checked as it is typed; what is no expression is told, and not taken over.
    let on_typing = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        spawn_local(async move {
            let told =
                if text.trim().is_empty() { Ok(String::new()) } else { hand.worker.expression(text).await };
            problem.try_set(told.unwrap_or_default());
        });
    };
    let on_default = move |event: leptos::ev::Event| {
        let text = event_target_value(&event).trim().to_owned();
        if !problem.with_untracked(String::is_empty) {
            return;
        }
        let value = if text.is_empty() { ColumnValue::Given } else { ColumnValue::Default(text) };
        hand.does(say!("done-change-default"), |design| operation::set_value(design, of, id, &value));
    };
    let on_comment = move |event: leptos::ev::Event| {
        let text = event_target_value(&event).trim().to_owned();
        let comment = (!text.is_empty()).then_some(text);
        hand.does(say!("done-describe-column"), |design| {
            with_table(design, of, |table| {
                for it in table.columns.iter_mut().filter(|it| it.id == id) {
                    it.comment.clone_from(&comment);
                }
            })
        });
    };
    let has_default = move || {
        column.with(|it| {
            let value = it.as_ref().map(|it| &it.value);
            matches!(value, Some(ColumnValue::Given | ColumnValue::Default(_)))
        })
    };
    let origin = move || {
        let origin = column.with(|it| it.as_ref().map(|it| it.origin.clone()));
        origin.map(|it| document.peek(|design| origin_text(design, &it)))
    };
    view! {
        <h3>{move || say!("inspector-column", name = of_column(|it| it.name.clone())())}</h3>
        <p class="inspector__origin">{origin}</p>
        <Show
            when=has_default
            fallback=move || view! { <p class="inspector__text">{of_column(value_text)}</p> }
        >
            <label class="inspector__field">
                <span>{say!("inspector-default")}</span>
                <input
                    class="field"
                    data-testid="column-default"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder=say!("inspector-none")
                    aria-invalid=move || (!problem.with(String::is_empty)).to_string()
                    prop:value=of_column(value_text)
                    on:input=on_typing
                    on:change=on_default
                />
            </label>
            <p class="inspector__problem" role="alert" hidden=move || problem.with(String::is_empty)>{problem}</p>
        </Show>
        <label class="inspector__field">
            <input
                type="checkbox"
                prop:checked=unique
                on:change=move |event| {
                    let unique = event_target_checked(&event);
                    hand.does(say!("done-change-column"), |design| operation::set_unique(design, of, id, unique));
                }
            />
            " "{say!("inspector-unique")}
        </label>
        <label class="inspector__field">
            <span>{say!("inspector-meaning")}</span>
            <input
                class="field"
                prop:value=of_column(|it| it.comment.clone().unwrap_or_default())
                on:change=on_comment
            />
        </label>
        <PartSql id label=say!("inspector-column-sql") />
    }
}

fn value_text(column: &Column) -> String {
    match &column.value {
        ColumnValue::Given => String::new(),
        ColumnValue::Default(text) => text.clone(),
        ColumnValue::Generated { expression, .. } => say!("inspector-generated", text = expression),
        ColumnValue::Identity { always: true, .. } => "generated always as identity".into(),
        ColumnValue::Identity { always: false, .. } => "generated by default as identity".into(),
    }
}
