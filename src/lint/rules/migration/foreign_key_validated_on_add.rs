//! Foreign key validated on add.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key that is added to an existing table and checked at once.
    ///
    /// ## Why
    ///
    /// It reads the whole table under a lock on both tables that writing waits for. `NOT VALID` adds it at once;
    /// `VALIDATE CONSTRAINT` then reads under a lock that lets writing go on.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add constraint orders_region_fk foreign key (region_id) references regions (id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add constraint orders_region_fk foreign key (region_id) references regions (id) not valid;
    /// alter table orders validate constraint orders_region_fk;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `ADD table_constraint [ NOT VALID ]`.
    MIG004 "foreign-key-validated-on-add" Error [Core Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::AddColumn(ColumnAdded { references: Some(to), .. }) = action
            && !steps.exists(to, at)
        {
            continue;
        }
        // A new column without a default holds nothing to check; what it references is locked all the same.
        if let Action::AddColumn(ColumnAdded { references: Some(to), default: None, .. }) = action {
            let milder = steps.told.milder(Severity::Warning);
            let finding = steps.report(
                at,
                table,
                format!(
                    "writing to `{to}` waits for the foreign key to `{table}` until the transaction ends"
                ),
            );
            finding.severity = milder;
            continue;
        }
        let checked = match action {
            Action::AddConstraint(Added { kind: Constraint::ForeignKey(_), not_valid: false, .. }) => true,
            Action::AddColumn(ColumnAdded { references: Some(_), default: Some(default), .. }) => {
                !default.eq_ignore_ascii_case("null")
            }
            _ => false,
        };
        if checked {
            let fix = steps.validated_later(at, action);
            steps
                .report(
                    at,
                    table,
                    format!(
                        "writing to `{table}` and to the referenced table waits while all rows are checked"
                    ),
                )
                .safe_if("Add it NOT VALID, then validate it", fix.map(Remedy::from));
        }
    }
}
