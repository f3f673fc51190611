//! Scale facts missing.

use crate::lint::prelude::*;
use crate::lint::query::accesses;

rule! {
    /// Flags tables that declared queries read, and of which nothing says how many rows they will have.
    ///
    /// ## Why
    ///
    /// Whether a query needs an index, a key its wider type or a table its partitions depends on the number of rows. Without
    /// one, what is said of them is for information, or is not said.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ access eq(task_id) */
    /// create table comments (id bigint primary key, task_id bigint not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ rows 2M; access eq(task_id) */
    /// create table comments (id bigint primary key, task_id bigint not null);
    /// ```
    DOC008 "scale-facts-missing" Info [] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let mut missing: Vec<TableView<'_>> = Vec::new();
    for access in cx.design.access_patterns().flat_map(|it| accesses(&it.query)) {
        let Some(t) = cx.table_called(&access.table) else { continue };
        let is_said = cx.globals().rows.contains_key(&t.id)
            || t.comment.as_deref().is_some_and(|it| it.split_whitespace().any(|it| it.starts_with("rows")));
        if !is_said && t.role() != Role::Lookup && !missing.iter().any(|it| it.id == t.id) {
            missing.push(t);
        }
    }
    let Some(first) = missing.first() else { return };
    let names: Vec<String> = missing.iter().map(|it| format!("`{}`", it.name)).collect();
    let objects: Vec<Id> = missing.iter().map(|it| it.id.into()).collect();
    let message = format!("nothing says how many rows are expected of {}", names.join(", "));
    cx.member(first, objects, "", message);
}
