//! Tenant crossing reference.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key between two tables of tenants that does not hold the tenant.
    ///
    /// ## Why
    ///
    /// A row of one tenant can reference a row of another, and joins then show it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants);
    /// create table tasks (id bigint primary key, tenant_id bigint not null references tenants, project_id bigint not null references projects);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants, unique (tenant_id, id));
    /// create table tasks (id bigint primary key, tenant_id bigint not null references tenants, project_id bigint not null, foreign key (tenant_id, project_id) references projects (tenant_id, id));
    /// ```
    REL018 "tenant-crossing-reference" Warning [] Named(check, &[Known::Tenant])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let globals = cx.globals();
    let Some(tenant) = globals.tenant.as_deref() else { return };
    let Some(own) = t.table.column_named(tenant) else { return };
    for fk in t.foreign_keys.iter().filter(|it| it.references != t.id) {
        let Some(to) = cx.design.table(fk.references) else { continue };
        let held = fk.columns.contains(&own.id);
        let by_other = t.foreign_keys.iter().any(|it| {
            it.references == fk.references
                && it.columns.contains(&own.id)
                && fk.columns.iter().all(|column| it.columns.contains(column))
        });
        if globals.tenant_root == Some(to.id) || held || by_other || to.column_named(tenant).is_none() {
            continue;
        }
        let listed = t.listed(&fk.columns);
        cx.member(
            t,
            [fk.id.into()],
            &listed,
            format!("a row of one tenant can reference a row of `{}` of another", to.name),
        );
    }
}
