//! Missing audit trail.

use crate::lint::prelude::*;

rule! {
    /// Asks where it is kept who changed what is of account.
    ///
    /// ## Why
    ///
    /// An invoice, a contract or a consent that was changed is asked about years later, and only what was written down
    /// on the day can answer. A table of changes, filled by a trigger, is cheap to begin with and cannot be filled
    /// afterwards.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table invoices (id bigint primary key, status text not null, total numeric(12,2) not null, updated_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table invoices (id bigint primary key, status text not null, total numeric(12,2) not null, updated_at timestamptz not null);
    /// create table invoice_changes (id bigint primary key, invoice_id bigint not null references invoices, changed_by bigint references users, change jsonb not null);
    /// ```
    STR024 "missing-audit-trail" Info [] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let keeps = |t: &TableView<'_>| {
        t.role() == Role::Log
            || t.is(Topic::Log)
            || t.facts
                .singular
                .split('_')
                .any(|it| matches!(it, "change" | "version" | "revision" | "snapshot"))
    };
    // What can be changed: it has a state, or says when it was changed last.
    let changes = |t: &TableView<'_>| {
        t.facts.last.has(Topic::Evidence)
            && t.role() == Role::Entity
            && t.cols().any(|it| it.is(Topic::Updated) || it.ends(Topic::Closed))
    };
    let mut of_account = Vec::new();
    for t in cx.tables() {
        if keeps(&t) {
            return;
        }
        if changes(&t) {
            of_account.push(t);
        }
    }
    let Some(first) = of_account.first() else { return };
    let objects: Vec<Id> = of_account.iter().map(|it| Id::from(it.id)).collect();
    cx.member(first.table, objects, "", "who changed it, when, and what was it before? no table keeps that");
}
