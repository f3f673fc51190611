//! Policy write unchecked.

use crate::lint::prelude::*;

rule! {
    /// Flags a policy that lets rows be written into, or moved to, another tenant.
    ///
    /// ## Why
    ///
    /// `WITH CHECK (true)` checks nothing of what is written: a row can be given away or planted.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null);
    /// alter table t enable row level security;
    /// create policy p on t for update using (tenant_id = (select current_setting('app.tenant')::bigint)) with check (true);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null);
    /// alter table t enable row level security;
    /// create policy p on t for update using (tenant_id = (select current_setting('app.tenant')::bigint));
    /// ```
    SEC008 "policy-write-unchecked" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some(tenant) = t.cols().find(|it| it.is(Topic::Tenant) && it.name.ends_with("_id")) else { return };
    for policy in t.policies.iter().filter(|it| !it.restrictive) {
        let names =
            |it: &Option<String>| it.as_ref().is_some_and(|it| expression::names(it).contains(&tenant.name));
        if policy.with_check.is_some() && !names(&policy.with_check) && names(&policy.using) {
            let mut table = t.table.clone();
            for it in table.policies.iter_mut().filter(|it| it.id == policy.id) {
                it.with_check = None;
            }
            cx.member(
                t,
                [policy.id.into()],
                &policy.name,
                format!("rows of another `{}` can be written: WITH CHECK does not ask for it", tenant.name),
            )
            .risky("Check what is written as what is read", Remedy::Put(Box::new(table.into())));
        }
    }
}
