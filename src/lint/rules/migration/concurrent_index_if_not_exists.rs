//! Concurrent index if not exists.

use crate::lint::prelude::*;

rule! {
    /// Flags a concurrent build that is skipped where an index of that name is there.
    ///
    /// ## Why
    ///
    /// A build that failed leaves an invalid index of that name: the second try does nothing and says that all is well.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create index concurrently if not exists orders_state_idx on orders (state);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// drop index concurrently if exists orders_state_idx;
    /// create index concurrently orders_state_idx on orders (state);
    /// ```
    MIG033 "concurrent-index-if-not-exists" Warning [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::CreateIndex { concurrently: true, if_not_exists: true, table, name, .. } = &step.act
            && steps.exists(table, at)
        {
            let edit = steps.without(at, "if not exists");
            let drop = name.as_ref().map(|it| {
                steps.ahead(at, format!("DROP INDEX CONCURRENTLY IF EXISTS {};\n", crate::sql::ident(it)))
            });
            let finding = steps.report(at, table, "an invalid index of this name would be kept");
            if let (Some(edit), Some(drop)) = (edit, drop) {
                finding.risky("Drop what is left of it first", Remedy::Rewrite(vec![drop, edit]));
            }
        }
    }
}
