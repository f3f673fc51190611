//! Work while holding exclusive lock.

use crate::lint::prelude::*;

rule! {
    /// Flags other work in a transaction that holds an ACCESS EXCLUSIVE lock.
    ///
    /// ## Why
    ///
    /// Reading waits for the whole transaction, not only for the statement that took the lock.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// begin;
    /// alter table orders add column memo text;
    /// update customers set name = 'x' where id = 1;
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column memo text;
    /// update customers set name = 'x' where id = 1;
    /// ```
    MIG020 "work-while-holding-exclusive-lock" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut held: Option<(usize, &str)> = None;
    for (at, step) in steps.each() {
        let Some(transaction) = step.transaction else {
            held = None;
            continue;
        };
        if let Some((of, table)) = held.filter(|it| it.0 == transaction) {
            let _ = of;
            let works = match &step.act {
                Act::Update { .. } | Act::Delete { .. } => true,
                Act::Insert { from_query, .. } => *from_query,
                Act::CreateIndex { table: on, concurrently: false, .. } => steps.exists(on, at),
                Act::Other { words } => words.first().is_some_and(|it| it == "select"),
                Act::AlterTable { table: on, actions } => {
                    on != table && steps.exists(on, at) && !actions.is_empty()
                }
                _ => false,
            };
            if works {
                steps.report(at, table, format!("this runs while reading `{table}` waits"));
                held = None;
                continue;
            }
        }
        if let Some(table) =
            steps.existing(at).filter(|_| steps.lock(at).is_some_and(crate::pg::LockMode::blocks_reads))
        {
            held = Some((transaction, table));
        }
    }
}
