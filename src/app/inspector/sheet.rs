//! A table as a sheet of cells: its columns or its rows, with the keys of a spreadsheet.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::job::Packed;
use relata::sql::SheetOf;

use super::Hand;
use crate::app::diagram::Selection;
use crate::app::edge::{Fill, SheetGrid, Unanswered};
use crate::app::shell::Dialog;
use crate::app::store::Records;

/// Which cell of a line of columns is the type.
const TYPE: i32 = 1;

/// The selected table as a dialog.
#[component]
pub fn SheetDialog() -> impl IntoView {
    let of = RwSignal::new(SheetOf::Columns);
    let choice = move |it: SheetOf, words: String, testid: &'static str| {
        view! {
            <button
                class="button button--quiet"
                data-testid=testid
                aria-pressed=move || (of.get() == it).to_string()
                on:click=move |_| of.set(it)
            >
                {words}
            </button>
        }
    };
    view! {
        <Dialog title=say!("inspector-sheet")>
            <div class="sheet__choice">
                {choice(SheetOf::Columns, say!("inspector-columns"), "sheet-columns")}
                {choice(SheetOf::Rows, say!("inspector-rows"), "sheet-rows")}
            </div>
            {move || view! { <Cells of=of.get() /> }}
            <p class="note">
                {say!("inspector-sheet-keys")}" "
                {move || match of.get() {
                    SheetOf::Columns => say!("inspector-sheet-generated"),
                    SheetOf::Rows => say!("inspector-sheet-expression"),
                }}
            </p>
        </Dialog>
    }
}

#[component]
fn Cells(of: SheetOf) -> impl IntoView {
    let hand = Hand::from_context();
    let records = Records::from_context();
    let selected = Selection::from_context().peek().one_table();
    let Some((id, table)) = selected.and_then(|id| Some((id, records.tables.get(id)?))) else {
        return view! { <p class="note">{say!("inspector-select-one")}</p> }.into_any();
    };
    let sheet = RwSignal::new(String::new());
    // The state of the table that the sheet shows: one that others change is shown anew.
    let shown = StoredValue::new(None);
    let now = {
        let table = table.clone();
        move || table.get_untracked()
    };
    let unanswered = Unanswered::default();
    let waiting = unanswered.clone();
    let ask = move |lines: Option<String>| {
        let (now, waiting) = (now.clone(), waiting.clone());
        let design = hand.document.peek(Packed::of);
        async move {
            let (edit, told) = match hand.worker.sheet(design, (id, of), lines).await {
                Ok(answer) => answer,
                Err(reason) => {
                    hand.messages.fail(say!("page-nothing-changed", reason = reason));
                    return false;
                }
            };
            let edit = hand.document.peek(|design| edit.rebased(design));
            let is_taken = edit.is_empty() || hand.dispatch.send(say!("done-sheet"), edit);
            if is_taken {
                shown.try_set_value(Some(now()));
                // What cannot be set was closed.
                if let Some(told) = sheet.try_set(told) {
                    waiting.answer(told);
                }
            }
            is_taken
        }
    };
    let name = table.with_untracked(|it| it.name.clone());
    let again = ask.clone();
    Effect::new(move || {
        let table = table.get();
        if shown.with_value(|it| it.as_ref() != Some(&table)) {
            let asked = again(None);
            spawn_local(async move {
                let _ = asked.await;
            });
        }
    });
    let (label, types_at) = match of {
        SheetOf::Columns => (say!("inspector-columns-of", name = name), TYPE),
        SheetOf::Rows => (say!("inspector-rows-of", name = name), -1),
    };
    let on_fill: Fill = Rc::new(move |lines| Box::pin(ask(Some(lines))));
    view! {
        <h3>{label.clone()}</h3>
        <SheetGrid sheet label types_at on_fill unanswered />
    }
    .into_any()
}
