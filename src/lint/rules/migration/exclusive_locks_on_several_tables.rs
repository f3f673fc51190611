//! Exclusive locks on several tables.

use std::collections::BTreeSet;

use crate::lint::prelude::*;
use crate::pg::LockMode;

rule! {
    /// Flags a transaction whose statements lock several existing tables against writing.
    ///
    /// ## Why
    ///
    /// It holds the first lock while it waits for the second. Code that takes the two in the other order waits for it in turn,
    /// and PostgreSQL ends one of them as a deadlock; until then both tables stand still. A transaction for each table cannot
    /// be caught so.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// begin;
    /// alter table orders add column memo text;
    /// alter table customers add column memo text;
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders add column memo text;
    /// alter table customers add column memo text;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Explicit Locking", "Deadlocks".
    MIG021 "exclusive-locks-on-several-tables" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut held: BTreeSet<String> = BTreeSet::new();
    let (mut transaction, mut told) = (None, false);
    for (at, step) in steps.each() {
        if step.transaction.is_none() || step.transaction != transaction {
            (transaction, told) = (step.transaction, false);
            held.clear();
        }
        if transaction.is_none() {
            continue;
        }
        let locks = steps.locks(at).into_iter().filter(|it| it.mode >= LockMode::ShareRowExclusive);
        let tables: BTreeSet<String> = locks.map(|it| it.table).collect();
        let new = tables.difference(&held).next().cloned();
        let before = held.difference(&tables).next().cloned();
        if let (Some(new), Some(before), false) = (new, before, told) {
            steps
                .report(at, &new, format!("`{new}` is locked while `{before}` is locked already"))
                .because("code that uses the two in the other order may deadlock with it");
            told = true;
        }
        held.extend(tables);
    }
}
