//! Unbounded numeric money.

use crate::lint::prelude::*;

rule! {
    /// Flags money held as `numeric` without a scale.
    ///
    /// ## Why
    ///
    /// 9.999 is taken as a price, and sums show it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, price numeric not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, price numeric(12,2) not null);
    /// ```
    TYP023 "unbounded-numeric-money" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in
        t.cols().filter(|it| it.data_type.as_builtin() == Some(Builtin::Numeric) && it.ends(Topic::Money))
    {
        if c.data_type.modifiers.is_empty() && !c.is_generated() {
            let data_type = DataType::builtin(Builtin::Numeric).with_modifiers([12, 2]);
            let remedy = Remedy::Type { table: t.id, column: c.id, data_type };
            cx.column(t, &c, format!("`{}` takes any number of decimals", c.name))
                .risky("Make it numeric(12,2)", remedy);
        }
    }
}
