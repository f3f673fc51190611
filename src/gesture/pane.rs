//! A view that changes: what is painted stays painted, and is moved and scaled, with a margin around the screen.

use crate::layout::{Point, Size};

use super::viewport::Viewport;

/// How far what is painted reaches beyond each side of the screen, in pixels; as `.pane--moving` of style/diagram.css has it.
const MARGIN: f64 = 480.0;

/// From so much larger than it was painted it is painted anew, as it is blurred.
const LARGEST: f64 = 1.7;

/// The view, and the one that is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pane {
    view: Viewport,
    /// None unless the view changes.
    painted: Option<Viewport>,
}

impl Pane {
    /// A view that does not change.
    pub fn still(view: Viewport) -> Self {
        Self { view, painted: None }
    }

    /// After the view has become this one. The first step is painted, and so is one that shows what is beyond the margin.
    #[must_use]
    pub fn follow(self, view: Viewport, screen: Size) -> Self {
        if view == self.view {
            return self;
        }
        let reaches = |it: &Viewport| {
            let (by, scale) = (way(*it, view), view.zoom / it.zoom);
            let holds =
                |by: f64, length: f64| by - MARGIN * scale <= 0.0 && by + (length + MARGIN) * scale >= length;
            scale <= LARGEST && holds(by.x, screen.width) && holds(by.y, screen.height)
        };
        Self { view, painted: Some(self.painted.filter(reaches).unwrap_or(view)) }
    }

    /// Whether what is painted is moved or scaled.
    pub fn is_moving(self) -> bool {
        self.painted.is_some()
    }

    /// What is painted.
    pub fn painted(self) -> Viewport {
        self.painted.unwrap_or(self.view)
    }

    /// How far the screen's corner has moved from where it was painted, in pixels.
    pub fn shift(self) -> Point {
        way(self.painted(), self.view)
    }

    /// How much larger all is than it was painted.
    pub fn scale(self) -> f64 {
        self.view.zoom / self.painted().zoom
    }
}

/// How far the corner of the one view moves on the screen of the other.
fn way(from: Viewport, to: Viewport) -> Point {
    Point::new((from.corner.x - to.corner.x) * to.zoom, (from.corner.y - to.corner.y) * to.zoom)
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;

    const SCREEN: Size = Size::new(1000.0, 600.0);

    fn at_half() -> Viewport {
        Viewport { zoom: 0.5, ..Viewport::default() }
    }

    #[test]
    fn what_is_painted_moves_with_the_view() {
        let pane = Pane::still(at_half()).follow(at_half().pulled(10.0, -20.0), SCREEN);
        assert!(pane.is_moving());
        assert_eq!(pane.shift(), Point::default(), "the first step paints");
        let pane = pane.follow(at_half().pulled(110.0, 0.0), SCREEN);
        assert_eq!(pane.painted(), at_half().pulled(10.0, -20.0));
        assert_eq!(pane.shift(), Point::new(100.0, 20.0));
        let point = Point::new(300.0, 40.0);
        let (painted, shift) = (pane.painted().to_screen(point), pane.shift());
        assert_eq!(painted.moved(shift.x, shift.y), at_half().pulled(110.0, 0.0).to_screen(point));
    }

    #[test]
    fn beyond_the_margin_it_is_painted_anew() {
        let pane = Pane::still(at_half()).follow(at_half().pulled(1.0, 0.0), SCREEN);
        let near = pane.follow(at_half().pulled(1.0 + MARGIN, 0.0), SCREEN);
        assert_eq!(near.shift(), Point::new(MARGIN, 0.0));
        let far = near.follow(at_half().pulled(2.0 + MARGIN, 0.0), SCREEN);
        assert_eq!((far.is_moving(), far.shift()), (true, Point::default()));
    }

    #[test]
    fn a_zoom_scales_what_is_painted_until_that_does_not_reach_or_is_blurred() {
        let fixed = Point::new(400.0, 200.0);
        let pane = Pane::still(at_half()).follow(at_half().zoomed(0.9, fixed), SCREEN);
        assert_eq!((pane.scale(), pane.shift()), (1.0, Point::default()), "the first step paints");
        let view = at_half().zoomed(0.9, fixed).zoomed(0.8, fixed);
        let zoomed = pane.follow(view, SCREEN);
        assert_eq!(zoomed.painted(), pane.painted());
        let place = |it: Point| {
            let (at, by, scale) = (zoomed.painted().to_screen(it), zoomed.shift(), zoomed.scale());
            Point::new(at.x * scale + by.x, at.y * scale + by.y)
        };
        for point in [Point::new(300.0, 40.0), Point::new(-70.0, 900.0)] {
            assert!(place(point).distance(view.to_screen(point)) < 1e-9, "{point:?}");
        }
        assert_eq!(zoomed.follow(view.zoomed(0.68, fixed), SCREEN).scale(), 1.0, "beyond the margin");
        assert!(zoomed.follow(view.zoomed(2.0, fixed), SCREEN).scale() > 1.5);
        assert_eq!(zoomed.follow(view.zoomed(2.2, fixed), SCREEN).scale(), 1.0, "blurred");
    }
}
