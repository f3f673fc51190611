//! Drop table.

use crate::lint::prelude::*;

rule! {
    /// Flags a table that is dropped.
    ///
    /// ## Why
    ///
    /// Its rows are gone. Renamed first, it can be had back while somebody still misses it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// drop table regions;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table regions rename to zz_regions_drop_20260401;
    /// ```
    DAT001 "drop-table" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Drop { what, names, .. } = &step.act
            && what == "table"
        {
            let there: Vec<&String> =
                names.iter().filter(|it| steps.exists(it, at) && !steps.clears(at, it)).collect();
            for name in there {
                steps.report(at, name, format!("the rows of `{name}` are gone"));
            }
        }
    }
}
