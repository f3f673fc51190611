//! Unvalidated constraint.

use crate::lint::prelude::*;

rule! {
    /// Flags a check or foreign key that existing rows were never held to.
    ///
    /// ## Why
    ///
    /// Neither a reader nor the planner can rely on it.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint);
    /// alter table o add foreign key (user_id) references users not valid;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint references users);
    /// ```
    CON018 "unvalidated-constraint" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let fks = t.foreign_keys.iter().map(|it| (Id::from(it.id), &it.name, it.enforcement));
    let checks = t.checks.iter().map(|it| (Id::from(it.id), &it.name, it.enforcement));
    let all: Vec<_> = fks.chain(checks).filter(|it| it.2 != Enforcement::Valid).collect();
    for (id, name, enforcement) in all {
        let mut valid = t.table.clone();
        for it in valid.foreign_keys.iter_mut().filter(|it| Id::from(it.id) == id) {
            it.enforcement = Enforcement::Valid;
        }
        for it in valid.checks.iter_mut().filter(|it| Id::from(it.id) == id) {
            it.enforcement = Enforcement::Valid;
        }
        let how = if enforcement == Enforcement::NotValid { "NOT VALID" } else { "NOT ENFORCED" };
        cx.member(t, [id], name, format!("the constraint is {how}: existing rows may break it"))
            .risky("Validate it", Remedy::Put(Box::new(valid.into())));
    }
}
