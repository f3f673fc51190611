//! Unit missing.

use crate::lint::prelude::*;

rule! {
    /// Flags a measure that does not say its unit.
    ///
    /// ## Why
    ///
    /// Seconds or milliseconds, kilograms or pounds: who guesses wrong is off by a thousand.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table jobs (id bigint primary key, timeout int not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table jobs (id bigint primary key, timeout_seconds int not null);
    /// ```
    NAM011 "unit-missing" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t
        .cols()
        .filter(|it| it.is_number() && it.comment.is_none() && !it.facts.is_reference && !it.facts.is_listed)
    {
        let measure = c.ends(Topic::Unit) && !c.is(Topic::UnitWord) && !c.is(Topic::Position);
        let unit = || t.cols().any(|it| it.name.contains("unit"));
        if measure && !unit() {
            cx.column(t, &c, format!("`{}` does not say its unit", c.name));
        }
    }
}
