//! Json instead of jsonb.

use crate::lint::prelude::*;

rule! {
    /// Flags `json`, where `jsonb` is meant.
    ///
    /// ## Why
    ///
    /// `json` is text that is parsed anew on each use. It has no equality, so that `DISTINCT`, `GROUP BY` and `UNION`
    /// fail, and no index looks into it. It is right only where the bytes must stay as they came.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, meta json);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, meta jsonb);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "JSON Types".
    TYP006 "json-instead-of-jsonb" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.facts.builtin == Some(Builtin::Json)) {
        let finding = cx.column(t, &c, format!("`{}` is json, which has no equality and no index", c.name));
        if matches!(c.data_type.base, BaseType::Builtin(_)) {
            let data_type = DataType { base: BaseType::Builtin(Builtin::Jsonb), ..c.data_type.clone() };
            finding.risky("Make it jsonb", Remedy::Type { table: t.id, column: c.id, data_type });
        }
    }
}
