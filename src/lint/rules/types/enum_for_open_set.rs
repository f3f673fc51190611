//! Enum for open set.

use crate::lint::prelude::*;

rule! {
    /// Flags an enumerated type for values that grow, or that have data of their own.
    ///
    /// ## Why
    ///
    /// Labels cannot be removed and carry no columns: what begins as a name gets an icon, an order and a translation.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type category as enum ('books', 'music', 'games');
    /// create table items (id bigint primary key, category category not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table categories (id bigint primary key, name text not null unique);
    /// create table items (id bigint primary key, category_id bigint not null references categories);
    /// create index on items (category_id);
    /// ```
    ///
    /// ## Options
    ///
    /// `max_labels` (20): more labels than this are too many.
    TYP014 "enum-for-open-set" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let most = cx.option("max_labels", 20) as usize;
    for c in t.cols() {
        let BaseType::Enum(id) = c.data_type.base else { continue };
        let Some(of) = cx.design.enum_type(id) else { continue };
        if c.ends(Topic::Open) {
            cx.column(
                t,
                &c,
                format!("values of `{}` grow and get data of their own; labels of a type cannot", c.name),
            );
        } else if of.values.len() > most {
            cx.column(
                t,
                &c,
                format!("`{}` has {} labels, which can never be removed", of.name, of.values.len()),
            );
        }
    }
}
