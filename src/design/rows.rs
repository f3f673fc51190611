//! What becomes of rows with a change: the part of it that two designs do not tell.

use serde::{Deserialize, Serialize};

use super::{ColumnId, TableId};

/// The rows that a part of a proposal takes along, on the way there and on the way back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// In the order in which they run.
    pub there: Vec<Flow>,
    /// The same of the way back.
    pub back: Vec<Flow>,
    /// Queries to run before, each with what it must give.
    pub checks: Vec<String>,
    /// What of the values is not as it was after the one or the other.
    pub risks: Vec<String>,
}

impl Rows {
    /// Those of one part and then of another; the way back is the other way round.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.there.extend(other.there);
        self.back.splice(0..0, other.back);
        self.checks.extend(other.checks);
        self.risks.extend(other.risks);
        self
    }
}

/// Values that go from the rows of one table to those of another, or of the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// The table that is read.
    pub from: TableId,
    /// The table that is written.
    pub into: TableId,
    /// Which rows become which.
    pub way: Way,
    /// The columns that are written, each with its value.
    pub values: Vec<(ColumnId, RowValue)>,
}

/// Which rows become which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Way {
    /// A new row for each row that has one of these values; for each row where none is named.
    New(Vec<ColumnId>),
    /// A new row for each of the values that are there, which the row that is read references from now on.
    Listed {
        /// The column of the table that is read which references it.
        reference: ColumnId,
        /// The key of the table that is written.
        key: ColumnId,
    },
    /// The row itself.
    Same,
    /// The rows there that have in the one column what those that are read have in the other.
    Matching {
        /// A column of the table that is written.
        there: ColumnId,
        /// A column of the table that is read.
        here: ColumnId,
    },
    /// New rows under keys that are free there; what referenced the old rows references these.
    Merged {
        /// The key of the table that is written.
        there: ColumnId,
        /// The key of the table that is read.
        here: ColumnId,
        /// Whether keys are counted, and the same number may mean two things.
        is_counted: bool,
    },
    /// The rows that are referenced as those of the table that is written, and as nothing else, leave the table that is read.
    Parted {
        /// The key of the table that is written.
        there: ColumnId,
        /// The key of the table that is read.
        here: ColumnId,
    },
}

/// A value of a row that is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowValue {
    /// As it stands in a column.
    Of(ColumnId),
    /// A word of a text, by its place from 1; the last of them with all that follows.
    Word {
        /// The text.
        of: ColumnId,
        /// The place.
        at: usize,
        /// Whether it is the last.
        is_last: bool,
    },
    /// Texts with a blank between them.
    Joined(Vec<ColumnId>),
    /// The first that there is.
    First(Vec<ColumnId>),
    /// A date and a time of day.
    Moment {
        /// The date.
        date: ColumnId,
        /// The time.
        time: ColumnId,
    },
}

impl RowValue {
    /// The columns that it is made of.
    pub fn columns(&self) -> Vec<ColumnId> {
        match self {
            Self::Of(it) | Self::Word { of: it, .. } => vec![*it],
            Self::Joined(all) | Self::First(all) => all.clone(),
            Self::Moment { date, time } => vec![*date, *time],
        }
    }
}
