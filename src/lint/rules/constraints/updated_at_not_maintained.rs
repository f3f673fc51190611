//! Updated at not maintained.

use crate::lint::prelude::*;

rule! {
    /// Flags a time of last change that nothing keeps.
    ///
    /// ## Why
    ///
    /// It shows when a row was made, for ever, unless every writer thinks of it. A trigger does.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, updated_at timestamptz not null default now());
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create extension moddatetime;
    /// create table t (id bigint primary key, updated_at timestamptz not null default now());
    /// create trigger t_touch before update on t for each row execute function moddatetime(updated_at);
    /// ```
    CON009 "updated-at-not-maintained" Warning [Core] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let stamp = t.cols().find(|it| {
        it.is_moment()
            && it.begins(Topic::Updated)
            && (it.name.ends_with("_at") || it.name.ends_with("_on") || it.name.ends_with("At"))
    });
    let Some(c) = stamp.filter(|_| t.role() != Role::Log) else { return };
    let kept = t.triggers.iter().any(|it| {
        it.timing == TriggerTiming::Before && it.events.contains(&TriggerEvent::Update) && it.for_each_row
    });
    if kept || c.is_generated() {
        return;
    }
    cx.column(t, &c, format!("nothing sets `{}` when a row is changed", c.name));
}
