//! Unbatched backfill.

use crate::lint::prelude::*;

rule! {
    /// Flags an `UPDATE` or `DELETE` of an existing table that is not bounded.
    ///
    /// ## Why
    ///
    /// It locks every row that it touches until its end, writes all of them into one transaction, and holds vacuum
    /// back. Ranges of the key, one transaction each, do not.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// update orders set note = '' where note is null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// update orders set note = '' where id between 1 and 10000 and note is null;
    /// ```
    MIG024 "unbatched-backfill" Error [Core] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let (Act::Update { table, filter, .. } | Act::Delete { table, filter }) = &step.act else { continue };
        if !steps.exists(table, at) {
            continue;
        }
        let bounded = filter.as_deref().is_some_and(|it| {
            let names = expression::names(it);
            let limited = names.iter().any(|it| matches!(it.as_str(), "limit" | "ctid"));
            let ranged = expression::demands(it).into_iter().any(|(name, demand)| {
                let key = name == "id" || name.ends_with("_id");
                key && (demand.lower || demand.upper || demand.listed)
            });
            let words = expression::written(it);
            let equal = words.windows(2).any(|it| {
                it[1].1 == "="
                    && (it[0].1.eq_ignore_ascii_case("id") || it[0].1.to_ascii_lowercase().ends_with("_id"))
            });
            limited || ranged || equal
        });
        if !bounded {
            steps.report(at, table, format!("all rows of `{table}` may be changed in one statement"));
        }
    }
}
