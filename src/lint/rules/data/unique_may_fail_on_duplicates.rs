//! Unique may fail on duplicates.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique index or constraint on rows that are there.
    ///
    /// ## Why
    ///
    /// One pair of equal rows and the script stops half-way; a concurrent build leaves an invalid index.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create unique index concurrently customers_email_key on customers (email);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create unique index concurrently orders_id_state_key on orders (id, state);
    /// ```
    DAT008 "unique-may-fail-on-duplicates" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut told: Vec<(usize, String, Vec<String>)> = Vec::new();
    for (at, step) in steps.each() {
        if let Act::CreateIndex { unique: true, table, columns, .. } = &step.act
            && steps.exists(table, at)
        {
            told.push((at, table.clone(), columns.clone()));
        }
    }
    for (at, table, action) in steps.actions() {
        if let Action::AddConstraint(Added { kind: Constraint::Unique, using_index: None, columns, .. }) =
            action
        {
            told.push((at, table.to_owned(), columns.clone()));
        }
    }
    for (at, table, columns) in told {
        let unique = steps.before().tables().filter(|it| it.name == table).any(|it| {
            let ids: Vec<ColumnId> =
                columns.iter().filter_map(|name| it.column_named(name)).map(|it| it.id).collect();
            it.is_unique_over(&ids)
        });
        if !unique && !columns.is_empty() {
            let listed = columns.iter().map(|it| crate::sql::ident(it)).collect::<Vec<_>>().join(", ");
            let query = format!(
                "SELECT {listed}, count(*) FROM {} GROUP BY {listed} HAVING count(*) > 1",
                crate::sql::ident(&table)
            );
            steps
                .report(at, &table, format!("rows that are equal in ({listed}) stop the script"))
                .because(query);
        }
    }
}
