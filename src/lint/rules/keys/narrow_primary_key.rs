//! Narrow primary key.

use crate::lint::prelude::*;

rule! {
    /// Flags a generated key of 16 or 32 bits on a table that may grow.
    ///
    /// ## Why
    ///
    /// An `integer` key runs out at 2,147,483,647, and rows that were deleted or rolled back count. Changing the type
    /// later rewrites the table and all that references it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table events (id integer generated always as identity primary key);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table events (id bigint generated always as identity primary key);
    /// ```
    ///
    /// ## Options
    ///
    /// `headroom` (10): the share of the type's range, in per cent, that expected rows may fill.
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Numeric Types".
    KEY003 "narrow-primary-key" Warning [Core Safe] Named(check, &[Known::Rows])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    // Lists of values stay short, whatever else they say of a value: `area_type`, `order_status`.
    if t.role() == Role::Lookup || t.facts.last.has(Topic::Closed) {
        return;
    }
    let Some([key]) = t.primary_key.as_ref().map(|it| it.columns.as_slice()) else { return };
    let Some(c) = t.col(*key).filter(|it| !it.inherited) else { return };
    let most: u64 = match c.builtin() {
        Some(Builtin::SmallInt) => 32_767,
        Some(Builtin::Integer) => 2_147_483_647,
        _ => return,
    };
    let generated = matches!(c.value, ColumnValue::Identity { .. })
        || c.default().is_some_and(|it| it.trim_start().starts_with("nextval"));
    let rows = cx.globals().rows.get(&t.id).copied();
    if !generated || rows.is_some_and(|it| it < most / 100 * cx.option("headroom", 10)) {
        return;
    }
    let runs_out = rows.is_some_and(|it| it > most);
    let finding = cx.column(t, &c, format!("the generated key `{}` ends at {most}", c.name));
    if runs_out {
        finding.severity = Severity::Error;
    }
    let remedy = Remedy::Type { table: t.id, column: c.id, data_type: DataType::builtin(Builtin::BigInt) };
    finding.safe("Make it bigint, with what references it", remedy);
}
