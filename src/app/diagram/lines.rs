//! Relationships on the canvas.

use leptos::prelude::*;
use relata::design::ForeignKeyId;
use relata::layout::Point;
use relata::layout::card::Detail;
use relata::layout::notation::{end_path, line_pieces, plain_path};

use super::selection::Selection;
use super::stage::{Line, Stage};

/// How broad a piece of a line is at most, in units of the canvas. Source: measured; shorter ones are more paths to go through and gain no more.
const BREADTH: f64 = 600.0;

/// One relationship: its line with its ends, or a tag at its row when it leads to a hub.
#[component]
pub fn Relationship(foreign_key: ForeignKeyId, detail: Detail) -> impl IntoView {
    let stage = Stage::from_context();
    let Some(line) = stage.line(foreign_key) else { return ().into_any() };
    let selection = Selection::from_context();
    let is_on = Memo::new({
        let line = line.clone();
        move |_| {
            let selected = selection.get();
            let touches = |node: usize| {
                let table = stage.with_scene(|it| it.diagram.cards.get(node).map(|it| it.table));
                table.is_some_and(|it| selected.tables.contains(&it))
            };
            selected.foreign_key == Some(foreign_key)
                || !selected.tables.is_empty()
                    && line.with(|it| touches(it.edge.ends.from.node) || touches(it.edge.ends.to.node))
        }
    });
    let paths = Memo::new({
        let line = line.clone();
        move |_| line.with(|it| paths(it, detail))
    });
    let tag = Memo::new(move |_| line.with(|it| tag_of(stage, it)));
    let class = move || match (is_on.get(), tag.with(Option::is_some)) {
        (true, _) => "edge edge--on",
        (false, true) => "edge edge--tag",
        (false, false) if detail == Detail::Boxes => "edge edge--far",
        (false, false) => "edge",
    };
    view! {
        <g class=class data-testid="edge" data-foreign-key=foreign_key.0>
            {move || paths.with(|it| {
                it.0.iter().map(|it| view! { <path class="edge__line" d=it.clone() /> }).collect_view()
            })}
            {(detail == Detail::Full).then(|| view! {
                <path class="edge__ends" d=move || paths.with(|it| it.1.clone()) />
                <path class="edge__ends" d=move || paths.with(|it| it.2.clone()) />
                {move || tag.get().map(|tag| view! {
                    <text class="edge__tag" x=tag.at.x y=tag.at.y>{tag.text}</text>
                })}
            })}
        </g>
    }
    .into_any()
}

/// The pieces of the line and what stands at each of its ends, as path data. Each by itself: as one path they reach over everything
/// between the two tables, and took three times as long to rasterise.
fn paths(line: &Line, detail: Detail) -> (Vec<String>, String, String) {
    let points = &line.points;
    if detail == Detail::Boxes {
        return (vec![plain_path(points)], String::new(), String::new());
    }
    let ([first, second, ..], [.., before, last]) = (points.as_slice(), points.as_slice()) else {
        return Default::default();
    };
    let referencing = end_path(*first, *second, line.edge.referencing);
    (line_pieces(points, BREADTH), referencing, end_path(*last, *before, line.edge.referenced))
}

/// A reference to a hub, written beside its row.
#[derive(Clone, Debug, PartialEq)]
struct Tag {
    at: Point,
    text: String,
}

fn tag_of(stage: Stage, line: &Line) -> Option<Tag> {
    if !line.edge.is_tag {
        return None;
    }
    stage.with_scene(|scene| {
        let from = scene.diagram.cards.get(line.edge.ends.from.node)?;
        let to = scene.diagram.cards.get(line.edge.ends.to.node)?;
        let standing = stage.standing(from.table)?;
        let right = standing.with(|it| it.corner.x + it.card.size().width);
        Some(Tag { at: Point::new(right + 8.0, line.edge.ends.from.y), text: format!("→ {}", to.title) })
    })
}
