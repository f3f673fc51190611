//! Truncate.

use crate::lint::prelude::*;

rule! {
    /// Flags `TRUNCATE` of an existing table.
    ///
    /// ## Why
    ///
    /// Its rows are gone at once; with `CASCADE` so are those of every table that references it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// truncate customers cascade;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// delete from orders where id between 1 and 1000;
    /// ```
    DAT004 "truncate" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Truncate { tables, cascade } = &step.act {
            let there: Vec<&String> = tables.iter().filter(|it| steps.exists(it, at)).collect();
            for table in there {
                let more = if *cascade { ", and those of every table that references it" } else { "" };
                steps.report(at, table, format!("the rows of `{table}` are gone{more}"));
            }
        }
    }
}
