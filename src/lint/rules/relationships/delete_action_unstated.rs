//! Delete action unstated.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key that leaves open what deleting a referenced row does.
    ///
    /// ## Why
    ///
    /// `NO ACTION` may be right, but it should be a decision: refuse, delete too, or keep without.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users on delete restrict);
    /// ```
    REL005 "delete-action-unstated" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in t.foreign_keys.iter().filter(|it| it.on_delete == ReferentialAction::NoAction) {
        let Some(to) = cx.view(fk.references) else { continue };
        if to.role() == Role::Lookup || t.partitioning.is_some() {
            continue;
        }
        let listed = t.listed(&fk.columns);
        let objects: Vec<Id> = fk.columns.iter().map(|it| Id::from(*it)).chain([fk.id.into()]).collect();
        cx.member(
            t,
            objects,
            &listed,
            format!("nothing says what deleting a row of `{}` does to this one", to.name),
        )
        .risky(
            "Refuse to delete what is referenced",
            Remedy::OnDelete { table: t.id, foreign_key: fk.id, action: ReferentialAction::Restrict },
        );
    }
}
