//! Partitioned table without partitions.

use crate::lint::prelude::*;

rule! {
    /// Flags a partitioned table without any partition.
    ///
    /// ## Why
    ///
    /// Every row is refused: there is no partition that could hold it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table ev (id bigint, at timestamptz not null) partition by range (at);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table ev (id bigint, at timestamptz not null) partition by range (at);
    /// create table ev_2026 partition of ev for values from ('2026-01-01') to ('2027-01-01');
    /// ```
    STR019 "partitioned-table-without-partitions" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let below = |it: &Table| it.partition_of.as_ref().is_some_and(|it| it.table == t.id);
    let mut users = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0)));
    if t.partitioning.is_none() || users.any(below) {
        return;
    }
    let milder = cx.told.milder(Severity::Info);
    let managed = cx.globals().makes_partitions;
    let finding = cx.table(t, "the table is partitioned but has no partition, so that it can hold no row");
    if managed {
        finding.because("a function of the design makes partitions").severity = milder;
    }
}
