//! Redundant copied column.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that repeats one of the row that it references.
    ///
    /// ## Why
    ///
    /// One fact in two places: when the customer's address changes, one of them is wrong. What a document of trade
    /// keeps as it was at the time, a price or a name on an order, is a snapshot and told apart (NRM002); how to reach
    /// somebody is not.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table clients (id bigint primary key, email text not null);
    /// create table orders (id bigint primary key, client_id bigint not null references clients, client_email text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table clients (id bigint primary key, email text not null);
    /// create table orders (id bigint primary key, client_id bigint not null references clients);
    /// ```
    NRM001 "redundant-copied-column" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for (c, to, key) in crate::lint::copies::of(cx, t) {
        if crate::lint::copies::is_snapshot(t, &c) || crate::lint::copies::is_marked(&c) {
            continue;
        }
        let remedy = Remedy::RemoveColumn { table: t.id, column: c.id };
        cx.column(
            t,
            &c,
            format!("`{}` repeats `{}.{}`, which this row references", c.name, to.name, key.name),
        )
        .because(format!(
            "changed in `{}`, it must be changed in every row here as well, or the two disagree",
            to.name
        ))
        .because(format!(
            "`{}` depends on `{}`, not on the key of `{}`: third normal form",
            c.name, to.name, t.name
        ))
        .risky("Remove it, and join", remedy);
    }
}
