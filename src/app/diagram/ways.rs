//! The ways of lines: which stay, and who looks for the others.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;
use relata::base::Gather as _;
use relata::design::{ForeignKeyId, TableId};
use relata::layout::diagram::{Diagram, Edge};
use relata::layout::route::{Route, elbow, is_met};
use relata::layout::{Point, Rect, Scene};

use super::stage::Stage;
use crate::app::edge::after_paint;

/// A relationship and its way.
pub type Way = (ForeignKeyId, Vec<Point>);

impl Stage {
    /// Finds ways for the lines that have none, once cards are on the screen. The worker finds them, all together: parallel ones are
    /// pulled apart, and the canvas, which is painted anew with each change from afar, changes once.
    pub(super) fn route_missing(self) {
        // What is being looked for is counted when it is asked for, and once more after an answer that came too late.
        if self.is_routing.get_value() {
            return;
        }
        self.is_routing.set_value(true);
        after_paint(move || {
            spawn_local(async move {
                let missing = self.missing();
                let found = self.found(&missing).await;
                // Nothing is left of these once the page is gone.
                if self.is_routing.try_update_value(|it| *it = false).is_none() {
                    return;
                }
                match found {
                    Found::Ways(ways) => self.take(&missing, ways),
                    Found::Late => self.route_missing(),
                    Found::Nothing => {}
                }
            });
        });
    }

    /// The lines that have no way, by index.
    fn missing(self) -> Vec<usize> {
        self.with_scene(|scene| {
            let waits = |it: &usize| !scene.diagram.edges[*it].is_tag && !scene.routes[*it].is_clear;
            (0..scene.diagram.edges.len()).filter(waits).collect()
        })
    }

    /// Asks for the ways of these lines, by index.
    async fn found(self, lines: &[usize]) -> Found {
        if lines.is_empty() {
            return Found::Nothing;
        }
        let revision = self.revision.get_untracked();
        let asked = self.with_scene(|it| it.diagram.routing_of(lines));
        match self.worker.routes(&asked).await {
            Ok(ways) if self.revision.try_get_untracked() == Some(revision) => Found::Ways(ways),
            Ok(_) => Found::Late,
            // Elbows stay: they lead to the right rows.
            Err(_) => Found::Nothing,
        }
    }

    /// The lines of hubs that are tags at rest, as when one of these tables is selected: elbows, until `then` is told their ways.
    /// Where the canvas changes before, its next state is asked for anew by whoever listens to it.
    pub fn tag_lines(self, of: &BTreeSet<TableId>, then: impl FnOnce(Vec<Way>) + 'static) -> Vec<Way> {
        let (tags, elbows) = self.with_scene(|scene| {
            let diagram = &scene.diagram;
            let node = |at: usize| diagram.cards.get(at).is_some_and(|it| of.contains(&it.table));
            let concerns =
                |edge: &Edge| edge.is_tag && (node(edge.ends.from.node) || node(edge.ends.to.node));
            let tags = diagram.edges.iter().enumerate().filter(|it| concerns(it.1));
            let elbow = |edge: &Edge| (edge.foreign_key, elbow(&diagram.boxes, &edge.ends).points);
            tags.map(|(at, edge)| (at, elbow(edge))).unzip::<usize, Way, Vec<_>, Vec<_>>()
        });
        if tags.is_empty() {
            return elbows;
        }
        let keys: Vec<ForeignKeyId> = elbows.iter().map(|it| it.0).collect();
        spawn_local(async move {
            if let Found::Ways(ways) = self.found(&tags).await {
                then(keys.into_iter().zip(ways.into_iter().map(|it| it.points)).collect());
            }
        });
        elbows
    }

    /// These lines, by index, have found these ways.
    fn take(self, lines: &[usize], ways: Vec<Route>) {
        self.scene.update_value(|scene| {
            let mut routes = std::mem::take(&mut scene.routes);
            for (at, way) in lines.iter().zip(ways) {
                if let Some(route) = routes.get_mut(*at) {
                    *route = way;
                }
            }
            *scene = Scene::new(std::mem::take(&mut scene.diagram), routes);
        });
        self.with_scene(|scene| {
            let both = lines.iter().filter_map(|it| scene.diagram.edges.get(*it).zip(scene.routes.get(*it)));
            for (edge, route) in both {
                if let Some(line) = self.line(edge.foreign_key) {
                    line.update(|it| it.points.clone_from(&route.points));
                }
            }
        });
        // A way may lead through other parts of the canvas than the elbow did.
        self.revision.update(|it| *it += 1);
    }
}

/// What came of looking for ways.
enum Found {
    /// Them.
    Ways(Vec<Route>),
    /// Ways of a state that is not shown any more.
    Late,
    /// None: there is nobody to ask.
    Nothing,
}

/// Ways that are still right, elbows for the others. What a table has come to stand on is on the list for another way.
#[inline(never)]
pub fn kept_routes(old: &Scene, new: &Diagram) -> Vec<Route> {
    let former: BTreeMap<ForeignKeyId, usize> =
        old.diagram.edges.iter().enumerate().map(|(at, it)| (it.foreign_key, at)).gather();
    let stood: BTreeMap<TableId, Rect> =
        old.diagram.cards.iter().map(|it| it.table).zip(old.diagram.boxes.iter().copied()).gather();
    let standing = new.cards.iter().zip(&new.boxes);
    let moved: Vec<Rect> = standing
        .filter(|(card, rect)| stood.get(&card.table) != Some(*rect))
        .map(|(_, rect)| *rect)
        .collect();
    let route = |edge: &Edge| {
        if edge.is_tag {
            return Route::default();
        }
        let mut route = kept_route(old, &former, new, edge);
        route.is_clear = route.is_clear && !is_met(&route, &moved);
        route
    };
    new.edges.iter().map(route).collect()
}

fn kept_route(old: &Scene, former: &BTreeMap<ForeignKeyId, usize>, new: &Diagram, edge: &Edge) -> Route {
    // A table that only grows downwards leaves its lines as they were.
    let sides = |it: &Rect| (it.left, it.right);
    let same_end = |old_node: usize, old_y: f64, node: usize, y: f64| {
        (old_y - y).abs() < 0.01
            && old.diagram.boxes.get(old_node).map(sides) == new.boxes.get(node).map(sides)
    };
    let kept = former.get(&edge.foreign_key).and_then(|at| {
        let (was, route) = (old.diagram.edges.get(*at)?.ends, old.routes.get(*at)?);
        let is_same = same_end(was.from.node, was.from.y, edge.ends.from.node, edge.ends.from.y)
            && same_end(was.to.node, was.to.y, edge.ends.to.node, edge.ends.to.y);
        (is_same && !route.points.is_empty()).then(|| route.clone())
    });
    kept.unwrap_or_else(|| Route { is_clear: false, ..elbow(&new.boxes, &edge.ends) })
}
