//! Random uuid primary key.

use crate::lint::prelude::*;

rule! {
    /// Flags a key of random UUIDs on a table of very many expected rows.
    ///
    /// ## Why
    ///
    /// Each new row goes to another page of the index: once the index is larger than memory, each insertion reads a page and
    /// writes it whole into the log. UUIDs of version 7 begin with the time and go to its end; PostgreSQL 18 makes them.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ rows 200M */
    /// create table events (id uuid primary key default gen_random_uuid());
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ rows 200k */
    /// create table projects (id uuid primary key default gen_random_uuid());
    /// ```
    ///
    /// ## Options
    ///
    /// `rows` (10000000): up to as many rows, it does not matter.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "UUID Functions".
    KEY009 "random-uuid-primary-key" Info [Safe] Named(check, &[Known::Rows])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let most = cx.option("rows", 10_000_000);
    let Some(rows) = cx.globals().rows.get(&t.id).copied().filter(|it| *it > most) else { return };
    let Some([key]) = t.primary_key.as_ref().map(|it| it.columns.as_slice()) else { return };
    let Some(c) = t.col(*key).filter(|it| !it.inherited && it.is_type(Builtin::Uuid)) else { return };
    let makes = |it: &String| matches!(it.as_str(), "gen_random_uuid" | "uuid_generate_v4" | "uuidv4");
    if !c.default().is_some_and(|it| expression::names(it).iter().any(makes)) {
        return;
    }
    let value = ColumnValue::Default("uuidv7()".to_owned());
    let remedy = Remedy::Value { table: t.id, column: c.id, value };
    let since = crate::pg::function_since("uuidv7").unwrap_or(18);
    let can = cx.design.conventions().target >= since;
    cx.column(t, &c, format!("`{}` is random, and about {rows} rows are expected", c.name))
        .safe_if("Make UUIDs in order of time", can.then_some(remedy));
}
