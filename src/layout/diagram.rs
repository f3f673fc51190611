//! From a design to what is to be drawn: cards, edges with their ends, frames of areas.

mod cards;

use super::card::{Card, fitted, text_width};
use super::route::{Ends, Port, Route, Routing};
use super::{Graph, Node, Point, Rect, Size, Style, arrange, bounds, place_beside};
use crate::base::Gather as _;
use crate::design::{
    AreaId, Design, Edit, ForeignKey, ForeignKeyId, IdSource, Note, NoteId, Placement, PlacementId, Table,
    TableId,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub use cards::{Touched, cards, cards_after};

/// A table that more tables than this reference is a hub: references to it are shown as tags at their rows, not as
/// lines. On real schemas that leaves a two-hundredth of the crossings.
pub const HUB_ABOVE: usize = 20;
/// Above this many tables the SQL schemas are kept together, where no areas are given.
const NAMESPACES_ABOVE: usize = 100;
/// Up to this many new tables find places one by one; more are arranged together beside the others.
const ONE_BY_ONE: usize = 40;
/// Between a frame and the tables in it; the title takes as much again.
const FRAME_PADDING: f64 = 24.0;
/// Room for the title of a frame.
pub const FRAME_TITLE: f64 = 20.0;

/// Everything that is drawn of a design, without the ways of edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// Tables that are not hidden, in order of birth.
    pub cards: Vec<Card>,
    /// Where each of `cards` stands.
    pub boxes: Vec<Rect>,
    /// Foreign keys between them, in order of the referencing tables.
    pub edges: Vec<Edge>,
    /// Areas with tables in them.
    pub frames: Vec<Frame>,
    /// Notes, in order of birth.
    pub notes: Vec<(NoteId, Rect)>,
}

/// A foreign key as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The foreign key.
    pub foreign_key: ForeignKeyId,
    /// Where it meets the cards: indexes of `cards`.
    pub ends: Ends,
    /// How many rows of the referencing table belong to one of the referenced table.
    pub referencing: End,
    /// How many rows of the referenced table belong to one of the referencing table.
    pub referenced: End,
    /// Whether it leads to a hub and is a tag at its row as long as nobody asks for the line.
    pub is_tag: bool,
}

/// What stands at an end of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct End {
    /// The most.
    pub cardinality: Cardinality,
    /// The least.
    pub optionality: Optionality,
}

/// At most one, or any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cardinality {
    /// At most one.
    One,
    /// Any number: drawn as a crow's foot.
    Many,
}

/// Whether there may be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Optionality {
    /// There may be none: drawn as a circle.
    Optional,
    /// There is at least one: drawn as a bar.
    Mandatory,
}

/// A reference to a hub, written beside its row in place of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Where it stands, right of the referencing table.
    pub rect: Rect,
    /// The referenced table's title as far as it fits.
    pub text: String,
}

impl Tag {
    /// Font size of its text.
    pub const FONT: f64 = 11.0;
    /// Left and right of its text.
    pub const PADDING: f64 = 6.0;
    /// Between it and the table.
    pub const GAP: f64 = 6.0;
    const HEIGHT: f64 = 16.0;
    /// The usual gap between two columns holds it.
    const MOST_WIDTH: f64 = 100.0;
}

/// An area as it is drawn: a frame around its tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The area.
    pub area: AreaId,
    /// Its title.
    pub title: String,
    /// A colour of the palette.
    pub color: Option<u8>,
    /// The frame, its title inside at the top.
    pub rect: Rect,
}

impl Diagram {
    /// The diagram of a design. Tables without a placement get one from the layout, here only; see [`placed`] for
    /// the edit that keeps them.
    pub fn of(design: &Design) -> Self {
        let cards = cards(design);
        let places = places(design, &cards);
        let boxes: Vec<Rect> =
            cards.iter().zip(&places).map(|(card, &at)| Rect::at(at, card.size())).collect();
        let edges = edges(design, &cards, &boxes);
        let frames = frames(design, &cards, &boxes);
        Self { cards, boxes, edges, frames, notes: notes(design) }
    }

    /// Ways for all edges but tags, whose ways stay empty.
    pub fn routes(&self) -> Vec<Route> {
        let drawn: Vec<usize> = (0..self.edges.len()).filter(|&it| !self.edges[it].is_tag).collect();
        let mut routes = vec![Route::default(); self.edges.len()];
        for (at, way) in drawn.iter().zip(self.routes_of(&drawn)) {
            routes[*at] = way;
        }
        routes
    }

    /// Ways for some edges, by index, as when a hub is selected and its lines are to be seen.
    pub fn routes_of(&self, edges: &[usize]) -> Vec<Route> {
        self.routing_of(edges).routes()
    }

    /// What finding ways for some edges, by index, needs to know.
    pub fn routing_of(&self, edges: &[usize]) -> Routing {
        let ends = edges.iter().filter_map(|&it| self.edges.get(it)).map(|it| it.ends);
        Routing { boxes: self.boxes.clone(), signs: self.signs(), edges: ends.collect() }
    }

    /// Where tags stand: lines go around them too.
    pub fn signs(&self) -> Vec<Rect> {
        (0..self.edges.len()).filter_map(|it| self.tag(it)).map(|it| it.rect).collect()
    }

    /// The tag of an edge, by index; nothing for one that is a line.
    pub fn tag(&self, edge: usize) -> Option<Tag> {
        let edge = self.edges.get(edge).filter(|it| it.is_tag)?;
        let title = &self.cards.get(edge.ends.to.node)?.title;
        let text = fitted(title, Tag::FONT, Tag::MOST_WIDTH - 2.0 * Tag::PADDING);
        let size = Size::new(text_width(&text, Tag::FONT) + 2.0 * Tag::PADDING, Tag::HEIGHT);
        let right = self.boxes.get(edge.ends.from.node)?.right;
        let corner = Point::new(right + Tag::GAP, edge.ends.from.y - Tag::HEIGHT / 2.0);
        Some(Tag { rect: Rect::at(corner, size), text })
    }

    /// The box around everything; nothing when there is nothing.
    pub fn bounds(&self) -> Option<Rect> {
        let drawn = self.frames.iter().map(|it| &it.rect).chain(self.notes.iter().map(|it| &it.1));
        bounds(self.boxes.iter().chain(drawn))
    }

    /// The index of a table's card.
    pub fn index_of(&self, table: TableId) -> Option<usize> {
        self.cards.binary_search_by_key(&table, |it| it.table).ok()
    }
}

/// Where notes are: as placed, and at least so large that they can be taken hold of.
pub fn notes(design: &Design) -> Vec<(NoteId, Rect)> {
    design.notes().map(|it| (it.id, note_rect(it))).collect()
}

/// The paper of a note.
pub fn note_rect(note: &Note) -> Rect {
    let corner = Point::new(f64::from(note.x), f64::from(note.y));
    Rect::at(corner, Size::new(f64::from(note.width).max(40.0), f64::from(note.height).max(30.0)))
}

/// What layout needs to know of `cards`: sizes, references, and what stands together.
pub fn graph(design: &Design, cards: &[Card]) -> Graph {
    let mut area_of: BTreeMap<TableId, u32> = BTreeMap::new();
    for area in design.areas() {
        area_of.extend(area.tables.iter().map(|&it| (it, area.id.0)));
    }
    let by_namespace = area_of.is_empty() && cards.len() > NAMESPACES_ABOVE;
    let node = |card: &Card| {
        let namespace = || design.table(card.table)?.namespace.filter(|_| by_namespace).map(|it| it.0);
        Node {
            name: card.title.clone(),
            size: card.size(),
            area: area_of.get(&card.table).copied().or_else(namespace),
        }
    };
    let index = index(cards);
    let edge =
        |(table, fk): (&Table, &ForeignKey)| Some((*index.get(&table.id)?, *index.get(&fk.references)?));
    Graph { nodes: cards.iter().map(node).collect(), edges: design.foreign_keys().filter_map(edge).collect() }
}

/// Tables that more than [`HUB_ABOVE`] others reference.
pub fn hubs(design: &Design) -> BTreeSet<TableId> {
    let mut referencing: BTreeMap<TableId, BTreeSet<TableId>> = BTreeMap::new();
    for (table, fk) in design.foreign_keys().filter(|it| it.0.id != it.1.references) {
        referencing.entry(fk.references).or_default().insert(table.id);
    }
    referencing.into_iter().filter(|it| it.1.len() > HUB_ABOVE).map(|it| it.0).gather()
}

/// These tables and those that they reference or that reference them.
pub fn neighbourhood(design: &Design, tables: &BTreeSet<TableId>) -> BTreeSet<TableId> {
    let mut all = tables.clone();
    for (table, fk) in design.foreign_keys() {
        if tables.contains(&table.id) {
            all.insert(fk.references);
        }
        if tables.contains(&fk.references) {
            all.insert(table.id);
        }
    }
    all
}

/// What stands at the referencing and at the referenced end of a foreign key.
pub fn ends_of(table: &Table, fk: &ForeignKey) -> (End, End) {
    let is_one = table.is_unique_over(&fk.columns);
    let is_optional = fk.columns.iter().any(|&it| table.is_nullable(it));
    let referencing = End {
        cardinality: if is_one { Cardinality::One } else { Cardinality::Many },
        optionality: Optionality::Optional,
    };
    let referenced = End {
        cardinality: Cardinality::One,
        optionality: if is_optional { Optionality::Optional } else { Optionality::Mandatory },
    };
    (referencing, referenced)
}

/// A fresh automatic layout of all cards; pinned tables stay where they are.
pub fn arranged(design: &Design, cards: &[Card]) -> Vec<Point> {
    arranged_as(design, cards, Style::Related)
}

/// The same in one of the ways that there are.
pub fn arranged_as(design: &Design, cards: &[Card], style: Style) -> Vec<Point> {
    with_pinned(design, cards, super::arranged_as(&graph(design, cards), style))
}

/// The corners that a layout found, with pinned tables back where they were and what they now cover moved aside.
pub fn with_pinned(design: &Design, cards: &[Card], mut corners: Vec<Point>) -> Vec<Point> {
    let pinned: Vec<Option<Point>> =
        cards.iter().map(|it| design.placement_of(it.table).filter(|it| it.pinned).map(corner)).collect();
    let kept: Vec<Rect> =
        cards.iter().zip(&pinned).filter_map(|(card, &at)| Some(Rect::at(at?, card.size()))).collect();
    let Some(around) = bounds(&kept) else { return corners };

    // The new page begins where the pinned tables do.
    let origin = around.corner().snapped();
    for (corner, pinned) in corners.iter_mut().zip(&pinned) {
        *corner = pinned.unwrap_or_else(|| corner.moved(origin.x, origin.y));
    }
    let covers = |at: usize, boxes: &[Rect]| {
        pinned[at].is_none() && kept.iter().any(|it| it.overlaps(&boxes[at].grown(16.0)))
    };
    let mut boxes: Vec<Rect> =
        corners.iter().zip(cards).map(|(&at, card)| Rect::at(at, card.size())).collect();
    let near = neighbours(&graph(design, cards));
    for at in 0..boxes.len() {
        if covers(at, &boxes) {
            let place = place_beside(&boxes, cards[at].size(), &near[at]);
            boxes[at] = Rect::at(place, cards[at].size());
        }
    }
    boxes.iter().map(Rect::corner).collect()
}

/// An edit after which each of `places` is the table's placement. What else a placement says is kept.
pub fn placed(design: &Design, places: impl IntoIterator<Item = (TableId, Point)>) -> Edit {
    let mut ids: IdSource = design.ids();
    places.into_iter().fold(Edit::default(), |edit, (table, at)| {
        let new = || Placement { id: ids.take::<PlacementId>(), table, ..Placement::default() };
        let old = design.placement_of(table).cloned().unwrap_or_else(new);
        edit.put(design, Placement { x: at.x.round() as i32, y: at.y.round() as i32, ..old })
    })
}

/// An edit after which every card of `diagram` is placed where it stands, and its placement changed as `change` wishes.
pub fn with_placements(design: &Design, diagram: &Diagram, change: &mut dyn FnMut(&mut Placement)) -> Edit {
    let places = diagram.cards.iter().map(|it| it.table).zip(diagram.boxes.iter().map(Rect::corner));
    let mut edit = Edit::default();
    let mut ids = design.ids();
    for (table, at) in places {
        let new = || Placement { id: ids.take(), table, ..Placement::default() };
        let mut placement = design.placement_of(table).cloned().unwrap_or_else(new);
        (placement.x, placement.y) = (at.x.round() as i32, at.y.round() as i32);
        change(&mut placement);
        edit = edit.put(design, placement);
    }
    edit
}

fn corner(placement: &Placement) -> Point {
    Point::new(f64::from(placement.x), f64::from(placement.y))
}

/// Where each card stands: as placed, or where the layout finds room.
pub fn places(design: &Design, cards: &[Card]) -> Vec<Point> {
    let given = cards.iter().map(|it| design.placement_of(it.table).map(corner)).collect();
    completed(design, cards, given)
}

/// The places `given`, one for each card, and for cards without one a place beside them; nothing given moves.
pub fn completed(design: &Design, cards: &[Card], given: Vec<Option<Point>>) -> Vec<Point> {
    let new: Vec<usize> = (0..cards.len()).filter(|&it| given.get(it).is_none_or(Option::is_none)).collect();
    if new.len() == cards.len() {
        return arranged(design, cards);
    }

    let mut places: Vec<Point> = given.iter().map(|it| it.unwrap_or_default()).collect();
    if new.is_empty() {
        return places;
    }
    let all = graph(design, cards);
    if new.len() > ONE_BY_ONE {
        let part: Vec<Card> = new.iter().map(|&it| cards[it].clone()).collect();
        let kept = given.iter().zip(cards).filter_map(|(at, card)| Some(Rect::at((*at)?, card.size())));
        let below = bounds(&kept.collect::<Vec<_>>()).unwrap_or_default();
        let origin = Point::new(below.left, below.bottom + 128.0).snapped();
        for (&at, corner) in new.iter().zip(arrange(&graph(design, &part)).corners) {
            places[at] = corner.moved(origin.x, origin.y);
        }
        return places;
    }

    let near = neighbours(&all);
    let mut standing: Vec<usize> = (0..cards.len()).filter(|&it| given[it].is_some()).collect();
    for at in new {
        let boxes: Vec<Rect> = standing.iter().map(|&it| Rect::at(places[it], cards[it].size())).collect();
        let friends: Vec<usize> =
            (0..standing.len()).filter(|&it| near[at].contains(&standing[it])).collect();
        places[at] = place_beside(&boxes, cards[at].size(), &friends);
        standing.push(at);
    }
    places
}

fn neighbours(graph: &Graph) -> Vec<Vec<usize>> {
    let mut near = vec![Vec::new(); graph.nodes.len()];
    for &(a, b) in graph.edges.iter().filter(|it| it.0 != it.1) {
        near[a].push(b);
        near[b].push(a);
    }
    near
}

fn index(cards: &[Card]) -> BTreeMap<TableId, usize> {
    cards.iter().enumerate().map(|(at, card)| (card.table, at)).gather()
}

/// Edges between `cards` where they stand, in order of the referencing tables.
pub fn edges(design: &Design, cards: &[Card], boxes: &[Rect]) -> Vec<Edge> {
    let (hubs, index) = (hubs(design), index(cards));
    let edge = |(table, fk): (&Table, &ForeignKey)| {
        let (from, to) = (*index.get(&table.id)?, *index.get(&fk.references)?);
        let port = |node: usize, column: Option<&_>| {
            let below = column.map_or(super::card::HEADER / 2.0, |it| cards[node].row_middle(*it));
            Port { node, y: boxes[node].top + below }
        };
        let (referencing, referenced) = ends_of(table, fk);
        Some(Edge {
            foreign_key: fk.id,
            ends: Ends { from: port(from, fk.columns.first()), to: port(to, fk.ref_columns.first()) },
            referencing,
            referenced,
            is_tag: from != to && hubs.contains(&fk.references),
        })
    };
    design.foreign_keys().filter_map(edge).collect()
}

/// Frames around the cards of each area, where they stand.
pub fn frames(design: &Design, cards: &[Card], boxes: &[Rect]) -> Vec<Frame> {
    let index = index(cards);
    let frame = |area: &crate::design::Area| {
        let own = bounds(area.tables.iter().filter_map(|it| boxes.get(*index.get(it)?)))?;
        let mut rect = own.grown(FRAME_PADDING);
        rect.top -= FRAME_TITLE;
        Some(Frame { area: area.id, title: area.name.clone(), color: area.color, rect })
    };
    design.areas().filter_map(frame).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
pub(in crate::layout) mod tests;
