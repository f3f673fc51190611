//! Wide index.

use crate::lint::prelude::*;

rule! {
    /// Flags an index of many columns that no key asks for.
    ///
    /// ## Why
    ///
    /// It is nearly as large as the table, and columns after the first few seldom narrow a search.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int, b int, c int, d int, e int);
    /// create index on t (a, b, c, d, e);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int, b int, c int, d int, e int);
    /// create index on t (a, b, c);
    /// ```
    ///
    /// ## Options
    ///
    /// `max` (4): the most columns.
    IDX013 "wide-index" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let most = cx.option("max", 4) as usize;
    for it in t.indexes.iter().filter(|it| !it.unique && it.method == "btree" && it.elements.len() > most) {
        cx.member(t, [it.id.into()], &it.name, format!("the index has {} columns", it.elements.len()));
    }
}
