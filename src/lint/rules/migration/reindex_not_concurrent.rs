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
    MIG027 "reindex-not-concurrent" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Maintain { what, concurrently: false, name, .. } = &step.act
            && what == "reindex"
        {
            let name = name.as_deref().unwrap_or("index");
            steps.report(at, name, format!("reading and writing wait while `{name}` is built anew"));
        }
    }
}
