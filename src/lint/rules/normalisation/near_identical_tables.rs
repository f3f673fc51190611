//! Near identical tables.

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

fn check(cx: &mut Cx<'_>) {
    use std::collections::BTreeMap;
    // Tables with all of these columns the same meet in one group: linear, unlike comparing all pairs.
    let mut groups: BTreeMap<Vec<&str>, Vec<TableView<'_>>> = BTreeMap::new();
    for t in cx.tables().filter(|it| it.inherits.is_empty()) {
        let own = t.table.columns.iter().zip(&t.facts.columns).filter(|(column, facts)| {
            !t.is_key(column.id) && !facts.any.any(&[Topic::Created, Topic::Updated, Topic::Deleted])
        });
        let mut names: Vec<&str> = own.map(|it| it.0.name.as_str()).collect();
        names.sort_unstable();
        if names.len() >= 5 {
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
