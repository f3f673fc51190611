//! Unsatisfiable fk cycle.

use crate::lint::prelude::*;

rule! {
    /// Flags tables that reference each other in a circle of columns that must not be null.
    ///
    /// ## Why
    ///
    /// No first row can be inserted, unless a foreign key of the circle is deferrable or may be null.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table a (id bigint primary key, b_id bigint not null);
    /// create table b (id bigint primary key, a_id bigint not null references a);
    /// alter table a add foreign key (b_id) references b;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table a (id bigint primary key, b_id bigint);
    /// create table b (id bigint primary key, a_id bigint not null references a);
    /// alter table a add foreign key (b_id) references b;
    /// ```
    REL011 "unsatisfiable-fk-cycle" Error [] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    use std::collections::BTreeMap;
    let mut edges: BTreeMap<TableId, Vec<TableId>> = BTreeMap::new();
    for t in cx.tables() {
        for fk in &t.table.foreign_keys {
            let required =
                fk.columns.iter().all(|it| !t.is_nullable(*it)) && fk.deferral == Deferral::NotDeferrable;
            if required && fk.references != t.id && fk.enforcement != Enforcement::NotEnforced {
                edges.entry(t.id).or_default().push(fk.references);
            }
        }
    }
    // What nothing in the rest references, or what references nothing there, is in no circle.
    loop {
        let keys: std::collections::BTreeSet<TableId> = edges.keys().copied().collect();
        let before: usize = edges.values().map(Vec::len).sum();
        for targets in edges.values_mut() {
            targets.retain(|it| keys.contains(it));
        }
        edges.retain(|_, it| !it.is_empty());
        let targets: std::collections::BTreeSet<TableId> = edges.values().flatten().copied().collect();
        edges.retain(|it, _| targets.contains(it));
        if edges.values().map(Vec::len).sum::<usize>() == before {
            break;
        }
    }
    let Some((first, _)) = edges.first_key_value() else { return };
    let names: Vec<String> =
        edges.keys().filter_map(|it| cx.design.table(*it)).map(|it| format!("`{}`", it.name)).collect();
    let Some(table) = cx.design.table(*first) else { return };
    let objects: Vec<Id> = edges.keys().map(|it| Id::from(*it)).collect();
    cx.member(
        table,
        objects,
        "",
        format!("no first row can be inserted: {} reference each other", names.join(", ")),
    );
}
