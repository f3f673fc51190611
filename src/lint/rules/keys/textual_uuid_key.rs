//! Textual uuid key.

use crate::lint::prelude::*;

rule! {
    /// Flags a primary key that holds a UUID as text.
    ///
    /// ## Why
    ///
    /// 16 bytes become 37, comparisons are slower, and any text is taken.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id varchar(36) primary key default gen_random_uuid()::text);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id uuid primary key default gen_random_uuid());
    /// ```
    KEY004 "textual-uuid-key" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let Some([key]) = t.primary_key.as_ref().map(|it| it.columns.as_slice()) else { return };
    let Some(c) = t.col(*key).filter(ColumnView::is_text) else { return };
    let default = c.default().map(str::to_ascii_lowercase).unwrap_or_default();
    if default.contains("uuid") || c.is(Topic::Uuid) {
        let mut typed = t.table.clone();
        for column in typed.columns.iter_mut().filter(|it| it.id == c.id) {
            column.data_type = DataType::builtin(Builtin::Uuid);
            if default.contains("uuid") {
                column.value = ColumnValue::Default("gen_random_uuid()".into());
            }
        }
        let references = |it: &Table| it.foreign_keys.iter().any(|fk| fk.references == t.id);
        let mut users = cx.design.users_of(t.id).filter_map(|it| cx.design.table(TableId(it.0)));
        let referenced = users.any(references);
        let finding = cx.column(t, &c, format!("the key `{}` holds a UUID as text", c.name));
        if !referenced {
            finding.risky("Make it uuid", Remedy::Put(Box::new(typed.into())));
        }
    }
}
