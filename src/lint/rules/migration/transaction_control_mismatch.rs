//! Transaction control mismatch.

use crate::lint::prelude::*;

rule! {
    /// Flags a transaction within a transaction, and an end without a beginning.
    ///
    /// ## Why
    ///
    /// PostgreSQL warns and goes on: what should be one act becomes two, or the other way round.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// begin;
    /// begin;
    /// alter table orders add column memo text;
    /// commit;
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// begin;
    /// alter table orders add column memo text;
    /// commit;
    /// ```
    MIG036 "transaction-control-mismatch" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut open = false;
    for (at, step) in steps.each() {
        match &step.act {
            Act::Begin if open => {
                steps.report(at, "begin", "a transaction begins within a transaction");
            }
            Act::Begin => open = true,
            Act::Commit if !open => {
                steps.report(at, "commit", "a transaction ends that has not begun");
            }
            Act::Commit => open = false,
            _ => {}
        }
    }
    if open && !steps.steps.is_empty() {
        steps.report(steps.steps.len() - 1, "begin", "the transaction never ends");
    }
}
