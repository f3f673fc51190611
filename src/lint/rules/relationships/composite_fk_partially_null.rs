//! Composite fk partially null.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key of several columns of which some may be null.
    ///
    /// ## Why
    ///
    /// With `MATCH SIMPLE`, which is the default, one null switches the check off for the whole key.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table p (a int, b int, primary key (a, b));
    /// create table c (id bigint primary key, a int, b int, foreign key (a, b) references p);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table p (a int, b int, primary key (a, b));
    /// create table c (id bigint primary key, a int not null, b int not null, foreign key (a, b) references p);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE TABLE", `MATCH`.
    REL017 "composite-fk-partially-null" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in t.foreign_keys.iter().filter(|it| it.columns.len() > 1 && !it.match_full) {
        let open: Vec<ColumnId> = fk.columns.iter().copied().filter(|it| t.is_nullable(*it)).collect();
        // One optional column beside a tenant that is always there: null means no reference, and nothing else.
        if open.is_empty() || open.len() == 1 && fk.columns.len() == 2 {
            continue;
        }
        let together = t.checks.iter().any(|it| {
            let names = expression::names(&it.expression);
            t.table.column_names(&open).all(|it| names.iter().any(|name| name == it))
        });
        if together {
            continue;
        }
        let mut full = t.table.clone();
        for it in full.foreign_keys.iter_mut().filter(|it| it.id == fk.id) {
            it.match_full = true;
        }
        let listed = t.listed(&open);
        let finding = cx.member(
            t,
            [fk.id.into()],
            &fk.name,
            format!("a null in ({listed}) switches the check off for all columns"),
        );
        if open.len() == fk.columns.len() {
            finding.risky("Demand all or none", Remedy::Put(Box::new(full.into())));
        }
    }
}
