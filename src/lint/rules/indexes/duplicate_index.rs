//! Duplicate index.

use crate::lint::prelude::*;

rule! {
    /// Flags an index that another one of the table repeats.
    ///
    /// ## Why
    ///
    /// Each write keeps both, each takes space and cache, and no query is faster.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null);
    /// create index a on o (user_id);
    /// create index b on o (user_id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null);
    /// create index a on o (user_id);
    /// ```
    IDX002 "duplicate-index" Warning [Core Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for (place, it) in t.indexes.iter().enumerate() {
        let same = |other: &&Index| {
            let predicate = |it: &Index| it.predicate.as_deref().map(expression::folded);
            other.method == it.method
                && other.elements == it.elements
                && other.include == it.include
                && other.unique == it.unique
                && other.nulls_not_distinct == it.nulls_not_distinct
                && predicate(other) == predicate(it)
        };
        if let Some(first) = t.indexes.iter().take(place).find(same) {
            let finding =
                cx.member(t, [it.id.into()], &it.name, format!("`{}` is the same index", first.name));
            if is_free(t, it) {
                finding.safe("Drop it", Remedy::Drop { table: t.id, member: it.id.into() });
            }
        }
    }
}

/// Whether nothing else of the design names the index.
fn is_free(t: &TableView<'_>, index: &Index) -> bool {
    t.cluster_on.as_ref() != Some(&index.name)
        && t.replica_identity != ReplicaIdentity::Index(index.id)
        && index.attached_to.is_none()
}
