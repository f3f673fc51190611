//! Idle index predicate.

use crate::lint::prelude::*;

rule! {
    /// Flags an index of the rows in which a column is not null, where it never is.
    ///
    /// ## Why
    ///
    /// It holds every row, but the planner must prove the predicate before it may use it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int not null);
    /// create index on t (a) where a is not null;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int not null);
    /// create index on t (a);
    /// ```
    IDX015 "idle-index-predicate" Info [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in &t.indexes {
        let Some(predicate) = &it.predicate else { continue };
        let folded = expression::folded(predicate).replace(['(', ')'], " ");
        let words: Vec<&str> = folded.split_whitespace().collect();
        let [column, "is", "not", "null"] = words.as_slice() else { continue };
        let Some(c) = t.table.column_named(column.trim_matches('"')).filter(|it| !t.is_nullable(it.id))
        else {
            continue;
        };
        let mut whole = t.table.clone();
        for index in whole.indexes.iter_mut().filter(|other| other.id == it.id) {
            index.predicate = None;
        }
        cx.member(
            t,
            [it.id.into()],
            &it.name,
            format!("`{}` is never null, so that the predicate leaves nothing out", c.name),
        )
        .safe("Drop the predicate", Remedy::Put(Box::new(whole.into())));
    }
}
