//! What is selected on the canvas.

use std::collections::BTreeSet;

use crate::design::{AreaId, ColumnId, ForeignKeyId, Id, NoteId, TableId};
use crate::layout::Hit;

/// What is selected: tables, or one of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    /// Tables.
    pub tables: BTreeSet<TableId>,
    /// A column of the one selected table.
    pub column: Option<ColumnId>,
    /// A relationship.
    pub foreign_key: Option<ForeignKeyId>,
    /// An area.
    pub area: Option<AreaId>,
    /// A note.
    pub note: Option<NoteId>,
    /// A type, view or whatever else is not drawn.
    pub object: Option<Id>,
}

impl Selected {
    /// What a click selects; nothing where there is only canvas.
    pub fn at(hit: Option<Hit>) -> Self {
        let mut selected = Self::default();
        match hit {
            Some(Hit::Table(table)) => selected.tables.extend([table]),
            Some(Hit::Column(table, column) | Hit::Port(table, column)) => {
                selected.tables.extend([table]);
                selected.column = Some(column);
            }
            Some(Hit::Edge(id)) => selected.foreign_key = Some(id),
            Some(Hit::Area(id)) => selected.area = Some(id),
            Some(Hit::Note(id) | Hit::NoteCorner(id)) => selected.note = Some(id),
            None => {}
        }
        selected
    }

    /// The one selected table.
    pub fn one_table(&self) -> Option<TableId> {
        self.tables.first().copied().filter(|_| self.tables.len() == 1)
    }
}
