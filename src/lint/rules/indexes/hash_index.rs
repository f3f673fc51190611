//! Hash index.

use crate::lint::prelude::*;

rule! {
    /// Flags a hash index.
    ///
    /// ## Why
    ///
    /// It knows no order, no uniqueness and one column only. It is smaller for long values that are looked up by
    /// equality, and for nothing else.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, k text not null);
    /// create index on t using hash (k);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, k text not null);
    /// create index on t (k);
    /// ```
    IDX017 "hash-index" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in t.indexes.iter().filter(|it| it.method == "hash") {
        let mut tree = t.table.clone();
        for index in tree.indexes.iter_mut().filter(|other| other.id == it.id) {
            index.method = "btree".into();
            for element in &mut index.elements {
                element.operator_class = None;
            }
        }
        cx.member(t, [it.id.into()], &it.name, "a hash index serves equality alone")
            .risky("Make it a B-tree", Remedy::Put(Box::new(tree.into())));
    }
}
