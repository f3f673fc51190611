//! Sort without tiebreaker.

use crate::lint::prelude::*;
use crate::lint::query::accesses;
use crate::lint::written::Written;
use crate::sql::ident;

rule! {
    /// Flags a query that reads so many rows at a time in an order which several rows can share.
    ///
    /// ## Why
    ///
    /// Rows that are equal in the order come in any, and in another one for the next page: some are shown twice, some never.
    /// With the key at its end every row has its place.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access eq(list_id) sort(created_at desc) limit 20 paginate */
    /// create table items (id bigint primary key, list_id bigint not null, created_at timestamptz not null);
    /// create index on items (list_id, created_at desc);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ access eq(list_id) sort(created_at desc, id desc) limit 20 paginate */
    /// create table items (id bigint primary key, list_id bigint not null, created_at timestamptz not null);
    /// create index on items (list_id, created_at desc, id desc);
    /// ```
    ///
    /// ```sql
    /// /*@ access eq(list_id) sort(created_at desc) limit 1 */
    /// create table items (id bigint primary key, list_id bigint not null, created_at timestamptz not null);
    /// create index on items (list_id, created_at desc);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "LIMIT and OFFSET".
    IDX022 "sort-without-tiebreaker" Info [Unsafe] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    for pattern in cx.design.access_patterns() {
        let all = accesses(&pattern.query);
        // Of a join it is not known which rows come together.
        let [access] = all.as_slice() else { continue };
        let Some(limit) = limit(&pattern.query).filter(|_| !access.order.is_empty()) else { continue };
        let Some(t) = cx.table_called(&access.table) else { continue };
        let ids = |names: &mut dyn Iterator<Item = &String>| -> Option<Vec<ColumnId>> {
            names.map(|it| Some(t.column_named(it)?.id)).collect()
        };
        let Some(order) = ids(&mut access.order.iter().map(|it| &it.0)) else { continue };
        let Some(equal) = ids(&mut access.equal.iter()) else { continue };
        let together: Vec<ColumnId> = equal.iter().chain(&order).copied().collect();
        if t.is_unique_over(&together) {
            continue;
        }
        let key: Vec<ColumnId> = t
            .primary_key
            .iter()
            .flat_map(|it| &it.columns)
            .filter(|it| !together.contains(it))
            .copied()
            .collect();
        let down = access.order.last().is_some_and(|it| it.1);
        let way = if down { " DESC" } else { "" };
        let more = t.column_names(&key).fold(String::new(), |all, it| format!("{all}, {}{way}", ident(it)));
        let (before, after) = pattern.query.split_at_checked(limit).unwrap_or((&pattern.query, ""));
        let mut better = pattern.clone();
        better.query = format!("{}{more} {after}", before.trim_end());
        let mut table = t.table.clone();
        for index in table.indexes.iter_mut().filter(|it| !it.unique && it.method == "btree") {
            if index.plain_columns().is_some_and(|it| it == together) {
                index.elements.extend(
                    key.iter().map(|it| IndexElement { descending: down, ..IndexElement::column(*it) }),
                );
            }
        }
        let mut acts = vec![Remedy::Put(Box::new(better.into()))];
        if table != *t.table {
            acts.push(Remedy::Put(Box::new(table.into())));
        }
        let message = format!("rows that share ({}) come in any order, page for page", t.listed(&order));
        let remedy = (!key.is_empty()).then_some(Remedy::All(acts));
        cx.columns(&t, &order, message)
            .because(pattern.query.clone())
            .risky_if("Order by the key at last", remedy);
    }
}

/// Where `LIMIT` begins, when it is for more than one row.
fn limit(query: &str) -> Option<usize> {
    let words = Written::of(query);
    let place = words.keyword("limit", 0, words.len())?;
    (words.at(place + 1) != "1").then(|| words.start(place))
}
