//! Range column before equality.

use crate::lint::prelude::*;
use crate::lint::query::accesses;

rule! {
    /// Flags an index that begins with a column a query compares with a bound, before one it compares with a value.
    ///
    /// ## Why
    ///
    /// Behind a range the order of the index is of no more use: all entries of the range are read, and those of the
    /// one value are picked from them.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access eq(user_id) range(created_at) */
    /// create table o (id bigint primary key, user_id bigint not null, created_at timestamptz not null);
    /// create index on o (created_at, user_id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ access eq(user_id) range(created_at) */
    /// create table o (id bigint primary key, user_id bigint not null, created_at timestamptz not null);
    /// create index on o (user_id, created_at);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Multicolumn Indexes".
    IDX007 "range-column-before-equality" Warning [Unsafe] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let all: Vec<_> = cx.design.access_patterns().flat_map(|it| accesses(&it.query)).collect();
    for access in &all {
        let Some(t) = cx.table_called(&access.table) else { continue };
        let ids = |names: &[String]| -> Vec<ColumnId> {
            names.iter().filter_map(|it| t.column_named(it)).map(|it| it.id).collect()
        };
        let (equal, range) = (ids(&access.equal), ids(&access.range));
        for index in t.indexes.iter().filter(|it| it.method == "btree" && it.predicate.is_none()) {
            let Some(columns) = index.plain_columns() else { continue };
            let first = columns.first().filter(|it| range.contains(it) && !equal.contains(it));
            let later: Vec<ColumnId> =
                columns.iter().skip(1).filter(|it| equal.contains(it)).copied().collect();
            if first.is_none() || later.is_empty() {
                continue;
            }
            let rest = columns.iter().filter(|it| !later.contains(it)).copied();
            let columns: Vec<ColumnId> = later.iter().copied().chain(rest).collect();
            let listed = t.listed(&columns);
            let remedy = Remedy::AddIndex {
                table: t.id,
                columns,
                unique: index.unique,
                predicate: None,
                replaces: Some(index.id.into()),
            };
            cx.member(
                t.table,
                [index.id.into()],
                &index.name,
                "the range stands before what is compared with one value",
            )
            .because(format!("({listed}) would read the wanted rows alone"))
            .risky("Turn the columns around", remedy);
        }
    }
}
