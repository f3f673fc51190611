//! Serial on foreign key.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key column that is fed by a sequence.
    ///
    /// ## Why
    ///
    /// A row that does not give it references a row that nobody chose.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigserial references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    TYP016 "serial-on-foreign-key" Error [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.facts.is_reference) {
        let fed = matches!(c.value, ColumnValue::Identity { .. })
            || c.default().is_some_and(|it| it.trim_start().starts_with("nextval"));
        if fed {
            let remedy = Remedy::Value { table: t.id, column: c.id, value: ColumnValue::Given };
            cx.column(t, &c, format!("`{}` references a row, but a sequence makes up its value", c.name))
                .safe("Drop the default", remedy);
        }
    }
}
