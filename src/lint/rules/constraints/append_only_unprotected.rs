//! Append only unprotected.

use crate::lint::prelude::*;
use crate::lint::privilege::granted;

rule! {
    /// Flags a log whose rows a role may change or delete.
    ///
    /// ## Why
    ///
    /// What happened cannot be told from what somebody made of it afterwards. A log is worth something as evidence while the
    /// roles that write it may only insert.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table audit_log (id bigint primary key, at timestamptz not null default now(), action text not null);
    /// grant select, insert, update, delete on audit_log to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table audit_log (id bigint primary key, at timestamptz not null default now(), action text not null);
    /// grant select, insert on audit_log to app;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Privileges".
    CON021 "append-only-unprotected" Info [] Design(check, &[Reads::Verbatims, Reads::Tables])
}

/// What is kept as evidence; other logs are cleared.
const WORDS: &[&str] = &["audit", "ledger", "journal"];

fn check(cx: &mut Cx<'_>) {
    let mut told: Vec<TableId> = Vec::new();
    let grants: Vec<_> = cx.design.verbatims().filter_map(|it| granted(&it.sql)).collect();
    for grant in grants {
        let given = |it: &String| matches!(it.as_str(), "update" | "delete" | "truncate" | "all");
        let Some(first) = grant.privileges.iter().find(|it| given(it)) else { continue };
        let is_evidence = |it: &TableView<'_>| {
            crate::lint::words_of(&it.name).iter().any(|it| WORDS.contains(&it.as_str()))
        };
        let named =
            |it: &TableView<'_>| grant.relations.iter().any(|relation| relation.is_table(cx.design, it));
        let tables: Vec<TableView<'_>> = cx.tables().filter(|it| named(it) && is_evidence(it)).collect();
        for t in tables {
            // A trigger may refuse it, and policies may let nobody.
            let guarded = !t.triggers.is_empty() || t.row_security != RowSecurity::Disabled;
            if guarded || told.contains(&t.id) {
                continue;
            }
            told.push(t.id);
            let roles = grant.roles.join(", ");
            let what = if first == "all" { "change and delete" } else { first.as_str() };
            cx.table(&t, format!("`{roles}` may {what} rows of what is kept as evidence"));
        }
    }
}
