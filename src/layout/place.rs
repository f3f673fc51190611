//! A place for one new table; nothing else moves.

use super::columns::ROW_GAP;
use super::order::nearest;
use super::{Point, Rect, Size, bounds};

/// How many placed tables the new one is tried beside.
const TRIED: usize = 120;
/// Room for edges between the new table and one beside it.
const SIDE_GAP: f64 = 112.0;

/// A free corner for a box of `size` among `boxes`, near those that `neighbours` (indexes of `boxes`) name.
///
/// Without neighbours the place is at the foot of the page. Always a free place, on the grid if `boxes` are.
pub fn place_beside(boxes: &[Rect], size: Size, neighbours: &[usize]) -> Point {
    let size = size.in_cells();
    let Some(all) = bounds(boxes) else { return Point::default() };
    let friends: Vec<Rect> = neighbours.iter().filter_map(|&it| boxes.get(it).copied()).collect();

    let near: Vec<(f64, Rect)> = boxes
        .iter()
        .map(|it| {
            let distance =
                friends.iter().map(|to| it.centre().distance(to.centre())).fold(f64::INFINITY, f64::min);
            (if friends.is_empty() { -it.bottom } else { distance }, *it)
        })
        .collect();
    let near = nearest(near, TRIED);

    let mut best = (f64::INFINITY, Point::new(all.left, all.bottom + ROW_GAP));
    for (_, it) in near {
        let middle = it.centre().y - size.height / 2.0;
        let mut corners = vec![
            Point::new(it.left, it.bottom + ROW_GAP),
            Point::new(it.left, it.top - ROW_GAP - size.height),
        ];
        for y in [it.top, it.bottom - size.height, middle] {
            corners
                .extend([Point::new(it.right + SIDE_GAP, y), Point::new(it.left - SIDE_GAP - size.width, y)]);
        }
        for corner in corners.into_iter().map(Point::snapped) {
            let here = Rect::at(corner, size);
            let cost = price(&here, &friends, &all);
            if cost < best.0 && is_free(&here, boxes) {
                best = (cost, corner);
            }
        }
    }
    best.1
}

/// How far a group of boxes is to be moved to stand free among `boxes`: the nearest place right of or below where it is.
pub fn place_group(boxes: &[Rect], group: &[Rect]) -> Point {
    /// Up to so many steps to each side are tried.
    const STEPS: usize = 60;
    let Some(all) = bounds(group) else { return Point::default() };
    let step = Point::new(all.width() / 4.0 + 16.0, all.height() / 4.0 + 16.0);
    let mut tried: Vec<Point> = (0..STEPS)
        .flat_map(|x| (0..STEPS).map(move |y| Point::new(step.x * x as f64, step.y * y as f64).snapped()))
        .collect();
    tried.sort_by(|a, b| (a.x + a.y).total_cmp(&(b.x + b.y)));
    let is_free = |by: &&Point| group.iter().all(|it| is_free(&it.moved(by.x, by.y), boxes));
    let below = || bounds(boxes).map(|it| Point::new(0.0, it.bottom + ROW_GAP - all.top).snapped());
    tried.iter().find(is_free).copied().or_else(below).unwrap_or_default()
}

/// The corner of a box that was meant to stand at `here`: there where no other stands in its way, else as near as it stands free.
pub fn place_near(boxes: &[Rect], here: Rect) -> Point {
    /// Up to so many steps to each side are tried.
    const STEPS: i32 = 40;
    if !boxes.iter().any(|it| it.overlaps(&here)) {
        return here.corner();
    }
    let step = Point::new(here.width() / 4.0, here.height() / 4.0);
    let corner = |x: i32, y: i32| here.corner().moved(step.x * f64::from(x), step.y * f64::from(y)).snapped();
    let mut tried: Vec<Point> =
        (-STEPS..=STEPS).flat_map(|x| (-STEPS..=STEPS).map(move |y| corner(x, y))).collect();
    tried.sort_by(|a, b| a.distance(here.corner()).total_cmp(&b.distance(here.corner())));
    let stands = |at: &&Point| is_free(&Rect::at(**at, Size::new(here.width(), here.height())), boxes);
    let below = || bounds(boxes).map(|it| Point::new(here.left, it.bottom + ROW_GAP).snapped());
    tried.iter().find(stands).copied().or_else(below).unwrap_or(here.corner())
}

/// As annealing prices edges, and what the page would grow.
fn price(here: &Rect, friends: &[Rect], all: &Rect) -> f64 {
    let growth = |it: &Rect| it.width() + it.height();
    let mut cost = 0.7 * (growth(&all.union(here)) - growth(all));
    for to in friends {
        let across = ((here.centre().x - to.centre().x).abs() / 330.0).round();
        let down = (here.centre().y - to.centre().y).abs();
        let passed = if across < 0.5 {
            (down - f64::midpoint(here.height(), to.height()) - ROW_GAP).max(0.0) * 0.6 + 40.0
        } else {
            (across - 1.0) * 250.0
        };
        cost += across * 330.0 + down + passed;
    }
    cost
}

fn is_free(here: &Rect, boxes: &[Rect]) -> bool {
    let gaps = Rect {
        left: here.left - 30.0,
        right: here.right + 30.0,
        top: here.top - 24.0,
        bottom: here.bottom + 24.0,
    };
    !boxes.iter().any(|it| it.overlaps(&gaps))
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::{Graph, Node, arrange};

    #[test]
    fn first_table_stands_at_the_origin() {
        assert_eq!(place_beside(&[], Size::new(220.0, 90.0), &[]), Point::default());
    }

    #[test]
    fn new_table_stands_free_and_near_what_it_refers_to() {
        let size = Size::new(220.0, 138.0);
        let nodes = (0..90).map(|it| Node { name: format!("t{it}"), size, area: None }).collect();
        let graph = Graph { nodes, edges: (1..90).map(|it| (it, (it * 7) / 10)).collect() };
        let boxes: Vec<Rect> = arrange(&graph).corners.into_iter().map(|it| Rect::at(it, size)).collect();
        for neighbour in 0..90 {
            let here = Rect::at(place_beside(&boxes, size, &[neighbour]), size);
            assert!(boxes.iter().all(|it| !it.overlaps(&here.grown(20.0))));
            let far = here.centre().distance(boxes[neighbour].centre());
            assert!(far < 2600.0, "{far} from {neighbour}");
        }
    }

    #[test]
    fn table_without_neighbours_stands_free() {
        let boxes = [Rect::at(Point::default(), Size::new(220.0, 90.0))];
        let here = Rect::at(place_beside(&boxes, Size::new(220.0, 90.0), &[]), Size::new(220.0, 90.0));
        assert!(!here.overlaps(&boxes[0]));
    }

    #[test]
    fn neighbours_outside_the_boxes_are_passed_over() {
        assert_eq!(place_beside(&[], Size::new(220.0, 90.0), &[3]), Point::default());
    }

    #[test]
    fn a_group_stands_free_as_near_as_it_can() {
        let at = |x, y| Rect::at(Point::new(x, y), Size::new(220.0, 94.0));
        let boxes = [at(0.0, 0.0), at(320.0, 0.0)];
        let by = place_group(&boxes, &boxes);
        assert!(by.x + by.y < 260.0, "{by:?}");
        assert!(boxes.iter().all(|it| boxes.iter().all(|other| !it.moved(by.x, by.y).overlaps(other))));
        assert_eq!(place_group(&boxes, &[]), Point::default());
        assert_eq!(place_group(&[], &boxes), Point::default());
    }

    #[test]
    fn a_table_stands_where_it_was_put_unless_another_is_there() {
        let at = |x: i32, y: i32| Rect::at(Point::new(x.into(), y.into()), Size::new(208.0, 96.0));
        let boxes: Vec<Rect> = (0..9).map(|it| at(it % 3 * 320, it / 3 * 160)).collect();
        assert_eq!(place_near(&boxes, at(1600, 0)), Point::new(1600.0, 0.0));
        for meant in [at(330, 170), at(10, 10), at(650, 330), at(0, 340)] {
            let here = Rect::at(place_near(&boxes, meant), Size::new(208.0, 96.0));
            assert!(boxes.iter().all(|it| !it.overlaps(&here.grown(20.0))), "{meant:?} {here:?}");
            assert!(here.corner().distance(meant.corner()) < 800.0, "{meant:?} {here:?}");
        }
    }
}
