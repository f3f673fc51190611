//! Soft delete gap.

use crate::lint::prelude::*;

rule! {
    /// Flags a cascading reference to a table whose rows are only marked as deleted.
    ///
    /// ## Why
    ///
    /// The cascade never fires, since the row is never deleted: what hangs on it stays alive.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table posts (id bigint primary key, deleted_at timestamptz);
    /// create table replies (id bigint primary key, post_id bigint not null references posts on delete cascade, body text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table posts (id bigint primary key, deleted_at timestamptz);
    /// create table replies (id bigint primary key, post_id bigint not null references posts on delete cascade, body text not null, deleted_at timestamptz);
    /// ```
    REL020 "soft-delete-gap" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if crate::lint::is_deleted_by_mark(t) || t.role() != Role::Entity {
        return;
    }
    for fk in
        t.foreign_keys.iter().filter(|it| it.on_delete == ReferentialAction::Cascade && it.references != t.id)
    {
        let Some(to) = cx.view(fk.references).filter(crate::lint::is_deleted_by_mark) else { continue };
        let listed = t.listed(&fk.columns);
        cx.member(
            t,
            [fk.id.into()],
            &listed,
            format!(
                "rows of `{}` are only marked as deleted, so that this ON DELETE CASCADE never runs",
                to.name
            ),
        );
    }
}
