//! Redundant prefix index.

use crate::lint::prelude::*;

rule! {
    /// Flags an index whose columns another one begins with.
    ///
    /// ## Why
    ///
    /// The longer index serves the same queries; each write keeps both.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, a int, b int);
    /// create index o_a on o (a);
    /// create index o_ab on o (a, b);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, a int, b int);
    /// create index o_ab on o (a, b);
    /// ```
    IDX004 "redundant-prefix-index" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in t.indexes.iter().filter(|it| it.method == "btree" && !it.unique && it.include.is_empty()) {
        let predicate = |it: &Index| it.predicate.as_deref().map(expression::folded);
        let longer = t.indexes.iter().find(|other| {
            other.method == "btree"
                && other.elements.len() > it.elements.len()
                && other.elements.starts_with(&it.elements)
                && predicate(other) == predicate(it)
        });
        let plain = it.elements.iter().all(|it| {
            it.collation.is_none()
                && it.operator_class.is_none()
                && !it.descending
                && it.nulls_first.is_none()
        });
        let columns = it.plain_columns().filter(|_| plain && it.predicate.is_none());
        let key = columns.and_then(|columns| {
            let keys = t
                .primary_key
                .iter()
                .map(|it| (&it.name, &it.columns))
                .chain(t.uniques.iter().map(|it| (&it.name, &it.columns)));
            let mut keys = keys.filter(|it| it.1.len() > columns.len() && it.1.starts_with(&columns));
            keys.next().map(|it| it.0)
        });
        let Some(by) = longer.map(|it| &it.name).or(key) else { continue };
        let free = t.cluster_on.as_ref() != Some(&it.name)
            && t.replica_identity != ReplicaIdentity::Index(it.id)
            && it.attached_to.is_none();
        let finding = cx.member(t, [it.id.into()], &it.name, format!("`{by}` begins with the same columns"));
        if free {
            finding.safe("Drop it", Remedy::Drop { table: t.id, member: it.id.into() });
        }
    }
}
