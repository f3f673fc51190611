//! The relationship under the pointer: its path over everything, and all but its two tables dimmed.

use std::fmt::Write as _;

use leptos::prelude::*;
use relata::layout::notation::{end_path, line_path};

use super::hands::Hands;
use super::labels::HoveredLabel;

/// A layer of its own above the drawing, so that hovering draws nothing else anew.
#[component]
pub fn Spotlight() -> impl IntoView {
    let hands = Hands::from_context();
    let lit = move || {
        let id = hands.hovered.get()?;
        let line = hands.stage.line(id)?;
        let (edge, points) = line.with(|it| (it.edge.clone(), it.points.clone()));
        let [first, second, ..] = points.as_slice() else { return None };
        let [.., before, last] = points.as_slice() else { return None };
        let ends = end_path(*first, *second, edge.referencing) + &end_path(*last, *before, edge.referenced);
        let path = line_path(&points) + &ends;
        let veil = veil(hands, [edge.ends.from.node, edge.ends.to.node]);
        Some(view! {
            <path class="spotlight__veil" d=veil />
            <g transform=hands.stage.transform()>
                <path class="spotlight__path" d=path />
            </g>
        })
    };
    view! { <svg class="spotlight" aria-hidden="true">{lit}<HoveredLabel /></svg> }
}

/// The screen without two tables, as path data. Copies of the tables would have no texts: browsers leave HTML within SVG out of those.
fn veil(hands: Hands, nodes: [usize; 2]) -> String {
    let (view, screen) = (hands.stage.view().get(), hands.stage.screen().get());
    let mut path = format!("M0 0H{}V{}H0Z", screen.width, screen.height);
    let [from, to] = nodes.map(|it| hands.stage.with_scene(|scene| scene.diagram.boxes.get(it).copied()));
    // A hole in a hole would be none.
    for rect in from.into_iter().chain(to.filter(|_| nodes[0] != nodes[1])) {
        let corner = view.to_screen(rect.corner());
        let (width, height) = (rect.width() * view.zoom, rect.height() * view.zoom);
        let _ = write!(path, "M{} {}h{width}v{height}h-{width}Z", corner.x, corner.y);
    }
    path
}
