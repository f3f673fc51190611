//! Tables put in line with each other, and at equal distances.

use super::order::sort;
use super::{Point, Rect, bounds};

/// Between tables that would otherwise cover each other once they stand in line.
const APART: f64 = 16.0;

/// What is put in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Left edges, with the leftmost.
    Left,
    /// Middles, in a column.
    Centre,
    /// Right edges, with the rightmost.
    Right,
    /// Top edges, with the highest.
    Top,
    /// Middles, in a row.
    Middle,
    /// Bottom edges, with the lowest.
    Bottom,
}

/// A direction on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// The corners of `boxes` once they stand in line, in their order. What would then cover another makes room along the
/// line, so that their order along it stays.
pub fn aligned(boxes: &[Rect], side: Side) -> Vec<Point> {
    let Some(all) = bounds(boxes) else { return Vec::new() };
    let centre = all.centre();
    let corner = |it: &Rect| match side {
        Side::Left => Point::new(all.left, it.top),
        Side::Centre => Point::new(centre.x - it.width() / 2.0, it.top),
        Side::Right => Point::new(all.right - it.width(), it.top),
        Side::Top => Point::new(it.left, all.top),
        Side::Middle => Point::new(it.left, centre.y - it.height() / 2.0),
        Side::Bottom => Point::new(it.left, all.bottom - it.height()),
    };
    let mut corners: Vec<Point> = boxes.iter().map(corner).collect();
    let axis = match side {
        Side::Left | Side::Centre | Side::Right => Axis::Down,
        Side::Top | Side::Middle | Side::Bottom => Axis::Across,
    };
    let mut free = f64::NEG_INFINITY;
    for at in in_order(boxes, axis) {
        let begin = along(&mut corners[at], axis);
        *begin = begin.max(free);
        free = *begin + extent(&boxes[at], axis) + APART;
    }
    corners
}

/// The corners of `boxes` once the gaps between them are equal, in their order. The first and the last stay, unless there
/// is too little room between them.
pub fn distributed(boxes: &[Rect], axis: Axis) -> Vec<Point> {
    let mut corners: Vec<Point> = boxes.iter().map(Rect::corner).collect();
    let Some(all) = bounds(boxes) else { return corners };
    let taken: f64 = boxes.iter().map(|it| extent(it, axis)).sum();
    let gaps = boxes.len().saturating_sub(1).max(1) as f64;
    let gap = ((extent(&all, axis) - taken) / gaps).max(APART);
    let mut next = *along(&mut all.corner(), axis);
    for at in in_order(boxes, axis) {
        *along(&mut corners[at], axis) = next;
        next += extent(&boxes[at], axis) + gap;
    }
    corners
}

/// The indexes of boxes as their middles follow each other.
fn in_order(boxes: &[Rect], axis: Axis) -> Vec<usize> {
    let middle = |it: usize| *along(&mut boxes[it].centre(), axis);
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    sort(&mut order, &|a, b| middle(a).total_cmp(&middle(b)));
    order
}

fn along(point: &mut Point, axis: Axis) -> &mut f64 {
    match axis {
        Axis::Across => &mut point.x,
        Axis::Down => &mut point.y,
    }
}

fn extent(rect: &Rect, axis: Axis) -> f64 {
    match axis {
        Axis::Across => rect.width(),
        Axis::Down => rect.height(),
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::Size;

    fn boxes(corners: &[(f64, f64)]) -> Vec<Rect> {
        corners.iter().map(|it| Rect::at(Point::new(it.0, it.1), Size::new(200.0, 100.0))).collect()
    }

    fn places(points: &[Point]) -> Vec<(f64, f64)> {
        points.iter().map(|it| (it.x, it.y)).collect()
    }

    #[test]
    fn edges_and_middles_come_in_line() {
        let given = boxes(&[(0.0, 0.0), (50.0, 200.0), (300.0, 400.0)]);
        let x = |side| aligned(&given, side).iter().map(|it| it.x).collect::<Vec<_>>();
        assert_eq!(x(Side::Left), [0.0; 3]);
        assert_eq!(x(Side::Right), [300.0; 3]);
        assert_eq!(x(Side::Centre), [150.0; 3]);
        let given = boxes(&[(0.0, 0.0), (300.0, 50.0), (600.0, 30.0)]);
        let y = |side| aligned(&given, side).iter().map(|it| it.y).collect::<Vec<_>>();
        assert_eq!(y(Side::Top), [0.0; 3]);
        assert_eq!(y(Side::Bottom), [50.0; 3]);
        assert_eq!(y(Side::Middle), [25.0; 3]);
    }

    #[test]
    fn what_would_cover_another_makes_room() {
        let corners = aligned(&boxes(&[(0.0, 0.0), (300.0, 10.0), (600.0, 300.0)]), Side::Left);
        assert_eq!(places(&corners), [(0.0, 0.0), (0.0, 116.0), (0.0, 300.0)]);
    }

    #[test]
    fn gaps_become_equal_between_the_outermost() {
        let given = boxes(&[(900.0, 5.0), (0.0, 0.0), (210.0, 9.0)]);
        assert_eq!(places(&distributed(&given, Axis::Across)), [(900.0, 5.0), (0.0, 0.0), (450.0, 9.0)]);
        let crowded = boxes(&[(0.0, 0.0), (0.0, 20.0)]);
        assert_eq!(places(&distributed(&crowded, Axis::Down)), [(0.0, 0.0), (0.0, 116.0)]);
        assert!(distributed(&[], Axis::Down).is_empty());
    }
}
