//! What is selected on the canvas and shown in the inspector.

use std::collections::BTreeSet;

use leptos::prelude::*;
use relata::design::{ColumnId, ForeignKeyId, Id, TableId};
use relata::gesture::Selected;
use relata::layout::Hit;

/// The selection of the page.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<Selected>);

impl Selection {
    /// Nothing is selected.
    pub fn new() -> Self {
        Self(RwSignal::new(Selected::default()))
    }

    /// The one of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// What is selected.
    pub fn get(self) -> Selected {
        self.0.get()
    }

    /// What is selected, without listening.
    pub fn peek(self) -> Selected {
        self.0.get_untracked()
    }

    /// Whether a table is selected.
    pub fn holds(self, table: TableId) -> bool {
        self.0.with(|it| it.tables.contains(&table))
    }

    /// The one selected table.
    pub fn one_table(self) -> Option<TableId> {
        self.0.with(Selected::one_table)
    }

    /// Selects this and nothing else.
    pub fn set(self, selected: Selected) {
        if self.0.with_untracked(|it| *it != selected) {
            self.0.set(selected);
        }
    }

    /// Selects one table, or adds it to and takes it from those selected.
    pub fn table(self, table: TableId, more: bool) {
        let mut tables = if more { self.peek().tables } else { BTreeSet::new() };
        if !(more && tables.remove(&table)) {
            tables.insert(table);
        }
        self.tables(tables);
    }

    /// Selects a column with its table.
    pub fn column(self, table: TableId, column: ColumnId) {
        self.set(Selected::at(Some(Hit::Column(table, column))));
    }

    /// Selects several tables.
    pub fn tables(self, tables: impl IntoIterator<Item = TableId>) {
        self.set(Selected { tables: tables.into_iter().collect(), ..Selected::default() });
    }

    /// Selects a relationship.
    pub fn foreign_key(self, id: ForeignKeyId) {
        self.set(Selected { foreign_key: Some(id), ..Selected::default() });
    }

    /// Selects what is not drawn.
    pub fn object(self, id: Id) {
        self.set(Selected { object: Some(id), ..Selected::default() });
    }

    /// Selects nothing.
    pub fn clear(self) {
        self.set(Selected::default());
    }
}
