//! Policy trusts editable claim.

use crate::lint::prelude::*;

rule! {
    /// Flags a policy that trusts what users may write themselves.
    ///
    /// ## Why
    ///
    /// `user_metadata` of a token is what the user put there: anybody becomes an administrator.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// alter table t enable row level security;
    /// create policy p on t using ((select current_setting('request.jwt.claims')::jsonb -> 'user_metadata' ->> 'role') = 'admin');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// alter table t enable row level security;
    /// create policy p on t using ((select current_setting('request.jwt.claims')::jsonb -> 'app_metadata' ->> 'role') = 'admin');
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0015.
    SEC012 "policy-trusts-editable-claim" Error [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for policy in &t.policies {
        let conditions = [&policy.using, &policy.with_check];
        if conditions
            .into_iter()
            .flatten()
            .any(|it| it.contains("user_metadata") || it.contains("raw_user_meta_data"))
        {
            cx.member(
                t,
                [policy.id.into()],
                &policy.name,
                "the policy trusts what users may write themselves",
            );
        }
    }
}
