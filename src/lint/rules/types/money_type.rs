//! Money type.

use crate::lint::prelude::*;

rule! {
    /// Flags the type `money`.
    ///
    /// ## Why
    ///
    /// Its scale and its text follow a setting of the server, it holds one currency, and fractions of a cent are lost.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, total money not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, total numeric(12,2) not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use money".
    TYP007 "money-type" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.facts.builtin == Some(Builtin::Money)) {
        let finding =
            cx.column(t, &c, format!("how many decimals `{}` has follows a setting of the server", c.name));
        if matches!(c.data_type.base, BaseType::Builtin(_)) && c.default().is_none() {
            let data_type =
                DataType::builtin(Builtin::Numeric).with_modifiers([12, 2]).array(c.data_type.dimensions);
            finding.risky("Make it numeric(12,2)", Remedy::Type { table: t.id, column: c.id, data_type });
        }
    }
}
