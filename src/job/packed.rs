//! A design on its way between the page and its worker.

use serde::{Deserialize, Serialize};

use crate::design::{Design, Lane, Record};

/// Every record of a design, the first identity that it never used, and which ones are given here.
#[derive(Debug, Serialize, Deserialize)]
pub struct Packed {
    next_id: u32,
    lane: Lane,
    records: Vec<Record>,
}

impl Packed {
    /// A design to be sent.
    pub fn of(design: &Design) -> Self {
        Self { next_id: design.ids().peek(), lane: design.lane(), records: design.records().collect() }
    }

    /// The design that was sent.
    pub fn unpack(self) -> Design {
        let mut design = Design::of_checked(self.records, self.next_id);
        design.keep_to(self.lane);
        design
    }
}

/// Each record as the page keeps it.
pub(super) fn texts(records: impl Iterator<Item = Record>) -> Vec<String> {
    // Records are structs, enums and text, all of which JSON can say.
    records.map(|it| serde_json::to_string(&it).unwrap_or_default()).collect()
}
