//! `version`, which counts a row's changes, for optimistic locking: an update that names another version than the row
//! has by then comes too late and is refused.

use super::column::{comment_of, insert_scaffold, take_back};
use super::draft::Draft;
use super::row_trigger::RowTrigger;
use super::settings::Settings;
use crate::design::{Column, ColumnValue, ConventionKind, DataType, Origin, TableId};
use crate::pg::Builtin;

const MADE: Origin = Origin::Convention(ConventionKind::Version);
const COLUMN: &str = "version";
/// The error is that of a transaction that must be tried again (PostgreSQL manual, appendix A: 40001).
const KEEPER: RowTrigger = RowTrigger {
    convention: ConventionKind::Version,
    function: "advance_version",
    body: "
BEGIN
    IF NEW.version IS DISTINCT FROM OLD.version THEN
        RAISE EXCEPTION 'version % of a row of % is out of date: it is at % now', NEW.version, TG_TABLE_NAME, OLD.version
            USING ERRCODE = 'serialization_failure';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END;
",
};

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    if settings.version { add(draft, id, settings) } else { remove(draft, id) }
}

fn add(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let Some(table) = draft.table(id) else { return };
    match table.column_named(COLUMN) {
        // A version of a document, say: what it counts is not known.
        Some(column) if column.origin != MADE => return,
        Some(_) => {}
        None => {
            let column = Column {
                value: ColumnValue::Default("1".to_owned()),
                comment: comment_of(COLUMN).filter(|_| settings.comments).map(str::to_owned),
                origin: MADE,
                ..Column::new(draft.ids.take(), COLUMN, DataType::builtin(Builtin::Integer))
            };
            if let Some(table) = draft.table_mut(id) {
                insert_scaffold(table, column);
            }
        }
    }
    KEEPER.add(draft, id);
}

fn remove(draft: &mut Draft<'_>, id: TableId) {
    KEEPER.remove(draft, id);
    take_back(draft, id, COLUMN, ConventionKind::Version);
    KEEPER.forget(draft);
}
