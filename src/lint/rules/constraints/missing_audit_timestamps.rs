//! Missing audit timestamps.

use crate::lint::prelude::*;

rule! {
    /// Flags an entity that does not say when a row was made.
    ///
    /// ## Why
    ///
    /// The first question about any strange row is since when it is so, and the answer cannot be added later. Told as a
    /// warning only where other tables of the design have it; what changes should also say when it last did.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table clients (id bigint generated always as identity primary key, name text not null);
    /// create table a (id bigint primary key, created_at timestamptz not null default now());
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table clients (id bigint generated always as identity primary key, name text not null, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
    /// ```
    CON008 "missing-audit-timestamps" Warning [Core Safe] Named(check, &[Known::Habits])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() != Role::Entity || t.columns.len() < 2 || !t.inherits.is_empty() || t.primary_key.is_none() {
        return;
    }
    let made = t.cols().any(|it| {
        let has =
            |list: &[&str]| crate::lint::words_of(&it.name).iter().any(|it| list.contains(&it.as_str()));
        it.is_moment()
            && (it.is(Topic::Created)
                || has(&[
                    "create",
                    "creation",
                    "added",
                    "joined",
                    "registered",
                    "ordered",
                    "placed",
                    "received",
                    "occurred",
                    "posted",
                    "submitted",
                    "issued",
                    "hired",
                    "recorded",
                    "logged",
                    "entry",
                    "opened",
                    "uploaded",
                    "sent",
                    "start",
                    "started",
                    "timestamp",
                    "at",
                    "on",
                    "updated",
                    "update",
                    "modified",
                    "time",
                    "inserted",
                    "since",
                    "date",
                ]))
    });
    let shared_key = t
        .primary_key
        .as_ref()
        .is_some_and(|it| it.columns.iter().all(|it| t.col(*it).is_some_and(|it| it.facts.is_reference)));
    if made || shared_key {
        return;
    }
    let milder = cx.told.milder(Severity::Info);
    // What is a part of another row is as old as that says.
    let part = t
        .primary_key
        .as_ref()
        .is_some_and(|it| it.columns.iter().any(|it| t.col(*it).is_some_and(|it| it.facts.is_reference)))
        || t.foreign_keys.iter().any(|it| it.on_delete == ReferentialAction::Cascade);
    let usual = !part && cx.globals().habits.stamps;
    let finding = cx.table(t, "no column says when a row was created");
    if !usual {
        finding.severity = milder;
    }
    let data_type = DataType::builtin(Builtin::TimestampTz);
    finding.safe(
        "Add created_at",
        Remedy::AddColumn {
            table: t.id,
            name: "created_at".into(),
            data_type,
            nullable: false,
            default: Some("now()".into()),
        },
    );
}
