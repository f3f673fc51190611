//! Tables that glide to where a layout puts them, so that the eye can follow.

use leptos::prelude::*;
use relata::design::TableId;
use relata::layout::Point;

use super::stage::Stage;

/// More tables than this jump: each would have to be drawn anew in each frame.
const MOST: usize = 120;
/// How long it takes, in milliseconds.
const LASTS: f64 = 260.0;

/// Where all tables stand, when there are so few that they may glide.
pub fn places(stage: Stage) -> Vec<(TableId, Point)> {
    let is_still = window()
        .match_media("(prefers-reduced-motion: reduce)")
        .is_ok_and(|it| it.is_some_and(|it| it.matches()));
    let all = stage.places();
    if is_still || all.len() > MOST { Vec::new() } else { all }
}

/// Lets tables glide from where they stood to where they stand now.
pub fn glide(stage: Stage, from: Vec<(TableId, Point)>) {
    if !from.is_empty() {
        stage.gliding().set(true);
        request_animation_frame(move || step(stage, from, now()));
    }
}

fn step(stage: Stage, from: Vec<(TableId, Point)>, start: f64) {
    let part = ((now() - start) / LASTS).clamp(0.0, 1.0);
    // Fast first, then slower.
    stage.preview_places(&from, 1.0 - (1.0 - part).powi(3));
    if part < 1.0 {
        request_animation_frame(move || step(stage, from, start));
    } else {
        stage.gliding().set(false);
    }
}

fn now() -> f64 {
    window().performance().map_or(f64::INFINITY, |it| it.now())
}
