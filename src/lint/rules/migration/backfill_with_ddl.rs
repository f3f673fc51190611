//! Backfill with ddl.

use crate::lint::prelude::*;

rule! {
    /// Flags rows that are changed in the transaction that altered their table.
    ///
    /// ## Why
    ///
    /// Reading the table waits until all of them are changed.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// begin;
    /// alter table orders add column channel text;
    /// update orders set channel = 'web' where id <= 1000;
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column channel text;
    /// update orders set channel = 'web' where id <= 1000;
    /// ```
    MIG023 "backfill-with-ddl" Error [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let writes = matches!(
            &step.act,
            Act::Update { .. } | Act::Delete { .. } | Act::Insert { from_query: true, .. }
        );
        let Some(table) = step.act.table().filter(|it| writes && steps.exists(it, at)) else { continue };
        let altered = steps.each().take(at).any(|(place, it)| {
            it.transaction.is_some()
                && it.transaction == step.transaction
                && it.act.table() == Some(table)
                && steps.lock(place).is_some_and(crate::pg::LockMode::blocks_reads)
        });
        if altered {
            let begun = step.transaction.is_some_and(|it| it > 0);
            let edit = steps.ahead(at, "COMMIT;\nBEGIN;\n");
            steps.report(at, table, format!("reading `{table}` waits while its rows are changed")).risky_if(
                "Change the rows in a transaction of their own",
                begun.then(|| Remedy::Rewrite(vec![edit])),
            );
        }
    }
}
