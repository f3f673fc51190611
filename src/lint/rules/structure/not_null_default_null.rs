//! Not null default null.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that must not be null but whose default is null, or the text `'NULL'`.
    ///
    /// ## Why
    ///
    /// Every row that does not give the column is refused, and the author meant something else.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, nick text not null default 'NULL');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, nick text not null default '');
    /// ```
    STR007 "not-null-default-null" Error [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| !it.nullable) {
        let Some(default) = c.default() else { continue };
        if !default.as_bytes().windows(4).any(|it| it.eq_ignore_ascii_case(b"null")) {
            continue;
        }
        let value = expression::folded(default);
        if value.eq_ignore_ascii_case("null")
            || value.starts_with("null ::")
            || value.eq_ignore_ascii_case("'null'")
        {
            let remedy = Remedy::Value { table: t.id, column: c.id, value: ColumnValue::Given };
            cx.column(t, &c, format!("`{}` must not be null, but its default is {default}", c.name))
                .safe("Drop the default", remedy);
        }
    }
}
