//! Actor reference cascades.

use crate::lint::prelude::*;

rule! {
    /// Flags a reference to who did something that deletes the thing with the person.
    ///
    /// ## Why
    ///
    /// When an account goes, everything that it ever wrote goes as well; with `SET NULL` nobody knows any more who it
    /// was.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table comments (id bigint primary key, author_id bigint not null references users on delete cascade, body text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table comments (id bigint primary key, author_id bigint not null references users on delete restrict, body text not null);
    /// ```
    REL008 "actor-reference-cascades" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in &t.foreign_keys {
        let [column] = fk.columns.as_slice() else { continue };
        let (Some(c), Some(to)) = (t.col(*column), cx.view(fk.references)) else { continue };
        let by = c.name.ends_with("_by") || c.name.ends_with("_by_id");
        let actor = by || c.is(Topic::Actor);
        if !actor || !to.facts.last.has(Topic::Person) || t.role() == Role::Junction {
            continue;
        }
        if fk.on_delete == ReferentialAction::Cascade {
            let remedy =
                Remedy::OnDelete { table: t.id, foreign_key: fk.id, action: ReferentialAction::Restrict };
            let message = format!("deleting a row of `{}` deletes what `{}` did", to.name, c.name);
            cx.member(t, [c.id.into(), fk.id.into()], &c.name, message).risky("Refuse the deletion", remedy);
        } else if fk.on_delete == ReferentialAction::SetNull && !crate::lint::is_deleted_by_mark(&to) {
            let milder = cx.told.milder(Severity::Info);
            let message = format!("deleting a row of `{}` leaves nothing of who `{}` was", to.name, c.name);
            let evidence =
                format!("a mark of deletion on `{}`, or the name kept here, would keep it", to.name);
            cx.member(t, [c.id.into(), fk.id.into()], &c.name, message).because(evidence).severity = milder;
        }
    }
}
