//! Rewrite rule.

use crate::lint::prelude::*;

rule! {
    /// Flags a rewrite rule.
    ///
    /// ## Why
    ///
    /// Rules rewrite the text of statements, not rows: with volatile functions, several rows or `RETURNING` they do
    /// what nobody expects. Triggers do what is meant.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, dead boolean not null default false);
    /// create rule r as on delete to t do instead update t set dead = true where id = old.id;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, deleted_at timestamptz);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Rules Versus Triggers"; PostgreSQL wiki, "Don't Do This".
    STR017 "rewrite-rule" Warning [] Design(check, &[Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.verbatims() {
        let names = expression::names(it.sql.get(..it.sql.len().min(200)).unwrap_or(&it.sql));
        let at = if names.get(1).is_some_and(|it| it == "or") { 3 } else { 1 };
        if names.first().is_some_and(|it| it == "create") && names.get(at).is_some_and(|it| it == "rule") {
            let name = names.get(at + 1).cloned().unwrap_or_default();
            if name != "_return" {
                let message = format!("`{name}` rewrites statements");
                cx.record(it.id.into(), vec![it.id.into()], name, &it.origin, message);
            }
        }
    }
}
