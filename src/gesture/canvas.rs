//! Pointers on the canvas: what pressing, moving and letting go mean.

use std::collections::BTreeSet;

use super::Viewport;
use crate::design::{AreaId, ColumnId, NoteId, TableId};
use crate::layout::{Hit, Point, Rect};

/// A pointer that moved less than this many pixels has clicked, not dragged.
const CLICK_REACH: f64 = 4.0;
/// Zoom for a notch of a mouse wheel, which browsers report as about 100.
const NOTCH: f64 = 1.05;
/// From this many units on a wheel event is a notch; below, it is a pinch on a trackpad.
const NOTCH_FROM: f64 = 50.0;
/// Zoom for one unit of a trackpad's pinch, as an exponent.
const PINCH: f64 = 0.01;

/// What a pointer does, in screen points from the canvas element's corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A pointer was pressed.
    Down(Press),
    /// A pointer moved.
    Move {
        /// Which.
        pointer: i32,
        /// Where to.
        at: Point,
    },
    /// A pointer was let go.
    Up {
        /// Which.
        pointer: i32,
        /// What was below it then.
        hit: Option<Hit>,
    },
    /// A wheel turned or a trackpad was stroked.
    Wheel {
        /// Where the pointer is.
        at: Point,
        /// To the right.
        dx: f64,
        /// Downwards.
        dy: f64,
        /// With Ctrl or a pinch: zoom.
        zoom: bool,
    },
    /// A finger has rested where it was pressed.
    Hold,
    /// Escape, or the browser took the pointer away.
    Cancel,
}

/// How a pointer was pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// Which pointer.
    pub pointer: i32,
    /// Where.
    pub at: Point,
    /// What is below it.
    pub hit: Option<Hit>,
    /// Shift, Ctrl or Command: add to what is selected.
    pub more: bool,
    /// The middle or right button, or the space bar is held: move the view whatever is below.
    pub pans: bool,
    /// The right button: what it is pressed on is asked for its menu, unless it is dragged.
    pub asks: bool,
    /// A finger, which moves the view unless what it touches is selected.
    pub touch: bool,
    /// The column below it is the selected one: a finger draws a reference from it.
    pub pulls: bool,
}

/// What the canvas is in the middle of.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// A pointer is down and has not moved yet.
    Pressing(Press),
    /// The view follows the pointer.
    Panning {
        /// Which pointer.
        pointer: i32,
        /// Where it was last.
        last: Point,
    },
    /// Two fingers move and zoom the view.
    Pinching {
        /// Both, with where they were last.
        fingers: [(i32, Point); 2],
    },
    /// Tables follow the pointer.
    Moving {
        /// Which pointer.
        pointer: i32,
        /// The tables.
        tables: BTreeSet<TableId>,
        /// The area that they were taken by.
        area: Option<AreaId>,
        /// Where the pointer was pressed.
        from: Point,
        /// Where it is.
        to: Point,
    },
    /// A note follows the pointer, or its lower right corner does.
    Noting {
        /// Which pointer.
        pointer: i32,
        /// The note.
        note: NoteId,
        /// Only its corner moves.
        grows: bool,
        /// Where the pointer was pressed.
        from: Point,
        /// Where it is.
        to: Point,
    },
    /// A rectangle is drawn around tables.
    Lassoing {
        /// Which pointer.
        pointer: i32,
        /// Where it was pressed.
        from: Point,
        /// Where it is.
        to: Point,
    },
    /// A reference is drawn from a column.
    Connecting {
        /// Which pointer.
        pointer: i32,
        /// The column's table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// Where the pointer is.
        to: Point,
    },
}

/// What is to be done about it. Points and lengths are on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Show this part of the canvas.
    View(Viewport),
    /// Something was clicked, or bare canvas.
    Clicked {
        /// What.
        hit: Option<Hit>,
        /// Add it to what is selected, or take it away.
        more: bool,
    },
    /// Show what there is to do with something.
    Menu {
        /// What; nothing is bare canvas.
        hit: Option<Hit>,
        /// Where on the screen.
        at: Point,
    },
    /// Show tables moved, for now.
    Move {
        /// Which.
        tables: BTreeSet<TableId>,
        /// The area that they were taken by.
        area: Option<AreaId>,
        /// To the right.
        dx: f64,
        /// Downwards.
        dy: f64,
        /// The pointer was let go: keep it.
        keep: bool,
    },
    /// Show a note moved, or larger, for now.
    Note {
        /// Which.
        note: NoteId,
        /// Its size changes, not its place.
        grows: bool,
        /// To the right.
        dx: f64,
        /// Downwards.
        dy: f64,
        /// The pointer was let go: keep it.
        keep: bool,
    },
    /// Show a rectangle; when kept, select what it touches.
    Lasso {
        /// The rectangle.
        rect: Rect,
        /// The pointer was let go.
        keep: bool,
    },
    /// Show a reference from a column to a point.
    Connecting {
        /// The column's table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// Where the pointer is.
        to: Point,
    },
    /// A reference was drawn.
    Connected {
        /// The column's table.
        table: TableId,
        /// The column.
        column: ColumnId,
        /// What it was dropped on.
        on: Option<Hit>,
    },
    /// What was shown for now is to be forgotten.
    Cancelled,
}

impl Gesture {
    /// The next state and what is to be done. `selected` are the tables that move together: those of the area that was
    /// pressed, else those selected.
    #[must_use]
    pub fn step(self, input: Input, view: Viewport, selected: &BTreeSet<TableId>) -> (Self, Option<Outcome>) {
        match (self, input) {
            (gesture, Input::Wheel { at, dx, dy, zoom }) => {
                let next = if zoom { view.zoomed(wheel_factor(dy), at) } else { view.pulled(-dx, -dy) };
                (gesture, Some(Outcome::View(next)))
            }
            (Self::Idle, Input::Down(press)) => (Self::Pressing(press), None),
            (Self::Pressing(first), Input::Down(second)) if first.touch && second.touch => {
                (Self::Pinching { fingers: [(first.pointer, first.at), (second.pointer, second.at)] }, None)
            }
            (Self::Panning { pointer, last }, Input::Down(second)) if second.touch => {
                (Self::Pinching { fingers: [(pointer, last), (second.pointer, second.at)] }, None)
            }
            (Self::Pressing(press), Input::Move { pointer, at }) if pointer == press.pointer => {
                if press.at.distance(at) < CLICK_REACH {
                    return (Self::Pressing(press), None);
                }
                dragged(press, selected).step(Input::Move { pointer, at }, view, selected)
            }
            (Self::Pressing(press), Input::Up { pointer, .. }) if pointer == press.pointer && press.asks => {
                (Self::Idle, Some(Outcome::Menu { hit: press.hit, at: press.at }))
            }
            (Self::Pressing(press), Input::Hold) => {
                (Self::Idle, Some(Outcome::Menu { hit: press.hit, at: press.at }))
            }
            (Self::Pressing(press), Input::Up { pointer, .. }) if pointer == press.pointer => {
                (Self::Idle, Some(Outcome::Clicked { hit: press.hit, more: press.more }))
            }
            (Self::Panning { pointer, last }, Input::Move { pointer: moved, at }) if pointer == moved => {
                let next = view.pulled(at.x - last.x, at.y - last.y);
                (Self::Panning { pointer, last: at }, Some(Outcome::View(next)))
            }
            (Self::Pinching { fingers }, Input::Move { pointer, at }) => pinched(fingers, pointer, at, view),
            (Self::Pinching { fingers }, Input::Up { pointer, .. }) => {
                match fingers.into_iter().find(|it| it.0 != pointer) {
                    Some((pointer, last)) => (Self::Panning { pointer, last }, None),
                    None => (Self::Idle, None),
                }
            }
            (Self::Moving { pointer, tables, area, from, .. }, Input::Move { pointer: moved, at })
                if pointer == moved =>
            {
                let (dx, dy) = way(from, at, view);
                let outcome = Outcome::Move { tables: tables.clone(), area, dx, dy, keep: false };
                (Self::Moving { pointer, tables, area, from, to: at }, Some(outcome))
            }
            (Self::Moving { pointer, tables, area, from, to }, Input::Up { pointer: up, .. })
                if pointer == up =>
            {
                let (dx, dy) = way(from, to, view);
                (Self::Idle, Some(Outcome::Move { tables, area, dx, dy, keep: true }))
            }
            (Self::Noting { pointer, note, grows, from, .. }, Input::Move { pointer: moved, at })
                if pointer == moved =>
            {
                let (dx, dy) = way(from, at, view);
                let outcome = Outcome::Note { note, grows, dx, dy, keep: false };
                (Self::Noting { pointer, note, grows, from, to: at }, Some(outcome))
            }
            (Self::Noting { pointer, note, grows, from, to }, Input::Up { pointer: up, .. })
                if pointer == up =>
            {
                let (dx, dy) = way(from, to, view);
                (Self::Idle, Some(Outcome::Note { note, grows, dx, dy, keep: true }))
            }
            (Self::Lassoing { pointer, from, .. }, Input::Move { pointer: moved, at })
                if pointer == moved =>
            {
                let rect = Rect::spanned(view.to_canvas(from), view.to_canvas(at));
                (Self::Lassoing { pointer, from, to: at }, Some(Outcome::Lasso { rect, keep: false }))
            }
            (Self::Lassoing { pointer, from, to }, Input::Up { pointer: up, .. }) if pointer == up => {
                let rect = Rect::spanned(view.to_canvas(from), view.to_canvas(to));
                (Self::Idle, Some(Outcome::Lasso { rect, keep: true }))
            }
            (Self::Connecting { pointer, table, column, .. }, Input::Move { pointer: moved, at })
                if pointer == moved =>
            {
                let to = view.to_canvas(at);
                (
                    Self::Connecting { pointer, table, column, to },
                    Some(Outcome::Connecting { table, column, to }),
                )
            }
            (Self::Connecting { pointer, table, column, .. }, Input::Up { pointer: up, hit })
                if pointer == up =>
            {
                (Self::Idle, Some(Outcome::Connected { table, column, on: hit }))
            }
            (Self::Panning { pointer, .. }, Input::Up { pointer: up, .. }) if pointer == up => {
                (Self::Idle, None)
            }
            (Self::Idle, Input::Cancel) => (Self::Idle, None),
            (_, Input::Cancel) => (Self::Idle, Some(Outcome::Cancelled)),
            (same, Input::Down(_) | Input::Move { .. } | Input::Up { .. } | Input::Hold) => (same, None),
        }
    }
}

/// What a press becomes when its pointer moves.
fn dragged(press: Press, selected: &BTreeSet<TableId>) -> Gesture {
    let Press { pointer, at, hit, more, pans, asks, touch, pulls } = press;
    let panning = Gesture::Panning { pointer, last: at };
    if pans || asks {
        return panning;
    }
    match hit {
        Some(Hit::Port(table, column)) if !touch => Gesture::Connecting { pointer, table, column, to: at },
        Some(Hit::Port(table, column) | Hit::Column(table, column)) if touch && pulls => {
            Gesture::Connecting { pointer, table, column, to: at }
        }
        Some(Hit::Table(table) | Hit::Column(table, _) | Hit::Port(table, _)) => {
            let is_selected = selected.contains(&table);
            if touch && !is_selected {
                return panning;
            }
            let tables = if is_selected { selected.clone() } else { BTreeSet::from([table]) };
            Gesture::Moving { pointer, tables, area: None, from: at, to: at }
        }
        Some(Hit::Edge(_)) | None if more => Gesture::Lassoing { pointer, from: at, to: at },
        Some(Hit::Area(area)) if !touch => {
            Gesture::Moving { pointer, tables: selected.clone(), area: Some(area), from: at, to: at }
        }
        Some(Hit::Note(note)) if !touch => Gesture::Noting { pointer, note, grows: false, from: at, to: at },
        Some(Hit::NoteCorner(note)) => Gesture::Noting { pointer, note, grows: true, from: at, to: at },
        Some(Hit::Edge(_) | Hit::Area(_) | Hit::Note(_)) | None => panning,
    }
}

/// From one point of the screen to another, on the canvas.
fn way(from: Point, to: Point, view: Viewport) -> (f64, f64) {
    ((to.x - from.x) / view.zoom, (to.y - from.y) / view.zoom)
}

fn pinched(
    mut fingers: [(i32, Point); 2],
    pointer: i32,
    at: Point,
    view: Viewport,
) -> (Gesture, Option<Outcome>) {
    let [before_a, before_b] = fingers.map(|it| it.1);
    for finger in &mut fingers {
        if finger.0 == pointer {
            finger.1 = at;
        }
    }
    let [a, b] = fingers.map(|it| it.1);
    let middle = |a: Point, b: Point| Point::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
    let apart = |a: Point, b: Point| ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt().max(1.0);
    let (was, is) = (middle(before_a, before_b), middle(a, b));
    let next = view.pulled(is.x - was.x, is.y - was.y).zoomed(apart(a, b) / apart(before_a, before_b), is);
    (Gesture::Pinching { fingers }, Some(Outcome::View(next)))
}

fn wheel_factor(dy: f64) -> f64 {
    if dy.abs() >= NOTCH_FROM { NOTCH.powf(-dy / 100.0) } else { (-dy * PINCH).exp() }
}

#[cfg(test)]
mod tests;
