//! The frame around the steps: bar, footer, dialogs, keys.

mod add_table;
mod bar;
mod designs;
mod dialog;
mod drop;
mod footer;
mod help;
mod history;
mod keys;
mod language;
mod live_database;
mod palette;

pub use add_table::AddTableDialog;
pub use bar::Bar;
pub use designs::DesignsDialog;
pub use dialog::{Dialog, Dialogs, Shown};
pub use drop::listen_for_drops;
pub use footer::Footer;
pub use help::HelpDialog;
pub use history::{HistoryDialog, Marked};
pub use keys::listen_for_keys;
pub use live_database::LiveDatabaseDialog;
pub use palette::PaletteDialog;
