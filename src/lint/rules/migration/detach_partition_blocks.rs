//! Detach partition blocks.

use crate::lint::prelude::*;

rule! {
    /// Flags a partition that is detached while reading waits.
    ///
    /// ## Why
    ///
    /// It takes an ACCESS EXCLUSIVE lock on the whole partitioned table. `CONCURRENTLY` does not (PostgreSQL 14).
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table events detach partition events_2026_01;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table events detach partition events_2026_01 concurrently;
    /// ```
    MIG031 "detach-partition-blocks" Warning [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if let Action::Detach { concurrently: false, finalize: false, partition } = action {
            let edit = steps.at_end(at, " CONCURRENTLY");
            let alone = steps.altered(at).is_some() && steps.steps[at].transaction.is_none();
            steps
                .report(at, table, format!("reading `{table}` waits while `{partition}` is detached"))
                .safe_if("Detach it concurrently", alone.then(|| Remedy::Rewrite(vec![edit])));
        }
    }
}
