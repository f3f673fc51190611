//! Rounded timestamp.

use crate::lint::prelude::*;

rule! {
    /// Flags a timestamp that is rounded to seconds.
    ///
    /// ## Why
    ///
    /// It rounds and does not cut: a moment can lie in the future, after `now()`.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, at timestamptz(0) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, at timestamptz not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use timestamp(0) or timestamptz(0)".
    TYP003 "rounded-timestamp" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_moment() && it.data_type.modifiers == ["0"]) {
        let data_type = DataType { modifiers: Vec::new(), ..c.data_type.clone() };
        let remedy = Remedy::Type { table: t.id, column: c.id, data_type };
        cx.column(t, &c, format!("`{}` is rounded and may lie in the future", c.name))
            .risky("Keep fractions", remedy);
    }
}
