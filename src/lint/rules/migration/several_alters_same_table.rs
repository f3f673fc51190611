//! Several alters same table.

use crate::lint::prelude::*;

rule! {
    /// Flags several `ALTER TABLE` of one table in a row.
    ///
    /// ## Why
    ///
    /// Each waits for the lock anew, and each that reads the table reads it again; one statement can hold them all.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column a1 text;
    /// alter table orders add column a2 text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column a1 text, add column a2 text;
    /// ```
    MIG022 "several-alters-same-table" Info [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut before: Option<(&str, bool)> = None;
    for (at, step) in steps.each() {
        let Act::AlterTable { table, actions } = &step.act else {
            before = None;
            continue;
        };
        let alone = actions.iter().any(|it| {
            matches!(
                it,
                Action::Validate { .. }
                    | Action::RenameColumn { .. }
                    | Action::RenameTable { .. }
                    | Action::Attach { .. }
                    | Action::Detach { .. }
                    | Action::SetSchema
            ) || matches!(it, Action::AddConstraint(Added { not_valid: true, .. }))
        });
        if !alone && before == Some((table, false)) && steps.exists(table, at) {
            steps.report(at, table, format!("`{table}` is altered by the statement before as well"));
        }
        before = Some((table, alone));
    }
}
