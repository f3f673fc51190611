//! What is drawn follows what is in view: a frame's worth at a time, and in the middle of a zoom without what nobody could read.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use relata::gesture::{Pace, Pane, Shown};
use relata::layout::card::Detail;

use super::stage::{InView, Stage};

/// How long the zoom must hold before what is drawn follows: in the middle of a zoom it does not.
const HOLDS: Duration = Duration::from_millis(140);

/// What the zoom asks for: the level of detail at rest, and that of this moment.
#[derive(Clone, Copy)]
struct Levels {
    rest: RwSignal<Detail>,
    passing: Memo<Detail>,
    /// How often the zoom has changed since it last held.
    steps: RwSignal<u32>,
}

impl Levels {
    /// Follows the zoom of the stage. While it goes on changing, what comes into view gets no rows: they would be gone, or too small to be
    /// read, before anybody looks. One step alone is answered at once.
    fn of(stage: Stage, shown: RwSignal<Shown>) -> Self {
        let zoom = stage.view();
        let rest = RwSignal::new(Detail::at(zoom.with_untracked(|it| it.zoom)));
        let steps = RwSignal::new(0_u32);
        let passing = Memo::new(move |_| {
            let now = Detail::at(zoom.with(|it| it.zoom));
            if steps.get() > 1 { now.min(Detail::Titles) } else { now }
        });
        Effect::new(move |before: Option<(f64, Option<TimeoutHandle>)>| {
            let (was, waits) = before.unwrap_or_default();
            let zoom = zoom.with(|it| it.zoom);
            // A view that is only moved is no zoom.
            if (was - zoom).abs() < f64::EPSILON {
                return (zoom, waits);
            }
            if let Some(waits) = waits {
                waits.clear();
            }
            let now = Detail::at(zoom);
            // With nothing drawn there is nothing to spare.
            let is_first = shown.with_untracked(|it| it.tables.is_empty());
            steps.update(|it| *it = if is_first { 0 } else { *it + 1 });
            if is_first {
                rest.set(now);
                return (zoom, None);
            }
            let settle = move || {
                rest.try_set(now);
                steps.try_set(0);
            };
            (zoom, set_timeout_with_handle(settle, HOLDS).ok())
        });
        Self { rest, passing, steps }
    }
}

/// What is in view, drawn a frame's worth at a time.
pub fn paced(stage: Stage, pane: Memo<Pane>) -> RwSignal<Shown> {
    let shown = RwSignal::new(Shown::default());
    let is_stepping = StoredValue::new(false);
    let levels = Levels::of(stage, shown);
    let in_view = stage.in_view();
    Effect::new(move || {
        in_view.track();
        levels.rest.track();
        levels.passing.track();
        if is_stepping.get_value() {
            return;
        }
        let pace = move || {
            // Nothing is left of these once the canvas is gone.
            let zooms = levels.steps.try_get_untracked().is_some_and(|it| it > 1);
            let moves = pane.try_get_untracked().is_some_and(Pane::is_moving);
            if zooms || moves { Pace::Moving } else { Pace::Resting }
        };
        let step = move || step_on(shown, is_stepping, in_view, levels, pace);
        if shown.with_untracked(|it| it.tables.is_empty()) {
            return step();
        }
        // Not here too: a wheel is heard just before its frame, which would take two steps.
        is_stepping.set_value(true);
        request_animation_frame(step);
    });
    shown
}

fn step_on(
    shown: RwSignal<Shown>,
    is_stepping: StoredValue<bool>,
    in_view: Memo<InView>,
    levels: Levels,
    pace: impl Fn() -> Pace + Copy + 'static,
) {
    // Nothing is left of these once the canvas is gone.
    let at = levels.rest.try_get_untracked().zip(levels.passing.try_get_untracked());
    let Some((wanted, (rest, passing))) = in_view.try_get_untracked().zip(at) else { return };
    // Thousands of things are compared when this is told to have changed.
    let step = |it: &mut Shown| {
        let step = it.step(&wanted.tables, &wanted.lines, rest, passing, pace());
        (step.changes, step.waits)
    };
    let waits = shown.try_maybe_update(step).unwrap_or(false);
    is_stepping.try_set_value(waits);
    if waits {
        request_animation_frame(move || step_on(shown, is_stepping, in_view, levels, pace));
    }
}
