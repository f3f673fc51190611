//! Missing soft delete.

use crate::lint::prelude::*;

rule! {
    /// Flags content of users that is deleted for good where other tables keep it.
    ///
    /// ## Why
    ///
    /// A comment that is gone takes the sense of its thread with it. Where the design marks deleted rows elsewhere,
    /// this table is likely to want it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table notes (id bigint primary key, body text not null, deleted_at timestamptz);
    /// create table tasks (id bigint primary key, title text not null, deleted_at timestamptz);
    /// create table comments (id bigint primary key, body text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table comments (id bigint primary key, body text not null, deleted_at timestamptz);
    /// ```
    CON012 "missing-soft-delete" Info [Unsafe] Named(check, &[Known::Habits])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let content = t.facts.last.has(Topic::Content) && matches!(t.role(), Role::Entity | Role::Lookup);
    if cx.globals().habits.marks_deleted
        && content
        && !crate::lint::is_deleted_by_mark(t)
        && t.role() != Role::Junction
    {
        let remedy = cx.adding(t, "deleted_at", Builtin::TimestampTz);
        cx.table(t, "rows are deleted for good, while other tables of the design only mark them")
            .risky_if("Add deleted_at", remedy);
    }
}
