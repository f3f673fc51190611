//! Concurrent inside transaction.

use crate::lint::prelude::*;

rule! {
    /// Flags a concurrent build, `VACUUM` and the like within a transaction.
    ///
    /// ## Why
    ///
    /// PostgreSQL refuses it.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// begin;
    /// create index concurrently x on orders (state);
    /// commit;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create index concurrently x on orders (state);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE INDEX", "VACUUM", "CREATE DATABASE".
    MIG003 "concurrent-inside-transaction" Error [Core Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each().filter(|it| it.1.transaction.is_some()) {
        let what = match &step.act {
            Act::CreateIndex { concurrently: true, .. } => "CREATE INDEX CONCURRENTLY",
            Act::Drop { concurrently: true, .. } => "DROP INDEX CONCURRENTLY",
            Act::Maintain { what, concurrently: true, .. } if what == "reindex" => "REINDEX CONCURRENTLY",
            Act::Maintain { what, .. } if what == "vacuum" => "VACUUM",
            Act::Other { words } if words.iter().any(|it| it == "database") && words[0] == "create" => {
                "CREATE DATABASE"
            }
            Act::Drop { what, .. } if what == "database" => "DROP DATABASE",
            Act::AlterTable { actions, .. }
                if actions.iter().any(|it| matches!(it, Action::Detach { concurrently: true, .. })) =>
            {
                "DETACH PARTITION CONCURRENTLY"
            }
            _ => continue,
        };
        let begun = step.transaction.is_some_and(|it| it > 0);
        let edits = vec![steps.ahead(at, "COMMIT;\n"), steps.at_end(at, ";\nBEGIN")];
        steps
            .report(at, step.act.table().unwrap_or(what), format!("{what} cannot run within a transaction"))
            .risky_if("End the transaction before it", begun.then_some(Remedy::Rewrite(edits)));
    }
}
