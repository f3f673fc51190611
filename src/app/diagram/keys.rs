//! The canvas without a pointer.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use relata::design::{Design, TableId};
use relata::gesture::Act;
use relata::layout::{GRID, Point, Rect, diagram};

use super::hands::Hands;
use super::work;

/// So many times nearer a related table counts when arrow keys choose.
const RELATED: f64 = 3.0;

/// Answers a key that was pressed while the canvas has the focus.
pub fn on_key(event: &KeyboardEvent, hands: Hands) {
    let stage = hands.stage;
    let ctrl = event.ctrl_key() || event.meta_key();
    let arrow = match event.key().as_str() {
        "ArrowLeft" => Some((-1.0, 0.0)),
        "ArrowRight" => Some((1.0, 0.0)),
        "ArrowUp" => Some((0.0, -1.0)),
        "ArrowDown" => Some((0.0, 1.0)),
        _ => None,
    };
    let is_known = match (event.key().as_str(), arrow) {
        (_, Some((dx, dy))) if event.alt_key() => {
            nudge(hands, dx * GRID, dy * GRID);
            true
        }
        (_, Some((dx, dy))) if !ctrl => {
            go(hands, (dx, dy), event.shift_key());
            true
        }
        _ if event.alt_key() => false,
        // The browser's own events bring what is to be copied and pasted.
        ("c" | "v", _) if ctrl => false,
        ("+" | "=", _) if !ctrl => {
            stage.zoom_by(1.2);
            true
        }
        ("-", _) if !ctrl => {
            stage.zoom_by(1.0 / 1.2);
            true
        }
        ("Enter", _) if !ctrl && hands.selection.one_table().is_some() => {
            work::focus_inspector();
            true
        }
        ("Escape", _) => {
            hands.selection.clear();
            true
        }
        ("ContextMenu", _) => ask(hands),
        ("F10", _) if event.shift_key() => ask(hands),
        (key, _) => match Act::of_key(&hands.offered(), ctrl, event.shift_key(), key) {
            Some(act) => {
                hands.run(act, None);
                true
            }
            None => false,
        },
    };
    if is_known {
        event.prevent_default();
    }
}

/// Opens the menu beside what is selected.
fn ask(hands: Hands) -> bool {
    let stage = hands.stage;
    let rect = hands.selection.peek().tables.first().and_then(|it| {
        stage.with_scene(|scene| scene.diagram.boxes.get(scene.diagram.index_of(*it)?).copied())
    });
    let at = rect.map_or_else(|| hands.middle(), |it| it.corner().moved(24.0, 24.0));
    hands.ask(stage.view().get_untracked().to_screen(at));
    true
}

/// Moves the selected tables.
fn nudge(hands: Hands, dx: f64, dy: f64) {
    let tables = hands.selection.peek().tables;
    if tables.is_empty() {
        return;
    }
    let edit = hands.document.peek(|design| {
        let places = hands.stage.with_scene(|it| work::places_after(&it.diagram, &tables, dx, dy));
        diagram::placed(design, places)
    });
    hands.dispatch.continue_with(say!("done-move-tables"), edit);
}

/// Selects the nearest table in a direction, related ones before others, or the first one when none is selected; with
/// `more` besides those that are. Of several the last one in that direction is gone from.
fn go(hands: Hands, (dx, dy): (f64, f64), more: bool) {
    let (stage, selection) = (hands.stage, hands.selection);
    let selected = selection.peek().tables;
    let next = stage.with_scene(|scene| {
        let diagram = &scene.diagram;
        let along = |at: &usize| diagram.boxes[*at].centre().x * dx + diagram.boxes[*at].centre().y * dy;
        let drawn = selected.iter().filter_map(|it| diagram.index_of(*it));
        let Some(at) = drawn.max_by(|a, b| along(a).total_cmp(&along(b))) else {
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
        let ends = diagram.edges.iter().map(|it| (it.ends.from.node, it.ends.to.node));
        let related: Vec<usize> = ends
            .filter_map(|it| if it.0 == at { Some(it.1) } else { (it.1 == at).then_some(it.0) })
            .collect();
        // What lies aside counts twice, so that the way back leads back; a relationship makes any way short.
        let cost = |it: &usize| {
            let way = ahead(diagram.boxes[*it].centre()) + 2.0 * aside(diagram.boxes[*it].centre());
            if related.contains(it) { way / RELATED } else { way }
        };
        others.min_by(|a, b| cost(a).total_cmp(&cost(b))).map(|it| diagram.cards[it].table)
    });
    if let Some(table) = next {
        selection.table(table, more);
        stage.reveal(table);
        hands.said.set(hands.document.peek(|design| spoken(design, table)));
    }
}

/// How a table is read out when one comes to it: with what it references and what references it.
fn spoken(design: &Design, id: TableId) -> String {
    let Some(table) = design.table(id) else { return String::new() };
    let name = |it: TableId| design.table(it).map_or("", |it| it.name.as_str());
    let own: Vec<&str> = table.foreign_keys.iter().map(|it| name(it.references)).collect();
    let others = design.foreign_keys().filter(|it| it.1.references == id).map(|it| it.0.name.as_str());
    let others: Vec<&str> = others.collect();
    let mut parts = vec![say!("diagram-spoken", name = table.name.as_str(), count = table.columns.len())];
    if !own.is_empty() {
        parts.push(say!("diagram-references", names = own.join(", ")));
    }
    if !others.is_empty() {
        parts.push(say!("diagram-referenced", names = others.join(", ")));
    }
    parts.join("; ")
}
