//! Partition key unused by patterns.

use crate::lint::prelude::*;
use crate::lint::query::accesses;

rule! {
    /// Flags a partitioned table of which no declared query says by which key its rows are divided.
    ///
    /// ## Why
    ///
    /// Every query then looks into every partition, and the table is slower than one that is whole.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access eq(user_id) rate 500/s */
    /// create table ev (user_id bigint not null, at timestamptz not null) partition by range (at);
    /// create table ev_1 partition of ev default;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ access eq(user_id) range(at) rate 500/s */
    /// create table ev (user_id bigint not null, at timestamptz not null) partition by range (at);
    /// create table ev_1 partition of ev default;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Partition Pruning".
    SCL002 "partition-key-unused-by-patterns" Warning [] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let all: Vec<_> = cx.design.access_patterns().flat_map(|it| accesses(&it.query)).collect();
    if all.is_empty() {
        return;
    }
    for t in cx.tables() {
        let Some(partitioning) = &t.table.partitioning else { continue };
        let keys: Vec<String> = partitioning.keys.iter().flat_map(|it| expression::names(it)).collect();
        let mut own = all.iter().filter(|it| it.table == t.name).peekable();
        let says =
            |it: &crate::lint::query::Access| it.equal.iter().chain(&it.range).any(|it| keys.contains(it));
        if own.peek().is_some() && !own.any(says) {
            let message = format!(
                "no declared query says anything of ({}): each looks into every partition",
                partitioning.keys.join(", ")
            );
            cx.table(&t, message);
        }
    }
}
