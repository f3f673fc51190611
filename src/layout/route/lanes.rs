//! The lines that edges may run on, and where they cross.

use super::{Ends, STUB};
use crate::layout::tiles::Tiles;
use crate::layout::{Point, Rect};
use std::collections::BTreeSet;

/// Edges keep this far from tables that are not theirs.
const MARGIN: f64 = 5.0;
/// How far a line runs on both sides of its table, at most.
pub(super) const REACH: f64 = 3000.0;
/// How far the line of a port runs from its table.
const PORT_REACH: f64 = 450.0;

/// No neighbour.
pub(super) const NONE: u32 = u32::MAX;

/// Directions from a vertex.
pub(super) const LEFT: usize = 0;
pub(super) const RIGHT: usize = 1;
pub(super) const UP: usize = 2;
pub(super) const DOWN: usize = 3;

/// Crossings of lines, each with its next one in four directions.
pub(super) struct Lanes {
    pub(super) points: Vec<Point>,
    pub(super) next: Vec<[u32; 4]>,
    /// The first crossing outside each port, by box, whole `y` in half pixels, and side (right is `true`).
    ports: Vec<(PortKey, u32)>,
}

/// Box, `y` in half pixels, and whether it is at the right side.
type PortKey = (usize, i64, bool);

/// A piece of a line: `at` is its y (or x) in whole half pixels, and it runs from `start` to `end` along the other axis.
#[derive(Clone, Copy)]
struct Line {
    at: f64,
    start: f64,
    end: f64,
}

impl Lanes {
    /// Four lines around each of `boxes`, up to `reach` long to either side, and short ones at the ports of `edges`.
    pub(super) fn new(boxes: &[Rect], tiles: &Tiles, edges: impl Iterator<Item = Ends>, reach: f64) -> Self {
        let walls = Walls { boxes, tiles, reach, page: tiles.bounds().grown(3.0 * STUB) };
        let mut ports: BTreeSet<(usize, i64)> = BTreeSet::new();
        for it in edges {
            ports.extend([it.from, it.to].map(|it| (it.node, half_pixels(it.y))));
        }

        let (mut across, mut down) = (walls.frame_across(), walls.frame_down());
        for it in boxes {
            let middle = it.centre();
            for y in [it.top - STUB, it.bottom + STUB] {
                across.extend(
                    walls.lines_through(&[middle.x, it.left, it.right], |x| walls.across(Point::new(x, y))),
                );
            }
            for x in [it.left - STUB, it.right + STUB] {
                down.extend(
                    walls.lines_through(&[middle.y, it.top, it.bottom], |y| walls.down(Point::new(x, y))),
                );
            }
        }
        let mut stubs = Vec::new();
        for &(node, y) in &ports {
            let (it, at) = (boxes[node], y as f64 / 2.0);
            for is_right in [false, true] {
                let sign = if is_right { 1.0 } else { -1.0 };
                let side = if is_right { it.right } else { it.left };
                let start = Point::new(side + sign * (MARGIN + 1.0), at);
                let turn = Point::new(side + sign * STUB, at);
                let Some(run) = walls.run(start, if is_right { RIGHT } else { LEFT }) else { continue };
                down.extend(walls.down(turn));
                let end = start.x + sign * run.min(PORT_REACH);
                let line = Line { at, start: start.x.min(end), end: start.x.max(end) };
                stubs.push(((node, y, is_right), line));
            }
        }
        merge(&mut across);
        merge(&mut down);

        let firm = across.len();
        across.extend(stubs.iter().map(|it| it.1));
        let (mut lanes, on_line) = Self::crossed(&across, &down);
        for (stub, on_line) in stubs.iter().zip(&on_line[firm..]) {
            let nearest = if stub.0.2 { on_line.first() } else { on_line.last() };
            lanes.ports.extend(nearest.map(|&it| (stub.0, it)));
        }
        lanes
    }

    /// The crossing from which the row at `y` of `node` is entered at its right or left side.
    pub(super) fn port(&self, node: usize, y: f64, is_right: bool) -> Option<u32> {
        let key = (node, half_pixels(y), is_right);
        let at = self.ports.binary_search_by(|it| it.0.cmp(&key)).ok()?;
        Some(self.ports[at].1)
    }

    /// All crossings of the lines, and for each line across its crossings from left to right. `down` is in order.
    fn crossed(across: &[Line], down: &[Line]) -> (Self, Vec<Vec<u32>>) {
        // Which lines cross, by line down; then one vertex for each height on it.
        let mut on_down: Vec<Vec<(i64, u32)>> = vec![Vec::new(); down.len()];
        for (row, line) in across.iter().enumerate() {
            let first = down.partition_point(|it| it.at < line.start - 0.5);
            for (column, other) in down.iter().enumerate().skip(first) {
                if other.at > line.end + 0.5 {
                    break;
                }
                if other.start - 0.5 <= line.at && line.at <= other.end + 0.5 {
                    on_down[column].push((half_pixels(line.at), row as u32));
                }
            }
        }

        let mut lanes = Self { points: Vec::new(), next: Vec::new(), ports: Vec::new() };
        let mut on_across: Vec<Vec<u32>> = vec![Vec::new(); across.len()];
        for (line, crossings) in down.iter().zip(&mut on_down) {
            crossings.sort_unstable();
            let mut above: Option<(i64, u32)> = None;
            for &(y, row) in crossings.iter() {
                let vertex = match above {
                    Some((same, vertex)) if same == y => vertex,
                    _ => {
                        let vertex = lanes.points.len() as u32;
                        lanes.points.push(Point::new(line.at, across[row as usize].at));
                        lanes.next.push([NONE; 4]);
                        if let Some((_, above)) = above {
                            lanes.next[above as usize][DOWN] = vertex;
                            lanes.next[vertex as usize][UP] = above;
                        }
                        vertex
                    }
                };
                above = Some((y, vertex));
                on_across[row as usize].push(vertex);
            }
        }
        for line in &on_across {
            for pair in line.windows(2) {
                lanes.next[pair[0] as usize][RIGHT] = pair[1];
                lanes.next[pair[1] as usize][LEFT] = pair[0];
            }
        }
        (lanes, on_across)
    }
}

fn half_pixels(y: f64) -> i64 {
    (y * 2.0).round() as i64
}

fn on_halves(at: f64) -> f64 {
    (at * 2.0).round() / 2.0
}

/// Joins lines that lie on each other.
fn merge(lines: &mut Vec<Line>) {
    lines.sort_by(|a, b| {
        a.at.total_cmp(&b.at).then(a.start.total_cmp(&b.start)).then(a.end.total_cmp(&b.end))
    });
    lines.dedup_by(|gone, kept| {
        let joins = (gone.at - kept.at).abs() < 0.25 && gone.start <= kept.end;
        if joins {
            kept.end = kept.end.max(gone.end);
        }
        joins
    });
}

/// The tables as obstacles.
struct Walls<'a> {
    boxes: &'a [Rect],
    tiles: &'a Tiles,
    reach: f64,
    page: Rect,
}

impl Walls<'_> {
    fn frame_across(&self) -> Vec<Line> {
        [self.page.top, self.page.bottom]
            .map(|at| Line { at, start: self.page.left, end: self.page.right })
            .into()
    }

    fn frame_down(&self) -> Vec<Line> {
        [self.page.left, self.page.right]
            .map(|at| Line { at, start: self.page.top, end: self.page.bottom })
            .into()
    }

    /// Lines through the first of `starts` that is free, and through others that it does not cover.
    fn lines_through(&self, starts: &[f64], line: impl Fn(f64) -> Option<Line>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for &start in starts {
            if lines.iter().all(|it| start < it.start || it.end < start) {
                lines.extend(line(start));
            }
        }
        lines
    }

    fn across(&self, through: Point) -> Option<Line> {
        let (left, right) = (self.run(through, LEFT)?, self.run(through, RIGHT)?);
        Some(Line { at: on_halves(through.y), start: through.x - left, end: through.x + right })
    }

    fn down(&self, through: Point) -> Option<Line> {
        let (up, down) = (self.run(through, UP)?, self.run(through, DOWN)?);
        Some(Line { at: on_halves(through.x), start: through.y - up, end: through.y + down })
    }

    /// How far one may go from `from` before a table comes too near; nothing when it already is.
    fn run(&self, from: Point, direction: usize) -> Option<f64> {
        let to_edge = match direction {
            LEFT => from.x - self.page.left,
            RIGHT => self.page.right - from.x,
            UP => from.y - self.page.top,
            _ => self.page.bottom - from.y,
        };
        let mut free = to_edge.min(self.reach);
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
