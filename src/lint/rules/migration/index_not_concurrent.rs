//! Index not concurrent.

use crate::lint::prelude::*;

rule! {
    /// Flags an index that is built on an existing table while writing waits.
    ///
    /// ## Why
    ///
    /// `CREATE INDEX` takes a SHARE lock for as long as it reads the table. `CONCURRENTLY` lets writing go on.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create index orders_state_idx on orders (state);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create index concurrently orders_state_idx on orders (state);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE INDEX", "Building Indexes Concurrently".
    MIG001 "index-not-concurrent" Error [Core Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::CreateIndex { table, concurrently: false, only: false, .. } = &step.act
            && steps.exists(table, at)
            && !is_partitioned(steps, table)
        {
            let edit = steps.behind(at, "index", " CONCURRENTLY").filter(|_| step.transaction.is_none());
            steps
                .report(at, table, format!("writing to `{table}` waits while the index is built"))
                .safe_if("Build it concurrently", edit.map(Remedy::from));
        }
    }
}

/// A partitioned table takes no concurrent index; MIG032 tells of those.
fn is_partitioned(steps: &Steps<'_>, table: &str) -> bool {
    steps.before().tables().any(|it| it.name == table && it.partitioning.is_some())
}
