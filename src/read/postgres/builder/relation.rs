//! What names of `pg_class` mean.

use crate::design::{ColumnId, CompositeId, ConstraintId, IndexId, SequenceId, TableId, VerbatimId, ViewId};

/// What a name of `pg_class` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A table.
    Table(TableId),
    /// A view, plain or materialised.
    View(ViewId),
    /// A sequence.
    Sequence(SequenceId),
    /// The sequence of an identity column.
    Identity(TableId, ColumnId),
    /// A composite type.
    Composite(CompositeId),
    /// An index of a table.
    Index(TableId, IndexId),
    /// An index of a materialised view.
    ViewIndex(ViewId, IndexId),
    /// The index behind a key or exclusion constraint.
    Key(TableId, ConstraintId),
    /// Something that is kept as written, such as a foreign table.
    Kept(VerbatimId),
    /// A temporary table or view.
    Temporary,
}

impl Relation {
    /// Whether `DROP TABLE` may take it away.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Table(_))
    }

    /// Whether `DROP VIEW` may.
    pub fn is_view(self) -> bool {
        matches!(self, Self::View(_))
    }

    /// Whether `DROP SEQUENCE` may.
    pub fn is_sequence(self) -> bool {
        matches!(self, Self::Sequence(_) | Self::Identity(..))
    }

    /// Whether `DROP INDEX` may.
    pub fn is_index(self) -> bool {
        matches!(self, Self::Index(..) | Self::ViewIndex(..) | Self::Key(..))
    }
}
