//! Text becomes a design. Reading never fails: what cannot be modelled is kept as it was written, and said.

mod catalog;
mod dbml;
mod diagnostic;
mod dialect;
mod draft;
mod drizzle;
mod folder;
mod foreign;
mod foreign_type;
mod postgres;
mod prisma;
mod split;
#[cfg(test)]
mod told;
mod translation;

use serde::{Deserialize, Serialize};

pub use catalog::{CATALOG_QUERY, History, IndexUsage, Live, TableSize, catalog, is_catalog};
pub use dbml::{dbml, looks_like_dbml};
pub use diagnostic::{Diagnostic, DiagnosticKind};
pub use draft::{Drafted, draft, draft_dbml, draft_part};
pub use drizzle::{drizzle, drizzle_files, looks_like_drizzle};
pub use folder::{FolderDiagnostic, FolderReading, Layout, Migration, folder};
pub use foreign::{Dialect, looks_like_mysql, looks_like_sqlite, mysql, sqlite};
pub use postgres::{expression_problem, postgres};
pub use prisma::{looks_like_prisma, prisma};
pub use split::{Piece, PieceKind, split};

use crate::design::{Conventions, Design};

/// How a text is read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The conventions of the new design.
    pub conventions: Conventions,
    /// Tables with at most this many rows in the text keep them as part of the design.
    pub most_rows: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { conventions: Conventions::as_imported(), most_rows: 100 }
    }
}

/// A design and what became of the statements that it was read from.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The design; it holds every invariant.
    pub design: Design,
    /// The count.
    pub report: Report,
    /// What a live database tells of itself besides its schema.
    pub live: Option<Live>,
}

/// What became of the statements of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many there were.
    pub statements: usize,
    /// Those that became records of the design, privileges and owners included.
    pub modelled: usize,
    /// Those of which at least a part is kept as it was written.
    pub verbatim: usize,
    /// Those that say nothing about a schema: settings, transactions, rows that were left out.
    pub skipped: usize,
    /// Those of `modelled` that say who owns or may do what; they are kept as written.
    pub privileges: usize,
    /// Rows that were left out.
    pub rows_left_out: usize,
}
