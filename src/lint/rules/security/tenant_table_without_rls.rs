//! Tenant table without rls.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of tenants without row-level security, in a design that has it elsewhere.
    ///
    /// ## Why
    ///
    /// One query without the tenant in its condition shows everybody's rows. Where no table of the design has row-level
    /// security, that is told for information: it may be held elsewhere.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants);
    /// grant select on projects to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants);
    /// alter table projects enable row level security;
    /// create policy p on projects using (tenant_id = (select current_setting('app.tenant')::bigint));
    /// grant select on projects to app;
    /// ```
    SEC001 "tenant-table-without-rls" Error [Core Unsafe] Named(check, &[Known::Tenant, Known::Habits, Known::Surroundings])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let globals = cx.globals();
    let Some(c) = globals.tenant.as_deref().and_then(|it| t.cols().find(|c| c.column.name == it)) else {
        return;
    };
    if t.row_security != RowSecurity::Disabled || globals.tenant_root == Some(t.id) {
        return;
    }
    let granted =
        globals.grants.iter().any(|it| it.starts_with("grant") && expression::names(it).contains(&t.name));
    let milder = cx.told.milder(Severity::Info);
    let remedy = secured(t, &c);
    let finding = cx.table(t, "rows of all tenants are seen by whoever may read the table");
    finding.risky_if("Let a policy compare the tenant with a setting of the session", remedy);
    finding.because(format!("`{}` says whose rows they are, but row-level security is off", c.name));
    if !globals.habits.secures && !granted {
        finding.severity = milder;
    }
}

/// A policy that shows the rows of the tenant which the session names.
fn secured(t: &TableView<'_>, c: &ColumnView<'_>) -> Option<Remedy> {
    let name = format!("{}_{}", t.name, c.name);
    let setting = format!("current_setting('app.{}', true)", c.snake());
    let cast = match c.builtin()? {
        Builtin::Text | Builtin::Varchar => setting,
        it => format!("nullif({setting}, '')::{}", it.name()),
    };
    let using = format!("{} = (select {cast})", crate::sql::ident(&c.name));
    Some(Remedy::Secure { table: t.id, name, using })
}
