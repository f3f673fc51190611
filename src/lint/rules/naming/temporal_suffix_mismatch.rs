//! Temporal suffix mismatch.

use crate::lint::prelude::*;

rule! {
    /// Flags a suffix that promises another type.
    ///
    /// ## Why
    ///
    /// `paid_at` promises a moment; a reader who compares it with `now()` is off by a day.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, paid_at date);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, paid_on date);
    /// ```
    NAM010 "temporal-suffix-mismatch" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let is_timed = |it: &ColumnView<'_>| {
        matches!(
            it.builtin(),
            Some(Builtin::Date | Builtin::Boolean | Builtin::Timestamp | Builtin::TimestampTz)
        )
    };
    for c in t.cols().filter(is_timed) {
        let name = c.snake();
        let wrong = match () {
            () if name.ends_with("_at") && c.is_type(Builtin::Date) => "a moment, but is a date",
            () if name.ends_with("_at") && c.is_type(Builtin::Boolean) => "a moment, but is a boolean",
            () if name.ends_with("_on")
                && matches!(c.builtin(), Some(Builtin::Timestamp | Builtin::TimestampTz)) =>
            {
                "a date, but is a moment"
            }
            () => continue,
        };
        let stem = name.trim_end_matches("_at").trim_end_matches("_on");
        let better = match c.builtin() {
            Some(Builtin::Date) => format!("{stem}_on"),
            Some(Builtin::Boolean) => format!("is_{stem}"),
            _ => format!("{stem}_at"),
        };
        cx.column(t, &c, format!("`{}` promises {wrong}", c.name)).risky(
            "Name it after its type",
            Remedy::RenameColumn { table: t.id, column: c.id, name: better },
        );
    }
}
