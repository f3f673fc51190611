//! Enum value order unstated.

use crate::lint::prelude::*;

rule! {
    /// Flags a label that is added to an enumerated type without saying where in the order.
    ///
    /// ## Why
    ///
    /// Labels compare in their order, and the order of one that is there cannot be changed. At the end is often not
    /// where it belongs.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter type order_state add value 'refunded';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter type order_state add value 'refunded' after 'paid';
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER TYPE", `ADD VALUE`.
    MIG026 "enum-value-order-unstated" Info [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, step) in steps.each() {
        let Act::AlterType { name, rest } = &step.act else { continue };
        let adds = rest.first().is_some_and(|it| it == "add") && rest.get(1).is_some_and(|it| it == "value");
        if !adds || rest.iter().any(|it| it == "before" || it == "after") {
            continue;
        }
        let last = steps.before().enums().find(|it| it.name == *name).and_then(|it| it.values.last());
        let edit = last.map(|it| steps.at_end(at, format!(" AFTER {}", crate::sql::literal(it))));
        steps
            .report(at, name, "where the label stands in the order is not said")
            .safe_if("Say that it comes last", edit.map(Remedy::from));
    }
}
