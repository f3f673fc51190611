//! Tenant key nullable.

use crate::lint::prelude::*;

rule! {
    /// Flags a tenant column that may be null on a table whose policy compares it.
    ///
    /// ## Why
    ///
    /// Null equals nothing: such rows are seen by nobody, or by everybody where somebody adds `OR tenant_id IS NULL`.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint references tenants);
    /// alter table t enable row level security;
    /// create policy p on t using (tenant_id = (select current_setting('app.tenant')::bigint));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null references tenants);
    /// alter table t enable row level security;
    /// create policy p on t using (tenant_id = (select current_setting('app.tenant')::bigint));
    /// ```
    SEC022 "tenant-key-nullable" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is(Topic::Tenant) && it.name.ends_with("_id") && t.is_nullable(it.id)) {
        let compared = t
            .policies
            .iter()
            .any(|it| it.using.as_ref().is_some_and(|it| expression::names(it).contains(&c.name)));
        if compared {
            let remedy = Remedy::Nullable { table: t.id, column: c.id, nullable: false };
            cx.column(t, &c, format!("`{}` may be null, and null equals nothing", c.name))
                .risky("Set it not null", remedy);
        }
    }
}
