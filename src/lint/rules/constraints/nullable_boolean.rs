//! Nullable boolean.

use crate::lint::prelude::*;

rule! {
    /// Flags a boolean that may be null.
    ///
    /// ## Why
    ///
    /// Three states where the code has two: `WHERE NOT flag` misses the rows that are null.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, is_public boolean);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, is_public boolean not null default false);
    /// ```
    CON002 "nullable-boolean" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_type(Builtin::Boolean) && t.is_nullable(it.id) && !it.is_generated())
    {
        let mut sure = t.table.clone();
        for it in sure.columns.iter_mut().filter(|it| it.id == c.id) {
            it.nullable = false;
            if it.value == ColumnValue::Given {
                it.value = ColumnValue::Default("false".into());
            }
        }
        let heirs = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0)));
        let alone = heirs.into_iter().all(|it| !it.inherits.contains(&t.id) && it.partition_of.is_none());
        let finding = cx.column(t, &c, format!("`{}` has three states: true, false and null", c.name));
        if alone {
            finding.risky("Set it not null", Remedy::Put(Box::new(sure.into())));
        }
    }
}
