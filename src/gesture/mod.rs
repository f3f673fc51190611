//! The canvas as a pure state machine: input in, edits and previews out.

mod viewport;

pub use viewport::{MAX_ZOOM, MIN_ZOOM, Viewport};
