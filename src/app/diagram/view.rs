//! Which part of the canvas is on the screen.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use relata::design::TableId;
use relata::gesture::{Pane, Viewport};
use relata::layout::card::Detail;
use relata::layout::{Point, Rect, Size};

use super::stage::Stage;

/// What the tools cover at the top of the screen, in pixels.
const TOOLS: f64 = 44.0;

/// Up to this width the inspector lies over the canvas, as style/inspector.css has it, and covers this part of it.
const NARROW: f64 = 900.0;
const INSPECTOR: f64 = 0.55;

/// After so long without a move all is painted where it stands, with texts as sharp as they can be.
const HOLDS: Duration = Duration::from_millis(300);

impl Stage {
    /// From the canvas to the screen, as CSS and SVG have it.
    pub fn transform(self) -> String {
        self.view().with(matrix)
    }

    /// What is painted while the view changes.
    pub fn pane(self) -> Memo<Pane> {
        let (view, screen) = (self.view(), self.screen());
        let rests = RwSignal::new(0_u32);
        Effect::new(move |waits: Option<Option<TimeoutHandle>>| {
            if let Some(waits) = waits.flatten() {
                waits.clear();
            }
            view.track();
            let rest = move || {
                rests.try_update(|it| *it += 1);
            };
            set_timeout_with_handle(rest, HOLDS).ok()
        });
        let since = Memo::new(move |was: Option<&(Pane, u32)>| {
            let (view, rests) = (view.get(), rests.get());
            let moving = was.filter(|it| it.1 == rests).map(|it| it.0.follow(view, screen.get_untracked()));
            (moving.unwrap_or(Pane::still(view)), rests)
        });
        Memo::new(move |_| since.get().0)
    }

    /// Shows everything.
    pub fn fit(self) {
        self.fit_to(self.with_scene(|it| it.diagram.bounds()));
    }

    fn fit_to(self, bounds: Option<Rect>) {
        let screen = self.screen().get_untracked();
        // The tools stand above the upper edge.
        let below_tools = Size::new(screen.width, screen.height - TOOLS);
        let view = Viewport::fit(bounds, below_tools, 24.0);
        self.view().set(view.pulled(0.0, TOOLS));
    }

    /// Shows a table in the middle at a readable size.
    pub fn fly_to(self, table: TableId) {
        let rect = self.with_scene(|it| Some(*it.diagram.boxes.get(it.diagram.index_of(table)?)?));
        let screen = self.screen().get_untracked();
        if let Some(rect) = rect {
            self.view().update(|view| {
                let readable = Viewport { zoom: view.zoom.clamp(0.6, 1.2), ..*view };
                *view = readable.centred_on(rect.centre(), screen);
            });
        }
    }

    /// Moves the view as little as brings a table onto the screen.
    pub fn reveal(self, table: TableId) {
        let rect = self.with_scene(|it| Some(*it.diagram.boxes.get(it.diagram.index_of(table)?)?));
        let screen = self.screen().get_untracked();
        if let Some(rect) = rect {
            self.view().update(|view| *view = view.revealing(&rect, screen, 40.0));
        }
    }

    /// Moves the view as little as brings a table out from under the inspector, where that lies over the canvas.
    pub fn lift_above_inspector(self, table: TableId) {
        let screen = self.screen().get_untracked();
        let rect = self.with_scene(|it| Some(*it.diagram.boxes.get(it.diagram.index_of(table)?)?));
        if let Some(rect) = rect.filter(|_| screen.width <= NARROW) {
            let free = Size::new(screen.width, screen.height * (1.0 - INSPECTOR));
            self.view().update(|view| *view = view.revealing(&rect, free, TOOLS + 12.0));
        }
    }

    /// Zooms by a factor around the middle of the screen.
    pub fn zoom_by(self, factor: f64) {
        let screen = self.screen().get_untracked();
        self.view()
            .update(|view| *view = view.zoomed(factor, Point::new(screen.width / 2.0, screen.height / 2.0)));
    }

    /// Life size; the table nearest the middle of the screen stays in the middle.
    pub fn zoom_to_life_size(self) {
        let screen = self.screen().get_untracked();
        let middle = Point::new(screen.width / 2.0, screen.height / 2.0);
        let at = self.view().get_untracked().to_canvas(middle);
        let nearest = self.with_scene(|scene| {
            let boxes = scene.diagram.boxes.iter();
            boxes.map(Rect::centre).min_by(|a, b| a.distance(at).total_cmp(&b.distance(at)))
        });
        let view = Viewport { zoom: 1.0, ..self.view().get_untracked() };
        self.view().set(view.centred_on(nearest.unwrap_or(at), screen));
    }

    /// Shows some tables as large as they fit.
    pub fn fit_tables(self, tables: &BTreeSet<TableId>) {
        let bounds = self.with_scene(|scene| {
            let of = |it: &TableId| scene.diagram.boxes.get(scene.diagram.index_of(*it)?);
            relata::layout::bounds(tables.iter().filter_map(of))
        });
        self.fit_to(bounds);
    }
}

/// From the canvas to a view of it, as CSS and SVG have it.
pub fn matrix(view: &Viewport) -> String {
    let (x, y) = (-view.corner.x * view.zoom, -view.corner.y * view.zoom);
    format!("matrix({},0,0,{},{x},{y})", view.zoom, view.zoom)
}

/// The part of the canvas of which things are drawn: what is on the screen, and from afar more around it, so that a view that moves a
/// little brings nothing and takes nothing away. What is beyond the screen is not painted.
pub fn held_by(was: Rect, view: Viewport, screen: Size) -> Rect {
    let seen = view.visible(screen);
    if Detail::at(view.zoom) != Detail::Boxes {
        seen
    } else if was.holds(&seen) && was.width() < 2.0 * seen.width() {
        was
    } else {
        seen.grown(seen.width().min(seen.height()) / 4.0)
    }
}
