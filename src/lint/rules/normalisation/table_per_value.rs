//! Table per value.

use crate::lint::prelude::*;

rule! {
    /// Flags tables of one shape whose names differ only in a number or a year.
    ///
    /// ## Why
    ///
    /// Each year needs a migration, and every query over two years a union. One table, partitioned where it is large,
    /// holds them all.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table sales_2025 (id bigint primary key, amount numeric(12,2) not null);
    /// create table sales_2026 (id bigint primary key, amount numeric(12,2) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table sales (id bigint not null, sold_on date not null, amount numeric(12,2) not null, primary key (id, sold_on)) partition by range (sold_on);
    /// create table sales_2026 partition of sales for values from ('2026-01-01') to ('2027-01-01');
    /// ```
    NRM010 "table-per-value" Warning [] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    use std::collections::BTreeMap;
    let mut groups: BTreeMap<(Option<NamespaceId>, &str), Vec<TableView<'_>>> = BTreeMap::new();
    for t in cx.tables().filter(|it| it.inherits.is_empty()) {
        let stem = t.table.name.trim_end_matches(|it: char| it.is_ascii_digit());
        if stem.len() < t.name.len() && stem.len() > 2 && stem.ends_with('_') {
            groups.entry((t.namespace, stem)).or_default().push(t);
        }
    }
    for ((_, stem), tables) in groups {
        let Some(first) = tables.first() else { continue };
        let is_alike = |it: &&TableView<'_>| {
            let names = it.columns.iter().map(|it| &it.name);
            it.facts.shape == first.facts.shape
                && it.columns.len() > 1
                && names.eq(first.columns.iter().map(|it| &it.name))
        };
        let alike: Vec<&TableView<'_>> = tables.iter().filter(is_alike).collect();
        if alike.len() >= 2 {
            let objects = alike.iter().map(|it| Id::from(it.id)).collect::<Vec<_>>();
            cx.member(first, objects, "", format!("{} tables have the shape of `{stem}…`", alike.len()));
        }
    }
}
