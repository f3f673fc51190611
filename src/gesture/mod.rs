//! The canvas as a pure state machine: input in, edits and previews out.

mod act;
mod canvas;
mod edits;
mod pace;
mod pane;
mod selected;
mod viewport;

pub use act::{Act, Pattern, Showing};
pub use canvas::{Gesture, Input, Outcome, Press};
pub use edits::{add_note, edit_of, make_area, move_note, rename_area, write_note};
pub use pace::{Pace, Shown};
pub use pane::Pane;
pub use selected::Selected;
pub use viewport::{MAX_ZOOM, MIN_ZOOM, Viewport};
