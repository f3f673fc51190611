//! A view that is only moved: what is painted stays painted and moves, with a margin around the screen.

use crate::layout::Point;

use super::viewport::Viewport;

/// How far what is painted reaches beyond each side of the screen, in pixels; as `.pane--moving` of style/diagram.css has it.
const MARGIN: f64 = 480.0;

/// The view, and the one that is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pane {
    view: Viewport,
    /// None unless the view moves.
    painted: Option<Viewport>,
}

impl Pane {
    /// A view that does not move.
    pub fn still(view: Viewport) -> Self {
        Self { view, painted: None }
    }

    /// After the view has become this one. Another zoom paints everything anew at each step, and so does a move beyond the margin once.
    #[must_use]
    #[allow(clippy::float_cmp)] // a move leaves the zoom as it is, to the bit
    pub fn follow(self, view: Viewport) -> Self {
        if view.zoom != self.view.zoom {
            return Self::still(view);
        }
        if view.corner == self.view.corner {
            return self;
        }
        let reaches = |it: &Viewport| {
            let by = way(*it, view);
            by.x.abs() <= MARGIN && by.y.abs() <= MARGIN
        };
        Self { view, painted: Some(self.painted.filter(reaches).unwrap_or(view)) }
    }

    /// Whether what is painted moves.
    pub fn is_moving(self) -> bool {
        self.painted.is_some()
    }

    /// What is painted.
    pub fn painted(self) -> Viewport {
        self.painted.unwrap_or(self.view)
    }

    /// How far what is painted has moved, in pixels.
    pub fn shift(self) -> Point {
        way(self.painted(), self.view)
    }
}

/// How far what stands at a place moves on the screen from the one view to the other of the same zoom.
fn way(from: Viewport, to: Viewport) -> Point {
    Point::new((from.corner.x - to.corner.x) * to.zoom, (from.corner.y - to.corner.y) * to.zoom)
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;

    fn at_half() -> Viewport {
        Viewport { zoom: 0.5, ..Viewport::default() }
    }

    #[test]
    fn what_is_painted_moves_with_the_view() {
        let pane = Pane::still(at_half()).follow(at_half().pulled(10.0, -20.0));
        assert!(pane.is_moving());
        assert_eq!(pane.shift(), Point::default(), "the first step paints");
        let pane = pane.follow(at_half().pulled(110.0, 0.0));
        assert_eq!(pane.painted(), at_half().pulled(10.0, -20.0));
        assert_eq!(pane.shift(), Point::new(100.0, 20.0));
        let point = Point::new(300.0, 40.0);
        let (painted, shift) = (pane.painted().to_screen(point), pane.shift());
        assert_eq!(painted.moved(shift.x, shift.y), at_half().pulled(110.0, 0.0).to_screen(point));
    }

    #[test]
    fn beyond_the_margin_it_is_painted_anew() {
        let pane = Pane::still(at_half()).follow(at_half().pulled(1.0, 0.0));
        let near = pane.follow(at_half().pulled(1.0 + MARGIN, 0.0));
        assert_eq!(near.shift(), Point::new(MARGIN, 0.0));
        let far = near.follow(at_half().pulled(2.0 + MARGIN, 0.0));
        assert_eq!((far.is_moving(), far.shift()), (true, Point::default()));
    }

    #[test]
    fn another_zoom_moves_nothing() {
        let pane = Pane::still(at_half()).follow(at_half().pulled(9.0, 0.0));
        assert_eq!(pane.follow(at_half().pulled(9.0, 0.0)), pane);
        assert_eq!(pane.follow(Viewport::default()), Pane::still(Viewport::default()));
    }
}
