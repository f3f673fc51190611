//! Index on partitioned parent.

use crate::lint::prelude::*;

rule! {
    /// Flags an index that is built on a partitioned table with its partitions.
    ///
    /// ## Why
    ///
    /// Writing to all partitions waits until all are built, and `CONCURRENTLY` is refused there. `ON ONLY`, then one
    /// concurrent index a partition, attached, does without.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create index on events (id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create index events_id on only events (id);
    /// create index concurrently events_2026_01_id on events_2026_01 (id);
    /// alter index events_id attach partition events_2026_01_id;
    /// ```
    MIG032 "index-on-partitioned-parent" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::CreateIndex { table, only: false, .. } = &step.act
            && steps.exists(table, at)
            && steps.before().tables().any(|it| it.name == *table && it.partitioning.is_some())
        {
            steps.report(at, table, format!("writing to all partitions of `{table}` waits"));
        }
    }
}
