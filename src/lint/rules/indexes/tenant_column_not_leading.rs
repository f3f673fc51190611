//! Tenant column not leading.

use crate::lint::prelude::*;
use crate::lint::query::accesses;

rule! {
    /// Flags an index that does not begin with the tenant, on a table of which every query asks for one tenant's rows.
    ///
    /// ## Why
    ///
    /// It gathers the rows of all tenants to leave most of them aside. With the tenant first it reads those of one, and
    /// serves what asks for the tenant alone as well.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ tenant tenant_id; access eq(tenant_id,status) */
    /// create table o (id bigint primary key, tenant_id bigint not null references tenants, status text not null);
    /// create index on o (status);
    /// create index on o (tenant_id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ tenant tenant_id; access eq(tenant_id,status) */
    /// create table o (id bigint primary key, tenant_id bigint not null references tenants, status text not null);
    /// create index on o (tenant_id, status);
    /// ```
    IDX021 "tenant-column-not-leading" Info [Unsafe] Design(check, &[Reads::Use, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let Some(tenant) = cx.globals().tenant.as_deref() else { return };
    let all: Vec<_> = cx.design.access_patterns().flat_map(|it| accesses(&it.query)).collect();
    for t in cx.tables().filter(|it| !it.indexes.is_empty()) {
        let Some(column) = t.cols().find(|it| it.name == tenant) else { continue };
        let mut own = all.iter().filter(|it| it.table == t.name).peekable();
        let by_queries = own.peek().is_some() && own.all(|it| it.equal.iter().any(|it| it == tenant));
        let by_policies = t.row_security != RowSecurity::Disabled
            && t.policies.iter().any(|it| {
                it.using.as_deref().is_some_and(|it| expression::names(it).iter().any(|it| it == tenant))
            });
        if !by_queries && !by_policies {
            continue;
        }
        for index in
            t.indexes.iter().filter(|it| !it.unique && it.method == "btree" && it.predicate.is_none())
        {
            let Some(columns) = index.plain_columns() else { continue };
            let Some(first) = columns.first().filter(|it| **it != column.id) else { continue };
            // What a foreign key looks for when a referenced row goes.
            if !index.include.is_empty() || t.foreign_keys.iter().any(|it| it.columns.contains(first)) {
                continue;
            }
            let rest = columns.iter().copied().filter(|it| *it != column.id);
            let remedy = Remedy::AddIndex {
                table: t.id,
                columns: std::iter::once(column.id).chain(rest).collect(),
                unique: false,
                predicate: None,
                replaces: Some(index.id.into()),
            };
            let message = format!("it does not begin with `{tenant}`, by which every query asks");
            cx.member(&t, [index.id.into()], &index.name, message).risky("Put the tenant first", remedy);
        }
    }
}
