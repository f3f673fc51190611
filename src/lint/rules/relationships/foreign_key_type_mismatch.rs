//! Foreign key type mismatch.

use crate::lint::prelude::*;

rule! {
    /// Flags a foreign key column whose type differs from that of the column that it references.
    ///
    /// ## Why
    ///
    /// The narrower type runs out while the other goes on, and comparisons that cast may not use an index. Differences
    /// of length alone are told for information.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id integer not null references users);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    REL002 "foreign-key-type-mismatch" Error [Core Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for fk in &t.foreign_keys {
        let Some(to) = cx.view(fk.references) else { continue };
        for (from, key) in fk.columns.iter().zip(&fk.ref_columns) {
            let (Some(from), Some(key)) = (t.col(*from), to.col(*key)) else { continue };
            let (Some(a), Some(b)) = (from.builtin(), key.builtin()) else { continue };
            let length = from.data_type.modifiers != key.data_type.modifiers;
            if from.inherited || a == b && (!length || a.family() != TypeFamily::Text) {
                continue;
            }
            // Text of another length, or `text` beside `varchar`, compares without a cast; a wider integer than the
            // referenced one holds all its values, and both compare through one operator family.
            let mild = a.family() == b.family() && (a.family() == TypeFamily::Text || is_wider(a, b));
            let milder = cx.told.milder(Severity::Info);
            let (written, wanted) = (
                crate::sql::type_name(cx.design, &from.data_type),
                crate::sql::type_name(cx.design, &key.data_type),
            );
            let remedy = Remedy::Type { table: to.id, column: key.id, data_type: key.data_type.clone() };
            let message = format!(
                "`{}` is {written}, but `{}.{}`, which it references, is {wanted}",
                from.name, to.name, key.name
            );
            let finding = cx.member(t, [from.id.into(), fk.id.into()], &from.name, message);
            if mild {
                finding.severity = milder;
            }
            finding.safe("Give it the referenced type", remedy);
        }
    }
}

/// Whether an integer type holds more than another.
fn is_wider(a: Builtin, b: Builtin) -> bool {
    matches!(
        (a, b),
        (Builtin::BigInt, Builtin::Integer | Builtin::SmallInt) | (Builtin::Integer, Builtin::SmallInt)
    )
}
