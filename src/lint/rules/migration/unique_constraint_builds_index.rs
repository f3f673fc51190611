//! Unique constraint builds index.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique constraint whose index is built while reading waits.
    ///
    /// ## Why
    ///
    /// A unique index can be built concurrently and then be made the constraint's own with `USING INDEX`.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table customers add constraint customers_email_key unique (email);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create unique index concurrently customers_email_key on customers (email);
    /// alter table customers add constraint customers_email_key unique using index customers_email_key;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `ADD table_constraint_using_index`.
    MIG012 "unique-constraint-builds-index" Error [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        let builds = match action {
            Action::AddConstraint(Added { kind: Constraint::Unique, using_index: None, .. }) => true,
            Action::AddColumn(it) => it.unique,
            _ => false,
        };
        if builds {
            let fix = steps.index_first(at, action, "UNIQUE");
            steps
                .report(
                    at,
                    table,
                    format!("reading `{table}` waits while the index of the constraint is built"),
                )
                .safe_if("Build the index concurrently first", fix.map(Remedy::from));
        }
    }
}
