//! Hard to evolve type.

use crate::lint::prelude::*;

rule! {
    /// Flags a column of a composite type or of `xml`.
    ///
    /// ## Why
    ///
    /// Each change of the type rewrites every table that has it, and no check or foreign key reaches inside.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type addr as (street text, city text);
    /// create table t (id bigint primary key, home addr);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, home_street text, home_city text);
    /// ```
    SCL011 "hard-to-evolve-type" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols() {
        let composite = matches!(c.data_type.base, BaseType::Composite(_) | BaseType::Row(_));
        if composite || c.is_type(Builtin::Xml) {
            let what = if composite { "a composite type" } else { "xml" };
            cx.column(t, &c, format!("`{}` is of {what}, which is costly to change", c.name));
        }
    }
}
