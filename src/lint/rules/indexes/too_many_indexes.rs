//! Too many indexes.

use crate::lint::prelude::*;

rule! {
    /// Flags a table with many indexes.
    ///
    /// ## Why
    ///
    /// Each row that is written, and most that are changed, go into every one of them. Where the design is asked to bear as many
    /// writes as reads (`relata constraints --reads-per-write 1`), half as many are too many.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int, b int, c int, d int, e int, f int, g int, h int, i int, j int);
    /// create index on t (a);
    /// create index on t (b);
    /// create index on t (c);
    /// create index on t (d);
    /// create index on t (e);
    /// create index on t (f);
    /// create index on t (g);
    /// create index on t (h);
    /// create index on t (i);
    /// create index on t (j);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int, b int);
    /// create index on t (a);
    /// create index on t (b);
    /// ```
    ///
    /// ## Options
    ///
    /// `max` (10, or 5 where writes weigh): the most indexes, those of keys counted.
    IDX012 "too-many-indexes" Info [] Named(check, &[Known::Rows])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let usual = if cx.globals().writes_weigh { 5 } else { 10 };
    let most = cx.option("max", usual) as usize;
    let count = t.indexes.len() + t.uniques.len() + usize::from(t.primary_key.is_some());
    if count > most {
        cx.table(t, format!("the table has {count} indexes, and each write keeps them"));
    }
}
