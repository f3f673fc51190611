//! When the browser has shown what there is.

use std::time::Duration;

use leptos::prelude::*;

/// So long what comes after a picture waits once the picture is due: a task that follows it at once may come before it.
const WAITS: Duration = Duration::from_millis(50);

/// Runs `then` once what has changed is on the screen, for what need not be there at the same moment.
pub fn after_paint(then: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(then, WAITS));
}
