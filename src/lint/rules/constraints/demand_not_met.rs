//! Demand not met.

use crate::lint::prelude::*;

rule! {
    /// Flags tables that break what is not negotiable: deletion by mark, who changed what, tenants kept apart.
    ///
    /// What is not negotiable is among the constraints of the design: the brief says it, or a person does
    /// (`relata constraints`); in a script a comment above a table, `/*@ demand soft-delete */`.
    ///
    /// ## Why
    ///
    /// What holds for all tables but one does not hold. It is noticed on the day of the audit, the lawsuit or the leak.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ demand soft-delete */
    /// create table orders (id bigint primary key, total numeric not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ demand soft-delete; demand audit */
    /// create table orders (
    ///   id bigint primary key,
    ///   total numeric not null,
    ///   created_at timestamptz not null default now(),
    ///   updated_at timestamptz not null default now(),
    ///   created_by bigint references users,
    ///   updated_by bigint references users,
    ///   deleted_at timestamptz
    /// );
    /// ```
    CON025 "demand-not-met" Error [Core Unsafe] Design(check, &[Reads::Tables, Reads::Use])
}

fn check(cx: &mut Cx<'_>) {
    let load = cx.design.load();
    let (marks, audit) = (load.asks(Demand::SoftDelete), load.asks(Demand::Audit));
    let root = load.asks(Demand::Tenancy).then(|| tenant_table(cx.design).map(|it| it.id));
    if !marks && !audit && root.is_none() {
        return;
    }
    let tables: Vec<TableView<'_>> = cx
        .tables()
        .filter(|it| !it.is_given() && it.kind != TableKind::Infrastructure && it.inherits.is_empty())
        // A list of values has no history, and one who belongs to nobody.
        .filter(|it| it.kind != TableKind::Lookup && it.role() != Role::Lookup)
        .collect();
    for t in tables {
        if marks && !crate::lint::is_deleted_by_mark(&t) && t.overrides.soft_delete != Some(false) {
            let remedy = cx.adding(&t, "deleted_at", Builtin::TimestampTz);
            cx.table(&t, "its rows are deleted for good, and the constraints ask for a mark")
                .risky_if("Add deleted_at", remedy);
        }
        if audit && t.overrides.authorship != Some(false) {
            let says = |topic: Topic| t.cols().any(|it| it.is(topic));
            let by = t.cols().any(|it| it.name.ends_with("_by") || it.name.contains("_by_"));
            let is_recorded =
                t.triggers.iter().any(|it| it.timing == TriggerTiming::After && it.for_each_row);
            if !(says(Topic::Created) && by || is_recorded) {
                let lacks = if says(Topic::Created) { "who" } else { "who and when" };
                cx.table(&t, format!("nothing tells {lacks} changed a row, and the constraints ask for it"));
            }
        }
        if let Some(root) = root
            && Some(t.id) != root
            && t.overrides.tenancy != Some(false)
        {
            let secured = t.row_security != RowSecurity::Disabled && !t.policies.is_empty();
            if !secured {
                let whose = match root.and_then(|it| cx.design.table(it)) {
                    Some(it) => format!("rows of one `{}` can be seen by another", it.name),
                    None => "there is no table of tenants that its rows could belong to".to_owned(),
                };
                cx.table(&t, format!("{whose}, and the constraints ask for tenants to be kept apart"));
            }
        }
    }
}
