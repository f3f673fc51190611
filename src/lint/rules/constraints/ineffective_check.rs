//! Ineffective check.

use crate::lint::prelude::*;

rule! {
    /// Flags a check that can never fail.
    ///
    /// ## Why
    ///
    /// With a null in its list, or compared with null, a condition is never false, and a check refuses only what is
    /// false.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, s text check (s in ('a', 'b', null)));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, s text check (s in ('a', 'b')));
    /// ```
    CON016 "ineffective-check" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in &t.checks {
        let folded = expression::folded(&it.expression);
        let spaced = format!(" {folded} ");
        let in_list = spaced.contains(" in ( ")
            && (spaced.contains(" , null ") || spaced.contains("( null ,"))
            && !spaced.contains("coalesce");
        let compared = spaced.contains(" = null ") || spaced.contains(" <> null ");
        let constant = matches!(folded.as_str(), "true" | "1 = 1");
        if in_list || compared || constant {
            cx.member(t, [it.id.into()], &it.name, format!("the check ({}) can never fail", it.expression))
                .risky("Drop it, or say what is meant", Remedy::Drop { table: t.id, member: it.id.into() });
        }
    }
}
