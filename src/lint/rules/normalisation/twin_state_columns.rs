//! Twin state columns.

use crate::lint::prelude::*;

rule! {
    /// Flags a flag beside the time at which it was set.
    ///
    /// ## Why
    ///
    /// One fact twice: a row that is deleted but was never deleted at any time, and the other way round.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table posts (id bigint primary key, is_deleted boolean not null default false, deleted_at timestamptz);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table posts (id bigint primary key, deleted_at timestamptz);
    /// ```
    NRM015 "twin-state-columns" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_type(Builtin::Boolean) && !it.is_generated()) {
        let stem = c.name.strip_prefix("is_").unwrap_or(&c.name);
        let twin = t.cols().find(|it| it.is_moment() && it.column.name == format!("{stem}_at"));
        let Some(twin) = twin else { continue };
        let told = t.checks.iter().any(|it| {
            let names = expression::names(&it.expression);
            names.contains(&c.name) && names.contains(&twin.name)
        });
        if !told {
            let remedy = Remedy::RemoveColumn { table: t.id, column: c.id };
            cx.columns(
                t,
                &[c.id, twin.id],
                format!("`{}` says the same as `{}`, and the two can disagree", c.name, twin.name),
            )
            .risky("Remove the flag", remedy);
        }
    }
}
