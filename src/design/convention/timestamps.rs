//! `created_at` and `updated_at`, and one function for the triggers of all tables that keep the latter.

use super::column::{comment_of, insert_scaffold, take_back};
use super::draft::Draft;
use super::row_trigger::RowTrigger;
use super::settings::Settings;
use crate::design::{Column, ColumnValue, ConventionKind, DataType, Origin, TableId};
use crate::pg::Builtin;

const COLUMNS: [&str; 2] = ["created_at", "updated_at"];
const KEEPER: RowTrigger = RowTrigger {
    convention: ConventionKind::Timestamps,
    function: "set_updated_at",
    body: "\nBEGIN\n    NEW.updated_at := now();\n    RETURN NEW;\nEND;\n",
};

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    if settings.timestamps { add(draft, id, settings) } else { remove(draft, id) }
}

fn add(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    for name in COLUMNS {
        if draft.table(id).is_some_and(|it| it.column_named(name).is_none()) {
            let column = Column {
                value: ColumnValue::Default("now()".to_owned()),
                comment: comment_of(name).filter(|_| settings.comments).map(str::to_owned),
                origin: Origin::Convention(ConventionKind::Timestamps),
                ..Column::new(draft.ids.take(), name, DataType::builtin(Builtin::TimestampTz))
            };
            if let Some(table) = draft.table_mut(id) {
                insert_scaffold(table, column);
            }
        }
    }
    let Some(table) = draft.table(id) else { return };
    let kept = table.column_named("updated_at").and_then(|it| it.data_type.as_builtin());
    if matches!(kept, Some(Builtin::TimestampTz | Builtin::Timestamp)) {
        KEEPER.add(draft, id);
    }
}

fn remove(draft: &mut Draft<'_>, id: TableId) {
    KEEPER.remove(draft, id);
    for name in COLUMNS {
        take_back(draft, id, name, ConventionKind::Timestamps);
    }
    KEEPER.forget(draft);
}
