//! Index serves nothing.

use crate::lint::prelude::*;
use crate::lint::query::accesses;

rule! {
    /// Flags an index that none of a table's declared queries begins with, and no foreign key or constraint needs.
    ///
    /// ## Why
    ///
    /// Every insert and most updates write it, and it takes room in memory from those that are read. Where the queries of a table
    /// are declared, one that serves none of them was made for a query that is gone, or never came.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access eq(email); access eq(team_id); access eq(plan) */
    /// create table m (id bigint primary key, email text, team_id bigint, plan text, bio text);
    /// create index on m (bio);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ access eq(email); access eq(team_id); access eq(plan) */
    /// create table m (id bigint primary key, email text, team_id bigint, plan text, bio text);
    /// create index on m (email);
    /// ```
    ///
    /// ```sql
    /// /*@ access eq(email) */
    /// create table m (id bigint primary key, email text, bio text);
    /// create index on m (bio);
    /// ```
    ///
    /// ## Options
    ///
    /// `min_patterns` (3): of a table with fewer declared queries, the others are not known.
    IDX008 "index-serves-nothing" Info [Unsafe] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let least = cx.option("min_patterns", 3) as usize;
    let all: Vec<_> = cx.design.access_patterns().flat_map(|it| accesses(&it.query)).collect();
    let mut done: Vec<TableId> = Vec::new();
    for access in &all {
        let Some(t) = cx.table_called(&access.table).filter(|it| !done.contains(&it.id)) else { continue };
        done.push(t.id);
        let own: Vec<_> = all.iter().filter(|it| it.table == access.table).collect();
        if own.len() < least {
            continue;
        }
        let is_asked = |name: &str| {
            own.iter().any(|it| {
                it.equal.iter().chain(&it.range).chain(it.order.iter().map(|it| &it.0)).any(|it| it == name)
            })
        };
        for index in t.indexes.iter().filter(|it| !it.unique && it.method == "btree") {
            let columns = index.leading_columns();
            let Some(first) = columns.first().and_then(|it| t.column(*it)) else { continue };
            let is_needed = t.foreign_keys.iter().any(|it| it.columns.contains(&first.id));
            if !is_needed && !is_asked(&first.name) {
                let message = format!("none of {} declared queries asks for `{}`", own.len(), first.name);
                cx.member(&t, [index.id.into()], &index.name, message)
                    .risky("Drop the index", Remedy::Drop { table: t.id, member: index.id.into() });
            }
        }
    }
}
