//! Text search unindexed.

use crate::lint::globals::ANYTHING;
use crate::lint::prelude::*;
use crate::lint::query::accesses;
use crate::lint::written::Written;

rule! {
    /// Flags a declared query that looks for a part of a text which no index finds.
    ///
    /// ## Why
    ///
    /// A B-tree finds how a text begins, at most. `ILIKE` and `LIKE '%…'` read every row, unless an index of trigrams
    /// (`pg_trgm`) or of words (`tsvector`) is there.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ rows 1M; access ilike(title) */
    /// create table t (id bigint primary key, title text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create extension pg_trgm;
    /// /*@ rows 1M; access ilike(title) */
    /// create table t (id bigint primary key, title text not null);
    /// create index on t using gin (title gin_trgm_ops);
    /// ```
    ///
    /// ## Options
    ///
    /// `min_rows` (10000): tables that are expected to stay below are told for information.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "`pg_trgm`", "Index Support".
    IDX011 "text-search-unindexed" Warning [Safe] Design(check, &[Reads::Use, Reads::Tables, Reads::Types, Reads::Extensions, Reads::Functions, Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    let least = cx.option("min_rows", 10_000);
    let mut told: Vec<ColumnId> = Vec::new();
    for pattern in cx.design.access_patterns() {
        let sought = sought(&pattern.query);
        for access in accesses(&pattern.query).iter().filter(|_| !sought.is_empty()) {
            let Some(t) = cx.table_called(&access.table) else { continue };
            for c in t.cols().filter(|it| it.is_text() && sought.contains(&it.name)) {
                if is_found(&t, &c) || told.contains(&c.id) {
                    continue;
                }
                told.push(c.id);
                let rows = cx.globals().rows.get(&t.id).copied();
                let grave = rows.is_some_and(|it| it >= least) || rows.is_none() && pattern.per_day.is_some();
                let milder = cx.told.milder(Severity::Info);
                let provided = &cx.globals().provided;
                let is_there = provided.contains("pg_trgm") || provided.contains(ANYTHING);
                let index = Remedy::AddSearchIndex { table: t.id, column: c.id };
                let remedy = if is_there {
                    index
                } else {
                    Remedy::All(vec![Remedy::AddExtension("pg_trgm".to_owned()), index])
                };
                let message = format!("no index finds a part of `{}`: the query reads every row", c.name);
                let finding = cx.column(&t, &c, message);
                finding.because(pattern.query.clone()).safe("Add an index of trigrams", remedy);
                if !grave {
                    finding.severity = milder;
                }
            }
        }
    }
}

/// The columns of which a query asks for a part: `title ILIKE $1`, `title LIKE '%x'`.
fn sought(query: &str) -> Vec<String> {
    let query = Written::of(query);
    let asks = |place: &usize| {
        query.is(*place, "ilike") || query.is(*place, "like") && query.at(place + 1).starts_with("'%")
    };
    let column = |place: usize| {
        let before = place.checked_sub(1)?;
        let before = if query.is(before, "not") { before.checked_sub(1)? } else { before };
        query.name(before)
    };
    (0..query.len()).filter(asks).filter_map(column).collect()
}

/// Whether an index looks into a column.
fn is_found(t: &TableView<'_>, c: &ColumnView<'_>) -> bool {
    let inside = t.indexes.iter().filter(|it| matches!(it.method.as_str(), "gin" | "gist" | "spgist"));
    inside.flat_map(|it| &it.elements).any(|it| match &it.key {
        IndexKey::Column(id) => *id == c.id,
        IndexKey::Expression(text) => expression::names(text).contains(&c.name),
    })
}
