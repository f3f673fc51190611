//! Future local time without zone.

use crate::lint::prelude::*;

rule! {
    /// Flags an appointment that is held as a moment alone.
    ///
    /// ## Why
    ///
    /// When the rules of a time zone change, a moment in the future is no longer nine o'clock where it takes place. The
    /// zone has to be kept beside it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table appointments (id bigint primary key, starts_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table appointments (id bigint primary key, starts_at timestamptz not null, time_zone text not null);
    /// ```
    TYP018 "future-local-time-without-zone" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let words = crate::lint::words_of(&t.name);
    let event = words.last().is_some_and(|it| {
        matches!(
            it.trim_end_matches('s'),
            "appointment" | "booking" | "shift" | "clas" | "lesson" | "reminder" | "meeting" | "reservation"
        )
    });
    let start = t.cols().find(|it| {
        it.is_type(Builtin::TimestampTz) && (it.begins(Topic::Begin) || it.name.starts_with("remind"))
    });
    if let Some(c) = start.filter(|_| event && !t.cols().any(|it| it.is(Topic::Zone))) {
        let remedy = cx.adding(t, "time_zone", Builtin::Text);
        cx.column(t, &c, format!("`{}` is planned by a local clock, but its zone is not kept", c.name))
            .risky_if("Add the zone's name", remedy);
    }
}
