//! Duplicate foreign key.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key that says what another one of the table says.
    ///
    /// ## Why
    ///
    /// Each is checked for every row.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// alter table o add constraint again foreign key (user_id) references users (id);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    REL016 "duplicate-foreign-key" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for (place, fk) in t.foreign_keys.iter().enumerate() {
        let same = |it: &&ForeignKey| {
            it.columns == fk.columns && it.references == fk.references && it.ref_columns == fk.ref_columns
        };
        let Some(first) = t.foreign_keys.iter().take(place).find(same) else { continue };
        let alike = first.on_delete == fk.on_delete
            && first.on_update == fk.on_update
            && first.enforcement == fk.enforcement;
        let finding = cx.member(t, [fk.id.into()], &fk.name, format!("`{}` says the same", first.name));
        if alike {
            finding.safe("Drop it", Remedy::Drop { table: t.id, member: fk.id.into() });
        }
    }
}
