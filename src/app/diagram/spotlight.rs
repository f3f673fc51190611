//! The relationship under the pointer: its path over everything, the rest dimmed.

use leptos::prelude::*;
use relata::layout::notation::{end_path, line_path};

use super::hands::Hands;

/// A layer of its own above the drawing, so that hovering draws nothing else anew.
#[component]
pub fn Spotlight() -> impl IntoView {
    let hands = Hands::from_context();
    let lit = move || {
        let id = hands.hovered.get()?;
        let line = hands.stage.line(id)?;
        let (edge, points) = line.with(|it| (it.edge.clone(), it.points.clone()));
        let tables = hands.stage.with_scene(|scene| {
            [edge.ends.from.node, edge.ends.to.node]
                .map(|it| scene.diagram.cards.get(it).map(|it| it.table.0))
        });
        let [first, second, ..] = points.as_slice() else { return None };
        let [.., before, last] = points.as_slice() else { return None };
        let ends = end_path(*first, *second, edge.referencing) + &end_path(*last, *before, edge.referenced);
        let path = line_path(&points) + &ends;
        let lit =
            tables.into_iter().flatten().map(|it| view! { <use href=format!("#t{it}") /> }).collect_view();
        Some(view! {
            <rect class="spotlight__veil" width="100%" height="100%" />
            <g transform=hands.stage.transform()>
                {lit}
                <path class="spotlight__path" d=path />
            </g>
        })
    };
    view! { <svg class="spotlight" aria-hidden="true">{lit}</svg> }
}
