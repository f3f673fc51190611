//! Tables and columns that go, with what names them.

use super::act::{Slots, table_of};
use super::names::is_everything;
use super::{ASKED, Asking, NotDone};
use crate::design::{ColumnId, TableId};
use crate::sql::refactor;

/// `drop the invoices`
pub fn remove_tables(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    for id in slots.list(&asking.after).unwrap_or_default() {
        let title = format!("Remove table {}", table_of(asking, id)?.name);
        let edit = refactor::remove_table(&asking.after, id);
        asking.part(title, ASKED, edit)?;
    }
    Ok(())
}

/// `tasks lose their notes`, of one table, of some, or of all that have such a column.
pub fn remove_columns(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let of = match slots.list(&asking.after) {
        Some(all) => all,
        None => vec![slots.table(&asking.after)?.id],
    };
    let is_all = slots.words("tables").is_some_and(is_everything);
    let before = asking.parts.len();
    let mut none = None;
    for id in of {
        match slots.columns(table_of(asking, id)?) {
            Ok(columns) => columns.into_iter().try_for_each(|it| remove_column(asking, id, it))?,
            // Of all tables those are meant that have one.
            Err(it) if is_all => none = none.or(Some(it)),
            Err(it) => return Err(it),
        }
    }
    match none.filter(|_| asking.parts.len() == before) {
        Some(none) => Err(none),
        None => Ok(()),
    }
}

/// Removes a column with what names it.
pub fn remove_column(asking: &mut Asking, id: TableId, column: ColumnId) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    let name = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let title = format!("Remove {}.{name}", table.name);
    let edit = refactor::remove_column(&asking.after, id, column);
    asking.part(title, ASKED, edit)
}
