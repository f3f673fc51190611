//! Time with time zone.

use crate::lint::prelude::*;

rule! {
    /// Flags `timetz`.
    ///
    /// ## Why
    ///
    /// An offset without a date cannot know daylight saving. The manual itself advises against it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table shops (id bigint primary key, opens timetz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table shops (id bigint primary key, opens time not null, zone text not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Date/Time Types".
    TYP002 "time-with-time-zone" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.facts.builtin == Some(Builtin::TimeTz)) {
        cx.column(t, &c, format!("`{}` has an offset but no date, so that daylight saving is lost", c.name))
            .risky_if("Make it time", c.retyped(t.id, Builtin::Time));
    }
}
