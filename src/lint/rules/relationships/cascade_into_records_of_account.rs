//! Cascade into records of account.

use crate::lint::prelude::*;

rule! {
    /// Flags a cascading deletion into invoices, payments, ledgers, contracts or logs.
    ///
    /// ## Why
    ///
    /// Deleting one customer silently deletes what law or an audit wants kept.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table invoices (id bigint primary key, user_id bigint not null references users on delete cascade, total numeric(12,2) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table invoices (id bigint primary key, user_id bigint not null references users on delete restrict, total numeric(12,2) not null);
    /// ```
    REL007 "cascade-into-records-of-account" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let money = || t.cols().any(|it| it.is(Topic::Money)) || t.facts.any.any(&[Topic::Log]);
    if !t.facts.last.has(Topic::Evidence) || t.role() == Role::Junction || !money() {
        return;
    }
    for fk in t.foreign_keys.iter().filter(|it| it.on_delete == ReferentialAction::Cascade) {
        let Some(to) = cx.view(fk.references) else { continue };
        // Lines go with their document.
        if to.is(Topic::Evidence) && !to.is(Topic::Person) {
            continue;
        }
        let listed = t.listed(&fk.columns);
        let remedy =
            Remedy::OnDelete { table: t.id, foreign_key: fk.id, action: ReferentialAction::Restrict };
        let milder = cx.told.milder(Severity::Warning);
        let finding = cx.member(
            t,
            [fk.id.into()],
            &listed,
            format!(
                "deleting a row of `{}` deletes its rows of `{}`, which should outlive it",
                to.name, t.name
            ),
        );
        if t.role() == Role::Log {
            finding.severity = milder;
        }
        finding.risky("Refuse the deletion", remedy);
    }
}
