//! The plain way: at most three pieces, no looking around. For edges of tables that are being dragged.

use super::{Ends, Route, STUB};
use crate::layout::{Point, Rect};

/// A way with at most two corners between two boxes, or around one side of them. Ends must name boxes that exist.
pub fn elbow(boxes: &[Rect], ends: &Ends) -> Route {
    let (from, to) = (boxes[ends.from.node], boxes[ends.to.node]);
    let (mut from_y, to_y) = (ends.from.y, ends.to.y);
    let points = if ends.from.node != ends.to.node && to.left - from.right >= 2.0 * STUB {
        bent(from.right, from_y, f64::midpoint(from.right, to.left), to.left, to_y)
    } else if ends.from.node != ends.to.node && from.left - to.right >= 2.0 * STUB {
        bent(from.left, from_y, f64::midpoint(to.right, from.left), to.right, to_y)
    } else {
        if ends.from.node == ends.to.node && (from_y - to_y).abs() < 1.0 {
            from_y += 8.0; // a table that is collapsed to its title refers to itself
        }
        let right = from.right.max(to.right) + STUB;
        let left = from.left.min(to.left) - STUB;
        if 2.0 * right - from.right - to.right <= from.left + to.left - 2.0 * left {
            bent(from.right, from_y, right, to.right, to_y)
        } else {
            bent(from.left, from_y, left, to.left, to_y)
        }
    };
    Route { points, is_clear: ends.from.node == ends.to.node }
}

fn bent(from_x: f64, from_y: f64, middle: f64, to_x: f64, to_y: f64) -> Vec<Point> {
    let (from, to) = (Point::new(from_x, from_y), Point::new(to_x, to_y));
    let turns_back = (middle - from_x) * (to_x - middle) < 0.0;
    if (from_y - to_y).abs() < 0.5 && !turns_back {
        return vec![from, Point::new(to_x, from_y)];
    }
    vec![from, Point::new(middle, from_y), Point::new(middle, to_y), to]
}
