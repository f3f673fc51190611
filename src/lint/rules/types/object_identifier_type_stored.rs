//! Object identifier type stored.

use crate::lint::prelude::*;

rule! {
    /// Flags a column of a type that names objects of the catalogue by number.
    ///
    /// ## Why
    ///
    /// The numbers change on an upgrade; `pg_upgrade` refuses such tables.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table hooks (id bigint primary key, fn regprocedure not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table hooks (id bigint primary key, fn text not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "`pg_upgrade`".
    TYP019 "object-identifier-type-stored" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols() {
        let barred = matches!(
            c.facts.builtin,
            Some(
                Builtin::RegProc
                    | Builtin::RegProcedure
                    | Builtin::RegOper
                    | Builtin::RegOperator
                    | Builtin::RegConfig
                    | Builtin::RegDictionary
                    | Builtin::RegNamespace
                    | Builtin::RegCollation
            )
        );
        if barred {
            cx.column(t, &c, format!("`{}` names an object by a number that an upgrade changes", c.name))
                .risky_if("Make it text", c.retyped(t.id, Builtin::Text));
        }
    }
}
