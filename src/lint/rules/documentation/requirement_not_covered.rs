//! Requirement not covered.

use crate::lint::prelude::*;
use crate::lint::query::accesses;
use crate::lint::written::Written;
use crate::pg::needs_quotes;

rule! {
    /// Flags a declared query that asks for a table or a column which the design does not have.
    ///
    /// ## Why
    ///
    /// What the product must answer cannot be answered: the table or column was forgotten, or renamed without its query.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access tasks filter(label) */
    /// create table tasks (id bigint primary key, title text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ access tasks filter(label) */
    /// create table tasks (id bigint primary key, title text not null);
    /// create table task_labels (task_id bigint not null references tasks, label text not null, primary key (task_id, label));
    /// ```
    DOC007 "requirement-not-covered" Warning [] Design(check, &[Reads::Use, Reads::Tables, Reads::Views, Reads::Functions])
}

fn check(cx: &mut Cx<'_>) {
    for pattern in cx.design.access_patterns() {
        let words = Written::of(&pattern.query);
        // What a `WITH` makes is no table of the design.
        if !words.is(0, "select") {
            continue;
        }
        for access in accesses(&pattern.query) {
            let Some(t) = cx.called(&access.table, |it| cx.design.table(TableId(it.0))) else {
                if is_table(cx, &words, &access.table) {
                    let message = format!("it asks for `{}`, which is not there", access.table);
                    tell(cx, pattern, message);
                }
                continue;
            };
            let asked = access.equal.iter().chain(&access.range).chain(access.order.iter().map(|it| &it.0));
            let missing = asked.filter(|it| !needs_quotes(it) && !has(cx, t, it)).collect::<Vec<_>>();
            if let Some(name) = missing.first() {
                let message = format!("it asks for `{name}` of `{}`, which is not there", t.name);
                tell(cx, pattern, message);
            }
        }
    }
}

fn tell(cx: &mut Cx<'_>, pattern: &AccessPattern, message: String) {
    let id = Id::from(pattern.id);
    cx.record(id, vec![id], pattern.name.clone(), &pattern.origin, message).because(pattern.query.clone());
}

/// Whether a name that no table has should be one's: no view, no function's result and nothing of the server's own.
fn is_table(cx: &Cx<'_>, words: &Written<'_>, name: &str) -> bool {
    let is_called = (0..words.len()).any(|it| words.is(it, name) && words.at(it + 1) == "(");
    let is_view = cx.design.views().any(|it| it.name == name);
    !name.is_empty() && !is_called && !is_view && !needs_quotes(name) && !name.starts_with("pg_")
}

/// Whether a table has a column, or one that it references or that references it has.
fn has(cx: &Cx<'_>, t: &Table, name: &str) -> bool {
    let of = |it: TableId| cx.design.table(it).is_some_and(|it| it.column_named(name).is_some());
    t.column_named(name).is_some()
        || t.foreign_keys.iter().any(|it| of(it.references))
        || cx.design.users_of(t.id).any(|it| of(TableId(it.0)))
}
