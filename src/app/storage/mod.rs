//! What is kept on this device: designs record by record, and which one is open.

mod database;
mod saver;
mod sent;
mod shelf;
mod tabs;

pub use saver::{Place, SaveState, Saver, last_open};
pub use sent::{keep_link, links_of};
pub use shelf::{Entry, Shelf, new_key, text, texts_of};
pub use tabs::{Held, listen_to_other_tabs, writing_lock};
