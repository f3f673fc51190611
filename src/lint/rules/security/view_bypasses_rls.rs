//! View bypasses rls.

use crate::lint::prelude::*;

rule! {
    /// Flags a view over a table with row-level security that asks with its owner's rights.
    ///
    /// ## Why
    ///
    /// Whoever may read the view sees every row of the table. Told are views that are granted to somebody; under the preset
    /// `supabase` all of `public`, which default privileges have opened to the roles of its API unless a project took them back.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint);
    /// alter table t enable row level security;
    /// create view v as select * from t;
    /// grant select on v to app;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint);
    /// alter table t enable row level security;
    /// create view v with (security_invoker = true) as select * from t;
    /// grant select on v to app;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE VIEW", `security_invoker` (PostgreSQL 15); splinter 0010.
    SEC015 "view-bypasses-rls" Warning [Unsafe] Design(check, &[Reads::Views, Reads::Tables, Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    for view in cx.design.views().filter(|it| !it.materialized) {
        let invoker = view
            .options
            .iter()
            .any(|it| it.0 == "security_invoker" && !matches!(it.1.as_str(), "false" | "off" | "0"));
        let secured = view
            .reads
            .iter()
            .filter_map(|it| cx.design.table(TableId(it.0)))
            .find(|it| matches!(it.row_security, RowSecurity::Enabled | RowSecurity::Forced));
        let granted = cx
            .globals()
            .grants
            .iter()
            .any(|it| it.starts_with("grant") && expression::names(it).contains(&view.name))
            || cx.is_exposed(view.namespace);
        if let Some(table) = secured.filter(|_| !invoker && granted && cx.design.conventions().target >= 15) {
            let mut fixed = view.clone();
            fixed.options.push(("security_invoker".into(), "true".into()));
            let message =
                format!("`{}` shows every row of `{}`, whatever its policies say", view.name, table.name);
            cx.record(view.id.into(), vec![view.id.into()], view.name.clone(), &view.origin, message)
                .risky("Ask with the caller's rights", Remedy::Put(Box::new(fixed.into())));
        }
    }
}
