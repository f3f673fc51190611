//! Check validated on add.

use crate::lint::prelude::*;

rule! {
    /// Flags a check that is added to an existing table and run over all rows at once.
    ///
    /// ## Why
    ///
    /// It reads the whole table under an ACCESS EXCLUSIVE lock: reading waits too. `NOT VALID` adds it at once;
    /// `VALIDATE CONSTRAINT` then reads under a lock that lets both go on.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add constraint orders_total_ok check (total >= 0);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add constraint orders_total_ok check (total >= 0) not valid;
    /// alter table orders validate constraint orders_total_ok;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `ADD table_constraint [ NOT VALID ]`.
    MIG005 "check-validated-on-add" Error [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::AddConstraint(Added { kind: Constraint::Check, not_valid: false, .. }) = action {
            let fix = steps.validated_later(at, action);
            steps
                .report(at, table, format!("reading `{table}` waits while all rows are checked"))
                .safe_if("Add it NOT VALID, then validate it", fix.map(Remedy::from));
        }
    }
}
