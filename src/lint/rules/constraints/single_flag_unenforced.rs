//! Single flag unenforced.

use crate::lint::prelude::*;

rule! {
    /// Flags a mark of the one default or primary row that several rows may carry.
    ///
    /// ## Why
    ///
    /// Two default addresses, and each reader takes another.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table addresses (id bigint primary key, user_id bigint not null references users, is_default boolean not null default false);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table addresses (id bigint primary key, user_id bigint not null references users, is_default boolean not null default false);
    /// create unique index on addresses (user_id) where is_default;
    /// ```
    CON014 "single-flag-unenforced" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_type(Builtin::Boolean) && it.ends(Topic::Single)) {
        let whole = t
            .foreign_keys
            .iter()
            .find(|fk| fk.columns.len() == 1 && fk.references != t.id && !t.is_nullable(fk.columns[0]));
        let Some(whole) = whole else { continue };
        let held = t.indexes.iter().any(|it| {
            it.unique && it.predicate.as_ref().is_some_and(|it| expression::names(it).contains(&c.name))
        });
        let bare = matches!(c.name.as_str(), "default" | "primary" | "current" | "main")
            || c.name.starts_with("is_");
        if held || !bare || !t.exclusions.is_empty() {
            continue;
        }
        let remedy = Remedy::AddIndex {
            table: t.id,
            columns: whole.columns.clone(),
            unique: true,
            predicate: Some(crate::sql::ident(&c.name)),
            replaces: None,
        };
        let listed = t.listed(&whole.columns);
        cx.column(t, &c, format!("several rows of the same {listed} may be `{}` at once", c.name))
            .risky("Hold them to one", remedy);
    }
}
