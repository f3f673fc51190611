//! Delete without filter.

use crate::lint::prelude::*;

rule! {
    /// Flags `DELETE` of all rows of an existing table.
    ///
    /// ## Why
    ///
    /// Where that is not what was meant, it cannot be told from what was.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// delete from orders where true;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// delete from orders where placed_at < '2020-01-01' and id between 1 and 5000;
    /// ```
    DAT005 "delete-without-filter" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Delete { table, filter } = &step.act
            && steps.exists(table, at)
        {
            let all = filter
                .as_deref()
                .map(expression::folded)
                .is_none_or(|it| matches!(it.as_str(), "true" | "1 = 1"));
            if all {
                steps.report(at, table, format!("all rows of `{table}` are deleted"));
            }
        }
    }
}
