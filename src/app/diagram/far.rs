//! Names that can be read from afar, above everything else that is drawn.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use relata::gesture::Viewport;
use relata::layout::card::Detail;
use relata::layout::{FAR_FONT, FarName, far_names};

use super::hands::Hands;

/// How long the view must hold before names are placed anew: in the middle of a gesture they only go along.
const HOLDS: Duration = Duration::from_millis(140);

/// Names are placed anew when the zoom has changed by so much, and until then grow with it.
const STEP: f64 = 1.25;

/// The last zoom up to this one at which names change.
fn step(zoom: f64) -> f64 {
    STEP.powf((zoom.ln() / STEP.ln()).floor())
}

/// What is written: the names, and the zoom that they are written for.
type Written = (f64, Vec<FarName>);

/// The names, while cards are too small for theirs. A gesture that comes nearer paints them at their size before it ends.
#[component]
pub fn FarNames(painted: Memo<Viewport>) -> impl IntoView {
    let hands = Hands::from_context();
    let (stage, selection) = (hands.stage, hands.selection);
    let in_view = stage.in_view();
    let zoom = Memo::new(move |_| {
        let zoom = stage.view().with(|it| it.zoom);
        (Detail::at(zoom) == Detail::Boxes).then(|| step(zoom))
    });
    let written = RwSignal::new(None::<Written>);
    Effect::new(move |waits: Option<Option<TimeoutHandle>>| {
        if let Some(waits) = waits.flatten() {
            waits.clear();
        }
        stage.track();
        let (now, seen, selected) = (zoom.get(), in_view.get(), selection.get().tables);
        let write = move || {
            let wanted = seen.tables.iter().copied().collect();
            let place =
                |it: f64| (it, stage.with_scene(|scene| far_names(&scene.diagram, &wanted, &selected, it)));
            let names = now.map(place);
            if written.try_with_untracked(|it| *it != names) == Some(true) {
                written.set(names);
            }
        };
        set_timeout_with_handle(write, HOLDS).ok()
    });
    let text = |it: FarName| view! { <text x=it.at.x y=it.at.y>{it.text}</text> };
    move || {
        written.get().map(|(zoom, names)| {
            let style = move || {
                let zoom = painted.with(|it| step(it.zoom)).max(zoom);
                format!("font-size:{:.1}px;stroke-width:{:.1}px", FAR_FONT / zoom, 3.0 / zoom)
            };
            view! {
                <g class="far-names" style=style aria-hidden="true" data-testid="far-names">
                    {names.into_iter().map(text).collect_view()}
                </g>
            }
        })
    }
}
