//! Full rewrite maintenance.

use crate::lint::prelude::*;

rule! {
    /// Flags statements that write a whole table anew.
    ///
    /// ## Why
    ///
    /// `VACUUM FULL`, `CLUSTER`, `SET LOGGED`, `SET TABLESPACE` and `SET ACCESS METHOD` hold an ACCESS EXCLUSIVE lock
    /// until it is done.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders set unlogged;
    /// ```
    ///
    /// ```sql
    /// vacuum full orders;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// vacuum (analyze) orders;
    /// ```
    MIG028 "full-rewrite-maintenance" Error [Unsafe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let told = match &step.act {
            Act::Maintain { what, full, name, .. } if what == "cluster" || what == "vacuum" && *full => {
                // Without a name it is done to all tables.
                let own = name.as_ref().is_some_and(|it| !steps.exists(it, at));
                (!own).then(|| (name.clone().unwrap_or_default(), what.to_ascii_uppercase()))
            }
            Act::AlterTable { table, actions } if steps.exists(table, at) => {
                actions.iter().find_map(|it| match it {
                    Action::Rewrite { what } => Some((table.clone(), what.clone())),
                    _ => None,
                })
            }
            _ => None,
        };
        if let Some((table, what)) = told {
            let fix = if what == "VACUUM" { steps.without(at, "full") } else { None };
            let fix = fix.filter(|_| !steps.statement(at).contains('('));
            steps
                .report(at, &table, format!("{what} writes `{table}` anew while reading waits"))
                .risky_if("Vacuum it without FULL", fix.map(Remedy::from));
        }
    }
}
