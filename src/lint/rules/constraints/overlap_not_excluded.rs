//! Overlap not excluded.

use crate::lint::prelude::*;

rule! {
    /// Flags bookings of one thing that may overlap.
    ///
    /// ## Why
    ///
    /// Two requests at one time both find the room free. An exclusion constraint refuses the second.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table bookings (id bigint primary key, room_id bigint not null, starts_at timestamptz not null, ends_at timestamptz not null, check (ends_at > starts_at));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create extension btree_gist;
    /// create table bookings (id bigint primary key, room_id bigint not null, starts_at timestamptz not null, ends_at timestamptz not null, check (ends_at > starts_at), exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&));
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Range Types", "Constraints on Ranges".
    CON007 "overlap-not-excluded" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let begin = t.cols().find(|it| it.is_moment() && it.is(Topic::Begin));
    let end = t.cols().find(|it| it.is_moment() && it.is(Topic::End));
    let (Some(begin), Some(end)) = (begin, end) else { return };
    let thing = t.cols().any(|it| it.facts.is_reference || it.name.ends_with("_id"));
    let periods = t.uniques.iter().any(|it| it.without_overlaps)
        || t.primary_key.as_ref().is_some_and(|it| it.without_overlaps);
    if t.facts.last.has(Topic::Booking) && thing && t.exclusions.is_empty() && !periods {
        cx.columns(t, &[begin.id, end.id], "two rows for one thing may overlap in time")
            .because("an exclusion constraint over the range and what is booked refuses the second");
    }
}
