//! The whole canvas in small, with the part that is on the screen.

use std::fmt::Write as _;

use leptos::ev::PointerEvent;
use leptos::html::Div;
use leptos::prelude::*;
use relata::layout::{Point, Rect, Size};

use super::hands::Hands;

/// How large it is, in pixels.
const SIZE: Size = Size::new(176.0, 116.0);

/// A layer of its own: moving the view moves one element and draws nothing anew.
#[component]
pub fn Minimap() -> impl IntoView {
    let stage = Hands::from_context().stage;
    let node = NodeRef::<Div>::new();
    let drawn = Memo::new(move |_| {
        stage.track();
        stage.with_scene(|scene| {
            let all = scene.diagram.bounds().unwrap_or_default().grown(40.0);
            let mut path = String::new();
            for it in &scene.diagram.boxes {
                let (width, height) = (it.width().round(), it.height().round());
                // Writing to a text does not fail.
                let _ = write!(path, "M{} {}h{width}v{height}h-{width}z", it.left.round(), it.top.round());
            }
            (all, path)
        })
    });
    let scale = move |all: &Rect| (SIZE.width / all.width()).min(SIZE.height / all.height());
    let origin = move |all: &Rect| {
        let scale = scale(all);
        Point::new((SIZE.width - all.width() * scale) / 2.0, (SIZE.height - all.height() * scale) / 2.0)
    };
    let place = move || {
        let seen = stage.view().get().visible(stage.screen().get());
        drawn.with(|(all, _)| {
            let (scale, origin) = (scale(all), origin(all));
            let edge =
                |at: f64, from: f64, origin: f64, most: f64| (origin + (at - from) * scale).clamp(0.0, most);
            let left = edge(seen.left, all.left, origin.x, SIZE.width);
            let right = edge(seen.right, all.left, origin.x, SIZE.width);
            let top = edge(seen.top, all.top, origin.y, SIZE.height);
            let bottom = edge(seen.bottom, all.top, origin.y, SIZE.height);
            format!(
                "transform:translate({left}px,{top}px);width:{}px;height:{}px",
                right - left,
                bottom - top
            )
        })
    };
    // With everything in view there is nowhere to go.
    let is_idle = Memo::new(move |_| {
        let seen = stage.view().get().visible(stage.screen().get());
        drawn.with(|(all, _)| seen.holds(&all.grown(-40.0)))
    });
    let go = move |event: &PointerEvent| {
        let Some(node) = node.get_untracked() else { return };
        let corner = node.get_bounding_client_rect();
        let at = Point::new(
            f64::from(event.client_x()) - corner.left(),
            f64::from(event.client_y()) - corner.top(),
        );
        drawn.with_untracked(|(all, _)| {
            let (scale, origin) = (scale(all), origin(all));
            let to = Point::new(all.left + (at.x - origin.x) / scale, all.top + (at.y - origin.y) / scale);
            let screen = stage.screen().get_untracked();
            stage.view().update(|it| *it = it.centred_on(to, screen));
        });
    };
    let on_down = move |event: PointerEvent| {
        if let Some(node) = node.get_untracked() {
            let _ = node.set_pointer_capture(event.pointer_id());
        }
        go(&event);
    };
    let on_move = move |event: PointerEvent| {
        if event.buttons() != 0 {
            go(&event);
        }
    };
    let transform = move || {
        drawn.with(|(all, _)| {
            let (scale, origin) = (scale(all), origin(all));
            format!(
                "translate({} {}) scale({scale}) translate({} {})",
                origin.x, origin.y, -all.left, -all.top
            )
        })
    };
    view! {
        <div class="minimap" class:minimap--idle=is_idle data-testid="minimap" aria-hidden="true" node_ref=node on:pointerdown=on_down on:pointermove=on_move>
            <svg width=SIZE.width height=SIZE.height>
                <path transform=transform d=move || drawn.with(|it| it.1.clone()) />
            </svg>
            <div class="minimap__view" style=place></div>
        </div>
    }
}
