//! Index replaced with gap.

use crate::lint::prelude::*;

rule! {
    /// Flags an index that is dropped before the one that takes its place is built.
    ///
    /// ## Why
    ///
    /// Until the new one is ready every query that needed the old one reads the whole table.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// drop index concurrently orders_customer_id_idx;
    /// create index concurrently orders_customer_new on orders (customer_id, state);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create index concurrently orders_customer_new on orders (customer_id, state);
    /// drop index concurrently orders_customer_id_idx;
    /// ```
    MIG034 "index-replaced-with-gap" Warning [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let Act::Drop { what, names, .. } = &step.act else { continue };
        for name in names.iter().filter(|_| what == "index") {
            let Some((table, column)) = led(steps.before(), name) else { continue };
            let replaces = |it: &Act| match it {
                Act::CreateIndex { table: of, columns, .. } => {
                    *of == table && columns.first() == Some(&column)
                }
                _ => false,
            };
            // Within one transaction nobody sees the gap.
            let later = steps.steps.iter().skip(at + 1).find(|it| replaces(&it.act));
            let is_one =
                later.is_some_and(|it| it.transaction.is_some() && it.transaction == step.transaction);
            if later.is_some() && !is_one && !steps.wrapped {
                steps.report(
                    at,
                    &table,
                    format!("queries by `{column}` read all of `{table}` until the next index is built"),
                );
            }
        }
    }
}

/// The table of an index and the first of its columns.
fn led(design: &Design, name: &str) -> Option<(String, String)> {
    let of = |table: &Table| {
        let index = table.indexes.iter().find(|it| it.name == name)?;
        let first = *index.leading_columns().first()?;
        Some((table.name.clone(), table.column(first)?.name.clone()))
    };
    design.tables().find_map(of)
}
