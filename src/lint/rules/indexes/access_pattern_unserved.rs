//! Access pattern unserved.

use crate::lint::prelude::*;
use crate::lint::query::{Access, accesses};

rule! {
    /// Flags a declared query that no index serves.
    ///
    /// ## Why
    ///
    /// Without an index that begins with the columns it compares, followed by its range or its order, the query reads
    /// or sorts all rows, and takes longer with every row that comes.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ rows 2M; access eq(task_id) sort(created_at desc) limit 50 */
    /// create table comments (id bigint primary key, task_id bigint not null, created_at timestamptz not null);
    /// create index on comments (task_id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ rows 2M; access eq(task_id) sort(created_at desc) limit 50 */
    /// create table comments (id bigint primary key, task_id bigint not null, created_at timestamptz not null);
    /// create index on comments (task_id, created_at desc);
    /// ```
    ///
    /// ## Options
    ///
    /// `min_rows` (10000): tables that are expected to stay below are told for information.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Multicolumn Indexes" and "Indexes and ORDER BY".
    IDX006 "access-pattern-unserved" Warning [Core Safe] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let least = cx.option("min_rows", 10_000);
    let mut told: Vec<(TableId, Vec<ColumnId>)> = Vec::new();
    for pattern in cx.design.access_patterns() {
        for access in accesses(&pattern.query) {
            let Some(t) = cx.table_called(&access.table) else { continue };
            let Some(wanted) = wanted(&t, &access).filter(|it| !is_served(&t, it)) else { continue };
            let mut columns = wanted.equal.clone();
            columns.extend(wanted.range.first().copied().or(None));
            if wanted.range.is_empty() {
                columns.extend(wanted.order.iter().map(|it| it.0).filter(|it| !wanted.equal.contains(it)));
            }
            columns.dedup();
            if columns.is_empty() || told.contains(&(t.id, columns.clone())) {
                continue;
            }
            told.push((t.id, columns.clone()));
            let rows = cx.globals().rows.get(&t.id).copied();
            let grave = rows.is_some_and(|it| it >= least) || rows.is_none() && pattern.per_day.is_some();
            let milder = cx.told.milder(Severity::Info);
            // Where the directions differ, an index in one direction does not sort.
            let one_way = wanted.order.windows(2).all(|it| it[0].1 == it[1].1);
            let remedy = Remedy::AddIndex {
                table: t.id,
                columns: columns.clone(),
                unique: false,
                predicate: None,
                replaces: None,
            };
            let listed = t.listed(&columns);
            let finding = cx.columns(&t, &columns, format!("no index serves a query by ({listed})"));
            finding.because(pattern.query.clone());
            if !grave {
                finding.severity = milder;
            }
            if one_way || !wanted.range.is_empty() {
                finding.safe("Add an index", remedy);
            }
        }
    }
}

/// What a query asks, as columns of the table.
struct Wanted {
    equal: Vec<ColumnId>,
    range: Vec<ColumnId>,
    order: Vec<(ColumnId, bool)>,
}

/// Nothing where the query names something else than columns, or asks nothing of this table.
fn wanted(t: &TableView<'_>, access: &Access) -> Option<Wanted> {
    let column = |it: &String| t.column_named(it).map(|it| it.id);
    let equal: Option<Vec<ColumnId>> = access.equal.iter().map(column).collect();
    let range: Option<Vec<ColumnId>> = access.range.iter().map(column).collect();
    let order: Option<Vec<_>> = access.order.iter().map(|it| Some((column(&it.0)?, it.1))).collect();
    let wanted = Wanted { equal: equal?, range: range?, order: order? };
    let json = wanted.equal.iter().filter_map(|it| t.col(*it)).any(|it| it.is_json());
    let asks = !wanted.equal.is_empty() || !wanted.range.is_empty() || !wanted.order.is_empty();
    (asks && !json).then_some(wanted)
}

fn is_served(t: &TableView<'_>, wanted: &Wanted) -> bool {
    // At most one row is found, which needs no order.
    if t.is_unique_over(&wanted.equal) {
        return true;
    }
    let up = |columns: &[ColumnId]| columns.iter().map(|it| (*it, false)).collect::<Vec<_>>();
    let keys =
        t.primary_key.iter().map(|it| up(&it.columns)).chain(t.uniques.iter().map(|it| up(&it.columns)));
    let indexes = t.indexes.iter().filter(|it| it.predicate.is_none() && it.method == "btree").map(|it| {
        let down = it.elements.iter().map(|it| it.descending);
        it.leading_columns().into_iter().zip(down).collect::<Vec<_>>()
    });
    keys.chain(indexes).any(|key| serves(&key, wanted))
}

/// Whether a key begins with the compared columns and goes on with the range or the order.
fn serves(key: &[(ColumnId, bool)], wanted: &Wanted) -> bool {
    let equal = wanted.equal.len();
    let begins = key.len() >= equal && key.iter().take(equal).all(|it| wanted.equal.contains(&it.0));
    let rest = key.get(equal..).unwrap_or_default();
    if !begins {
        return false;
    }
    if !wanted.range.is_empty() {
        return rest.first().is_some_and(|it| wanted.range.contains(&it.0));
    }
    // A column that is compared with one value sorts nothing.
    let order: Vec<_> = wanted.order.iter().filter(|it| !wanted.equal.contains(&it.0)).collect();
    let same = |turned: bool| rest.iter().zip(&order).all(|(a, b)| a.0 == b.0 && (a.1 != b.1) == turned);
    rest.len() >= order.len() && (same(false) || same(true))
}
