//! Table inheritance.

use crate::lint::prelude::*;

rule! {
    /// Flags a table that inherits from another without being a partition of it.
    ///
    /// ## Why
    ///
    /// Keys, foreign keys and uniqueness do not reach the tables below: a reference to the upper table does not see
    /// their rows.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table party (id bigint primary key);
    /// create table person (name text) inherits (party);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table party (id bigint primary key);
    /// create table person (party_id bigint primary key references party, name text not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Inheritance", "Caveats".
    STR016 "table-inheritance" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if let Some(above) = t.inherits.first().and_then(|it| cx.design.table(*it)) {
        cx.table(t, format!("the table inherits from `{}`, whose keys do not hold for it", above.name));
    }
}
