//! What the canvas does to the design.

use std::collections::BTreeSet;

use leptos::prelude::*;
use relata::design::{ColumnId, Edit, TableId, operation};
use relata::job::AT_ONCE;
use relata::layout::diagram::{self, Diagram};
use relata::layout::{Hit, Point};
use relata::sql::refactor;

use wasm_bindgen::JsCast as _;

use super::selection::Selection;
use super::stage::Stage;
use crate::app::messages::Messages;
use crate::app::store::{Dispatch, Document};
use crate::app::worker::Worker;

/// Where every table stands once some have moved. All are named, so that those which the layout placed stay too.
pub fn places_after(diagram: &Diagram, moved: &BTreeSet<TableId>, dx: f64, dy: f64) -> Vec<(TableId, Point)> {
    let place = |(card, rect): (&relata::layout::card::Card, &relata::layout::Rect)| {
        let by = if moved.contains(&card.table) { (dx, dy) } else { (0.0, 0.0) };
        (card.table, rect.corner().moved(by.0, by.1))
    };
    diagram.cards.iter().zip(&diagram.boxes).map(place).collect()
}

/// A new table in the middle of the screen, selected.
pub fn add_table(document: Document, dispatch: Dispatch, selection: Selection, stage: Stage) {
    let screen = stage.screen().get_untracked();
    let middle = stage.view().get_untracked().to_canvas(Point::new(screen.width / 2.0, screen.height / 3.0));
    let (table, edit) = document.peek(|design| {
        let (table, edit) = operation::add_table(design, None, "new_table");
        let mut after = design.clone();
        // A refusal is told by the store, for the same edit.
        let _ = after.apply(&edit);
        let mut places = stage.with_scene(|it| places_after(&it.diagram, &BTreeSet::new(), 0.0, 0.0));
        places.push((table, middle.moved(-110.0, 0.0).snapped()));
        (table, edit.then(diagram::placed(&after, places)))
    });
    if dispatch.send("add a table", edit) {
        selection.table(table, false);
    }
}

/// All tables placed anew; pinned ones stay.
pub fn arrange(document: Document, dispatch: Dispatch, stage: Stage, worker: Worker, messages: Messages) {
    let place = move |corners: Vec<Point>| {
        let edit =
            document.peek(|design| diagram::placed(design, design.tables().map(|it| it.id).zip(corners)));
        if dispatch.send("arrange the diagram", edit) {
            stage.fit();
        }
    };
    if document.peek(|design| design.tables().len()) <= AT_ONCE {
        return place(document.peek(|design| diagram::arranged(design, &diagram::cards(design))));
    }
    let design = document.peek(Clone::clone);
    leptos::task::spawn_local(async move {
        let opened = document.opened().get_untracked();
        match worker.arrange(&design).await {
            // Tables that came or went meanwhile make the places those of others.
            Ok(corners) if document.opened().get_untracked() == opened => {
                let is_same =
                    document.peek(|now| now.tables().map(|it| it.id).eq(design.tables().map(|it| it.id)));
                if is_same {
                    place(corners);
                }
            }
            Ok(_) => {}
            Err(reason) => messages.fail(format!("The tables could not be arranged: {reason}.")),
        }
    });
}

/// A reference from a column to what it was dropped on.
pub fn connect(
    document: Document,
    dispatch: Dispatch,
    messages: Messages,
    selection: Selection,
    from: (TableId, ColumnId),
    on: Option<Hit>,
) {
    let to = match on {
        Some(Hit::Table(table)) => operation::Drawn { table, column: None },
        Some(Hit::Column(table, column) | Hit::Port(table, column)) => {
            operation::Drawn { table, column: Some(column) }
        }
        Some(Hit::Edge(_) | Hit::Area(_) | Hit::Note(_) | Hit::NoteCorner(_)) | None => return,
    };
    let from = operation::Drawn { table: from.0, column: Some(from.1) };
    if from == to {
        return;
    }
    match document.peek(|design| operation::connect(design, from, to)) {
        Ok((id, edit)) => {
            if dispatch.send("add a reference", edit) {
                selection.foreign_key(id);
            }
        }
        Err(refused) => messages.fail(format!("No reference was made: {refused}.")),
    }
}

/// Removes what is selected, with what depends on it.
pub fn remove_selected(document: Document, dispatch: Dispatch, selection: Selection) {
    let selected = selection.peek();
    let (label, edit) = document.peek(|design| {
        if let Some(id) = selected.foreign_key {
            let owner = design.foreign_keys().find(|it| it.1.id == id).map(|it| it.0.clone());
            let edit = owner.map_or_else(Edit::default, |mut table| {
                table.foreign_keys.retain(|it| it.id != id);
                Edit::default().put(design, table)
            });
            return ("remove a reference", edit);
        }
        if let (Some(column), Some(table)) = (selected.column, selected.tables.first()) {
            return ("remove a column", refactor::remove_column(design, *table, column));
        }
        let mut after = design.clone();
        for table in &selected.tables {
            let edit = refactor::remove_table(&after, *table);
            // A refusal is told by the store, for the same edit.
            let _ = after.apply(&edit);
        }
        ("remove tables", Edit::between(design, &after))
    });
    if !edit.is_empty() && dispatch.send(label, edit) {
        selection.clear();
    }
}

/// Puts the focus on the first thing in the inspector that can be changed.
pub fn focus_inspector() {
    let inside = "[data-testid=inspector] input, [data-testid=inspector] button";
    if let Ok(Some(element)) = leptos::prelude::document().query_selector(inside)
        && let Ok(element) = element.dyn_into::<web_sys::HtmlElement>()
    {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
