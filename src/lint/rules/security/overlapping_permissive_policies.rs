//! Overlapping permissive policies.

use crate::lint::prelude::*;

rule! {
    /// Flags several permissive policies for one role and one command.
    ///
    /// ## Why
    ///
    /// They are joined by OR: each is evaluated for each row, and one that is too wide widens all.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int, b int);
    /// alter table t enable row level security;
    /// create policy p1 on t for select using (a = 1);
    /// create policy p2 on t for select using (b = 1);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, a int, b int);
    /// alter table t enable row level security;
    /// create policy p1 on t for select using (a = 1 or b = 1);
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0006.
    SEC007 "overlapping-permissive-policies" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let permissive: Vec<&Policy> = t.policies.iter().filter(|it| !it.restrictive).collect();
    for (place, policy) in permissive.iter().enumerate() {
        let same = |it: &&&Policy| {
            let command = it.command == policy.command
                || it.command == PolicyCommand::All
                || policy.command == PolicyCommand::All;
            let roles = it.roles == policy.roles || it.roles.iter().any(|role| policy.roles.contains(role));
            command && roles
        };
        if let Some(first) = permissive.iter().take(place).find(same) {
            cx.member(
                t,
                [policy.id.into(), first.id.into()],
                &policy.name,
                format!("`{}` is for the same role and command, and the two are joined by OR", first.name),
            );
        }
    }
}
