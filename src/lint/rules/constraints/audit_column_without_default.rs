//! Audit column without default.

use crate::lint::prelude::*;

rule! {
    /// Flags a creation time that has no default, may be null, or is the moment when the table was made.
    ///
    /// ## Why
    ///
    /// A row that does not give it has none, or is refused. The texts `'now'` and `'today'` are read once, when the
    /// default is defined.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, created_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, created_at timestamptz not null default now());
    /// ```
    CON010 "audit-column-without-default" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let exact = |it: &ColumnView<'_>| {
        matches!(&*it.snake(), "created_at" | "inserted_at" | "created_on" | "create_time" | "created")
    };
    for c in t.cols().filter(|it| it.is_moment() && !it.is_generated()) {
        let frozen = c.default().map(|it| it.trim().to_ascii_lowercase());
        let frozen = frozen.is_some_and(|it| it.starts_with("'now'") || it.starts_with("'today'"));
        if frozen {
            let value = ColumnValue::Default("now()".into());
            cx.column(t, &c, format!("the default of `{}` is the moment when it was defined", c.name))
                .risky("Make it now()", Remedy::Value { table: t.id, column: c.id, value });
        } else if exact(&c) && c.default().is_none() {
            let value = ColumnValue::Default("now()".into());
            let milder = cx.told.milder(Severity::Info);
            let finding = cx.column(t, &c, format!("`{}` has no default", c.name));
            // Where a program writes every row, it is the program that says when.
            finding.severity = milder;
            finding.risky("Make it now()", Remedy::Value { table: t.id, column: c.id, value });
        }
    }
}
