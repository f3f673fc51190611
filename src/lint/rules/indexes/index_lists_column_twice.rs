//! Index lists column twice.

use crate::lint::prelude::*;

rule! {
    /// Flags an index that names a column twice.
    ///
    /// ## Why
    ///
    /// The second time tells nothing and takes its space in every entry.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// create index on t (a, a);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// create index on t (a);
    /// ```
    IDX014 "index-lists-column-twice" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in t.indexes.iter().filter(|it| it.method == "btree") {
        let twice = |place: usize, element: &IndexElement| {
            it.elements.iter().take(place).any(|it| it.key == element.key)
        };
        let again = it
            .elements
            .iter()
            .enumerate()
            .any(|(place, element)| twice(place, element) && element.operator_class.is_none());
        if again {
            let mut once = t.table.clone();
            for index in once.indexes.iter_mut().filter(|other| other.id == it.id) {
                let mut seen: Vec<IndexKey> = Vec::new();
                index.elements.retain(|it| {
                    let new = !seen.contains(&it.key);
                    seen.push(it.key.clone());
                    new
                });
            }
            cx.member(t, [it.id.into()], &it.name, "the index names a column twice")
                .safe("Name it once", Remedy::Put(Box::new(once.into())));
        }
    }
}
