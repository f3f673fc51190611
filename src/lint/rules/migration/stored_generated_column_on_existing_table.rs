//! Stored generated column on existing table.

use crate::lint::prelude::*;

rule! {
    /// Flags a stored generated column that is added to an existing table, or gets another expression.
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
        let name = match action {
            Action::AddColumn(ColumnAdded { generated: Some(true), name, .. }) => name,
            Action::SetExpression { column } if !is_virtual(steps.before(), table, column) => column,
            _ => continue,
        };
        steps.report(at, table, format!("`{table}` is written anew to work out `{name}`"));
    }
}

/// Whether a generated column is worked out when it is read.
fn is_virtual(design: &Design, table: &str, column: &str) -> bool {
    let found = design.tables().find(|it| it.name == table).and_then(|it| it.column_named(column));
    found.is_some_and(|it| matches!(it.value, ColumnValue::Generated { stored: false, .. }))
}
