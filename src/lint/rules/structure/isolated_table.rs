//! Isolated table.

use crate::lint::prelude::*;

rule! {
    /// Flags a table that no foreign key leads to or from, in a schema of several tables.
    ///
    /// ## Why
    ///
    /// A table that stands alone is often one whose foreign keys were forgotten.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table a (id bigint primary key);
    /// create table coupons (id bigint primary key, code text not null unique);
    /// create table x (id bigint primary key references a);
    /// create table y (id bigint primary key references a);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table coupons (id bigint primary key, code text not null unique, product_id bigint not null references products);
    /// ```
    ///
    /// ## Options
    ///
    /// `min_tables` (4): smaller schemas are left alone.
    STR014 "isolated-table" Info [] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let least = cx.option("min_tables", 4) as usize;
    if cx.globals().tables < least {
        return;
    }
    let referenced = |id: TableId| {
        cx.design.users_of(id).filter_map(|it| cx.design.table(TableId(it.0))).any(|it| {
            it.id != id && (it.foreign_keys.iter().any(|fk| fk.references == id) || it.inherits.contains(&id))
        })
    };
    let alone: Vec<_> = cx
        .tables_that(|it| {
            it.is_alone && it.columns.len() > 1 && matches!(it.role, Role::Entity | Role::Lookup)
        })
        .filter(|it| !referenced(it.id))
        .collect();
    for t in alone {
        cx.table(&t, format!("no foreign key leads to or from `{}`", t.name));
    }
}
