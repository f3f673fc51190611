//! Policy column unindexed.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that a policy compares and that leads no index.
    ///
    /// ## Why
    ///
    /// The policy is part of every query: each reads the whole table.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, owner_id bigint not null references users);
    /// alter table t enable row level security;
    /// create policy p on t using (owner_id = (select current_setting('app.uid')::bigint));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, owner_id bigint not null references users);
    /// create index on t (owner_id);
    /// alter table t enable row level security;
    /// create policy p on t using (owner_id = (select current_setting('app.uid')::bigint));
    /// ```
    SEC010 "policy-column-unindexed" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let mut seen: Vec<ColumnId> = Vec::new();
    for policy in &t.policies {
        let conditions = [&policy.using, &policy.with_check];
        for condition in conditions.into_iter().flatten() {
            let all = expression::written(condition);
            for (place, (token, _)) in all.iter().enumerate() {
                let Some(name) = token.name(condition) else { continue };
                let Some(c) = t.cols().find(|it| it.name == *name) else { continue };
                let equal =
                    all.get(place + 1).is_some_and(|it| it.1 == "=") || place >= 1 && all[place - 1].1 == "=";
                let qualified = place >= 1 && all[place - 1].1 == ".";
                if !equal
                    || qualified
                    || seen.contains(&c.id)
                    || t.leads_an_index(&[c.id])
                    || c.is_type(Builtin::Boolean)
                {
                    continue;
                }
                seen.push(c.id);
                let remedy = Remedy::AddIndex {
                    table: t.id,
                    columns: vec![c.id],
                    unique: false,
                    predicate: None,
                    replaces: None,
                };
                cx.column(
                    t,
                    &c,
                    format!("the policy `{}` compares `{}`, which leads no index", policy.name, c.name),
                )
                .safe("Add an index", remedy);
            }
        }
    }
}
