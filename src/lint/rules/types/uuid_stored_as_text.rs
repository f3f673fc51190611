//! Uuid stored as text.

use crate::lint::prelude::*;

rule! {
    /// Flags a UUID that is held as text.
    ///
    /// ## Why
    ///
    /// 16 bytes become 37, and any text is taken.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, device_uuid varchar(36));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, device_uuid uuid);
    /// ```
    TYP009 "uuid-stored-as-text" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_text() && !t.is_key(it.id) && !it.facts.is_reference) {
        let sized = c.data_type.modifiers == ["36"];
        if (c.is(Topic::Uuid) || sized) && !c.is(Topic::Hash) && !c.is_generated() {
            let finding = cx.column(t, &c, format!("`{}` holds a UUID as text", c.name));
            if c.default().is_none() && matches!(c.data_type.base, BaseType::Builtin(_)) {
                let remedy =
                    Remedy::Type { table: t.id, column: c.id, data_type: DataType::builtin(Builtin::Uuid) };
                finding.risky("Make it uuid", remedy);
            }
        }
    }
}
