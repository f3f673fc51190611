//! Drop cascade.

use crate::lint::prelude::*;

rule! {
    /// Flags `DROP … CASCADE`.
    ///
    /// ## Why
    ///
    /// What else goes is not in the script: views, foreign keys, functions.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// drop view order_totals cascade;
    /// drop table orders cascade;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// drop view order_totals;
    /// ```
    DAT011 "drop-cascade" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Drop { what, names, cascade: true, .. } = &step.act {
            let name = names.first().cloned().unwrap_or_default();
            if what != "table" || steps.exists(&name, at) {
                if steps.clears(at, &name) {
                    continue;
                }
                steps.report(at, &name, format!("what else goes with the {what} `{name}` is not said"));
            }
        }
    }
}
