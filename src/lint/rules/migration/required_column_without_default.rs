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
    /// ```sql invalid
    /// create table parcels (id bigint primary key);
    /// insert into parcels (id) values (1);
    /// alter table parcels add column channel text not null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table parcels (id bigint primary key);
    /// alter table parcels add column channel text not null;
    /// ```
    ///
    /// ```sql
    /// alter table orders add column channel text not null default 'web';
    /// ```
    MIG008 "required-column-without-default" Error [Core Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut added: Vec<(usize, &str, &ColumnAdded)> = Vec::new();
    for (at, step) in steps.each() {
        // What this very script has filled refuses the column as well.
        if let Act::AlterTable { table, actions } = &step.act
            && steps.has_rows(table, at)
        {
            let columns = actions.iter().filter_map(|it| match it {
                Action::AddColumn(it) => Some(it),
                _ => None,
            });
            added.extend(columns.map(|it| (at, table.as_str(), it)));
        }
    }
    for (at, table, it) in added {
        if it.not_null && it.default.is_none() && !it.identity && it.generated.is_none() && !it.is_serial() {
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
