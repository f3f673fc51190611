//! Ambiguous parallel references.

use crate::lint::prelude::*;

rule! {
    /// Flags two references to one table of which one does not say its role.
    ///
    /// ## Why
    ///
    /// Nobody can tell which of `user_id` and `created_by` is the owner.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table tickets (id bigint primary key, user_id bigint not null references users, created_by bigint not null references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table tickets (id bigint primary key, requester_id bigint not null references users, created_by bigint not null references users);
    /// ```
    REL022 "ambiguous-parallel-references" Info [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in &t.foreign_keys {
        let ([column], Some(to)) = (fk.columns.as_slice(), cx.view(fk.references)) else { continue };
        let others =
            t.foreign_keys.iter().filter(|it| it.references == fk.references && it.columns != fk.columns);
        let Some(c) = t.col(*column) else { continue };
        let bare = c.name == format!("{}_id", to.facts.singular) || c.name == to.facts.singular;
        if bare && to.id != t.id && others.count() > 0 {
            cx.column(t, &c, format!("`{}` does not say which of the rows of `{}` it is", c.name, to.name));
        }
    }
}
