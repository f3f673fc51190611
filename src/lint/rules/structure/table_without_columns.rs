//! Table without columns.

use crate::lint::prelude::*;

rule! {
    /// Flags a table without columns.
    ///
    /// ## Why
    ///
    /// PostgreSQL takes it, but such a table is unfinished work: it can only hold rows that say nothing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table drafts ();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table drafts (id bigint generated always as identity primary key, body text not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE TABLE", compatibility: zero-column tables.
    STR004 "table-without-columns" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.columns.is_empty() && t.inherits.is_empty() {
        cx.table(t, "the table has no columns").risky("Add a primary key", Remedy::AddKey(t.id));
    }
}
