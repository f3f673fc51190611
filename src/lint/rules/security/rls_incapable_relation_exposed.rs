//! Rls incapable relation exposed.

use crate::lint::prelude::*;
use crate::lint::privilege::granted;

rule! {
    /// Flags a materialized view of rows of tenants, or of a table with row-level security, that somebody is granted.
    ///
    /// ## Why
    ///
    /// A materialized view holds what its owner saw when it was refreshed, and cannot have policies: whoever may read it
    /// sees the rows of all tenants. A view in front of it that filters, granted in its place, keeps them apart.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null references tenants);
    /// create materialized view mv as select tenant_id, count(*) from t group by 1;
    /// grant select on mv to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null references tenants);
    /// create materialized view mv as select tenant_id, count(*) from t group by 1;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Row Security Policies" and "Materialized Views"; splinter 0016.
    SEC016 "rls-incapable-relation-exposed" Warning [] Design(check, &[Reads::Views, Reads::Tables, Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    let design = cx.design;
    let tenant = cx.globals().tenant.as_deref();
    for view in design.views().filter(|it| it.materialized) {
        let guarded = |it: &&Table| {
            matches!(it.row_security, RowSecurity::Enabled | RowSecurity::Forced)
                || tenant.is_some_and(|tenant| it.column_named(tenant).is_some())
        };
        let tables = view.reads.iter().filter_map(|it| design.table(TableId(it.0)));
        let Some(table) = tables.into_iter().find(guarded) else { continue };
        let name = design.namespace_name(view.namespace);
        let role = design.verbatims().filter_map(|it| granted(&it.sql)).find_map(|it| {
            let reads = it.privileges.iter().any(|it| it == "select" || it == "all");
            let means = it.relations.iter().any(|it| it.is(name, &view.name));
            it.roles.into_iter().next().filter(|_| reads && means)
        });
        let Some(role) = role else { continue };
        let message = format!(
            "`{role}` may read `{}`, which holds rows of `{}` of every tenant",
            view.name, table.name
        );
        cx.record(view.id.into(), vec![view.id.into()], view.name.clone(), &view.origin, message);
    }
}
