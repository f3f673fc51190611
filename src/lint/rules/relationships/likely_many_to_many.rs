//! Likely many to many.

use crate::lint::prelude::*;

rule! {
    /// Flags a single reference that a growing product usually wants several of.
    ///
    /// ## Why
    ///
    /// One assignee, tag or reviewer becomes several; a column that became a table is the costliest of small changes.
    /// Asked once.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, title text not null, assignee_id bigint references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tasks (id bigint primary key, title text not null);
    /// create table task_assignees (task_id bigint not null references tasks on delete cascade, user_id bigint not null references users, primary key (task_id, user_id));
    /// create index on task_assignees (user_id);
    /// ```
    REL021 "likely-many-to-many" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() != Role::Entity {
        return;
    }
    for fk in &t.foreign_keys {
        let [column] = fk.columns.as_slice() else { continue };
        let Some(c) = t.col(*column).filter(|it| it.is(Topic::Plural) && !t.is_unique_over(&[it.id])) else {
            continue;
        };
        cx.column(t, &c, format!("will there always be only one `{}`?", c.name.trim_end_matches("_id")));
    }
}
