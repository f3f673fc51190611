//! Membership without payload.

use crate::lint::prelude::*;

rule! {
    /// Asks whether a membership has a role, or a day on which it began.
    ///
    /// ## Why
    ///
    /// Who may do what in a team, and since when somebody belongs to it, is asked soon after the first team exists. It
    /// is a fact of the membership, neither of the person nor of the team, and what was not kept cannot be had back.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table teams (id bigint primary key, name text not null);
    /// create table team_members (team_id bigint not null references teams, user_id bigint not null references users, primary key (team_id, user_id));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table teams (id bigint primary key, name text not null);
    /// create table team_members (team_id bigint not null references teams, user_id bigint not null references users, role text not null, joined_at timestamptz not null default now(), primary key (team_id, user_id));
    /// ```
    REL023 "membership-without-payload" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() != Role::Junction {
        return;
    }
    let to: Vec<TableView<'_>> =
        t.table.foreign_keys.iter().filter_map(|it| cx.view(it.references)).collect();
    let is_person = |it: &TableView<'_>| it.facts.last.has(Topic::Person) && !is_group(it);
    let (Some(person), Some(group)) = (to.iter().find(|it| is_person(it)), to.iter().find(|it| is_group(it)))
    else {
        return;
    };
    let says_more = t.cols().any(|it| !it.facts.is_reference && !t.is_key(it.id));
    if says_more {
        return;
    }
    let message = format!("what is a row of `{}` in `{}`, and since when?", person.name, group.name);
    let since = Remedy::AddColumn {
        table: t.id,
        name: "joined_at".into(),
        data_type: DataType::builtin(Builtin::TimestampTz),
        nullable: false,
        default: Some("now()".into()),
    };
    let remedies = cx.adding(t, "role", Builtin::Text).into_iter().chain([since]).collect();
    cx.table(t, message).risky("Add role and joined_at", Remedy::All(remedies));
}

/// Whether a table is of what persons belong to.
fn is_group(t: &TableView<'_>) -> bool {
    crate::lint::words_of(&t.facts.singular).last().is_some_and(|it| {
        matches!(
            it.as_str(),
            "team"
                | "group"
                | "organization"
                | "organisation"
                | "org"
                | "workspace"
                | "company"
                | "project"
                | "club"
                | "channel"
                | "community"
                | "committee"
                | "department"
                | "household"
                | "family"
                | "board"
                | "space"
                | "tenant"
        )
    })
}
