//! The canvas as a pure state machine: input in, edits and previews out.

mod canvas;
mod pace;
mod viewport;

pub use canvas::{Gesture, Input, Outcome, Press};
pub use pace::Shown;
pub use viewport::{MAX_ZOOM, MIN_ZOOM, Viewport};
