//! Nullable with default.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that has a default and may be null all the same.
    ///
    /// ## Why
    ///
    /// The author expects a value always, yet a row that says null gets it, and every reader has to be ready.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, retries int default 0);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, retries int not null default 0);
    /// ```
    CON001 "nullable-with-default" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| t.is_nullable(it.id) && !it.facts.is_reference) {
        let Some(default) = c.default() else { continue };
        let folded = expression::folded(default).to_ascii_lowercase();
        if folded == "null" || folded.starts_with("null ::") || c.is_moment() || c.is_type(Builtin::Boolean) {
            continue;
        }
        let remedy = Remedy::Nullable { table: t.id, column: c.id, nullable: false };
        cx.column(t, &c, format!("`{}` has the default {default}, but may be null", c.name))
            .risky("Set it not null", remedy);
    }
}
