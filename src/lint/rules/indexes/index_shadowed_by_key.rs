//! Index shadowed by key.

use crate::lint::prelude::*;

rule! {
    /// Flags an index over the very columns of a key, which has an index of its own.
    ///
    /// ## Why
    ///
    /// Each write keeps both, and no query is faster.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table orgs (id bigint primary key, slug text not null unique);
    /// create index idx_orgs_slug on orgs (slug);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table orgs (id bigint primary key, slug text not null unique);
    /// ```
    IDX003 "index-shadowed-by-key" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in
        t.indexes.iter().filter(|it| it.method == "btree" && it.predicate.is_none() && it.include.is_empty())
    {
        let plain: Option<Vec<ColumnId>> = it
            .elements
            .iter()
            .map(|it| match it {
                IndexElement {
                    key: IndexKey::Column(id),
                    collation: None,
                    operator_class: None,
                    descending: false,
                    nulls_first: None,
                    ..
                } => Some(*id),
                _ => None,
            })
            .collect();
        let Some(columns) = plain else { continue };
        let keys = t.primary_key.iter().filter(|it| !it.without_overlaps).map(|it| (&it.name, &it.columns));
        let mut keys =
            keys.chain(t.uniques.iter().filter(|it| !it.without_overlaps).map(|it| (&it.name, &it.columns)));
        let Some((key, _)) = keys.find(|it| *it.1 == columns) else { continue };
        let free = t.cluster_on.as_ref() != Some(&it.name)
            && t.replica_identity != ReplicaIdentity::Index(it.id)
            && it.attached_to.is_none();
        let finding =
            cx.member(t, [it.id.into()], &it.name, format!("`{key}` has an index over the same columns"));
        if free {
            finding.safe("Drop it", Remedy::Drop { table: t.id, member: it.id.into() });
        }
    }
}
