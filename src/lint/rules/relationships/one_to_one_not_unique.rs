//! One to one not unique.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of settings or details of another table that can have several rows for one.
    ///
    /// ## Why
    ///
    /// `user_settings` says that a user has one row there; when there are two, each reader picks another.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table user_settings (id bigint primary key, user_id bigint not null references users, theme text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table user_settings (user_id bigint primary key references users on delete cascade, theme text not null);
    /// ```
    REL019 "one-to-one-not-unique" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if !t.facts.last.has(Topic::OneToOne) || t.role() == Role::Log {
        return;
    }
    let keyed = t
        .cols()
        .any(|it| it.is(Topic::Attribute) && !it.facts.is_reference && !t.is_key(it.id) && it.is_text());
    for fk in &t.foreign_keys {
        let ([column], Some(to)) = (fk.columns.as_slice(), cx.view(fk.references)) else { continue };
        let own = t
            .facts
            .singular
            .strip_prefix(to.facts.singular.as_str())
            .is_some_and(|it| it.starts_with('_') && !it[1..].contains('_'));
        let wider = t.uniques.iter().any(|it| it.columns.contains(column))
            || t.is_key(*column)
            || t.indexes.iter().any(|it| it.unique && it.leading_columns().contains(column));
        if !own || keyed || wider || t.is_unique_over(&[*column]) {
            continue;
        }
        let remedy = Remedy::AddUnique { table: t.id, columns: vec![*column], replaces: None };
        cx.columns(t, &[*column], format!("a row of `{}` can have several rows here", to.name))
            .risky("Make it unique", remedy);
    }
}
