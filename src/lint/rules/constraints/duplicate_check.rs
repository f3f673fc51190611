//! Duplicate check.

use crate::lint::prelude::*;

rule! {
    /// Flags a check that says what another one of the table says.
    ///
    /// ## Why
    ///
    /// Each is run for every row, and a change of one leaves the other.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, total numeric(12,2) not null check (total >= 0), constraint o_total_ok check (total >= 0));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, total numeric(12,2) not null constraint o_total_ok check (total >= 0));
    /// ```
    CON015 "duplicate-check" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for (place, it) in t.checks.iter().enumerate() {
        let same =
            |other: &&Check| expression::folded(&other.expression) == expression::folded(&it.expression);
        if let Some(first) = t.checks.iter().take(place).find(same) {
            cx.member(t, [it.id.into()], &it.name, format!("`{}` says the same", first.name))
                .safe("Drop it", Remedy::Drop { table: t.id, member: it.id.into() });
        }
    }
}
