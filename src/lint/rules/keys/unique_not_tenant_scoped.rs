//! Unique not tenant scoped.

use crate::lint::prelude::*;

rule! {
    /// Flags a unique key over values that people choose that lacks the tenant, on a table of tenants.
    ///
    /// ## Why
    ///
    /// What one tenant chooses is taken for all others, and the refusal tells that it exists, whatever row-level
    /// security hides.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants, slug text not null unique);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table projects (id bigint primary key, tenant_id bigint not null references tenants, slug text not null, unique (tenant_id, slug));
    /// ```
    KEY016 "unique-not-tenant-scoped" Warning [Unsafe] Named(check, &[Known::Tenant])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let globals = cx.globals();
    let Some(tenant) = globals.tenant.as_deref().and_then(|it| t.table.column_named(it)) else { return };
    if globals.tenant_root == Some(t.id) || t.is(Topic::Person) {
        return;
    }
    for unique in &t.uniques {
        let chosen = unique.columns.iter().filter_map(|it| t.col(*it));
        let mut chosen = chosen.filter(|it| it.is_text() && it.facts.any.any(&[Topic::Natural, Topic::Name]));
        let outside = unique.columns.iter().filter_map(|it| t.col(*it)).any(|it| {
            it.is(Topic::Foreign)
                || it.is(Topic::Uuid)
                || crate::lint::words_of(&it.name).iter().any(|it| it.contains("domain"))
        });
        if unique.columns.contains(&tenant.id) || outside || chosen.next().is_none() {
            continue;
        }
        let by = |it: &Table| {
            it.foreign_keys.iter().any(|fk| fk.references == t.id && fk.ref_columns == unique.columns)
        };
        if cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0))).any(by) {
            continue;
        }
        let columns: Vec<ColumnId> =
            std::iter::once(tenant.id).chain(unique.columns.iter().copied()).collect();
        let remedy = Remedy::AddUnique { table: t.id, columns, replaces: Some(unique.id.into()) };
        let listed = t.listed(&unique.columns);
        cx.member(t, [unique.id.into()], &unique.name, format!("({listed}) is unique across all tenants"))
            .because(format!("`{}` says whose rows they are", tenant.name))
            .risky("Make it unique within the tenant", remedy);
    }
}
