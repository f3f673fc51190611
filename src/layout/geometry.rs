//! Points, sizes and rectangles of the canvas.

use serde::{Deserialize, Serialize};

/// The grid on which automatic layout puts corners, so that a place fits in few bytes of a link.
pub const GRID: f64 = 16.0;

/// A place on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// The point at `x`, `y`.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// This point moved by `dx`, `dy`.
    #[must_use]
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }

    /// Along the axes, not through the air: edges run at right angles.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).abs() + (self.y - other.y).abs()
    }

    /// The nearest point of the layout grid.
    #[must_use]
    pub fn snapped(self) -> Self {
        Self::new((self.x / GRID).round() * GRID, (self.y / GRID).round() * GRID)
    }
}

/// How wide and high a box is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Extent to the right.
    pub width: f64,
    /// Extent downwards.
    pub height: f64,
}

impl Size {
    /// A box `width` by `height`.
    pub const fn new(width: f64, height: f64) -> Self {
        Self { width, height }
    }

    /// The smallest size of whole grid cells that holds this one.
    #[must_use]
    pub fn in_cells(self) -> Self {
        let up = |it: f64| (it / GRID).ceil().max(1.0) * GRID;
        Self::new(up(self.width), up(self.height))
    }
}

/// A box with its sides along the axes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Smallest x.
    pub left: f64,
    /// Smallest y.
    pub top: f64,
    /// Largest x.
    pub right: f64,
    /// Largest y.
    pub bottom: f64,
}

impl Rect {
    /// The box of `size` whose top left corner is at `corner`.
    pub fn at(corner: Point, size: Size) -> Self {
        Self { left: corner.x, top: corner.y, right: corner.x + size.width, bottom: corner.y + size.height }
    }

    /// The box that two opposite corners span, in whatever order they come.
    pub fn spanned(a: Point, b: Point) -> Self {
        Self { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }

    /// Extent to the right.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Extent downwards.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// How wide and high this box is.
    pub fn size(&self) -> Size {
        Size::new(self.width(), self.height())
    }

    /// The top left corner.
    pub fn corner(&self) -> Point {
        Point::new(self.left, self.top)
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point::new(f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// This box moved by `dx`, `dy`.
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        Self { left: self.left + dx, top: self.top + dy, right: self.right + dx, bottom: self.bottom + dy }
    }

    /// This box with `by` more on each side.
    #[must_use]
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether the insides meet; boxes that only touch do not.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `other` lies within, borders included.
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// Whether `point` lies within, borders included.
    pub fn contains(&self, point: Point) -> bool {
        self.left <= point.x && point.x <= self.right && self.top <= point.y && point.y <= self.bottom
    }
}

/// The smallest box that holds all of `boxes`; nothing when there are none.
pub fn bounds<'a>(boxes: impl IntoIterator<Item = &'a Rect>) -> Option<Rect> {
    boxes.into_iter().copied().reduce(|a, b| a.union(&b))
}
