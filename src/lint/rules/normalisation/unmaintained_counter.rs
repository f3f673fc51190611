//! Unmaintained counter.

use crate::lint::prelude::*;

rule! {
    /// Flags a count of rows of another table that nothing keeps.
    ///
    /// ## Why
    ///
    /// It drifts: a row that is deleted by hand, an import, a failed job, and the count is off for ever.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table posts (id bigint primary key, comments_count int not null default 0);
    /// create table comments (id bigint primary key, post_id bigint not null references posts);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table posts (id bigint primary key);
    /// create table comments (id bigint primary key, post_id bigint not null references posts);
    /// ```
    NRM005 "unmaintained-counter" Info [Unsafe] Named(check, &[Known::Names])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_integer() && !it.is_generated()) {
        let name = c.snake();
        let Some(stem) = name.strip_suffix("_count").or_else(|| name.strip_prefix("num_")) else { continue };
        let children = cx.tables_named(&crate::base::singular(stem));
        let child = children
            .iter()
            .filter_map(|it| cx.design.table(*it))
            .find(|it| it.foreign_keys.iter().any(|fk| fk.references == t.id));
        if let Some(child) = child.filter(|it| it.triggers.is_empty()) {
            cx.column(t, &c, format!("nothing keeps `{}` in step with the rows of `{}`", c.name, child.name))
                .risky("Count when asked", Remedy::RemoveColumn { table: t.id, column: c.id });
        }
    }
}
