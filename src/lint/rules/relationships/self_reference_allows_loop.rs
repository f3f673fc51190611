//! Self reference allows loop.

use crate::lint::prelude::*;

rule! {
    /// Flags a reference of a table to itself in which a row may reference itself.
    ///
    /// ## Why
    ///
    /// A row that is its own parent sends recursive queries round for ever. A check keeps the shortest loop out; longer
    /// ones need a trigger.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table categories (id bigint primary key, parent_id bigint references categories);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table categories (id bigint primary key, parent_id bigint references categories, check (parent_id <> id));
    /// ```
    REL013 "self-reference-allows-loop" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in t.foreign_keys.iter().filter(|it| it.references == t.id) {
        let ([column], [key]) = (fk.columns.as_slice(), fk.ref_columns.as_slice()) else { continue };
        let (Some(c), Some(key)) = (t.col(*column), t.col(*key)) else { continue };
        let parent = crate::lint::words_of(&c.name).iter().any(|it| it == "parent" || it == "manager");
        let told = t.checks.iter().any(|it| {
            let names = expression::names(&it.expression);
            names.contains(&c.name) && names.contains(&key.name)
        });
        let guarded = t.triggers.iter().any(|it| it.for_each_row);
        if !parent || told || guarded || t.is_key(c.id) {
            continue;
        }
        let (from, to) = (crate::sql::ident(&c.name), crate::sql::ident(&key.name));
        let remedy =
            Remedy::AddCheck { table: t.id, columns: vec![c.id], expression: format!("{from} <> {to}") };
        cx.member(t, [c.id.into(), fk.id.into()], &c.name, format!("a row may name itself in `{}`", c.name))
            .because("longer loops, and how deep rows may nest, take a trigger")
            .risky("Add a check", remedy);
    }
}
