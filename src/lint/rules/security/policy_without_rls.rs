//! Policy without rls.

use crate::lint::prelude::*;

rule! {
    /// Flags policies on a table whose row-level security is off.
    ///
    /// ## Why
    ///
    /// They do nothing: every row is seen.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint);
    /// create policy p on t using (tenant_id = 1);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint);
    /// create policy p on t using (tenant_id = 1);
    /// alter table t enable row level security;
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0007.
    SEC003 "policy-without-rls" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if !t.policies.is_empty()
        && matches!(t.row_security, RowSecurity::Disabled | RowSecurity::ForcedButDisabled)
    {
        let secured = Table { row_security: RowSecurity::Enabled, ..t.table.clone() };
        cx.table(
            t,
            format!(
                "the table has {} policies, which do nothing while row-level security is off",
                t.policies.len()
            ),
        )
        .risky("Enable row-level security", Remedy::Put(Box::new(secured.into())));
    }
}
