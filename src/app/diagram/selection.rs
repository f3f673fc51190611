//! What is selected on the canvas and shown in the inspector.

use std::collections::BTreeSet;

use leptos::prelude::*;
use relata::design::{ColumnId, ForeignKeyId, Id, TableId};

/// What is selected. At most one of tables, relationship and object holds anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    /// Tables.
    pub tables: BTreeSet<TableId>,
    /// A column of the one selected table.
    pub column: Option<ColumnId>,
    /// A relationship.
    pub foreign_key: Option<ForeignKeyId>,
    /// A type, view or whatever else is not drawn.
    pub object: Option<Id>,
}

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
        self.0.with(|it| if it.tables.len() == 1 { it.tables.first().copied() } else { None })
    }

    /// Selects one table, or adds it to and takes it from those selected.
    pub fn table(self, table: TableId, more: bool) {
        self.0.update(|it| {
            let was = it.tables.contains(&table);
            if !more {
                it.tables.clear();
            }
            if more && was {
                it.tables.remove(&table);
            } else {
                it.tables.insert(table);
            }
            it.column = None;
            it.foreign_key = None;
            it.object = None;
        });
    }

    /// Selects a column with its table.
    pub fn column(self, table: TableId, column: ColumnId) {
        let tables = BTreeSet::from([table]);
        self.0.set(Selected { tables, column: Some(column), ..Selected::default() });
    }

    /// Selects several tables.
    pub fn tables(self, tables: impl IntoIterator<Item = TableId>) {
        self.0.set(Selected { tables: tables.into_iter().collect(), ..Selected::default() });
    }

    /// Selects a relationship.
    pub fn foreign_key(self, id: ForeignKeyId) {
        self.0.set(Selected { foreign_key: Some(id), ..Selected::default() });
    }

    /// Selects what is not drawn.
    pub fn object(self, id: Id) {
        self.0.set(Selected { object: Some(id), ..Selected::default() });
    }

    /// Selects nothing.
    pub fn clear(self) {
        if self.0.with_untracked(|it| *it != Selected::default()) {
            self.0.set(Selected::default());
        }
    }
}
