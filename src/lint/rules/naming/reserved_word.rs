//! Reserved word.

use crate::lint::prelude::*;

rule! {
    /// Flags names that are reserved words.
    ///
    /// ## Why
    ///
    /// They must be quoted wherever they are written, and the error of whoever forgets it points elsewhere: `SELECT *
    /// FROM user` shows who is logged in.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table "user" (id bigint primary key, "order" int);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table app_users (id bigint primary key, sort_order int);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "SQL Key Words".
    NAM002 "reserved-word" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    // Quoted in capitals it is the same word to every reader, and in lower case reserved again.
    let reserved = |it: &str| {
        let is_capital = it.bytes().any(|it| it.is_ascii_uppercase());
        crate::pg::is_reserved(it) || is_capital && crate::pg::is_reserved(&it.to_ascii_lowercase())
    };
    if reserved(&t.name) {
        cx.table(t, format!("`{}` is a reserved word", t.name));
    }
    for c in t.cols().filter(|it| reserved(&it.name)) {
        let name = format!("{}_{}", t.facts.singular, c.name.to_ascii_lowercase());
        cx.column(t, &c, format!("`{}` is a reserved word", c.name))
            .risky("Name the table in it", Remedy::RenameColumn { table: t.id, column: c.id, name });
    }
}
