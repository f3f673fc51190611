//! Missing order column.

use crate::lint::prelude::*;

rule! {
    /// Flags a list that a person orders by hand but that has no order.
    ///
    /// ## Why
    ///
    /// Adding a position later means ranking every row of every list, in an order that nobody recorded.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table playlists (id bigint primary key);
    /// create table playlist_items (playlist_id bigint not null references playlists, product_id bigint not null references products, primary key (playlist_id, product_id));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table playlists (id bigint primary key);
    /// create table playlist_items (playlist_id bigint not null references playlists, product_id bigint not null references products, position numeric not null, primary key (playlist_id, product_id), unique (playlist_id, position) deferrable initially deferred);
    /// ```
    SCL012 "missing-order-column" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let listed = t.facts.last.has(Topic::Ordered) || t.is(Topic::Ordered) && t.facts.last.has(Topic::Line);
    let whole = t
        .foreign_keys
        .iter()
        .any(|fk| fk.references != t.id && fk.columns.iter().all(|it| !t.is_nullable(*it)));
    let ordered = t.cols().any(|it| {
        it.is(Topic::Position)
            || it.is(Topic::Quantity)
            || it.name.contains("number")
            || it.name.contains("index")
    });
    if listed && whole && !ordered {
        let remedy = cx.adding(t, "position", Builtin::Numeric);
        cx.table(t, "do people put these rows in order by hand? no column keeps a position")
            .risky_if("Add a position", remedy);
    }
}
