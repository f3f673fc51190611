//! Durable data unlogged.

use crate::lint::prelude::*;

rule! {
    /// Flags an unlogged table that others reference, or that holds entities.
    ///
    /// ## Why
    ///
    /// An unlogged table is emptied after a crash and is absent on replicas.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create unlogged table accounts (id bigint primary key, email text not null, created_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create unlogged table page_cache (key text primary key, body text not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE TABLE", `UNLOGGED`.
    STR022 "durable-data-unlogged" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if !t.unlogged {
        return;
    }
    let references = |it: &Table| it.foreign_keys.iter().any(|fk| fk.references == t.id);
    let referenced = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(references);
    let passing = crate::lint::words_of(&t.name).iter().any(|it| {
        matches!(
            it.as_str(),
            "cache" | "queue" | "staging" | "tmp" | "temp" | "session" | "sessions" | "import"
        )
    });
    if referenced || t.role() == Role::Entity && !passing {
        let logged = Table { unlogged: false, ..t.table.clone() };
        cx.table(t, "the table is unlogged: it is emptied after a crash")
            .risky("Make it logged", Remedy::Put(Box::new(logged.into())));
    }
}
