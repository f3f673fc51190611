//! Missing visibility hook.

use crate::lint::prelude::*;

rule! {
    /// Asks whether what people write is always for all who see what it is about.
    ///
    /// ## Why
    ///
    /// Internal notes, drafts and private comments are asked for in most products. A column that says who may see a
    /// row is cheap at first; later every query that forgot it is a leak. Asked once, of the first such table.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tickets (id bigint primary key, title text not null);
    /// create table comments (id bigint primary key, ticket_id bigint not null references tickets, author_id bigint not null references users, body text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tickets (id bigint primary key, title text not null);
    /// create table comments (id bigint primary key, ticket_id bigint not null references tickets, author_id bigint not null references users, body text not null, is_internal boolean not null default false);
    /// ```
    SEC025 "missing-visibility-hook" Info [Unsafe] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let written = |t: &TableView<'_>| {
        if !t.facts.last.has(Topic::Content) {
            return false;
        }
        let words = crate::lint::words_of(&t.name);
        let note =
            words.last().is_some_and(|it| matches!(it.trim_end_matches('s'), "comment" | "note" | "message"));
        let about = t.foreign_keys.iter().any(|fk| {
            cx.view(fk.references).is_some_and(|it| it.id != t.id && !it.facts.last.has(Topic::Person))
        });
        let says = t.cols().any(|it| {
            crate::lint::words_of(&it.name).iter().any(|it| {
                matches!(
                    it.as_str(),
                    "visibility"
                        | "private"
                        | "internal"
                        | "public"
                        | "draft"
                        | "published"
                        | "audience"
                        | "visible"
                )
            })
        });
        note && about && !says && t.row_security == RowSecurity::Disabled
    };
    let Some(t) = cx.tables().find(written) else { return };
    let data_type = DataType::builtin(Builtin::Boolean);
    let remedy = Remedy::AddColumn {
        table: t.id,
        name: "is_internal".into(),
        data_type,
        nullable: false,
        default: Some("false".into()),
    };
    cx.table(
        t.table,
        "may everybody who sees the subject read every row? no column marks a private or internal one",
    )
    .risky("Add is_internal", remedy);
}
