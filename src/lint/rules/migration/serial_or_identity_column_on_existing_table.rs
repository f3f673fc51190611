//! Serial or identity column on existing table.

use crate::lint::prelude::*;

rule! {
    /// Flags a serial or identity column that is added to an existing table.
    ///
    /// ## Why
    ///
    /// Each row gets its number at once: the whole table is written anew under an ACCESS EXCLUSIVE lock.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table regions add column seq bigint generated always as identity;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create sequence regions_seq;
    /// alter table regions add column seq bigint;
    /// ```
    MIG010 "serial-or-identity-column-on-existing-table" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::AddColumn(it) = action
            && (it.identity || it.is_serial())
        {
            steps.report(at, table, format!("`{table}` is written anew to number its rows"));
        }
    }
}
