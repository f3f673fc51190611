//! A diagram that can be asked: what is in view, what is at this point.

use super::card::HEADER;
use super::diagram::{Diagram, FRAME_TITLE};
use super::route::Route;
use super::tiles::{TileWindow, Tiles, marked};
use super::{Point, Rect, Snapped, bounds, snapped};
use crate::design::{AreaId, ColumnId, ForeignKeyId, NoteId, TableId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How close to a card's side its rows can be taken hold of to draw a reference.
const PORT_REACH: f64 = 8.0;

/// How close to a note's lower right corner it can be taken hold of to make the note larger, along the axes.
const CORNER_REACH: f64 = 20.0;
/// How far a table may be from one that is being moved for that to snap to it.
const SNAP_FAR: f64 = 640.0;

/// A diagram with the ways of its edges, sorted into tiles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// What is drawn.
    pub diagram: Diagram,
    /// A way for each edge; empty for those that are not drawn.
    pub routes: Vec<Route>,
    tables: Tiles,
    /// Pieces of routes, and the edge that each belongs to.
    pieces: Vec<(Rect, usize)>,
    edges: Tiles,
}

/// What is at a point of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Hit {
    /// The title of a table.
    Table(TableId),
    /// The row of a column.
    Column(TableId, ColumnId),
    /// The side of a column's row, where references begin.
    Port(TableId, ColumnId),
    /// An edge.
    Edge(ForeignKeyId),
    /// The title of an area.
    Area(AreaId),
    /// A note.
    Note(NoteId),
    /// The lower right corner of a note.
    NoteCorner(NoteId),
}

impl Hit {
    /// The table that was hit, whichever part of it.
    pub fn table(self) -> Option<TableId> {
        match self {
            Self::Table(id) | Self::Column(id, _) | Self::Port(id, _) => Some(id),
            Self::Edge(_) | Self::Area(_) | Self::Note(_) | Self::NoteCorner(_) => None,
        }
    }
}

impl Scene {
    /// Sorts a diagram and its ways into tiles.
    pub fn new(diagram: Diagram, routes: Vec<Route>) -> Self {
        let pieces: Vec<(Rect, usize)> = routes
            .iter()
            .enumerate()
            .flat_map(|(edge, it)| {
                it.points.windows(2).map(move |pair| (Rect::spanned(pair[0], pair[1]), edge))
            })
            .collect();
        let rects: Vec<Rect> = pieces.iter().map(|it| it.0).collect();
        Self { tables: Tiles::new(&diagram.boxes), edges: Tiles::new(&rects), pieces, diagram, routes }
    }

    /// Which tiles a view covers, for tables and for edges. While they are equal, so is what is in view.
    pub fn windows(&self, view: &Rect) -> (TileWindow, TileWindow) {
        (self.tables.window(view), self.edges.window(view))
    }

    /// Indexes of the cards in the tiles of a view, ascending.
    pub fn cards_in(&self, window: TileWindow) -> Vec<usize> {
        self.tables.within(window)
    }

    /// Indexes of the edges in the tiles of a view, ascending.
    pub fn edges_in(&self, window: TileWindow) -> Vec<usize> {
        let pieces = self.edges.within(window).into_iter();
        marked(pieces.map(|it| self.pieces[it].1), self.diagram.edges.len())
    }

    /// What is at `point`: a note before a table before an edge before an area. `reach` is how far from an edge one may be.
    pub fn hit(&self, point: Point, reach: f64) -> Option<Hit> {
        self.hit_note(point)
            .or_else(|| self.hit_table(point))
            .or_else(|| self.hit_edge(point, reach))
            .or_else(|| {
                let title = |rect: &Rect| Rect { bottom: rect.top + FRAME_TITLE + 4.0, ..*rect };
                let frame = self.diagram.frames.iter().rev().find(|it| title(&it.rect).contains(point))?;
                Some(Hit::Area(frame.area))
            })
    }

    fn hit_note(&self, point: Point) -> Option<Hit> {
        let (note, rect) = self.diagram.notes.iter().rev().find(|it| it.1.contains(point))?;
        let is_corner = rect.right - point.x + rect.bottom - point.y < CORNER_REACH;
        Some(if is_corner { Hit::NoteCorner(*note) } else { Hit::Note(*note) })
    }

    fn hit_table(&self, point: Point) -> Option<Hit> {
        // Later tables are drawn above earlier ones. A port can be taken from just outside its card.
        let view = Rect { left: point.x, right: point.x, top: point.y, bottom: point.y }.grown(PORT_REACH);
        let near = self.tables.within(self.tables.window(&view));
        let at = near.into_iter().rev().find(|&it| {
            let rect = self.diagram.boxes[it];
            Rect { left: rect.left - PORT_REACH, right: rect.right + PORT_REACH, ..rect }.contains(point)
        })?;
        let (card, rect) = (&self.diagram.cards[at], self.diagram.boxes[at]);
        let down = point.y - rect.top;
        let side = (point.x - rect.left).min(rect.right - point.x);
        match card.column_at(down) {
            Some(column) if side < PORT_REACH => Some(Hit::Port(card.table, column)),
            Some(column) => Some(Hit::Column(card.table, column)),
            None if side >= 0.0 && (down < HEADER || rect.contains(point)) => Some(Hit::Table(card.table)),
            None => None,
        }
    }

    fn hit_edge(&self, point: Point, reach: f64) -> Option<Hit> {
        let view = Rect { left: point.x, right: point.x, top: point.y, bottom: point.y }.grown(reach);
        let near = self.edges.within(self.edges.window(&view)).into_iter();
        let met = near.filter(|&it| self.pieces[it].0.grown(reach).contains(point));
        let away = |it: &usize| {
            let rect = self.pieces[*it].0;
            let beyond = |at: f64, low: f64, high: f64| (low - at).max(at - high).max(0.0);
            beyond(point.x, rect.left, rect.right) + beyond(point.y, rect.top, rect.bottom)
        };
        let piece = met.min_by(|a, b| away(a).total_cmp(&away(b)))?;
        Some(Hit::Edge(self.diagram.edges.get(self.pieces[piece].1)?.foreign_key))
    }

    /// Tables moved by `dx`, `dy` as one, snapped to those around them or to the grid; `reach` is how far they are drawn.
    pub fn snapped(&self, tables: &BTreeSet<TableId>, dx: f64, dy: f64, reach: f64) -> Snapped {
        let own = tables.iter().filter_map(|it| self.diagram.boxes.get(self.diagram.index_of(*it)?));
        let Some(moving) = bounds(own) else { return Snapped { dx, dy, guides: Vec::new() } };
        let around = self.tables.window(&moving.moved(dx, dy).grown(SNAP_FAR));
        let others = self.tables.within(around).into_iter();
        let others = others.filter(|it| !tables.contains(&self.diagram.cards[*it].table));
        let others: Vec<Rect> = others.map(|it| self.diagram.boxes[it]).collect();
        snapped(&moving, dx, dy, &others, reach)
    }

    /// The way of a relationship; nothing while it is a tag.
    pub fn way_of(&self, foreign_key: ForeignKeyId) -> Option<&[Point]> {
        let at = self.diagram.edges.iter().position(|it| it.foreign_key == foreign_key)?;
        self.routes.get(at).map(|it| it.points.as_slice()).filter(|it| it.len() > 1)
    }

    /// Whether lines of other relationships run through `rect`.
    pub fn other_lines_in(&self, rect: &Rect, own: ForeignKeyId) -> bool {
        let is_other = |edge: usize| self.diagram.edges.get(edge).is_some_and(|it| it.foreign_key != own);
        let near = self.edges.within(self.edges.window(rect)).into_iter();
        near.map(|it| self.pieces[it]).any(|(piece, edge)| is_other(edge) && piece.overlaps(rect))
    }

    /// Tables that lie wholly or partly in `rect`, ascending.
    pub fn tables_in(&self, rect: &Rect) -> Vec<TableId> {
        let near = self.tables.within(self.tables.window(rect)).into_iter();
        near.filter(|&it| self.diagram.boxes[it].overlaps(rect))
            .map(|it| self.diagram.cards[it].table)
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::diagram::tests::shop;

    fn scene() -> Scene {
        let diagram = Diagram::of(&shop());
        let routes = diagram.routes();
        Scene::new(diagram, routes)
    }

    #[test]
    fn points_hit_titles_rows_sides_and_edges() {
        let scene = scene();
        let (card, rect) = (&scene.diagram.cards[0], scene.diagram.boxes[0]);
        let corner = rect.corner();
        let column = card.rows[0].column;
        assert_eq!(scene.hit(corner.moved(40.0, 10.0), 4.0), Some(Hit::Table(card.table)));
        assert_eq!(scene.hit(corner.moved(40.0, 40.0), 4.0), Some(Hit::Column(card.table, column)));
        assert_eq!(scene.hit(corner.moved(-3.0, 40.0), 4.0), Some(Hit::Port(card.table, column)));
        assert_eq!(scene.hit(Point::new(-5000.0, 0.0), 4.0), None);

        let edge = &scene.diagram.edges[0];
        let points = &scene.routes[0].points;
        let (a, b) = (points[points.len() / 2 - 1], points[points.len() / 2]);
        let middle = Point::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
        assert_eq!(scene.hit(middle.moved(1.0, 1.0), 4.0), Some(Hit::Edge(edge.foreign_key)));
    }

    #[test]
    fn notes_lie_on_top_and_grow_by_their_corner() {
        let mut diagram = Diagram::of(&shop());
        let rect = diagram.boxes[0];
        diagram.notes = vec![(NoteId(900), rect)];
        let scene = Scene::new(diagram, Vec::new());
        assert_eq!(scene.hit(rect.centre(), 4.0), Some(Hit::Note(NoteId(900))));
        let corner = Point::new(rect.right - 5.0, rect.bottom - 5.0);
        assert_eq!(scene.hit(corner, 4.0), Some(Hit::NoteCorner(NoteId(900))));
    }

    #[test]
    fn a_table_snaps_to_those_around_it_and_not_to_itself() {
        let scene = scene();
        let (table, rect, other) =
            (scene.diagram.cards[0].table, scene.diagram.boxes[0], scene.diagram.boxes[1]);
        let (dx, dy) = (other.left - rect.left + 3.0, other.bottom + 40.0 - rect.top);
        let found = scene.snapped(&BTreeSet::from([table]), dx, dy, 6.0);
        assert_eq!(found.dx, other.left - rect.left);
        assert_eq!(scene.snapped(&BTreeSet::new(), 7.0, 0.0, 6.0).dx, 7.0);
    }

    #[test]
    fn view_holds_the_tables_and_edges_that_it_shows() {
        let scene = scene();
        let all = scene.diagram.bounds().unwrap();
        let (tables, edges) = scene.windows(&all);
        assert_eq!(scene.cards_in(tables).len(), scene.diagram.cards.len());
        assert_eq!(scene.edges_in(edges).len(), scene.diagram.edges.len());
        assert_eq!(scene.tables_in(&scene.diagram.boxes[1]), [scene.diagram.cards[1].table]);
        assert!(scene.tables_in(&Rect::default().moved(-900.0, -900.0)).is_empty());
    }
}
