//! Self reference not null.

use crate::lint::prelude::*;

rule! {
    /// Flags a reference of a table to itself that must not be null.
    ///
    /// ## Why
    ///
    /// The root has nothing above it; it would have to point at itself, which sends every recursive query round for
    /// ever.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table categories (id bigint primary key, parent_id bigint not null references categories);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table categories (id bigint primary key, parent_id bigint references categories);
    /// ```
    REL012 "self-reference-not-null" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in t.foreign_keys.iter().filter(|it| it.references == t.id) {
        let [column] = fk.columns.as_slice() else { continue };
        let Some(c) = t.col(*column).filter(|it| !t.is_nullable(it.id) && !t.is_key(it.id)) else { continue };
        let remedy = Remedy::Nullable { table: t.id, column: c.id, nullable: true };
        cx.member(
            t,
            [c.id.into(), fk.id.into()],
            &c.name,
            format!("`{}` must not be null, so that there can be no root", c.name),
        )
        .risky("Let it be null", remedy);
    }
}
