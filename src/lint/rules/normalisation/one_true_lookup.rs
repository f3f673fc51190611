//! One true lookup.

use crate::lint::prelude::*;

rule! {
    /// Flags one table that holds many lists of values, told apart by a column, and that several columns reference.
    ///
    /// ## Why
    ///
    /// A foreign key says that the row is there, not of which list it is: a size goes where a colour belongs. A table for each
    /// list, or an enumerated type, says it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table lookups (id bigint primary key, type text not null, value text not null, unique (type, value));
    /// create table a (id bigint primary key, colour_id bigint not null references lookups, size_id bigint not null references lookups);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table colours (id bigint primary key, value text not null unique);
    /// create table a (id bigint primary key, colour_id bigint not null references colours);
    /// ```
    ///
    /// ## Source
    ///
    /// J. Celko, "SQL for Smarties", "One True Lookup Table".
    NRM016 "one-true-lookup" Warning [] Table(check)
}

/// Which list a row is of.
const LISTS: &[&str] = &["type", "kind", "category", "domain", "list", "group", "set", "class"];

/// What such a table is called.
const CALLED: &[&str] = &[
    "lookup",
    "code",
    "list",
    "value",
    "option",
    "enum",
    "enumeration",
    "parameter",
    "reference",
    "dictionary",
    "item",
    "choice",
    "constant",
];

/// More columns say more than a list of values does.
const MOST: usize = 10;

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let words = crate::lint::words_of(&t.facts.singular);
    if !t.foreign_keys.is_empty()
        || t.columns.len() > MOST
        || !words.iter().any(|it| CALLED.contains(&it.as_str()))
    {
        return;
    }
    let discriminator = t.cols().find(|c| {
        let last = crate::lint::words_of(&c.name).pop().unwrap_or_default();
        let paired = |it: &&[ColumnId]| it.len() == 2 && it.contains(&c.id);
        let uniques = t.uniques.iter().map(|it| it.columns.as_slice());
        let keys = uniques.chain(t.primary_key.iter().map(|it| it.columns.as_slice()));
        LISTS.contains(&last.as_str()) && c.is_text() && keys.into_iter().any(|it| paired(&it))
    });
    let Some(c) = discriminator else { return };
    let from = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0)));
    let names: Vec<String> = from
        .flat_map(|it| it.foreign_keys.iter().map(move |fk| (it, fk)))
        .filter(|it| it.1.references == t.id && !it.1.columns.contains(&c.id))
        .map(|(table, fk)| {
            format!("{}.{}", table.name, table.column_names(&fk.columns).collect::<Vec<_>>().join(", "))
        })
        .collect();
    if names.len() < 2 {
        return;
    }
    let message =
        format!("`{}` tells which list a row is of, and no foreign key can ask for one list", c.name);
    cx.column(t, &c, message).because(format!("referenced by {}", names.join(", ")));
}
