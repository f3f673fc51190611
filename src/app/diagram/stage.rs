//! What the canvas shows: cards and lines as signals, so that moving one table redraws one table.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use relata::design::{Design, ForeignKeyId, TableId};
use relata::gesture::Viewport;
use relata::layout::card::Card;
use relata::layout::diagram::{self, Diagram, Edge, Frame, Touched};
use relata::layout::route::{Ends, Route, elbow};
use relata::layout::{Point, Rect, Scene, Size, TileWindow};

use super::view::held_by;
use super::ways::kept_routes;
use crate::app::worker::Worker;

/// A table as it stands on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What is drawn.
    pub card: Card,
    /// Where its top left corner is.
    pub corner: Point,
}

/// A relationship as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it joins and what stands at its ends.
    pub edge: Edge,
    /// Its way; empty while it is a tag.
    pub points: Vec<Point>,
}

/// What is in view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InView {
    /// Tables.
    pub tables: Vec<TableId>,
    /// Relationships.
    pub lines: Vec<ForeignKeyId>,
}

/// The canvas: what stands where, which part is on the screen.
#[derive(Clone, Copy)]
pub struct Stage {
    pub(super) scene: StoredValue<Scene>,
    standing: StoredValue<BTreeMap<TableId, ArcRwSignal<Standing>>>,
    lines: StoredValue<BTreeMap<ForeignKeyId, ArcRwSignal<Line>>>,
    in_view: Memo<InView>,
    /// Counts changes of what there is, not of the view.
    pub(super) revision: RwSignal<u64>,
    frames: RwSignal<Vec<Frame>>,
    view: RwSignal<Viewport>,
    screen: RwSignal<Size>,
    /// Tables that alone are drawn, when there are such.
    focus: RwSignal<Option<BTreeSet<TableId>>>,
    /// Where tables stand that have no placement, also while they are not drawn.
    left: StoredValue<BTreeMap<TableId, Point>>,
    /// Whether tables are on their way to new places.
    gliding: RwSignal<bool>,
    /// Which design is shown, counted as `Document::opened` counts.
    opened: StoredValue<u64>,
    /// Finds the ways of many lines.
    pub(super) worker: Worker,
    /// Whether it is at that.
    pub(super) is_routing: StoredValue<bool>,
}

impl Stage {
    /// An empty canvas.
    pub fn new(worker: Worker) -> Self {
        let scene = StoredValue::new(Scene::default());
        let (revision, view, screen) =
            (RwSignal::new(0), RwSignal::new(Viewport::default()), RwSignal::new(Size::default()));
        let held = StoredValue::new(Rect::default());
        let windows = Memo::new(move |_| {
            held.update_value(|it| *it = held_by(*it, view.get(), screen.get()));
            (revision.get(), scene.with_value(|it: &Scene| it.windows(&held.get_value())))
        });
        let in_view = Memo::new(move |_| {
            let (_, (tables, lines)) = windows.get();
            scene.with_value(|it| in_view(it, tables, lines))
        });
        Self {
            scene,
            in_view,
            standing: StoredValue::new(BTreeMap::new()),
            lines: StoredValue::new(BTreeMap::new()),
            revision,
            frames: RwSignal::new(Vec::new()),
            view,
            screen,
            focus: RwSignal::new(None),
            left: StoredValue::new(BTreeMap::new()),
            gliding: RwSignal::new(false),
            opened: StoredValue::new(0),
            worker,
            is_routing: StoredValue::new(false),
        }
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Begins to show the design of this count; gives whether it is another one than before.
    pub fn begin(self, opened: u64) -> bool {
        let is_other = self.opened.get_value() != opened;
        self.opened.set_value(opened);
        is_other
    }

    /// Which part of the canvas is on the screen.
    pub fn view(self) -> RwSignal<Viewport> {
        self.view
    }

    /// How large the screen is.
    pub fn screen(self) -> Signal<Size> {
        self.screen.into()
    }

    /// The screen has another size; the first one shows everything.
    pub fn resize(self, size: Size) {
        let before = self.screen.get_untracked();
        if before != size {
            self.screen.set(size);
            if before == Size::default() {
                self.fit();
            }
        }
    }

    /// Frames of areas.
    pub fn frames(self) -> Signal<Vec<Frame>> {
        self.frames.into()
    }

    /// A table's signal, when it is drawn.
    pub fn standing(self, table: TableId) -> Option<ArcRwSignal<Standing>> {
        self.standing.with_value(|it| it.get(&table).cloned())
    }

    /// A relationship's signal, when it is drawn.
    pub fn line(self, foreign_key: ForeignKeyId) -> Option<ArcRwSignal<Line>> {
        self.lines.with_value(|it| it.get(&foreign_key).cloned())
    }

    /// Reads the scene as it is now.
    pub fn with_scene<T>(self, read: impl FnOnce(&Scene) -> T) -> T {
        self.scene.with_value(read)
    }

    /// What is in view; changes only when the view reaches other tiles or the canvas changes.
    pub fn in_view(self) -> Memo<InView> {
        self.in_view
    }

    /// Shows a design: what did not change keeps its signals, its place and its way.
    /// `touched` tells which cards edits may have changed since the stage last showed the same design.
    pub fn show(self, design: &Design, touched: &Touched) {
        let old = self.scene.try_update_value(std::mem::take).unwrap_or_default();
        let diagram = self.diagram_of(design, &old, touched);
        let routes = kept_routes(&old, &diagram);
        self.scene.set_value(Scene::new(diagram, routes));
        self.publish();
        self.route_missing();
    }

    /// Cards at their places: as placed, else where they stood, else where there is room.
    #[inline(never)]
    fn diagram_of(self, design: &Design, old: &Scene, touched: &Touched) -> Diagram {
        let mut cards = diagram::cards_after(design, &old.diagram.cards, touched);
        self.focus.with_untracked(|it| {
            if let Some(shown) = it {
                cards.retain(|it| shown.contains(&it.table));
            }
        });
        let given = cards.iter().map(|card| {
            let placed =
                design.placement_of(card.table).map(|it| Point::new(f64::from(it.x), f64::from(it.y)));
            let stood = || Some(old.diagram.boxes.get(old.diagram.index_of(card.table)?)?.corner());
            let left = || self.left.with_value(|it| it.get(&card.table).copied());
            placed.or_else(left).or_else(stood)
        });
        let given = given.collect();
        let corners = diagram::completed(design, &cards, given);
        // Where a layout put them they stand again when their first placement is undone.
        let automatic = cards.iter().zip(&corners).filter(|it| design.placement_of(it.0.table).is_none());
        self.left.update_value(|it| it.extend(automatic.map(|(card, at)| (card.table, *at))));
        let boxes: Vec<Rect> =
            cards.iter().zip(&corners).map(|(card, at)| Rect::at(*at, card.size())).collect();
        let edges = diagram::edges(design, &cards, &boxes);
        let frames = diagram::frames(design, &cards, &boxes);
        Diagram { cards, boxes, edges, frames, notes: diagram::notes(design) }
    }

    /// Forgets where tables stood, so that the next design is laid out afresh.
    pub fn clear(self) {
        self.scene.set_value(Scene::default());
        self.left.set_value(BTreeMap::new());
        self.focus.set(None);
    }

    /// The tables that alone are drawn.
    pub fn focus(self) -> Option<BTreeSet<TableId>> {
        self.focus.get_untracked()
    }

    /// Whether only some tables are drawn.
    pub fn is_focused(self) -> bool {
        self.focus.with_untracked(Option::is_some)
    }

    /// Draws these tables alone, or all of them again, where they stand.
    pub fn focus_on(self, tables: Option<BTreeSet<TableId>>, design: &Design) {
        self.focus.set(tables);
        self.show(design, &Touched::All);
    }

    /// Draws new tables too while only some are drawn.
    pub fn admit(self, tables: impl IntoIterator<Item = TableId>) {
        if self.is_focused() {
            self.focus.update(|it| it.get_or_insert_default().extend(tables));
        }
    }

    /// Whether tables are on their way to new places.
    pub fn gliding(self) -> RwSignal<bool> {
        self.gliding
    }

    /// Listens to what is drawn and where.
    pub fn track(self) {
        self.revision.track();
    }

    /// All drawn tables.
    pub fn all(self) -> Vec<TableId> {
        self.with_scene(|it| it.diagram.cards.iter().map(|it| it.table).collect())
    }

    /// Where all drawn tables stand.
    pub fn places(self) -> Vec<(TableId, Point)> {
        let corners = |it: &Scene| it.diagram.boxes.iter().map(Rect::corner).collect::<Vec<_>>();
        self.all().into_iter().zip(self.with_scene(corners)).collect()
    }

    /// Shows tables on their way: the part `done` of it from where they stood to where they stand now.
    pub fn preview_places(self, from: &[(TableId, Point)], done: f64) {
        self.with_scene(|scene| {
            for (table, from) in from {
                let (Some(at), Some(signal)) = (scene.diagram.index_of(*table), self.standing(*table)) else {
                    continue;
                };
                let to = scene.diagram.boxes[at].corner();
                let corner = from.moved((to.x - from.x) * done, (to.y - from.y) * done);
                signal.update(|it| it.corner = corner);
            }
        });
    }

    /// Brings the signals to the state of the scene.
    #[inline(never)]
    fn publish(self) {
        self.with_scene(|scene| {
            let diagram = &scene.diagram;
            let standing = diagram.cards.iter().zip(&diagram.boxes).map(|it| (it.0.table, it));
            let stands = |was: &Standing, (card, rect): (&Card, &Rect)| {
                was.corner == rect.corner() && was.card == *card
            };
            fill(self.standing, standing, stands, |(card, rect)| Standing {
                card: card.clone(),
                corner: rect.corner(),
            });
            let lines = diagram.edges.iter().zip(&scene.routes).map(|it| (it.0.foreign_key, it));
            let leads =
                |was: &Line, (edge, route): (&Edge, &Route)| was.points == route.points && was.edge == *edge;
            fill(self.lines, lines, leads, |(edge, route)| Line {
                edge: edge.clone(),
                points: route.points.clone(),
            });
            if self.frames.with_untracked(|it| *it != diagram.frames) {
                self.frames.set(diagram.frames.clone());
            }
        });
        self.revision.update(|it| *it += 1);
    }

    /// Shows tables moved by `dx`, `dy` from where they stand, without changing anything: a drag before it ends.
    pub fn preview_move(self, tables: &BTreeSet<TableId>, dx: f64, dy: f64) {
        self.with_scene(|scene| {
            let diagram = &scene.diagram;
            let moved = |node: usize| tables.contains(&diagram.cards[node].table);
            for table in tables {
                let (Some(at), Some(signal)) = (diagram.index_of(*table), self.standing(*table)) else {
                    continue;
                };
                let corner = diagram.boxes[at].corner().moved(dx, dy);
                signal.update(|it| it.corner = corner);
            }
            let touched =
                diagram.edges.iter().filter(|it| moved(it.ends.from.node) || moved(it.ends.to.node));
            for edge in touched {
                let Some(signal) = self.line(edge.foreign_key) else { continue };
                signal.update(|it| {
                    it.edge.ends = shifted(edge.ends, &moved, dy);
                    if !edge.is_tag {
                        it.points = moved_elbow(diagram, edge, &moved, dx, dy);
                    }
                });
            }
        });
    }
}

fn in_view(scene: &Scene, tables: TileWindow, lines: TileWindow) -> InView {
    let diagram = &scene.diagram;
    let cards = scene.cards_in(tables);
    let mut is_shown = vec![false; diagram.edges.len()];
    for it in scene.edges_in(lines) {
        is_shown[it] = true;
    }
    // A tag belongs to its row, which is in view with its card.
    let mut is_drawn = vec![false; diagram.cards.len()];
    for it in &cards {
        is_drawn[*it] = true;
    }
    for (at, edge) in diagram.edges.iter().enumerate().filter(|it| it.1.is_tag) {
        is_shown[at] |= is_drawn[edge.ends.from.node];
    }
    let shown = diagram.edges.iter().zip(is_shown).filter(|it| it.1);
    InView {
        tables: cards.into_iter().map(|it| diagram.cards[it].table).collect(),
        lines: shown.map(|it| it.0.foreign_key).collect(),
    }
}

fn shifted(mut ends: Ends, moved: &impl Fn(usize) -> bool, dy: f64) -> Ends {
    for port in [&mut ends.from, &mut ends.to] {
        if moved(port.node) {
            port.y += dy;
        }
    }
    ends
}

/// The elbow of an edge of which one or both tables are being moved.
fn moved_elbow(
    diagram: &Diagram,
    edge: &Edge,
    moved: &impl Fn(usize) -> bool,
    dx: f64,
    dy: f64,
) -> Vec<Point> {
    let rect = |node: usize| {
        let rect = diagram.boxes[node];
        if moved(node) { rect.moved(dx, dy) } else { rect }
    };
    let mut ends = shifted(edge.ends, moved, dy);
    let boxes = [rect(ends.from.node), rect(ends.to.node)];
    let is_self = ends.from.node == ends.to.node;
    ends.from.node = 0;
    ends.to.node = usize::from(!is_self);
    elbow(&boxes, &ends).points
}

/// Brings the signals of one kind to the given state; signals of what is still there stay. Few differ after an edit, so
/// `make` is asked only for those of which `is` says that they do.
fn fill<I, T, S>(
    signals: StoredValue<BTreeMap<I, ArcRwSignal<T>>>,
    state: impl Iterator<Item = (I, S)>,
    is: impl Fn(&T, S) -> bool,
    make: impl Fn(S) -> T,
) where
    I: Copy + Ord + Send + Sync + 'static,
    T: Send + Sync + 'static,
    S: Copy,
{
    let mut old = signals.try_update_value(std::mem::take).unwrap_or_default();
    let kept = state.map(|(id, state)| match old.remove(&id) {
        Some(signal) => {
            if !signal.with_untracked(|it| is(it, state)) {
                signal.set(make(state));
            }
            (id, signal)
        }
        None => (id, ArcRwSignal::new(make(state))),
    });
    signals.set_value(kept.collect());
}
