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
    MIG036 "transaction-control-mismatch" Error [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut open = steps.wrapped;
    for (at, step) in steps.each() {
        let told = match &step.act {
            Act::Begin if open => Some(("begin", "a transaction begins within a transaction")),
            Act::Commit if steps.wrapped => {
                Some(("commit", "the transaction ends that the script is run within"))
            }
            Act::Commit if !open => Some(("commit", "a transaction ends that has not begun")),
            _ => None,
        };
        if let Some((place, message)) = told {
            let edit = steps.instead(at, "");
            steps.report(at, place, message).risky("Leave it out", Remedy::Rewrite(vec![edit]));
        }
        match &step.act {
            Act::Begin => open = true,
            Act::Commit => open = steps.wrapped,
            _ => {}
        }
    }
    if open && !steps.wrapped && !steps.steps.is_empty() {
        let last = steps.steps.len() - 1;
        let edit = steps.at_end(last, ";\nCOMMIT");
        steps
            .report(last, "begin", "the transaction never ends")
            .risky("End it", Remedy::Rewrite(vec![edit]));
    }
}
