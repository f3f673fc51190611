//! The canvas as a pure state machine: input in, edits and previews out.

mod canvas;
mod viewport;

pub use canvas::{Gesture, Input, Outcome, Press};
pub use viewport::{MAX_ZOOM, MIN_ZOOM, Viewport};
