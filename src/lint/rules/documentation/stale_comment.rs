//! Stale comment.

use crate::lint::prelude::*;

rule! {
    /// Flags a comment that names a table or column which is not there: `legacy_orders.total`.
    ///
    /// ## Why
    ///
    /// It was renamed or dropped, and whoever follows the comment looks for it in vain, or believes what is no longer so.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// comment on column t.a is 'See legacy_orders.total';
    /// ```
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// comment on table t is 'One for each of `products.code`';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// comment on column t.a is 'See products.id';
    /// ```
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// comment on column t.a is 'e.g. one of example.com, made by seed_data.sql, kept in config.yaml';
    /// ```
    DOC005 "stale-comment" Info [] Design(check, &[Reads::Tables, Reads::Types, Reads::Views, Reads::Functions, Reads::Extensions])
}

fn check(cx: &mut Cx<'_>) {
    for t in cx.tables_that(|it| !it.mentions.is_empty()) {
        for mention in &t.facts.mentions {
            if is_there(cx, &t, &mention.first, &mention.second) {
                continue;
            }
            let name = format!("{}.{}", mention.first, mention.second);
            let message = format!("the comment names `{name}`, which is not there");
            match mention.column.and_then(|it| t.col(it)) {
                Some(c) => cx.column(&t, &c, message),
                None => cx.table(&t, message),
            };
        }
    }
}

/// Whether two names with a point between them are something of the design, or may well be something else.
fn is_there(cx: &Cx<'_>, t: &TableView<'_>, first: &str, second: &str) -> bool {
    let is_schema = |name: &str| name == "public" || cx.design.namespaces().any(|it| it.name == name);
    if let Some(table) = cx.called(first, |it| cx.design.table(TableId(it.0))) {
        return table.column_named(second).is_some() || is_schema(first);
    }
    let is_known = is_schema(first)
        || t.column_named(first).is_some()
        || cx.design.views().any(|it| it.name == first)
        || cx.design.functions().any(|it| it.name == first);
    // Without an underscore it is as likely a word, a program or a host.
    is_known || !first.contains('_')
}
