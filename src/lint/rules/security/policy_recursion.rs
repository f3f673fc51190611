//! Policy recursion.

use crate::lint::prelude::*;

rule! {
    /// Flags a policy that queries its own table.
    ///
    /// ## Why
    ///
    /// PostgreSQL takes it and refuses every query of the table: infinite recursion.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table m (user_id bigint, team_id bigint);
    /// alter table m enable row level security;
    /// create policy p on m using (team_id in (select team_id from m where user_id = 1));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table m (user_id bigint, team_id bigint);
    /// alter table m enable row level security;
    /// create policy p on m using (user_id = (select current_setting('app.uid')::bigint));
    /// ```
    SEC011 "policy-recursion" Error [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for policy in &t.policies {
        let conditions = [&policy.using, &policy.with_check];
        let own = conditions.into_iter().flatten().flat_map(|it| crate::sql::mentions(it)).any(|it| {
            it.role == crate::sql::Role::Relation && it.names(cx.design.namespace_name(t.namespace), &t.name)
        });
        if own {
            cx.member(
                t,
                [policy.id.into()],
                &policy.name,
                "the policy queries its own table, which never ends",
            )
            .because("a SECURITY DEFINER function with a fixed search path can ask instead");
        }
    }
}
