//! What relationships say of themselves, on their lines: the selected one, or all that are drawn closely where that is asked for.

use leptos::prelude::*;
use relata::design::ForeignKeyId;
use relata::gesture::Shown;
use relata::layout::card::Detail;
use relata::layout::{LABEL_FONT, Label, Size, label, labels};

use super::hands::{Hands, Preview};
use crate::app::store::Records;

/// Size of the text on the screen for what is pointed at, at any zoom.
const HOVERED_FONT: f64 = 12.0;

/// The labels, above the tables.
#[component]
pub fn Labels(shown: RwSignal<Shown>) -> impl IntoView {
    let hands = Hands::from_context();
    let is_dragged =
        Memo::new(move |_| hands.preview.with(|it| matches!(it, Preview::Guides(_) | Preview::Area(..))));
    let placed = Memo::new(move |_| {
        // Lines on their way have no label until they are where they belong.
        if is_dragged.get() || hands.stage.gliding().get() {
            return Vec::new();
        }
        let (selected, are_all) = (hands.selection.get().foreign_key, hands.labels.get());
        // What is drawn changes with every step of the view: it is looked through for labels alone.
        if selected.is_none() && !are_all {
            return Vec::new();
        }
        let is_said =
            |it: &(ForeignKeyId, Detail)| it.1 == Detail::Full && (selected == Some(it.0) || are_all);
        let wanted: Vec<ForeignKeyId> =
            shown.with(|it| it.lines.iter().filter(|it| is_said(it)).map(|it| it.0).collect());
        let wanted: Vec<_> = wanted.into_iter().filter_map(|it| Some((it, text_of(hands, it)?))).collect();
        hands.stage.with_scene(|it| labels(it, &wanted, LABEL_FONT, !are_all))
    });
    view! {
        <g class="edge-labels" style:font-size=format!("{LABEL_FONT}px") data-testid="edge-labels">
            {move || placed.get().into_iter().map(|it| drawn(it, LABEL_FONT)).collect_view()}
        </g>
    }
}

/// The label of the relationship under the pointer, above everything and in the size of the screen.
#[component]
pub fn HoveredLabel() -> impl IntoView {
    let hands = Hands::from_context();
    let label = move || {
        let id = hands.hovered.get()?;
        let (text, view) = (text_of(hands, id)?, hands.stage.view().get());
        let font = HOVERED_FONT / view.zoom;
        let found = hands.stage.with_scene(|it| labels(it, &[(id, text)], font, true)).pop()?;
        Some(drawn(Label { at: view.to_screen(found.at), ..found }, HOVERED_FONT))
    };
    view! {
        <g class="edge-labels" style:font-size=format!("{HOVERED_FONT}px") data-testid="hovered-label">{label}</g>
    }
}

fn drawn(it: Label, font: f64) -> impl IntoView {
    let (x, y) = (it.at.x, it.at.y);
    let turn = it.is_upright.then(|| format!("rotate(-90 {x} {y})"));
    let Size { width, height } = it.ground(font);
    view! {
        <g transform=turn>
            <rect x=x - width / 2.0 y=y - height / 2.0 width=width height=height />
            <text x=x y=y>{it.text}</text>
        </g>
    }
}

/// What a relationship says; read again when it, its table or its line changes.
fn text_of(hands: Hands, foreign_key: ForeignKeyId) -> Option<String> {
    let from = hands.stage.line(foreign_key)?.with(|it| it.edge.ends.from.node);
    let table = hands.stage.with_scene(|it| it.diagram.cards.get(from).map(|it| it.table))?;
    Records::from_context().tables.get(table)?.with(|table| {
        let fk = table.foreign_keys.iter().find(|it| it.id == foreign_key)?;
        Some(label(table, fk))
    })
}
