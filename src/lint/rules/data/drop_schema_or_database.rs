//! Drop schema or database.

use crate::lint::prelude::*;

rule! {
    /// Flags a schema or database that is dropped.
    ///
    /// ## Why
    ///
    /// Everything in it is gone.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create schema s;
    /// drop schema s;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create schema s;
    /// ```
    DAT003 "drop-schema-or-database" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        if let Act::Drop { what, names, .. } = &step.act
            && matches!(what.as_str(), "schema" | "database")
        {
            let name = names.first().cloned().unwrap_or_default();
            if steps.clears(at, &name) {
                continue;
            }
            steps.report(at, &name, format!("everything in the {what} `{name}` is gone"));
        }
    }
}
