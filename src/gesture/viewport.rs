//! Which part of the canvas is on the screen.

use crate::layout::{Point, Rect, Size};
use serde::{Deserialize, Serialize};

/// The whole of a very large design fits.
pub const MIN_ZOOM: f64 = 0.02;
/// A row fills a line of a phone.
pub const MAX_ZOOM: f64 = 4.0;

/// The view of the canvas. Screen points are CSS pixels from the canvas element's top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Viewport {
    /// The canvas point at the screen's top left corner.
    pub corner: Point,
    /// Screen pixels for a canvas unit, between [`MIN_ZOOM`] and [`MAX_ZOOM`].
    pub zoom: f64,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { corner: Point::default(), zoom: 1.0 }
    }
}

impl Viewport {
    /// The view that shows all of `content` in the middle of `screen` with `margin` pixels around it, no larger than
    /// at zoom 1. An empty screen or canvas gives the view at the origin.
    pub fn fit(content: Option<Rect>, screen: Size, margin: f64) -> Self {
        let Some(content) = content else { return Self::default() };
        if !(screen.width > 0.0 && screen.height > 0.0) {
            return Self { corner: content.corner(), zoom: 1.0 };
        }
        let across = (screen.width - 2.0 * margin).max(1.0) / content.width().max(1.0);
        let down = (screen.height - 2.0 * margin).max(1.0) / content.height().max(1.0);
        let zoom = clamped(across.min(down).min(1.0));
        Self { corner: Point::default(), zoom }.centred_on(content.centre(), screen)
    }

    /// The same zoom with `point` of the canvas in the middle of `screen`.
    #[must_use]
    pub fn centred_on(self, point: Point, screen: Size) -> Self {
        let corner = point.moved(-screen.width / 2.0 / self.zoom, -screen.height / 2.0 / self.zoom);
        Self { corner, ..self }
    }

    /// Where a screen point is on the canvas.
    pub fn to_canvas(self, screen: Point) -> Point {
        self.corner.moved(screen.x / self.zoom, screen.y / self.zoom)
    }

    /// Where a canvas point is on the screen.
    pub fn to_screen(self, canvas: Point) -> Point {
        Point::new((canvas.x - self.corner.x) * self.zoom, (canvas.y - self.corner.y) * self.zoom)
    }

    /// What of the canvas is to be seen.
    pub fn visible(self, screen: Size) -> Rect {
        Rect::at(self.corner, Size::new(screen.width / self.zoom, screen.height / self.zoom))
    }

    /// The view after the canvas was pulled by `dx`, `dy` screen pixels.
    #[must_use]
    pub fn pulled(self, dx: f64, dy: f64) -> Self {
        Self { corner: self.corner.moved(-dx / self.zoom, -dy / self.zoom), ..self }
    }

    /// The view `factor` times as large; what is at the screen point `fixed` stays there. What is no number changes
    /// nothing.
    #[must_use]
    pub fn zoomed(self, factor: f64, fixed: Point) -> Self {
        self.zoomed_to(self.zoom * factor, fixed)
    }

    /// The view at `zoom`; what is at the screen point `fixed` stays there.
    #[must_use]
    pub fn zoomed_to(self, zoom: f64, fixed: Point) -> Self {
        if !zoom.is_finite() {
            return self;
        }
        let zoom = clamped(zoom);
        let at = self.to_canvas(fixed);
        Self { corner: at.moved(-fixed.x / zoom, -fixed.y / zoom), zoom }
    }

    /// The smallest move after which `target` is to be seen, `margin` pixels from the border; none when it already is.
    #[must_use]
    pub fn revealing(self, target: &Rect, screen: Size, margin: f64) -> Self {
        let seen = self.visible(screen).grown(-margin / self.zoom);
        let shift = |low: f64, high: f64, from: f64, to: f64| {
            if high - low > to - from || low < from {
                low - from
            } else if high > to {
                high - to
            } else {
                0.0
            }
        };
        let dx = shift(target.left, target.right, seen.left, seen.right);
        let dy = shift(target.top, target.bottom, seen.top, seen.bottom);
        Self { corner: self.corner.moved(dx, dy), ..self }
    }
}

fn clamped(zoom: f64) -> f64 {
    zoom.clamp(MIN_ZOOM, MAX_ZOOM)
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // whole numbers, which floats hold exactly
mod tests {
    use super::*;

    const SCREEN: Size = Size::new(1000.0, 500.0);

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let view = Viewport { corner: Point::new(-30.0, 70.0), zoom: 0.5 };
        let fixed = Point::new(200.0, 100.0);
        let zoomed = view.zoomed(1.7, fixed);
        let (before, after) = (view.to_canvas(fixed), zoomed.to_canvas(fixed));
        assert!(before.distance(after) < 1e-9);
    }

    #[test]
    fn zoom_stays_within_its_limits() {
        let view = Viewport::default();
        assert_eq!(view.zoomed(1e9, Point::default()).zoom, MAX_ZOOM);
        assert_eq!(view.zoomed(0.0, Point::default()).zoom, MIN_ZOOM);
        assert_eq!(view.zoomed(f64::NAN, Point::default()), view);
    }

    #[test]
    fn fit_shows_everything_in_the_middle() {
        let content = Rect { left: 100.0, top: -400.0, right: 4100.0, bottom: 600.0 };
        let view = Viewport::fit(Some(content), SCREEN, 20.0);
        assert!(view.visible(SCREEN).holds(&content));
        assert!(view.visible(SCREEN).centre().distance(content.centre()) < 1e-9);
    }

    #[test]
    fn fit_of_little_does_not_enlarge_it() {
        let content = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };
        assert_eq!(Viewport::fit(Some(content), SCREEN, 20.0).zoom, 1.0);
        assert_eq!(Viewport::fit(None, SCREEN, 20.0), Viewport::default());
    }

    #[test]
    fn what_is_seen_is_not_moved_to() {
        let view = Viewport::default();
        let seen = Rect { left: 100.0, top: 100.0, right: 300.0, bottom: 200.0 };
        assert_eq!(view.revealing(&seen, SCREEN, 20.0), view);
        let right = seen.moved(900.0, 0.0);
        assert_eq!(view.revealing(&right, SCREEN, 20.0).corner, Point::new(220.0, 0.0));
    }
}
