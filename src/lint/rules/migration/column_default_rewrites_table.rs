//! Column default rewrites table.

use crate::lint::prelude::*;

rule! {
    /// Flags a column whose default differs from row to row, added to an existing table.
    ///
    /// ## Why
    ///
    /// PostgreSQL writes the whole table anew under an ACCESS EXCLUSIVE lock. A constant default, or `now()`, costs
    /// nothing (PostgreSQL 11).
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column public_id uuid default gen_random_uuid();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column public_id uuid;
    /// alter table orders alter column public_id set default gen_random_uuid();
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", notes on volatile defaults.
    MIG009 "column-default-rewrites-table" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    const STABLE: [&str; 12] = [
        "now",
        "current_timestamp",
        "current_date",
        "current_setting",
        "transaction_timestamp",
        "statement_timestamp",
        "array",
        "coalesce",
        "lower",
        "upper",
        "jsonb_build_object",
        "make_interval",
    ];
    for (at, table, action) in steps.actions() {
        let Action::AddColumn(it) = action else { continue };
        let Some(default) = &it.default else { continue };
        let called = crate::sql::mentions(default).into_iter().find(|it| {
            it.role == crate::sql::Role::Call
                && !STABLE.contains(&it.last().name.as_str())
                && Builtin::from_name(&it.last().name).is_none()
        });
        if let Some(called) = called {
            steps.report(
                at,
                table,
                format!("`{table}` is written anew: `{}` differs from row to row", called.last().name),
            );
        }
    }
}
