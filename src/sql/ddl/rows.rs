//! The rows that a design brings along.

use super::Ddl;
use crate::design::{ColumnValue, Table};

impl Ddl<'_> {
    /// One `INSERT` with all rows of a table.
    pub(super) fn rows(&mut self, table: &Table) {
        let Some(seed) = table.seed.as_ref().filter(|it| !it.rows.is_empty()) else { return };
        let start = self.block();
        self.w.sql("INSERT INTO ");
        self.table_name(table);
        if seed.columns.is_empty() {
            // `VALUES ()` is no SQL; a row of defaults is written one at a time.
            self.w.sql(" DEFAULT VALUES;\n").close(start, table.id);
            return;
        }
        self.w.sql(" (").idents(table.column_names(&seed.columns)).sql(")");
        let gives_identity = seed
            .columns
            .iter()
            .filter_map(|it| table.column(*it))
            .any(|it| matches!(it.value, ColumnValue::Identity { always: true, .. }));
        self.w.sql(if gives_identity { " OVERRIDING SYSTEM VALUE VALUES" } else { " VALUES" });
        for (index, row) in seed.rows.iter().enumerate() {
            self.w.sql(if index > 0 { ",\n    (" } else { "\n    (" });
            for (position, value) in row.iter().enumerate() {
                self.w.sql(if position > 0 { ", " } else { "" });
                self.expression(table.id, value);
            }
            self.w.sql(")");
        }
        self.w.sql(";\n").close(start, table.id);
    }
}
