//! Mutable natural key.

use crate::lint::prelude::*;

rule! {
    /// Flags a primary key over something that people change: an e-mail address, a name, a phone number.
    ///
    /// ## Why
    ///
    /// When it changes, every referencing row changes too, and the old value may be personal data that must go.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table members (email text primary key, joined_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table members (id bigint generated always as identity primary key, email text not null unique, joined_at timestamptz not null);
    /// ```
    KEY005 "mutable-natural-key" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some(key) = &t.primary_key else { return };
    if t.role() == Role::Lookup || t.role() == Role::Junction {
        return;
    }
    // A key that nothing references can change without a trace; only the row itself moves.
    let referenced = cx.design.users_of(t.id).any(|it| it != Id::from(t.id));
    let milder = cx.told.milder(Severity::Info);
    for c in key.columns.iter().filter_map(|it| t.col(*it)) {
        let stable = c.is(Topic::Iso) || c.is(Topic::Uuid) || c.facts.is_reference || c.facts.is_listed;
        if c.is_text() && c.ends(Topic::Changing) && !stable && t.columns.len() > 1 {
            let finding = cx.column(t, &c, format!("the primary key holds `{}`, which can change", c.name));
            if !referenced {
                finding.severity = milder;
            }
        }
    }
}
