//! A design becomes everything but PostgreSQL DDL, one file a target.

mod changes;
mod dbml;
mod decisions;
mod diagram_svg;
mod dictionary;
mod format;
mod markup;
mod mermaid;
mod plantuml;
mod svg;
mod words;

pub use changes::{draw_changes, sql_changes};
pub use dbml::{Dbml, DbmlOptions, dbml};
pub use decisions::{OpenQuestion, decisions_html, decisions_markdown};
pub use diagram_svg::{DrawOptions, Theme, draw, only};
pub use format::Format;
