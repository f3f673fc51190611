//! Rls rollout gap.

use crate::lint::prelude::*;

rule! {
    /// Flags row-level security that is enabled before there is a policy.
    ///
    /// ## Why
    ///
    /// Between the two statements nobody sees any row.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders enable row level security;
    /// create policy p on orders using (true);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// begin;
    /// create policy p on orders using (true);
    /// alter table orders enable row level security;
    /// commit;
    /// ```
    MIG045 "rls-rollout-gap" Error [] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    for (at, table, action) in steps.actions() {
        if !matches!(action, Action::EnableSecurity) || steps.steps[at].transaction.is_some() {
            continue;
        }
        let policy = |it: &Act| matches!(it, Act::CreatePolicy { table: on } if on == table);
        let before = steps.each().take(at).any(|it| policy(&it.1.act))
            || steps.before().tables().any(|it| it.name == table && !it.policies.is_empty());
        if !before {
            steps.report(at, table, format!("nobody sees any row of `{table}` until there is a policy"));
        }
    }
}
