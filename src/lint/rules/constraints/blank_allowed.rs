//! Blank allowed.

use crate::lint::prelude::*;

rule! {
    /// Flags a name that must be there but may be blank.
    ///
    /// ## Why
    ///
    /// `NOT NULL` takes the empty text, and a list then shows a line without a word.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tags (id bigint primary key, name text not null unique);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tags (id bigint primary key, name text not null unique check (btrim(name) <> ''));
    /// ```
    CON019 "blank-allowed" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| {
        it.is_text() && !t.is_nullable(it.id) && !it.facts.demand.named && !it.facts.is_reference
    }) {
        let own =
            matches!(c.name.as_str(), "name" | "title" | "email" | "slug" | "code" | "username" | "label");
        if own && !c.is_generated() {
            let name = crate::sql::ident(&c.name);
            let remedy = Remedy::AddCheck {
                table: t.id,
                columns: vec![c.id],
                expression: format!("btrim({name}) <> ''"),
            };
            cx.column(t, &c, format!("`{}` may be blank", c.name)).risky("Add a check", remedy);
        }
    }
}
