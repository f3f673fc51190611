//! What is kept on this device: designs record by record, and which one is open.

mod database;
mod saver;
mod shelf;
mod tabs;

pub use saver::{Place, SaveState, Saver, last_open};
pub use shelf::{Entry, Shelf, new_key, text, texts_of};
pub use tabs::{Held, listen_to_other_tabs, writing_lock};
