//! The canvas without a pointer.

use leptos::ev::KeyboardEvent;
use relata::design::TableId;
use relata::layout::{GRID, Point, Rect, diagram};

use super::selection::Selection;
use super::stage::Stage;
use super::work;
use crate::app::store::{Dispatch, Document};

/// Answers a key that was pressed while the canvas has the focus.
pub fn on_key(
    event: &KeyboardEvent,
    stage: Stage,
    selection: Selection,
    document: Document,
    dispatch: Dispatch,
) {
    let moves = event.alt_key();
    if event.ctrl_key() || event.meta_key() {
        if event.key() == "a" {
            selection.tables(
                stage.with_scene(|it| it.diagram.cards.iter().map(|it| it.table).collect::<Vec<_>>()),
            );
            event.prevent_default();
        }
        return;
    }
    let arrow = match event.key().as_str() {
        "ArrowLeft" => Some((-1.0, 0.0)),
        "ArrowRight" => Some((1.0, 0.0)),
        "ArrowUp" => Some((0.0, -1.0)),
        "ArrowDown" => Some((0.0, 1.0)),
        _ => None,
    };
    let known = match (event.key().as_str(), arrow) {
        (_, Some((dx, dy))) if moves => {
            nudge(stage, selection, document, dispatch, dx * GRID, dy * GRID);
            true
        }
        (_, Some((dx, dy))) => {
            go(stage, selection, dx, dy);
            true
        }
        ("f" | "F", _) => {
            stage.fit();
            true
        }
        ("0", _) => {
            stage.zoom_to_life_size();
            true
        }
        ("+" | "=", _) => {
            stage.zoom_by(1.2);
            true
        }
        ("-", _) => {
            stage.zoom_by(1.0 / 1.2);
            true
        }
        ("n" | "N", _) => {
            work::add_table(document, dispatch, selection, stage);
            true
        }
        ("Enter", _) if selection.one_table().is_some() => {
            work::focus_inspector();
            true
        }
        ("Delete" | "Backspace", _) => {
            work::remove_selected(document, dispatch, selection);
            true
        }
        ("Escape", _) => {
            selection.clear();
            true
        }
        _ => false,
    };
    if known {
        event.prevent_default();
    }
}

/// Moves the selected tables.
fn nudge(stage: Stage, selection: Selection, document: Document, dispatch: Dispatch, dx: f64, dy: f64) {
    let tables = selection.peek().tables;
    if tables.is_empty() {
        return;
    }
    let edit = document.peek(|design| {
        diagram::placed(design, stage.with_scene(|it| work::places_after(&it.diagram, &tables, dx, dy)))
    });
    dispatch.continue_with("move tables", edit);
}

/// Selects the nearest table in a direction, or the first one when none is selected.
fn go(stage: Stage, selection: Selection, dx: f64, dy: f64) {
    let from = selection.one_table();
    let next = stage.with_scene(|scene| {
        let diagram = &scene.diagram;
        let Some(at) = from.and_then(|it| diagram.index_of(it)) else {
            let first = |a: &&(TableId, Rect), b: &&(TableId, Rect)| {
                (a.1.left + a.1.top).total_cmp(&(b.1.left + b.1.top))
            };
            let all: Vec<_> =
                diagram.cards.iter().map(|it| it.table).zip(diagram.boxes.iter().copied()).collect();
            return all.iter().min_by(first).map(|it| it.0);
        };
        let here = diagram.boxes[at].centre();
        let ahead = |to: Point| (to.x - here.x) * dx + (to.y - here.y) * dy;
        let aside = |to: Point| ((to.x - here.x) * dy).abs() + ((to.y - here.y) * dx).abs();
        let others =
            (0..diagram.boxes.len()).filter(|it| *it != at && ahead(diagram.boxes[*it].centre()) > 1.0);
        // What lies aside counts twice, so that the way back leads back.
        let cost = |it: &usize| ahead(diagram.boxes[*it].centre()) + 2.0 * aside(diagram.boxes[*it].centre());
        others.min_by(|a, b| cost(a).total_cmp(&cost(b))).map(|it| diagram.cards[it].table)
    });
    if let Some(table) = next {
        selection.table(table, false);
        stage.reveal(table);
    }
}
