//! Fixed char.

use crate::lint::prelude::*;

rule! {
    /// Flags `char(n)`.
    ///
    /// ## Why
    ///
    /// Values are padded with blanks that count in some comparisons and not in others; a shorter value is not refused.
    /// `text` with a check says what is meant.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table countries (code char(2) primary key);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table countries (code text primary key check (code ~ '^[A-Z]{2}$'));
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use char(n)".
    TYP004 "fixed-char" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.facts.builtin == Some(Builtin::Character)) {
        let finding = cx.column(t, &c, format!("`{}` is padded with blanks", c.name));
        let direct = matches!(c.data_type.base, BaseType::Builtin(_)) && c.data_type.dimensions == 0;
        if direct && !t.table.uniques.iter().any(|it| it.columns.contains(&c.id)) {
            let remedy =
                Remedy::Type { table: t.id, column: c.id, data_type: DataType::builtin(Builtin::Text) };
            finding.risky("Make it text", remedy);
        }
    }
}
