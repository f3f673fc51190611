//! Guessable public id.

use crate::lint::prelude::*;

rule! {
    /// Flags a key that a sequence counts up, where ids of the table are seen outside.
    ///
    /// That they are, the comment of the table says: "ids are public". In a script a comment above it does: `/*@ public */`.
    ///
    /// ## Why
    ///
    /// Whoever sees one number knows about how many rows there are, how fast they come, and the ids of its neighbours. A random
    /// id beside the key, which alone is shown, says nothing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ public */
    /// create table invites (id bigint generated always as identity primary key, email text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ public */
    /// create table invites (
    ///     id bigint generated always as identity primary key,
    ///     public_id uuid not null unique default gen_random_uuid(),
    ///     email text not null
    /// );
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "UUID Functions"; RFC 9562, "Security Considerations".
    SEC023 "guessable-public-id" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let said = t.comment.as_deref().unwrap_or_default().to_lowercase();
    if !["ids are public", "id is public", "public ids"].iter().any(|it| said.contains(it)) {
        return;
    }
    let Some([key]) = t.primary_key.as_ref().map(|it| it.columns.as_slice()) else { return };
    let Some(c) = t.col(*key).filter(ColumnView::is_integer) else { return };
    let counts = matches!(c.value, ColumnValue::Identity { .. })
        || c.default().is_some_and(|it| it.trim_start().starts_with("nextval"));
    let shown = |it: &ColumnView<'_>| {
        let random =
            it.is_type(Builtin::Uuid) || it.is_text() && (it.is(Topic::Secret) || it.is(Topic::Hash));
        random && !it.facts.is_reference && t.is_single_key(it.column.id)
    };
    if counts && !t.cols().any(|it| shown(&it)) {
        cx.column(
            t,
            &c,
            format!("`{}` is seen outside and counts up: it tells how many rows there are", c.name),
        )
        .because(
            "a unique column `public_id uuid NOT NULL DEFAULT gen_random_uuid()` would be shown in its place",
        );
    }
}
