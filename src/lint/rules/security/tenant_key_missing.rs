//! Tenant key missing.

use std::collections::BTreeSet;

use crate::lint::prelude::*;

rule! {
    /// Flags a table whose rows belong to a tenant only by way of several others.
    ///
    /// ## Why
    ///
    /// A policy has to join its way up for every row; it cannot be indexed, partitioned or exported by tenant, and a row that is
    /// hung elsewhere changes hands unseen. Lists of values and tables of persons, who may belong to several, are left alone.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ tenant tenant_id */
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants);
    /// create table tasks (id bigint primary key, project_id bigint not null references projects);
    /// create table comments (id bigint primary key, task_id bigint not null references tasks);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ tenant tenant_id */
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants);
    /// create table tasks (id bigint primary key, tenant_id bigint not null references tenants, project_id bigint not null references projects);
    /// ```
    SEC021 "tenant-key-missing" Warning [Unsafe] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let Some((tenant, root)) = cx.globals().tenant.as_deref().zip(cx.globals().tenant_root) else { return };
    let mut held: BTreeSet<TableId> = BTreeSet::from([root]);
    held.extend(cx.tables().filter(|it| it.column_named(tenant).is_some()).map(|it| it.id));
    let design = cx.design;
    let above = |id: TableId| {
        let keys = design.table(id).into_iter().flat_map(|it| {
            it.foreign_keys.iter().filter(move |fk| fk.columns.iter().all(|column| !it.is_nullable(*column)))
        });
        keys.map(|it| it.references)
    };
    let key = design.table(root).and_then(|it| it.column(*it.primary_key.as_ref()?.columns.first()?));
    for t in cx.tables().filter(|it| !held.contains(&it.id)) {
        let is_left_alone = matches!(t.role(), Role::Lookup | Role::Infrastructure)
            || t.is(Topic::Person)
            || t.row_security != RowSecurity::Disabled;
        if is_left_alone || t.foreign_keys.iter().any(|it| held.contains(&it.references)) {
            continue;
        }
        let (mut open, mut seen) = (vec![t.id], BTreeSet::from([t.id]));
        while let Some(id) = open.pop() {
            open.extend(above(id).filter(|it| seen.insert(*it)));
        }
        if seen.is_disjoint(&held) {
            continue;
        }
        let remedy = key.map(|it| Remedy::AddColumn {
            table: t.id,
            name: tenant.to_owned(),
            data_type: it.data_type.clone(),
            nullable: true,
            default: None,
        });
        let milder = cx.told.milder(Severity::Info);
        let secures = cx.globals().habits.secures;
        let finding = cx.table(
            &t,
            format!("whose rows they are is found by way of several tables: `{tenant}` is missing"),
        );
        finding.risky_if("Add the column, to be filled in", remedy);
        if !secures {
            finding.severity = milder;
        }
    }
}
