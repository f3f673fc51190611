//! The lines that edges may run on, and where they cross.

use super::walls::{MARGIN, Walls};
use super::{Ends, STUB};
use crate::layout::Point;
use std::collections::BTreeSet;

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
pub(super) struct Line {
    pub(super) at: f64,
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Lanes {
    /// Four lines around each table, up to `reach` long to either side, and short ones at the ports of `edges`.
    pub(super) fn new(walls: &Walls, edges: impl Iterator<Item = Ends>, reach: f64) -> Self {
        let mut ports: BTreeSet<(usize, i64)> = BTreeSet::new();
        for it in edges {
            ports.extend([it.from, it.to].map(|it| (it.node, half_pixels(it.y))));
        }

        let (across, down) = walls.frame();
        let (mut across, mut down) = (Vec::from(across), Vec::from(down));
        for it in walls.tables() {
            let middle = it.centre();
            for y in [it.top - STUB, it.bottom + STUB] {
                across.extend(lines_through(&[middle.x, it.left, it.right], |x| {
                    walls.across(Point::new(x, y), reach)
                }));
            }
            for x in [it.left - STUB, it.right + STUB] {
                down.extend(lines_through(&[middle.y, it.top, it.bottom], |y| {
                    walls.down(Point::new(x, y), reach)
                }));
            }
        }
        let mut stubs = Vec::new();
        for &(node, y) in &ports {
            let (it, at) = (walls.boxes[node], y as f64 / 2.0);
            for is_right in [false, true] {
                let sign = if is_right { 1.0 } else { -1.0 };
                let side = if is_right { it.right } else { it.left };
                let start = Point::new(side + sign * (MARGIN + 1.0), at);
                let turn = Point::new(side + sign * STUB, at);
                let Some(run) = walls.run(start, if is_right { RIGHT } else { LEFT }, PORT_REACH) else {
                    continue;
                };
                down.extend(walls.down(turn, reach));
                let end = start.x + sign * run;
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

pub(super) fn on_halves(at: f64) -> f64 {
    (at * 2.0).round() / 2.0
}

/// Lines through the first of `starts` that is free, and through others that it does not cover.
fn lines_through(starts: &[f64], line: impl Fn(f64) -> Option<Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for &start in starts {
        if lines.iter().all(|it| start < it.start || it.end < start) {
            lines.extend(line(start));
        }
    }
    lines
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
