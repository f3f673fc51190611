//! Where the app touches the browser: JavaScript modules, files, the clipboard.

mod address;
mod clipboard;
mod critic;
mod database;
mod editor;
mod files;
mod folder;
mod model;
mod modules;
mod paint;
mod sheet;

pub use address::worker_address;
pub use clipboard::copy;
pub use critic::CriticPanel;
pub use database::{Failure, Outcome, RunFigures, query, run, stop};
pub use editor::{Gravity, Mark, MarkEvent, Pointing, Problem, TextEditor};
pub use files::{bytes_of_file, catalog_query, download, download_blob, files_of, files_of_drop, picture_of};
pub use folder::{FolderPanel, keep_files_up_to_date};
pub use model::ModelPanel;
pub use modules::{hold, load_texts, order, words_of};
pub use paint::after_paint;
pub use sheet::{Fill, SheetGrid, Unanswered, complete_types};
