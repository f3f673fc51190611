//! Missing statement timeout.

use crate::lint::prelude::*;

rule! {
    /// Flags the first statement that holds a strong lock on an existing table while no `statement_timeout` bounds it.
    ///
    /// ## Why
    ///
    /// `lock_timeout` bounds the waiting for a lock, not how long it is held: a scan that takes longer than thought
    /// stops the service for as long.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// set lock_timeout = '2s';
    /// alter table orders add column memo text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// set lock_timeout = '2s';
    /// set statement_timeout = '5s';
    /// alter table orders add column memo text;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Client Connection Defaults", `statement_timeout`.
    MIG019 "missing-statement-timeout" Info [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let Some(table) = steps.existing(at) else { continue };
        if step.statement_timeout || !steps.lock(at).is_some_and(crate::pg::LockMode::blocks_writes) {
            continue;
        }
        let local = if step.transaction.is_some() { "LOCAL " } else { "" };
        let edit = steps.ahead(at, format!("SET {local}statement_timeout = '5s';\n"));
        steps
            .report(at, table, format!("nothing bounds how long `{table}` is locked"))
            .safe("Set statement_timeout before it", Remedy::Rewrite(vec![edit]));
        return;
    }
}
