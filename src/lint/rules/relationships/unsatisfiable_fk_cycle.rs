//! Unsatisfiable fk cycle.

use std::collections::BTreeMap;

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
    // What references nothing in the rest is in no circle, nor is what nothing there references.
    let edges = without_ends(without_ends(edges));
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

/// The edges of nodes from which a walk need not end, turned around.
fn without_ends(edges: BTreeMap<TableId, Vec<TableId>>) -> BTreeMap<TableId, Vec<TableId>> {
    let mut left: BTreeMap<TableId, usize> = edges.iter().map(|(from, to)| (*from, to.len())).collect();
    let mut back: BTreeMap<TableId, Vec<TableId>> = BTreeMap::new();
    for (from, targets) in &edges {
        for to in targets {
            back.entry(*to).or_default().push(*from);
        }
    }
    let mut open: Vec<TableId> = back.keys().filter(|it| !edges.contains_key(it)).copied().collect();
    while let Some(end) = open.pop() {
        for from in back.remove(&end).into_iter().flatten() {
            if let Some(count) = left.get_mut(&from) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    left.remove(&from);
                    open.push(from);
                }
            }
        }
    }
    for sources in back.values_mut() {
        sources.retain(|it| left.contains_key(it));
    }
    back.retain(|_, it| !it.is_empty());
    back
}
