//! Required column without default.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that must not be null and has no default, added to an existing table.
    ///
    /// ## Why
    ///
    /// It is refused where the table has rows. Where it has none, the code that still runs cannot insert any.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column channel text not null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column channel text not null default 'web';
    /// ```
    MIG008 "required-column-without-default" Error [Core Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::AddColumn(it) = action
            && it.not_null
            && it.default.is_none()
            && !it.identity
            && it.generated.is_none()
            && !it.is_serial()
        {
            let edit = steps.altered(at).and_then(|_| steps.without(at, "not null"));
            let finding =
                steps.report(at, table, format!("`{}` has no value for rows that are there", it.name));
            if let Some(edit) = edit {
                finding
                    .risky("Add it nullable, and require it once it is filled", Remedy::Rewrite(vec![edit]));
            }
        }
    }
}
