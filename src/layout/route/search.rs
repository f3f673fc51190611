//! The cheapest way for each edge over the lanes.

use super::lanes::{LEFT, Lanes, NONE, RIGHT};
use super::{Ends, Route};
use crate::layout::order::sort;
use crate::layout::{Point, Rect};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a corner costs, in pixels of length.
const BEND: f32 = 60.0;
/// What each edge costs that already runs the same way over a vertex, and each that crosses there.
const SHARED: f32 = 14.0;
const CROSSED: f32 = 8.0;
/// What each edge costs that already uses a port: makes the two sides of a table share the load.
const BUSY_PORT: f32 = 30.0;
/// How many steps all careful searches together may take, and each at least. Ways that are not found within are
/// long ones through crowded places, which nobody follows by eye: they are sought again in haste.
const CAREFUL_STEPS: usize = 3_000_000;
const FEWEST_STEPS: usize = 600;
/// In haste, what is left of the way counts so many times over, and other edges do not count.
const HASTE: f32 = 4.0;
/// Costs are compared in eighths of a pixel, as integers.
const EIGHTHS: f32 = 8.0;

const ACROSS: usize = 0;
const DOWN: usize = 1;

/// Sets `routes[at]` for each edge of `wanted` for which there is a way; gives back the others.
pub(super) fn search(
    boxes: &[Rect],
    lanes: &Lanes,
    edges: &[Ends],
    wanted: &[usize],
    routes: &mut [Route],
) -> Vec<usize> {
    let mut order = wanted.to_vec();
    let length = |at: usize| {
        let Ends { from, to } = edges[at];
        boxes[from.node].centre().distance(boxes[to.node].centre())
    };
    sort(&mut order, &|a, b| length(a).total_cmp(&length(b)).then(a.cmp(&b)));

    let mut search = Search::new(lanes);
    let mut lost = Vec::new();
    let steps = (CAREFUL_STEPS / wanted.len().max(1)).max(FEWEST_STEPS);
    for at in order {
        let ends = &edges[at];
        let mut found = search.way(ends, 1.0, steps);
        if found == Found::NotYet {
            found = search.way(ends, HASTE, usize::MAX);
        }
        match found {
            Found::Way(way) => routes[at] = Route { points: with_ends(boxes, ends, &way), is_clear: true },
            Found::NotYet | Found::Nothing => lost.push(at),
        }
    }
    lost
}

/// What came of a search.
#[derive(PartialEq)]
enum Found {
    /// Points from port to port.
    Way(Vec<Point>),
    /// There may be a way, but not within so many steps.
    NotYet,
    /// There is none.
    Nothing,
}

/// The work room of the search. States are a vertex and the axis on which it was reached.
struct Search<'a> {
    lanes: &'a Lanes,
    /// How many edges run over each vertex, by axis.
    used: Vec<[u16; 2]>,
    cost: Vec<f32>,
    came_from: Vec<u32>,
    /// The turn in which `cost` was set: saves clearing.
    set_in: Vec<u32>,
    /// The turn in which a state was left: its cost is final.
    left_in: Vec<u32>,
    turn: u32,
    open: BinaryHeap<Reverse<(u32, u32)>>,
}

impl<'a> Search<'a> {
    fn new(lanes: &'a Lanes) -> Self {
        let count = lanes.points.len();
        Self {
            lanes,
            used: vec![[0; 2]; count],
            cost: vec![0.0; count * 2],
            came_from: vec![NONE; count * 2],
            set_in: vec![0; count * 2],
            left_in: vec![0; count * 2],
            turn: 0,
            open: BinaryHeap::new(),
        }
    }

    /// The cheapest way from a port of one end to a port of the other, for `weight` 1; a dearer one sooner for more.
    fn way(&mut self, ends: &Ends, weight: f32, mut steps: usize) -> Found {
        self.turn += 1;
        self.open.clear();
        let goals = [LEFT, RIGHT].map(|side| self.lanes.port(ends.to.node, ends.to.y, side == RIGHT));
        let goals: Vec<(u32, Point)> =
            goals.into_iter().flatten().map(|it| (it, self.lanes.points[it as usize])).collect();
        let left = |it: Point| {
            weight * goals.iter().map(|goal| goal.1.distance(it)).fold(f64::INFINITY, f64::min) as f32
        };
        let crowd = if weight > 1.0 { 0.0 } else { 1.0 }; // lines cannot be told apart there anyway
        if goals.is_empty() {
            return Found::Nothing;
        }

        for side in [LEFT, RIGHT] {
            if let Some(start) = self.lanes.port(ends.from.node, ends.from.y, side == RIGHT) {
                let used = f32::from(self.used[start as usize][ACROSS]);
                self.reach(
                    start as usize * 2 + ACROSS,
                    used * BUSY_PORT,
                    NONE,
                    left(self.lanes.points[start as usize]),
                );
            }
        }
        while let Some(Reverse((_, state))) = self.open.pop() {
            let state = state as usize;
            if std::mem::replace(&mut self.left_in[state], self.turn) == self.turn {
                continue;
            }
            let (vertex, axis) = (state / 2, state % 2);
            let at = self.lanes.points[vertex];
            let is_goal = goals.iter().any(|it| it.0 as usize == vertex);
            if is_goal && axis == ACROSS {
                return Found::Way(self.walked(state));
            }
            if steps == 0 {
                return Found::NotYet;
            }
            steps -= 1;
            if is_goal {
                // The last turn, into the row.
                self.reach(vertex * 2 + ACROSS, self.cost[state] + BEND, state as u32, 0.0);
            }
            for (direction, &next) in self.lanes.next[vertex].iter().enumerate() {
                if next == NONE {
                    continue;
                }
                let next = next as usize;
                let along = if direction == LEFT || direction == RIGHT { ACROSS } else { DOWN };
                let to = self.lanes.points[next];
                let used = self.used[next];
                let cost = self.cost[state]
                    + at.distance(to) as f32
                    + if along == axis { 0.0 } else { BEND }
                    + crowd * (f32::from(used[along]) * SHARED + f32::from(used[1 - along]) * CROSSED);
                self.reach(next * 2 + along, cost, state as u32, left(to));
            }
        }
        Found::Nothing
    }

    fn reach(&mut self, state: usize, cost: f32, from: u32, left: f32) {
        if self.left_in[state] == self.turn {
            return;
        }
        if self.set_in[state] == self.turn && cost >= self.cost[state] - 0.01 {
            return;
        }
        self.set_in[state] = self.turn;
        self.cost[state] = cost;
        self.came_from[state] = from;
        self.open.push(Reverse((((cost + left) * EIGHTHS) as u32, state as u32)));
    }

    /// The way to `state`, from its start, and counts it as used.
    fn walked(&mut self, mut state: usize) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        loop {
            let used = &mut self.used[state / 2][state % 2];
            *used = used.saturating_add(1);
            let at = self.lanes.points[state / 2];
            if points.last() != Some(&at) {
                points.push(at);
            }
            if self.came_from[state] == NONE {
                points.reverse();
                return points;
            }
            state = self.came_from[state] as usize;
        }
    }
}

/// The way with its ends at the sides of the tables, and without points that are no corners.
fn with_ends(boxes: &[Rect], ends: &Ends, way: &[Point]) -> Vec<Point> {
    let side = |node: usize, beside: Point| {
        let it = boxes[node];
        Point::new(if beside.x < it.centre().x { it.left } else { it.right }, beside.y)
    };
    let (Some(&first), Some(&last)) = (way.first(), way.last()) else { return Vec::new() };
    let mut points: Vec<Point> = vec![side(ends.from.node, first)];
    for &it in way.iter().chain([&side(ends.to.node, last)]) {
        // A point between two on the same line goes.
        if let [.., before, between] = points[..] {
            let is_straight = |a: f64, b: f64, c: f64| (a - b).abs() < 0.01 && (b - c).abs() < 0.01;
            if is_straight(before.x, between.x, it.x) || is_straight(before.y, between.y, it.y) {
                points.pop();
            }
        }
        points.push(it);
    }
    points
}
