//! Brin candidate.

use crate::lint::prelude::*;
use crate::lint::query::accesses;

rule! {
    /// Flags a B-tree over the time of rows that are only added, of which declared queries ask nothing but ranges.
    ///
    /// ## Why
    ///
    /// Rows that come in order of time lie in it. A BRIN index then keeps one range of values for many pages: it is
    /// thousands of times smaller than a B-tree and costs next to nothing when rows are written.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ rows 500M; role log; access range(at) */
    /// create table readings (id bigint not null, at timestamptz not null);
    /// create index on readings (at);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ rows 500M; role log; access range(at) */
    /// create table readings (id bigint not null, at timestamptz not null);
    /// create index on readings using brin (at);
    /// ```
    ///
    /// ## Options
    ///
    /// `rows` (100000000): up to as many rows, a B-tree is well.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "BRIN Indexes".
    IDX018 "brin-candidate" Info [Unsafe] Design(check, &[Reads::Tables, Reads::Use])
}

fn check(cx: &mut Cx<'_>) {
    let most = cx.option("rows", 100_000_000);
    let queries: Vec<_> = cx.design.access_patterns().flat_map(|it| accesses(&it.query)).collect();
    if queries.is_empty() {
        return;
    }
    for t in cx.tables() {
        let Some(rows) = cx.globals().rows.get(&t.id).copied().filter(|it| *it > most) else { continue };
        // What is changed or deleted by mark moves, and lies in no order of time.
        if t.cols().any(|it| it.is(Topic::Updated) || it.is(Topic::Deleted)) {
            continue;
        }
        for index in
            t.indexes.iter().filter(|it| it.method == "btree" && !it.unique && it.predicate.is_none())
        {
            let Some([column]) =
                index.plain_columns().as_deref().map(<[ColumnId; 1]>::try_from).and_then(Result::ok)
            else {
                continue;
            };
            let Some(c) = t.col(column).filter(|it| it.is_moment() && !t.is_nullable(it.id)) else {
                continue;
            };
            // The only time of a row, or when it was made: others need not rise.
            if !c.is(Topic::Created) && t.cols().filter(ColumnView::is_moment).count() > 1 {
                continue;
            }
            let of_table = || queries.iter().filter(|it| it.table == t.name);
            let ranges = of_table().any(|it| it.range.contains(&c.name));
            let else_asked = |it: &crate::lint::query::Access| {
                it.equal.contains(&c.name) || it.order.iter().any(|it| it.0 == c.name)
            };
            if !ranges || of_table().any(else_asked) {
                continue;
            }
            let mut table = t.table.clone();
            for it in table.indexes.iter_mut().filter(|it| it.id == index.id) {
                "brin".clone_into(&mut it.method);
                for element in &mut it.elements {
                    (element.descending, element.nulls_first) = (false, None);
                }
            }
            let message = format!("of about {rows} rows in order of `{}`, only ranges are asked for", c.name);
            cx.member(&t, [index.id.into(), c.id.into()], &index.name, message)
                .risky("Make it BRIN", Remedy::Put(Box::new(table.into())));
        }
    }
}
