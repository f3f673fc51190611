//! How edges run: at right angles, around tables, from row to row.

mod corridor;
mod elbow;
mod lanes;
mod search;
mod walls;

pub use elbow::elbow;

use super::{Point, Rect};
use lanes::Lanes;
use serde::{Deserialize, Serialize};
use walls::Walls;

/// How far from a table edges turn: room for a crow's foot.
pub const STUB: f64 = 18.0;

/// Where an edge meets a box: at its left or right side, `y` down the canvas (the middle of the column's row).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Port {
    /// Index of the box.
    pub node: usize,
    /// On the canvas, not relative to the box.
    pub y: f64,
}

/// The two ends of an edge, which may be at the same box.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ends {
    /// At the referencing table.
    pub from: Port,
    /// At the referenced table.
    pub to: Port,
}

/// The way of an edge from the side of one table to the side of another. Each step is along one axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// From the referencing to the referenced end, corners between; never fewer than two.
    pub points: Vec<Point>,
    /// Whether the way goes around all tables. It does not where tables stand too close for a way.
    pub is_clear: bool,
}

/// Edges whose ways are wanted, with all that they go around.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routing {
    /// The tables.
    pub boxes: Vec<Rect>,
    /// What no edge begins or ends at.
    pub signs: Vec<Rect>,
    /// The edges; their ends name boxes that exist.
    pub edges: Vec<Ends>,
}

impl Routing {
    /// The ways, in order of the edges; see [`route`].
    pub fn routes(&self) -> Vec<Route> {
        route_past(&self.boxes, &self.signs, &self.edges)
    }
}

/// Finds a way for each of `edges` around `boxes`, in their order.
///
/// Short edges come first and later ones avoid running on top of them; parallel pieces in one corridor are pulled
/// apart. Ends must name boxes that exist.
///
/// Method: A* over a sparse orthogonal visibility graph, after Wybrow, Marriott, Stuckey, "Orthogonal connector
/// routing", 2009; here only the nearest four lines of each box are taken.
pub fn route(boxes: &[Rect], edges: &[Ends]) -> Vec<Route> {
    route_past(boxes, &[], edges)
}

/// The same, also around `signs`, which no edge begins or ends at.
fn route_past(boxes: &[Rect], signs: &[Rect], edges: &[Ends]) -> Vec<Route> {
    let walls = Walls::new(boxes, signs);
    let mut routes = ways(&walls, edges);
    corridor::pull_apart(&walls, edges, &mut routes);
    routes
}

/// Whether a way runs through one of `boxes`, which have come to stand there since it was found.
pub fn is_met(route: &Route, boxes: &[Rect]) -> bool {
    // An end touches its own box, and a way may run along a side.
    let inside = |it: &Rect| it.grown(-1.0);
    let pieces = || route.points.windows(2).map(|it| Rect::spanned(it[0], it[1]));
    boxes.iter().any(|it| pieces().any(|piece| inside(it).overlaps(&piece)))
}

/// Ways for edges, in their order, not yet pulled apart.
fn ways(walls: &Walls, edges: &[Ends]) -> Vec<Route> {
    let mut routes: Vec<Route> = edges.iter().map(|it| elbow(&walls.boxes, it)).collect();

    let between = |at: &usize| edges[*at].from.node != edges[*at].to.node;
    let mut open: Vec<usize> = (0..edges.len()).filter(between).collect();
    // Lines end after a few tables, which keeps the graph small; if no way is found, they may run on.
    for reach in [lanes::REACH, f64::INFINITY] {
        if open.is_empty() {
            break;
        }
        let lanes = Lanes::new(walls, open.iter().map(|&at| edges[at]), reach);
        open = search::search(&walls.boxes, &lanes, edges, &open, &mut routes);
    }
    routes
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests;
