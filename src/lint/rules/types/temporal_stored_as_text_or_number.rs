//! Temporal stored as text or number.

use crate::lint::prelude::*;

rule! {
    /// Flags a date or time that is held as text or as a number.
    ///
    /// ## Why
    ///
    /// It cannot be compared or added to without a cast, and any text is taken.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, signed_at text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, signed_at timestamptz);
    /// ```
    TYP010 "temporal-stored-as-text-or-number" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_text() || it.is_integer()) {
        let name = c.snake();
        let last = name.rsplit('_').next().unwrap_or_default();
        let suffix =
            matches!(last, "at" | "date" | "dob" | "birthday" | "birthdate" | "datetime" | "timestamp")
                && (name.contains('_') || last != "at");
        let on = last == "on" && name.contains('_') && c.is_text();
        let unit = || c.is(Topic::UnitWord) || name.contains("epoch") || name.contains("format");
        if (suffix || on) && !unit() && !c.facts.is_reference && !c.facts.is_array && !c.facts.is_listed {
            let date = matches!(last, "date" | "dob" | "birthday" | "birthdate" | "on");
            let wanted = if date { Builtin::Date } else { Builtin::TimestampTz };
            let held = if c.is_text() { "text" } else { "a number" };
            let remedy = c.retyped(t.id, wanted).filter(|_| c.is_text());
            cx.column(t, &c, format!("`{}` is a moment, held as {held}", c.name))
                .risky_if("Give it the type of a moment", remedy);
        }
    }
}
