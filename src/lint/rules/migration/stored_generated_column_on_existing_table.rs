//! Stored generated column on existing table.

use crate::lint::prelude::*;

rule! {
    /// Flags a stored generated column that is added to an existing table.
    ///
    /// ## Why
    ///
    /// Its values are worked out at once: the whole table is written anew under an ACCESS EXCLUSIVE lock.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column total_cents bigint generated always as ((total * 100)::bigint) stored;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column total_cents bigint;
    /// ```
    MIG011 "stored-generated-column-on-existing-table" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::AddColumn(ColumnAdded { generated: Some(true), name, .. }) = action {
            steps.report(at, table, format!("`{table}` is written anew to work out `{name}`"));
        }
    }
}
