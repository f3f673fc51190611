//! Surrogate without natural key.

use crate::lint::prelude::*;

rule! {
    /// Flags a table whose only key is generated although a column names the thing for people.
    ///
    /// ## Why
    ///
    /// Two rows for one e-mail address, code or number are legal, and sooner or later they are there.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table currencies (id bigint generated always as identity primary key, code text not null, name text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table currencies (id bigint generated always as identity primary key, code text not null unique, name text not null);
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "ID Required".
    KEY006 "surrogate-without-natural-key" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if !matches!(t.role(), Role::Entity | Role::Lookup) {
        return;
    }
    let Some([key]) = t.primary_key.as_ref().map(|it| it.columns.as_slice()) else { return };
    let Some(key) = t.col(*key) else { return };
    let generated = matches!(key.value, ColumnValue::Identity { .. })
        || key.default().is_some_and(|it| it.contains("nextval") || it.contains("uuid"));
    let unique = !t.uniques.is_empty() || !t.exclusions.is_empty() || t.indexes.iter().any(|it| it.unique);
    if !generated || unique {
        return;
    }
    // What names the thing itself: one word, or the table's own name before it.
    let own = |c: &ColumnView<'_>| {
        let name = c.column.name.as_str();
        let bare = name.strip_prefix(t.facts.singular.as_str()).map_or(name, |it| it.trim_start_matches('_'));
        let natural =
            matches!(bare, "email" | "username" | "slug" | "code" | "sku" | "isbn" | "iban" | "number");
        let lookup = t.role() == Role::Lookup && matches!(bare, "name" | "label");
        c.is_text() && (natural || lookup)
    };
    let child = !t.foreign_keys.is_empty();
    if let Some(c) = t.cols().find(|it| own(it) && !t.is_key(it.id)) {
        let mut finding_columns = vec![c.id];
        // Among siblings a code is unique within their whole.
        let whole = t.foreign_keys.iter().find(|fk| fk.columns.len() == 1 && !t.is_nullable(fk.columns[0]));
        if child && let Some(whole) = whole {
            finding_columns.insert(0, whole.columns[0]);
        }
        let listed = t.listed(&finding_columns);
        let remedy = Remedy::AddUnique { table: t.id, columns: finding_columns, replaces: None };
        cx.column(t, &c, format!("nothing keeps two rows from having the same `{}`", c.name))
            .because(format!("the only key of `{}` is the generated `{}`", t.name, key.name))
            .risky(&format!("Make ({listed}) unique"), remedy);
    }
}
