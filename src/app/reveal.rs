//! Asking for a table to be shown, wherever it is drawn.

use leptos::prelude::*;
use relata::design::{ColumnId, TableId};

/// A table, and perhaps a column of it, that is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The table.
    pub table: TableId,
    /// The column.
    pub column: Option<ColumnId>,
}

/// What was asked for last. The diagram brings it into view and selects it.
#[derive(Clone, Copy)]
pub struct Reveal(RwSignal<Option<Shown>>);

impl Reveal {
    /// Nothing was asked for.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// Asks for a table.
    pub fn show(self, table: TableId, column: Option<ColumnId>) {
        self.0.set(Some(Shown { table, column }));
    }

    /// What was asked for and not shown yet.
    pub fn wanted(self) -> Signal<Option<Shown>> {
        self.0.into()
    }

    /// It is shown.
    pub fn done(self) {
        self.0.set(None);
    }
}
