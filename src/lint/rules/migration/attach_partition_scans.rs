//! Attach partition scans.

use crate::lint::prelude::*;

rule! {
    /// Flags a partition that is attached while all its rows are read.
    ///
    /// ## Why
    ///
    /// Without a check that implies the bounds every row is read under an ACCESS EXCLUSIVE lock on the table that is attached, and on
    /// the default partition where there is one. The partitioned table itself stays open (PostgreSQL 12).
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table events_old (id bigint not null, at timestamptz not null, body jsonb);
    /// insert into events_old values (1, '2026-02-03', null);
    /// alter table events attach partition events_old for values from ('2026-02-01') to ('2026-03-01');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table events_old (id bigint not null, at timestamptz not null, body jsonb, constraint b check (at >= '2026-02-01' and at < '2026-03-01'));
    /// insert into events_old values (1, '2026-02-03', null);
    /// alter table events attach partition events_old for values from ('2026-02-01') to ('2026-03-01');
    /// ```
    ///
    /// ```sql
    /// create table events_new (id bigint not null, at timestamptz not null, body jsonb);
    /// alter table events attach partition events_new for values from ('2026-02-01') to ('2026-03-01');
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TABLE", `ATTACH PARTITION`.
    MIG030 "attach-partition-scans" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        let Action::Attach { partition } = action else { continue };
        let is_filled = |it: &Act| matches!(it, Act::Insert { table, .. } if table == partition);
        let is_empty =
            !steps.exists(partition, *at) && !steps.steps.iter().take(*at).any(|it| is_filled(&it.act));
        let is_check = |it: &Action| matches!(it, Action::AddConstraint(it) if it.kind == Constraint::Check);
        let is_checked = all.iter().any(|(place, of, it)| place < at && of == partition && is_check(it));
        let has_check = |it: &Design| it.tables().any(|it| it.name == *partition && !it.checks.is_empty());
        if is_empty || is_checked || has_check(steps.before()) || has_check(steps.after()) {
            continue;
        }
        steps
            .report(*at, table, format!("nothing can be done with `{partition}` while all its rows are read"))
            .because(
                "a check that implies the bounds, added NOT VALID and validated before, spares the reading",
            );
    }
}
