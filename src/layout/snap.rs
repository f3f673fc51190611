//! Where a thing that is being moved comes to rest: in line with its neighbours, else on the grid.

use super::{Point, Rect};

/// How a thing is moved once it has snapped, and the lines that say to what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapped {
    /// To the right.
    pub dx: f64,
    /// Downwards.
    pub dy: f64,
    /// From end to end, through what stands in line.
    pub guides: Vec<[Point; 2]>,
}

/// A box moved by `dx`, `dy`: brought in line with an edge or a middle of one of `others` that is at most `reach` away, the
/// nearest of them; otherwise with its corner on the grid.
pub fn snapped(moving: &Rect, dx: f64, dy: f64, others: &[Rect], reach: f64) -> Snapped {
    let moved = moving.moved(dx, dy);
    let across = |it: &Rect| [it.left, it.centre().x, it.right];
    let down = |it: &Rect| [it.top, it.centre().y, it.bottom];
    let (x, y) = (nearest(&across, &moved, others, reach), nearest(&down, &moved, others, reach));
    let grid = moved.corner().snapped();
    let dx = dx + x.map_or(grid.x - moved.left, |it| it.by);
    let dy = dy + y.map_or(grid.y - moved.top, |it| it.by);

    let moved = moving.moved(dx, dy);
    let mut guides = Vec::new();
    if let Some(line) = x {
        let both = moved.union(&others[line.other]);
        guides.push([Point::new(line.at, both.top), Point::new(line.at, both.bottom)]);
    }
    if let Some(line) = y {
        let both = moved.union(&others[line.other]);
        guides.push([Point::new(both.left, line.at), Point::new(both.right, line.at)]);
    }
    Snapped { dx, dy, guides }
}

/// A line to snap to.
#[derive(Clone, Copy)]
struct Line {
    by: f64,
    at: f64,
    other: usize,
}

fn nearest(lines: &dyn Fn(&Rect) -> [f64; 3], moved: &Rect, others: &[Rect], reach: f64) -> Option<Line> {
    let own = lines(moved);
    let mut best: Option<Line> = None;
    for (other, rect) in others.iter().enumerate() {
        for (own, at) in own.into_iter().zip(lines(rect)) {
            let by = at - own;
            if by.abs() <= reach && best.is_none_or(|it| by.abs() < it.by.abs()) {
                best = Some(Line { by, at, other });
            }
        }
    }
    best
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;
    use crate::layout::Size;

    fn at(x: f64, y: f64) -> Rect {
        Rect::at(Point::new(x, y), Size::new(220.0, 94.0))
    }

    #[test]
    fn near_a_neighbours_edge_it_is_taken() {
        let found = snapped(&at(0.0, 0.0), 303.0, 203.0, &[at(300.0, 0.0)], 6.0);
        assert_eq!((found.dx, found.dy), (300.0, 208.0), "the edge across, the grid down");
        assert_eq!(found.guides, [[Point::new(300.0, 0.0), Point::new(300.0, 302.0)]]);
    }

    #[test]
    fn far_from_everything_the_grid_is_taken() {
        let found = snapped(&at(0.0, 0.0), 35.0, -9.0, &[at(1000.0, 1000.0)], 6.0);
        assert_eq!(found, Snapped { dx: 32.0, dy: -16.0, guides: Vec::new() });
    }

    #[test]
    fn the_nearest_of_several_neighbours_wins() {
        let found = snapped(&at(0.0, 0.0), 303.0, 0.0, &[at(298.0, 300.0), at(304.0, 300.0)], 6.0);
        assert_eq!(found.dx, 304.0);
    }
}
