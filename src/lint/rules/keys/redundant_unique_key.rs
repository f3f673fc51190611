//! Redundant unique key.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique key that holds another unique key and something more.
    ///
    /// ## Why
    ///
    /// It can never fire: the smaller key fires first. Where a foreign key references it (so that a tenant stays the
    /// same) it is needed.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, code text not null, unique (id, code));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, code text not null unique);
    /// ```
    KEY012 "redundant-unique-key" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for unique in t.uniques.iter().filter(|it| !it.without_overlaps) {
        let smaller =
            t.primary_key.iter().filter(|it| !it.without_overlaps).map(|it| (&it.name, &it.columns));
        let others = t.uniques.iter().filter(|it| it.id != unique.id && !it.without_overlaps);
        let others = others.filter(|it| it.columns.len() < unique.columns.len() || it.id < unique.id);
        let mut smaller = smaller.chain(others.map(|it| (&it.name, &it.columns)));
        let within = smaller.find(|it| !it.1.is_empty() && it.1.iter().all(|it| unique.columns.contains(it)));
        let Some((name, _)) = within else { continue };
        let by = |it: &Table| {
            it.foreign_keys.iter().any(|fk| {
                fk.references == t.id
                    && fk.ref_columns.len() == unique.columns.len()
                    && fk.ref_columns.iter().all(|it| unique.columns.contains(it))
            })
        };
        if cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(by)
            || t.replica_identity == ReplicaIdentity::Constraint(unique.id)
            || t.cluster_on.as_ref() == Some(&unique.name)
        {
            continue;
        }
        cx.member(
            t,
            [unique.id.into()],
            &unique.name,
            format!("this key forbids nothing more: `{name}` is unique already and is part of it"),
        )
        .safe("Drop it", Remedy::Drop { table: t.id, member: unique.id.into() });
    }
}
