//! Orders, each by one function for all who need it: a sort is made anew for every way to compare, at 4 KB of the page's module.

use std::cmp::Ordering;

use super::Rect;

/// Sorts indexes; equal ones stay as they are.
pub fn sort(indexes: &mut [usize], by: &dyn Fn(usize, usize) -> Ordering) {
    indexes.sort_by(|&a, &b| by(a, b));
}

/// The nearest of boxes with their distances, nearest first.
pub fn nearest(mut boxes: Vec<(f64, Rect)>, most: usize) -> Vec<(f64, Rect)> {
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
    boxes.truncate(most);
    boxes
}
