//! Rls not forced on owner.

use crate::lint::prelude::*;
use crate::lint::privilege::owned;

rule! {
    /// Flags row-level security that does not bind the role of an application, since that role owns the table.
    ///
    /// ## Why
    ///
    /// Policies do not apply to the owner of a table unless `FORCE ROW LEVEL SECURITY` says so: the application sees and
    /// changes every row, and every test under its role passes.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// alter table t enable row level security;
    /// alter table t owner to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// alter table t enable row level security;
    /// alter table t force row level security;
    /// alter table t owner to app;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Row Security Policies".
    SEC005 "rls-not-forced-on-owner" Info [Unsafe] Design(check, &[Reads::Tables, Reads::Verbatims])
}

/// Words in the names of roles under which applications work.
const WORDS: [&str; 7] = ["api", "app", "application", "backend", "service", "web", "worker"];

fn check(cx: &mut Cx<'_>) {
    let owners: Vec<_> = cx.design.verbatims().filter_map(|it| owned(&it.sql)).collect();
    if owners.is_empty() {
        return;
    }
    for t in cx.tables().filter(|it| it.row_security == RowSecurity::Enabled) {
        let last = owners.iter().rev().find(|it| it.0.is_table(cx.design, &t));
        let works = |it: &str| crate::lint::words_of(it).iter().any(|it| WORDS.contains(&it.as_str()));
        let Some((_, owner)) = last.filter(|it| works(&it.1)) else { continue };
        let forced = Table { row_security: RowSecurity::Forced, ..t.table.clone() };
        cx.table(&t, format!("`{owner}` owns the table, and its policies do not bind the owner"))
            .risky("Force row-level security on the owner", Remedy::Put(Box::new(forced.into())));
    }
}
