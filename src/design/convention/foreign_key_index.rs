//! An index on the columns of each foreign key that has none.

use super::draft::Draft;
use super::settings::Settings;
use super::soft_delete::is_of_live_rows;
use crate::design::naming::Derived;
use crate::design::{ColumnId, ConventionKind, ForeignKey, ForeignKeyId, Index, Origin, Table, TableId};

const MADE: Origin = Origin::Convention(ConventionKind::ForeignKeyIndex);

pub fn conform(draft: &mut Draft<'_>, id: TableId, _: &Settings) {
    index(draft, id, |_| true);
}

/// Only for foreign keys that a convention made.
pub fn conform_made(draft: &mut Draft<'_>, id: TableId) {
    index(draft, id, |it| matches!(it.origin, Origin::Convention(_)));
}

/// Only for these.
pub fn conform_only(draft: &mut Draft<'_>, id: TableId, foreign_keys: &[ForeignKeyId]) {
    index(draft, id, |it| foreign_keys.contains(&it.id));
}

fn index(draft: &mut Draft<'_>, id: TableId, wanted: impl Fn(&ForeignKey) -> bool) {
    let Some(table) = draft.table(id) else { return };
    let mut lacking: Vec<Vec<ColumnId>> = Vec::new();
    for fk in table.foreign_keys.iter().filter(|it| wanted(it)) {
        if !leads_an_index(table, &fk.columns) && !lacking.contains(&fk.columns) {
            lacking.push(fk.columns.clone());
        }
    }
    for columns in lacking {
        let Some(table) = draft.table(id) else { return };
        let name = Derived::Index.name(&table.name, table.column_names(&columns));
        let name = draft.claim(table.namespace, name);
        let index = Index { origin: MADE, ..Index::over(draft.ids.take(), name, &columns) };
        if let Some(table) = draft.table_mut(id) {
            table.indexes.push(index);
        }
    }
}

/// Like [`Table::leads_an_index`]; an index of live rows serves as well.
fn leads_an_index(table: &Table, columns: &[ColumnId]) -> bool {
    let leads = |it: &Index| {
        let key = it.leading_columns();
        key.len() >= columns.len() && key.iter().take(columns.len()).all(|it| columns.contains(it))
    };
    table.leads_an_index(columns) || table.indexes.iter().any(|it| is_of_live_rows(it) && leads(it))
}
