//! Missing lock timeout.

use crate::lint::prelude::*;

rule! {
    /// Flags a strong lock on an existing table without a bound on waiting for it.
    ///
    /// ## Why
    ///
    /// It waits behind one long query, and every other query waits behind it: the service stands still although nothing
    /// is being done. With `lock_timeout` it gives up and can be tried again.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders add column memo text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// set lock_timeout = '2s';
    /// alter table orders add column memo text;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Client Connection Defaults", `lock_timeout`.
    MIG018 "missing-lock-timeout" Warning [Core Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if step.lock_timeout {
            continue;
        }
        if let Some(lock) = steps.strongest(at).filter(|it| it.mode.blocks_writes()) {
            let table = &lock.table;
            let local = if step.transaction.is_some() { "LOCAL " } else { "" };
            let edit = steps.ahead(at, format!("SET {local}lock_timeout = '2s';\n"));
            steps
                .report(at, table, format!("nothing bounds the waiting for a lock on `{table}`"))
                .because(format!("it takes {} on `{table}`: {}", lock.mode.name(), lock.mode.waiting()))
                .safe("Set lock_timeout before it", Remedy::Rewrite(vec![edit]));
            return;
        }
    }
}
