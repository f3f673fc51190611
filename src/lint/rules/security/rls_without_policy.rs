//! Rls without policy.

use crate::lint::prelude::*;

rule! {
    /// Flags row-level security without a policy.
    ///
    /// ## Why
    ///
    /// Nobody but the owner sees any row, and nothing says so: queries find nothing.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// alter table t enable row level security;
    /// grant select on t to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key);
    /// alter table t enable row level security;
    /// create policy p on t for select using (true);
    /// grant select on t to app;
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0008.
    SEC002 "rls-without-policy" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if matches!(t.row_security, RowSecurity::Enabled | RowSecurity::Forced) && t.policies.is_empty() {
        cx.table(t, "row-level security is on, but no policy lets any row be seen");
    }
}
