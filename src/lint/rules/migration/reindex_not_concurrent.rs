//! Reindex not concurrent.

use crate::lint::prelude::*;

rule! {
    /// Flags `REINDEX` without `CONCURRENTLY`.
    ///
    /// ## Why
    ///
    /// Writing to the table waits, and reading by the index does, until it is built.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// reindex table orders;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// reindex table concurrently orders;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "REINDEX" (PostgreSQL 12).
    MIG027 "reindex-not-concurrent" Error [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Maintain { what, concurrently: false, name, kind, .. } = &step.act
            && what == "reindex"
            // The catalogue's own indexes cannot be built concurrently.
            && kind.as_deref() != Some("system")
        {
            let name = name.as_deref().unwrap_or("index");
            let edit = kind.as_deref().and_then(|it| steps.behind(at, it, " CONCURRENTLY"));
            steps.report(at, name, format!("reading and writing wait while `{name}` is built anew")).safe_if(
                "Build it concurrently",
                edit.filter(|_| step.transaction.is_none()).map(Remedy::from),
            );
        }
    }
}
