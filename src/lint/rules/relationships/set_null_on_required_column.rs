//! Set null on required column.

use crate::lint::prelude::*;

rule! {
    /// Flags `SET NULL` or `SET DEFAULT` on a column that takes neither null nor a default.
    ///
    /// ## Why
    ///
    /// PostgreSQL takes the definition, but deleting a referenced row is then refused, with an error about another
    /// column.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users on delete set null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint references users on delete set null);
    /// ```
    REL006 "set-null-on-required-column" Error [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in &t.foreign_keys {
        for (action, on, all) in
            [(fk.on_delete, "DELETE", fk.set_columns.is_empty()), (fk.on_update, "UPDATE", true)]
        {
            let columns = if all { &fk.columns } else { &fk.set_columns };
            let broken = columns.iter().filter_map(|it| t.col(*it)).find(|it| match action {
                ReferentialAction::SetNull => !t.is_nullable(it.id),
                ReferentialAction::SetDefault => it.default().is_none() && !t.is_nullable(it.id),
                ReferentialAction::NoAction | ReferentialAction::Restrict | ReferentialAction::Cascade => {
                    false
                }
            });
            let Some(c) = broken else { continue };
            let message = format!("ON {on} {} cannot be done: `{}` must not be null", action.sql(), c.name);
            let finding = cx.member(t, [c.id.into(), fk.id.into()], &c.name, message);
            if on == "DELETE" && !t.is_key(c.id) {
                let remedy = Remedy::Nullable { table: t.id, column: c.id, nullable: true };
                finding.risky("Let the column be null", remedy);
            } else if on == "DELETE" {
                let action = ReferentialAction::Restrict;
                finding.risky(
                    "Refuse the deletion",
                    Remedy::OnDelete { table: t.id, foreign_key: fk.id, action },
                );
            }
        }
    }
}
