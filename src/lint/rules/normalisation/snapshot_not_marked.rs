//! Snapshot not marked.

use crate::lint::prelude::*;

rule! {
    /// Flags a copied column that is likely to be meant as it was at the time, but does not say so.
    ///
    /// ## Why
    ///
    /// The next who maintains it cannot tell it from a mistake and removes it, or keeps it up to date.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table items (id bigint primary key, name text not null);
    /// create table order_lines (id bigint primary key, item_id bigint not null references items, item_name text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table items (id bigint primary key, name text not null);
    /// create table order_lines (id bigint primary key, item_id bigint not null references items, item_name text not null);
    /// comment on column order_lines.item_name is 'Name as printed on the order;
    /// deliberately not updated.';
    /// ```
    NRM002 "snapshot-not-marked" Info [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for (c, to, key) in crate::lint::copies::of(cx, t) {
        if !crate::lint::copies::is_snapshot(t, &c) || crate::lint::copies::is_marked(&c) {
            continue;
        }
        let text = format!(
            "{} at the time; deliberately not kept in step with `{}.{}`.",
            crate::base::title_case(&key.name),
            to.name,
            key.name
        );
        let remedy = Remedy::Comment { table: t.id, column: Some(c.id), text };
        cx.column(
            t,
            &c,
            format!("`{}` is `{}.{}` as it was at the time, but does not say so", c.name, to.name, key.name),
        )
        .because(format!(
            "that is right where a document keeps what was agreed: later changes of `{}` must not change it",
            to.name
        ))
        .because("a comment tells it from a copy that somebody forgot to keep in step")
        .safe("Add a comment", remedy);
    }
}
