//! Exclusion constraint on existing table.

use crate::lint::prelude::*;

rule! {
    /// Flags an exclusion constraint that is added to an existing table.
    ///
    /// ## Why
    ///
    /// It is built and checked under an ACCESS EXCLUSIVE lock, and there is no other way.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add constraint one_note exclude using btree (note with =);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table orders_v2 (id bigint primary key, note text, exclude using btree (note with =));
    /// ```
    MIG014 "exclusion-constraint-on-existing-table" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::AddConstraint(Added { kind: Constraint::Exclude, .. }) = action {
            steps.report(at, table, format!("reading `{table}` waits while the constraint is built"));
        }
    }
}
