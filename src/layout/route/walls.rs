//! Tables as obstacles, and how far one may go between them.

use super::STUB;
use super::lanes::{DOWN, LEFT, Line, RIGHT, UP, on_halves};
use crate::layout::tiles::Tiles;
use crate::layout::{Point, Rect};

/// Edges keep this far from tables that are not theirs.
pub(super) const MARGIN: f64 = 5.0;

/// What edges go around.
pub(super) struct Walls {
    /// Tables, then signs.
    pub(super) boxes: Vec<Rect>,
    pub(super) tiles: Tiles,
    /// How many of `boxes` are tables.
    tables: usize,
    /// Room for a frame of lines around everything.
    page: Rect,
}

impl Walls {
    pub(super) fn new(tables: &[Rect], signs: &[Rect]) -> Self {
        let boxes = [tables, signs].concat();
        let tiles = Tiles::new(&boxes);
        let page = tiles.bounds().grown(3.0 * STUB);
        Self { boxes, tiles, tables: tables.len(), page }
    }

    pub(super) fn tables(&self) -> &[Rect] {
        &self.boxes[..self.tables]
    }

    /// The line across through a free point, up to `reach` long to either side.
    pub(super) fn across(&self, through: Point, reach: f64) -> Option<Line> {
        let (left, right) = (self.run(through, LEFT, reach)?, self.run(through, RIGHT, reach)?);
        Some(Line { at: on_halves(through.y), start: through.x - left, end: through.x + right })
    }

    /// The line down through a free point.
    pub(super) fn down(&self, through: Point, reach: f64) -> Option<Line> {
        let (up, down) = (self.run(through, UP, reach)?, self.run(through, DOWN, reach)?);
        Some(Line { at: on_halves(through.x), start: through.y - up, end: through.y + down })
    }

    /// The four lines around the page.
    pub(super) fn frame(&self) -> ([Line; 2], [Line; 2]) {
        let Rect { left, top, right, bottom } = self.page;
        let line = |at, start, end| Line { at: on_halves(at), start, end };
        (
            [line(top, left, right), line(bottom, left, right)],
            [line(left, top, bottom), line(right, top, bottom)],
        )
    }

    /// How far one may go from `from` before a table comes too near; nothing when it already is.
    pub(super) fn run(&self, from: Point, direction: usize, reach: f64) -> Option<f64> {
        let to_edge = match direction {
            LEFT => from.x - self.page.left,
            RIGHT => self.page.right - from.x,
            UP => from.y - self.page.top,
            _ => self.page.bottom - from.y,
        };
        let mut free = to_edge.min(reach);
        let tile = self.tiles.side();
        let mut done = 0.0;
        let mut at = from;
        loop {
            for &it in self.tiles.around(at) {
                let it = self.boxes[it as usize].grown(MARGIN);
                let is_level = it.top < from.y && from.y < it.bottom;
                let is_plumb = it.left < from.x && from.x < it.right;
                if is_level && is_plumb {
                    return None;
                }
                let gap = match direction {
                    LEFT if is_level && it.right <= from.x => from.x - it.right,
                    RIGHT if is_level && it.left >= from.x => it.left - from.x,
                    UP if is_plumb && it.bottom <= from.y => from.y - it.bottom,
                    DOWN if is_plumb && it.top >= from.y => it.top - from.y,
                    _ => continue,
                };
                free = free.min(gap);
            }
            if done >= free {
                return Some(free.max(0.0));
            }
            let step = tile.min(free - done).max(1.0);
            done += step;
            at = match direction {
                LEFT => at.moved(-step, 0.0),
                RIGHT => at.moved(step, 0.0),
                UP => at.moved(0.0, -step),
                _ => at.moved(0.0, step),
            };
        }
    }
}
