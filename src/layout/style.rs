//! The ways in which a whole design can be laid out.

use crate::base::Gather as _;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arrange::{arrange, arrange_whole};
use super::communities::{Grain, communities};
use super::graph::{Graph, Links};
use super::order::sort;
use super::{Point, Size};

/// Between two columns of a star: two stubs and a few lines.
const COLUMN_GAP: f64 = 112.0;
/// Between tables of a grid, and of a column of a star.
const GAP: f64 = 48.0;
/// A column of a star goes on beside itself when it would become higher.
const HIGHEST_COLUMN: f64 = 1600.0;
/// Width to height of a grid.
const PAGE: f64 = 1.6;
/// About how many tables an area holds that nobody has drawn.
const AREA_GRAIN: Grain = Grain { largest: 12, resolution: 1.0 };

/// How tables are laid out; a table is an index of the graph's nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Related tables close to each other, areas together where there are any.
    Related,
    /// What is most related in areas of its own, where none are given.
    Areas,
    /// Related tables in columns, whatever area they are in.
    Columns,
    /// One table in the middle, those that reference it left of it, those that it references on the right.
    Star(usize),
    /// In rows, by name.
    Grid,
}

/// The corner of every node. No two boxes overlap; the same graph gives the same corners.
pub fn arranged_as(graph: &Graph, style: Style) -> Vec<Point> {
    match style {
        Style::Related => arrange(graph).corners,
        Style::Areas if graph.nodes.iter().any(|it| it.area.is_some()) => arrange(graph).corners,
        Style::Areas => arrange(&in_areas(graph)).corners,
        Style::Columns => {
            let mut graph = graph.clone();
            graph.nodes.iter_mut().for_each(|it| it.area = None);
            arrange_whole(&graph).corners
        }
        Style::Star(centre) => star(graph, centre),
        Style::Grid => grid(graph),
    }
}

/// The graph with areas that follow from its references; what has none stays outside.
fn in_areas(graph: &Graph) -> Graph {
    let mut graph = graph.clone();
    let links = Links::of(&graph);
    let all: Vec<usize> = (0..links.len()).collect();
    let connected = links.components(&all).into_iter().filter(|it| it.len() > 1);
    let found = connected.flat_map(|it| communities(&links, &it, AREA_GRAIN));
    for (number, members) in found.enumerate() {
        for it in members {
            graph.nodes[it].area = Some(number as u32);
        }
    }
    graph
}

/// Rows of tables in the order of their names, in columns as wide as their widest table.
fn grid(graph: &Graph) -> Vec<Point> {
    let sizes: Vec<Size> = graph.nodes.iter().map(|it| it.size.in_cells()).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    sort(&mut order, &|a, b| graph.nodes[a].name.cmp(&graph.nodes[b].name).then(a.cmp(&b)));
    let mean = |of: fn(&Size) -> f64| sizes.iter().map(of).sum::<f64>() / sizes.len().max(1) as f64 + GAP;
    let (width, height) = (mean(|it| it.width), mean(|it| it.height));
    let wanted = (PAGE * sizes.len() as f64 * height / width).sqrt().round();
    let across = (wanted as usize).clamp(1, sizes.len().max(1));

    let mut lefts = vec![0.0; across + 1];
    for column in 0..across {
        let widest = order.iter().skip(column).step_by(across).map(|it| sizes[*it].width);
        lefts[column + 1] = lefts[column] + widest.fold(0.0, f64::max) + GAP;
    }
    let mut corners = vec![Point::default(); sizes.len()];
    let mut top = 0.0;
    for row in order.chunks(across) {
        for (it, left) in row.iter().zip(&lefts) {
            corners[*it] = Point::new(*left, top);
        }
        top += row.iter().map(|it| sizes[*it].height).fold(0.0, f64::max) + GAP;
    }
    corners
}

/// Columns at both sides of the centre: the nth holds what is n references away. What is not connected stands below.
fn star(graph: &Graph, centre: usize) -> Vec<Point> {
    let sizes: Vec<Size> = graph.nodes.iter().map(|it| it.size.in_cells()).collect();
    let mut corners = vec![Point::default(); sizes.len()];
    let Some(middle) = sizes.get(centre) else { return corners };
    let ring = rings(graph, centre);
    corners[centre] = Point::new(-middle.width / 2.0, -middle.height / 2.0).snapped();
    let mut bottom = middle.height / 2.0;
    for side in [-1.0, 1.0] {
        let mut edge = middle.width / 2.0 + COLUMN_GAP;
        let most = ring.values().map(|it| it.0).max().unwrap_or(0);
        for distance in 1..=most {
            let members: Vec<usize> =
                ring.iter().filter(|it| *it.1 == (distance, side > 0.0)).map(|it| *it.0).collect();
            for column in columns_of(&members, &sizes) {
                let height: f64 = column.iter().map(|it| sizes[*it].height + GAP).sum::<f64>() - GAP;
                let width = column.iter().map(|it| sizes[*it].width).fold(0.0, f64::max);
                let mut top = -height / 2.0;
                for it in column {
                    let left = if side > 0.0 { edge } else { -edge - sizes[it].width };
                    corners[it] = Point::new(left, top).snapped();
                    top += sizes[it].height + GAP;
                }
                bottom = bottom.max(height / 2.0);
                edge += width + COLUMN_GAP;
            }
        }
    }

    let rest: Vec<usize> = (0..sizes.len()).filter(|it| *it != centre && !ring.contains_key(it)).collect();
    let nodes = rest.iter().map(|it| graph.nodes[*it].clone()).collect();
    let place: BTreeMap<usize, usize> = rest.iter().enumerate().map(|(at, it)| (*it, at)).gather();
    let edges = graph.edges.iter().filter_map(|it| Some((*place.get(&it.0)?, *place.get(&it.1)?)));
    let below = arrange(&Graph { nodes, edges: edges.collect() }).corners;
    let left = corners.iter().map(|it| it.x).fold(0.0, f64::min);
    let origin = Point::new(left, bottom + 2.0 * COLUMN_GAP).snapped();
    for (it, at) in rest.iter().zip(below) {
        corners[*it] = origin.moved(at.x, at.y);
    }
    let top = corners.iter().map(|it| it.y).fold(f64::INFINITY, f64::min);
    corners.iter().map(|it| it.moved(-left, -top)).collect()
}

/// How many references each connected node is away from the centre, and whether the way there begins with one of the
/// centre's own.
fn rings(graph: &Graph, centre: usize) -> BTreeMap<usize, (usize, bool)> {
    let mut ring: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    let mut open = vec![(centre, 0, None)];
    let mut next = 0;
    while let Some(&(from, distance, side)) = open.get(next) {
        next += 1;
        for &(a, b) in &graph.edges {
            let (to, own) = if a == from {
                (b, true)
            } else if b == from {
                (a, false)
            } else {
                continue;
            };
            if to != centre && to < graph.nodes.len() && !ring.contains_key(&to) {
                let side = side.unwrap_or(own);
                ring.insert(to, (distance + 1, side));
                open.push((to, distance + 1, Some(side)));
            }
        }
    }
    ring
}

/// The members in columns of a bearable height.
fn columns_of(members: &[usize], sizes: &[Size]) -> Vec<Vec<usize>> {
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut height = f64::INFINITY;
    for &it in members {
        height += sizes[it].height + GAP;
        if height > HIGHEST_COLUMN {
            columns.push(Vec::new());
            height = sizes[it].height + GAP;
        }
        if let Some(column) = columns.last_mut() {
            column.push(it);
        }
    }
    columns
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::{Node, Rect};

    /// Ten tables around `0`: 1 to 4 reference it, it references 5 and 6, 7 references 1; 8 and 9 are a pair.
    fn graph() -> Graph {
        let node = |at: usize| Node {
            name: format!("t{at}"),
            size: Size::new(220.0, 94.0 + 22.0 * at as f64),
            area: None,
        };
        let edges = vec![(1, 0), (2, 0), (3, 0), (4, 0), (0, 5), (0, 6), (7, 1), (9, 8), (3, 3)];
        Graph { nodes: (0..10).map(node).collect(), edges }
    }

    fn boxes(graph: &Graph, style: Style) -> Vec<Rect> {
        let corners = arranged_as(graph, style);
        graph.nodes.iter().zip(corners).map(|(node, at)| Rect::at(at, node.size)).collect()
    }

    #[test]
    fn no_way_of_laying_out_puts_a_table_on_another() {
        let graph = graph();
        for style in [Style::Related, Style::Areas, Style::Columns, Style::Star(0), Style::Grid] {
            let boxes = boxes(&graph, style);
            for (at, one) in boxes.iter().enumerate() {
                let covers = |it: &&Rect| it.overlaps(&one.grown(15.0));
                assert!(!boxes[at + 1..].iter().any(|it| covers(&it)), "{style:?}: {boxes:?}");
            }
            let nothing = arranged_as(&Graph::default(), style);
            assert!(nothing.is_empty(), "{style:?}");
        }
    }

    #[test]
    fn a_star_has_who_references_its_centre_left_and_what_that_references_right() {
        let boxes = boxes(&graph(), Style::Star(0));
        let centre = boxes[0];
        assert!([1, 2, 3, 4].iter().all(|it: &usize| boxes[*it].right < centre.left));
        assert!([5, 6].iter().all(|it: &usize| boxes[*it].left > centre.right));
        assert!(boxes[7].right < boxes[1].left, "two references away stands further out");
        assert!(
            [8, 9].iter().all(|it: &usize| boxes[*it].top > boxes[4].bottom),
            "what is not connected is below"
        );
    }

    #[test]
    fn a_grid_is_in_rows_by_name() {
        let boxes = boxes(&graph(), Style::Grid);
        assert_eq!((boxes[0].left, boxes[0].top), (0.0, 0.0));
        assert_eq!(boxes[1].top, 0.0);
        let lefts: std::collections::BTreeSet<i64> = boxes.iter().map(|it| it.left as i64).collect();
        assert!(lefts.len() < 10 && lefts.len() > 2, "{lefts:?}");
    }

    #[test]
    fn areas_follow_from_references_where_none_are_given() {
        let graph = in_areas(&graph());
        let area = |at: usize| graph.nodes[at].area;
        assert!(area(8).is_some() && area(8) == area(9) && area(8) != area(0));
    }
}
