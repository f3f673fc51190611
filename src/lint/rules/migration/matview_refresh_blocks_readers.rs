//! Matview refresh blocks readers.

use crate::lint::prelude::*;

rule! {
    /// Flags a refresh of a materialised view that reading waits for.
    ///
    /// ## Why
    ///
    /// With `CONCURRENTLY` and a unique index the old rows are read until the new ones are there.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// refresh materialized view order_stats;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// refresh materialized view concurrently order_stats;
    /// ```
    MIG029 "matview-refresh-blocks-readers" Warning [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Maintain { what, concurrently: false, name: Some(name), .. } = &step.act
            && what == "refresh"
        {
            let edit = steps.behind(at, "view", " CONCURRENTLY");
            steps
                .report(at, name, format!("reading `{name}` waits until it is filled"))
                .risky_if("Refresh it concurrently, which needs a unique index", edit.map(Remedy::from));
        }
    }
}
