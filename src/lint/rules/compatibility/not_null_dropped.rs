//! Not null dropped.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that may be null from now on.
    ///
    /// ## Why
    ///
    /// Readers that were made for the old table do not expect it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table customers alter column email drop not null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table customers alter column email set default '';
    /// ```
    COM004 "not-null-dropped" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::DropNotNull { column } = action {
            steps.report(at, table, format!("readers do not expect `{column}` to be null"));
        }
    }
}
