//! Replica identity missing.

use crate::lint::prelude::*;
use crate::lint::privilege::{Published, published};

rule! {
    /// Flags a published table of which a changed row cannot be told from others.
    ///
    /// ## Why
    ///
    /// Logical replication finds the row to change by the primary key, or by what `REPLICA IDENTITY` names. With neither,
    /// PostgreSQL refuses every update and deletion once the table is in a publication that holds them.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (a int);
    /// create publication p for table t;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (a int primary key);
    /// create publication p for table t;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Publication" and "ALTER TABLE".
    COM015 "replica-identity-missing" Error [Unsafe] Design(check, &[Reads::Tables, Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    let published: Vec<Published> = cx.design.verbatims().filter_map(|it| published(&it.sql)).collect();
    if published.is_empty() {
        return;
    }
    // Of a partitioned table the partitions are what is written to.
    for t in cx.tables().filter(|it| !it.unlogged && it.partitioning.is_none()) {
        let is_identified = match t.replica_identity {
            ReplicaIdentity::Default => t.primary_key.is_some(),
            ReplicaIdentity::Nothing => false,
            ReplicaIdentity::Full | ReplicaIdentity::Index(_) | ReplicaIdentity::Constraint(_) => true,
        };
        let namespace = cx.design.namespace_name(t.namespace);
        let holds = |it: &Published| match it {
            Published::All => true,
            Published::Some { tables, namespaces } => {
                tables.iter().any(|it| it.is_table(cx.design, &t))
                    || namespaces.iter().any(|it| it == namespace)
            }
        };
        if is_identified || !published.iter().any(holds) {
            continue;
        }
        let required = |it: &[ColumnId]| it.iter().all(|it| !t.is_nullable(*it));
        let key = t.uniques.iter().find(|it| it.deferral == Deferral::NotDeferrable && required(&it.columns));
        let remedy = match key {
            Some(key) => {
                let replica_identity = ReplicaIdentity::Constraint(key.id);
                Remedy::Put(Box::new(Table { replica_identity, ..t.table.clone() }.into()))
            }
            None => Remedy::AddKey(t.id),
        };
        let title = if key.is_some() { "Identify rows by the unique key" } else { "Add a primary key" };
        cx.table(
            &t,
            "the table is published, and nothing identifies its rows: updates and deletions are refused",
        )
        .risky_if(title, Some(remedy).filter(|_| key.is_some() || t.primary_key.is_none()));
    }
}
