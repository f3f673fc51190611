//! Undocumented table.

use crate::lint::prelude::*;

rule! {
    /// Flags a table without a comment where most others have one.
    ///
    /// ## Why
    ///
    /// Half a documentation is trusted like a whole one.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// create table a (id bigint primary key);
    /// comment on table a is 'One row per a.';
    /// comment on table users is 'People.';
    /// comment on table tenants is 'Tenants.';
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// comment on table t is 'One row per thing.';
    /// ```
    DOC001 "undocumented-table" Info [] Named(check, &[Known::Habits])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.comment.is_none() && cx.globals().habits.comments {
        cx.table(t, "the table has no comment, while most have one");
    }
}
