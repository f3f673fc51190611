//! Edges that share a corridor are pulled apart, so that each can be followed.

use super::walls::Walls;
use super::{Ends, Route};
use crate::layout::{Point, Rect};
use std::collections::BTreeMap;

/// Between two lines of a corridor, where there is room.
const SPACING: f64 = 6.0;
/// How far a line is moved at most, so that it does not reach the next corridor.
const FARTHEST: f64 = 24.0;
/// What stays free beside a table: room for a crow's foot at its sides, less above and below it.
const BESIDE: f64 = 14.0;
const ABOVE: f64 = 7.0;

/// Moves the inner pieces of routes that lie on each other apart, as far as tables leave room.
///
/// Edges to the same row stay together: they mean the same. The order in a corridor is by where edges come from and
/// go to, so that moving them makes no new crossings where that can be had.
pub(super) fn pull_apart(walls: &Walls, edges: &[Ends], routes: &mut [Route]) {
    for axis in [Axis::Down, Axis::Across] {
        let mut pieces = pieces_along(axis, edges, routes);
        pieces.sort_by(|a, b| {
            a.at.total_cmp(&b.at).then(a.start.total_cmp(&b.start)).then(a.route.cmp(&b.route))
        });

        let mut rest = pieces.as_slice();
        while let Some(first) = rest.first() {
            let same_line = rest.partition_point(|it| it.at < first.at + 1.5);
            let (line, after) = rest.split_at(same_line);
            let mut line: Vec<Piece> = line.to_vec();
            line.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.route.cmp(&b.route)));
            for group in touching(&line) {
                spread(axis, group, walls, routes);
            }
            rest = after;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Across,
    Down,
}

impl Axis {
    /// Where a point lies along the axis, and where across it.
    fn split(self, it: Point) -> (f64, f64) {
        match self {
            Self::Across => (it.x, it.y),
            Self::Down => (it.y, it.x),
        }
    }
}

/// An inner piece of a route: between two corners.
#[derive(Clone, Copy)]
struct Piece {
    route: usize,
    /// The piece joins this point of the route and the next.
    index: usize,
    /// Its line, and the part of it that it takes.
    at: f64,
    start: f64,
    end: f64,
    /// To which side (-1 or 1) the route goes on at `start` and at `end`.
    turns: (f64, f64),
    /// What it leads to: box, and y in half pixels.
    goal: (usize, i64),
}

fn pieces_along(axis: Axis, edges: &[Ends], routes: &[Route]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (route, (it, ends)) in routes.iter().zip(edges).enumerate() {
        for (index, around) in it.points.windows(4).enumerate() {
            let [before, from, to, after] = *around else { continue };
            let ((from_along, at), (to_along, to_at)) = (axis.split(from), axis.split(to));
            if (at - to_at).abs() > 0.01 || (from_along - to_along).abs() < 0.01 {
                continue;
            }
            let side = |other: Point| if axis.split(other).1 < at { -1.0 } else { 1.0 };
            let (first, second) = if from_along < to_along { (before, after) } else { (after, before) };
            pieces.push(Piece {
                route,
                index: index + 1,
                at,
                start: from_along.min(to_along),
                end: from_along.max(to_along),
                turns: (side(first), side(second)),
                goal: (ends.to.node, (ends.to.y * 2.0) as i64),
            });
        }
    }
    pieces
}

/// Groups of pieces, ordered by start, whose ranges meet.
fn touching(line: &[Piece]) -> impl Iterator<Item = &[Piece]> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut end = rest.first()?.end;
        let mut count = 1;
        while let Some(it) = rest.get(count).filter(|it| it.start <= end + SPACING) {
            end = end.max(it.end);
            count += 1;
        }
        let (group, after) = rest.split_at(count);
        rest = after;
        Some(group)
    })
}

/// Pieces that may lie on each other because they lead to the same row.
struct Bundle<'a> {
    pieces: Vec<&'a Piece>,
    start: f64,
    end: f64,
    turn: f64,
    slant: f64,
}

fn spread(axis: Axis, group: &[Piece], walls: &Walls, routes: &mut [Route]) {
    let mut by_goal: BTreeMap<(usize, i64), Vec<&Piece>> = BTreeMap::new();
    for it in group {
        by_goal.entry(it.goal).or_default().push(it);
    }
    if by_goal.len() < 2 {
        return;
    }
    let mut bundles: Vec<Bundle> = by_goal.into_values().map(Bundle::new).collect();
    bundles.sort_by(Bundle::order);

    // Each bundle goes beyond those before it that it would touch.
    let mut place: Vec<usize> = Vec::with_capacity(bundles.len());
    for (at, it) in bundles.iter().enumerate() {
        let beside = (0..at).filter(|&other| {
            bundles[other].start <= it.end + SPACING && it.start <= bundles[other].end + SPACING
        });
        place.push(beside.map(|other| place[other] + 1).max().unwrap_or(0));
    }
    let last = place.iter().copied().max().unwrap_or(0);
    if last == 0 {
        return;
    }

    let (before, after) = room(axis, group, walls);
    let spacing = SPACING.min((before + after) / last as f64);
    let first = (-spacing * last as f64 / 2.0).clamp(-before, (after - spacing * last as f64).max(-before));
    for (bundle, place) in bundles.iter().zip(place) {
        let offset = first + spacing * place as f64;
        for piece in &bundle.pieces {
            for point in &mut routes[piece.route].points[piece.index..=piece.index + 1] {
                match axis {
                    Axis::Across => point.y = piece.at + offset,
                    Axis::Down => point.x = piece.at + offset,
                }
            }
        }
    }
}

impl<'a> Bundle<'a> {
    fn new(pieces: Vec<&'a Piece>) -> Self {
        let sum = |part: fn(&Piece) -> f64| pieces.iter().map(|it| part(it)).sum::<f64>();
        Self {
            start: pieces.iter().map(|it| it.start).fold(f64::INFINITY, f64::min),
            end: pieces.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max),
            turn: sum(|it| it.turns.0 + it.turns.1) / pieces.len() as f64,
            slant: sum(|it| it.turns.1 - it.turns.0) / pieces.len() as f64,
            pieces,
        }
    }

    /// From the lower to the higher side: what turns back to the lower side stands there, the shortest outermost;
    /// what passes through is ordered so that its ends do not cross its neighbours.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let length = |it: &Self| if it.turn < 0.0 { it.end - it.start } else { it.start - it.end };
        let passing = |it: &Self| if it.slant > 0.0 { -it.start } else { it.start };
        self.turn
            .total_cmp(&other.turn)
            .then(self.slant.total_cmp(&other.slant))
            .then_with(|| {
                if self.turn.abs() < 0.5 {
                    passing(self).total_cmp(&passing(other))
                } else {
                    length(self).total_cmp(&length(other))
                }
            })
            .then(self.pieces[0].route.cmp(&other.pieces[0].route))
    }
}

/// How far the whole group may be moved to the lower and to the higher side.
fn room(axis: Axis, group: &[Piece], walls: &Walls) -> (f64, f64) {
    let margin = if axis == Axis::Down { BESIDE } else { ABOVE };
    let at = group[0].at;
    let start = group.iter().map(|it| it.start).fold(f64::INFINITY, f64::min) - margin;
    let end = group.iter().map(|it| it.end).fold(f64::NEG_INFINITY, f64::max) + margin;
    let reach = FARTHEST + margin;
    let view = match axis {
        Axis::Across => Rect { left: start, right: end, top: at - reach, bottom: at + reach },
        Axis::Down => Rect { left: at - reach, right: at + reach, top: start, bottom: end },
    };
    let (mut before, mut after) = (FARTHEST, FARTHEST);
    for it in walls.tiles.within(walls.tiles.window(&view)) {
        let it = walls.boxes[it];
        if !it.overlaps(&view) {
            continue;
        }
        let (low, high) = if axis == Axis::Across { (it.top, it.bottom) } else { (it.left, it.right) };
        if high <= at {
            before = before.min(at - high - margin);
        } else if low >= at {
            after = after.min(low - at - margin);
        }
    }
    (before.max(0.0), after.max(0.0))
}
