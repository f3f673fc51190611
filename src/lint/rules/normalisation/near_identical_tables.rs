//! Near identical tables.

use std::collections::BTreeMap;

use crate::lint::prelude::*;

rule! {
    /// Flags two tables with nearly the same columns.
    ///
    /// ## Why
    ///
    /// They may be one thing with two roles, and every change is made twice.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table buyers (id bigint primary key, name text, email text, phone text, city text, zip text);
    /// create table sellers (id bigint primary key, name text, email text, phone text, city text, zip text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table parties (id bigint primary key, name text, email text, phone text, city text, zip text);
    /// create table sellers (party_id bigint primary key references parties);
    /// ```
    NRM017 "near-identical-tables" Info [] Design(check, &[Reads::Tables])
}

/// Fewer columns than these many tables have in common.
const LEAST: usize = 5;

fn check(cx: &mut Cx<'_>) {
    // Tables with all of these columns the same meet in one group: linear, unlike comparing all pairs. Their sums are
    // compared first, so that names are looked at where there are two.
    let long = cx.known().filter(|it| it.1.columns.len() >= LEAST);
    let mut sums: Vec<(u64, TableId)> = long.map(|it| (it.1.shape, it.0)).collect();
    sums.sort_unstable();
    let mut groups: BTreeMap<Vec<&str>, Vec<TableView<'_>>> = BTreeMap::new();
    for (_, id) in sums.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() >= 2).flatten() {
        let Some(t) = cx.view(*id).filter(|it| it.inherits.is_empty()) else { continue };
        let own = t.table.columns.iter().zip(&t.facts.columns);
        let own = own.filter(|it| !t.is_key(it.0.id) && !it.1.is_stamp());
        let mut names: Vec<&str> = own.map(|it| it.0.name.as_str()).collect();
        names.sort_unstable();
        if names.len() >= LEAST {
            groups.entry(names).or_default().push(t);
        }
    }
    for (names, tables) in groups.into_iter().filter(|it| it.1.len() >= 2) {
        let (Some(first), Some(second)) = (tables.first(), tables.get(1)) else { continue };
        let aside = tables.iter().any(|it| {
            crate::lint::words_of(&it.name).iter().any(|it| {
                matches!(
                    it.as_str(),
                    "history"
                        | "archive"
                        | "archived"
                        | "staging"
                        | "old"
                        | "new"
                        | "backup"
                        | "log"
                        | "audit"
                        | "tmp"
                        | "raw"
                )
            })
        });
        if !aside {
            let objects: Vec<Id> = tables.iter().map(|it| Id::from(it.id)).collect();
            cx.member(
                first,
                objects,
                "",
                format!("`{}` and `{}` have the same {} columns", first.name, second.name, names.len()),
            );
        }
    }
}
