//! The open design: its records as signals to read, and the one door through which they change.

mod dispatch;
mod document;
mod records;

pub use dispatch::Dispatch;
pub use document::Document;
pub use records::Records;
