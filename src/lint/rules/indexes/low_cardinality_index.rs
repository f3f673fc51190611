//! Low cardinality index.

use crate::lint::prelude::*;

rule! {
    /// Flags an index over a column of two or three values.
    ///
    /// ## Why
    ///
    /// The planner reads the table instead, unless the value is rare; then a partial index is smaller.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, is_done boolean not null default false);
    /// create index on tasks (is_done);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, due_on date, is_done boolean not null default false);
    /// create index on tasks (due_on) where not is_done;
    /// ```
    IDX005 "low-cardinality-index" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in t.indexes.iter().filter(|it| !it.unique && it.predicate.is_none() && it.method == "btree") {
        let Some([column]) = it.plain_columns().map(|it| <[ColumnId; 1]>::try_from(it).unwrap_or_default())
        else {
            continue;
        };
        let Some(c) = t.col(column).filter(|it| it.is_type(Builtin::Boolean)) else { continue };
        cx.member(
            t,
            [it.id.into()],
            &it.name,
            format!("`{}` has two values, which an index tells apart badly", c.name),
        )
        .risky("Drop it", Remedy::Drop { table: t.id, member: it.id.into() });
    }
}
