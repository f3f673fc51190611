//! Table per value.

use crate::lint::facts;
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
    // By what is known alone: tables are looked at where two have one stem and one shape.
    let numbered = cx.known().filter(|it| it.1.columns.len() > 1);
    let numbered = numbered.filter_map(|(id, facts)| Some((facts.stem?, facts.shape, id)));
    let mut numbered: Vec<(u64, u64, TableId)> = numbered.collect();
    numbered.sort_unstable();
    for group in numbered.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|it| it.len() >= 2) {
        let tables = group.iter().filter_map(|it| cx.view(it.2)).filter(|it| it.inherits.is_empty());
        let tables: Vec<TableView<'_>> = tables.collect();
        let Some(first) = tables.first() else { continue };
        let Some(stem) = facts::stem(&first.table.name) else { continue };
        let is_alike = |it: &&TableView<'_>| {
            let names = it.columns.iter().map(|it| &it.name);
            it.namespace == first.namespace && names.eq(first.columns.iter().map(|it| &it.name))
        };
        let alike: Vec<Id> = tables.iter().filter(is_alike).map(|it| Id::from(it.id)).collect();
        if alike.len() >= 2 {
            let message = format!("{} tables have the shape of `{stem}…`", alike.len());
            cx.member(first, alike, "", message);
        }
    }
}
