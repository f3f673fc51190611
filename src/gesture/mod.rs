//! The canvas as a pure state machine: input in, edits and previews out.

mod act;
mod canvas;
mod edits;
mod pace;
mod selected;
mod viewport;

pub use act::{Act, Pattern};
pub use canvas::{Gesture, Input, Outcome, Press};
pub use edits::{add_note, edit_of, make_area, move_note, rename_area, write_note};
pub use pace::Shown;
pub use selected::Selected;
pub use viewport::{MAX_ZOOM, MIN_ZOOM, Viewport};
