//! Policy command gap.

use crate::lint::prelude::*;
use crate::lint::privilege::{granted, members};

rule! {
    /// Flags a command that a role is granted on a table with row-level security, and that no policy lets it do.
    ///
    /// Policies for other commands show that they were thought of. A role that is granted everything at once is passed over, and
    /// so is one that is a member of others, or bypasses policies.
    ///
    /// ## Why
    ///
    /// Without a policy that applies, no row is visible or can be changed: an update or a deletion finds none and says
    /// nothing, an insertion is refused.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// alter table t enable row level security;
    /// create policy r on t for select using (true);
    /// grant select, update on t to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int);
    /// alter table t enable row level security;
    /// create policy r on t for select using (true);
    /// grant select on t to app;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Row Security Policies".
    SEC009 "policy-command-gap" Warning [] Design(check, &[Reads::Tables, Reads::Verbatims])
}

const COMMANDS: [(&str, PolicyCommand); 4] = [
    ("select", PolicyCommand::Select),
    ("insert", PolicyCommand::Insert),
    ("update", PolicyCommand::Update),
    ("delete", PolicyCommand::Delete),
];

fn check(cx: &mut Cx<'_>) {
    if !cx.globals().habits.secures {
        return;
    }
    let secured = |it: &TableView<'_>| {
        matches!(it.row_security, RowSecurity::Enabled | RowSecurity::Forced) && !it.policies.is_empty()
    };
    let tables: Vec<TableView<'_>> = cx.tables().filter(secured).collect();
    if tables.is_empty() {
        return;
    }
    let texts = || cx.design.verbatims().map(|it| it.sql.as_str());
    let grants: Vec<_> = texts().filter_map(granted).collect();
    let mut free: Vec<String> = texts().flat_map(members).collect();
    free.extend(texts().filter_map(bypassing));
    for t in &tables {
        let mut told: Vec<(String, &str)> = Vec::new();
        for grant in &grants {
            let chosen = COMMANDS.iter().any(|it| grant.privileges.iter().all(|given| given != it.0));
            let all = grant.privileges.iter().any(|it| it == "all");
            if all || !chosen || !grant.relations.iter().any(|it| it.is_table(cx.design, t)) {
                continue;
            }
            for role in grant.roles.iter().filter(|it| *it != "public" && !free.contains(it)) {
                for (word, command) in COMMANDS {
                    let key = (role.clone(), word);
                    let given = grant.privileges.iter().any(|it| it == word);
                    if given && !told.contains(&key) && !t.policies.iter().any(|it| lets(it, command, role)) {
                        told.push(key);
                    }
                }
            }
        }
        if told.is_empty() {
            continue;
        }
        let listed: Vec<String> =
            told.iter().map(|(role, word)| format!("{} to `{role}`", word.to_uppercase())).collect();
        cx.table(t, format!("no policy allows what is granted: {}", listed.join(", "))).because(
            "without one, a query, an update or a deletion finds no row and says nothing, and an insertion is refused",
        );
    }
}

/// Whether a policy lets a role do something, as far as can be told.
fn lets(policy: &Policy, command: PolicyCommand, role: &str) -> bool {
    let to = |it: &String| {
        let names = expression::names(it);
        names.iter().any(|it| it == role || it == "public" || it.ends_with("_user") || it == "current_role")
    };
    !policy.restrictive
        && (policy.command == PolicyCommand::All || policy.command == command)
        && (policy.roles.is_empty() || policy.roles.iter().any(to))
}

/// The role that a statement lets bypass policies.
fn bypassing(sql: &str) -> Option<String> {
    let names = expression::names(sql);
    let is = |at: usize, words: &[&str]| names.get(at).is_some_and(|it| words.contains(&it.as_str()));
    let bypasses = names.iter().any(|it| it == "bypassrls" || it == "superuser");
    (is(0, &["create", "alter"]) && is(1, &["role", "user"]) && bypasses)
        .then(|| names.get(2).cloned())
        .flatten()
}
