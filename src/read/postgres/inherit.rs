//! Which tables a table inherits from, or is a partition of, as `ALTER TABLE` changes it.

use crate::design::{Check, PartitionOf, SqlText, TableId};

use super::builder::Builder;
use super::{like, not_null, table};

/// `INHERIT`: what the table has already is shared from now on.
pub fn add(b: &mut Builder, below: TableId, above: TableId) {
    table::set(b, below, |it| {
        if !it.inherits.contains(&above) {
            it.inherits.push(above);
        }
    });
}

/// `NO INHERIT`: what came with the table above stays, as the table's own.
pub fn remove(b: &mut Builder, below: TableId, above: TableId) {
    own_checks(b, above, below);
    let names = not_null::names(b, below);
    table::set(b, below, |it| it.inherits.retain(|it| *it != above));
    let rest = b.tables.get(&below).map(|it| it.inherits.clone()).unwrap_or_default();
    let still: Vec<String> = rest
        .iter()
        .filter_map(|it| b.tables.get(it))
        .flat_map(|it| &it.columns)
        .map(|it| it.name.clone())
        .collect();
    table::set(b, below, |it| {
        it.columns.iter_mut().for_each(|it| it.inherited &= still.contains(&it.name));
    });
    not_null::keep(b, below, names);
}

/// `ATTACH PARTITION`.
pub fn attach(b: &mut Builder, above: TableId, below: TableId, bound: SqlText) {
    merge_checks(b, above, below);
    let names = not_null::names(b, below);
    table::set(b, below, |it| it.partition_of = Some(PartitionOf { table: above, bound }));
    not_null::keep(b, below, names);
}

/// `DETACH PARTITION`.
pub fn detach(b: &mut Builder, above: TableId, below: TableId) {
    own_checks(b, above, below);
    like::keep_own(b, above, below);
    let names = not_null::names(b, below);
    table::set(b, below, |it| {
        it.partition_of = None;
        it.columns.iter_mut().for_each(|it| it.inherited = false);
    });
    not_null::keep(b, below, names);
}

/// The checks of a table that becomes a partition are those of the table above it, where they have their names.
fn merge_checks(b: &mut Builder, above: TableId, below: TableId) {
    let place = b.tables.get(&below).and_then(|it| it.namespace);
    for Check { name, .. } in shared_checks(b, above) {
        let has = |it: &Check| it.name == name;
        if b.tables.get(&below).is_some_and(|it| it.checks.iter().any(has)) {
            table::set(b, below, |it| it.checks.retain(|it| !has(it)));
            b.remove_constraint_name(place, &name);
        }
    }
}

/// The checks that a table shares with what is below it.
fn shared_checks(b: &Builder, above: TableId) -> Vec<Check> {
    let all = b.tables.get(&above).into_iter().flat_map(|it| &it.checks);
    all.filter(|it| !it.no_inherit).cloned().collect()
}

/// A table that is no partition any more keeps the checks that it shared, as its own.
fn own_checks(b: &mut Builder, above: TableId, below: TableId) {
    let place = b.tables.get(&below).and_then(|it| it.namespace);
    for check in shared_checks(b, above) {
        if b.tables.get(&below).is_some_and(|it| it.checks.iter().all(|it| it.name != check.name)) {
            b.add_constraint_name(place, &check.name);
            let (id, origin) = (b.ids.take(), b.origin());
            let own = Check { id, origin, comment: None, ..check };
            table::set(b, below, |it| it.checks.push(own));
        }
    }
}
