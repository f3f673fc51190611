//! What one act does to a design.

use serde::{Deserialize, Serialize};

use super::{Design, Id, Record};

/// What one act did to a design: each record as it was and as it is. Swapped, it undoes itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// In the order in which the records are to be replaced.
    pub records: Vec<Replaced>,
}

/// One record as it was and as it is; one side is empty when it was added or removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// As it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Record>,
    /// As it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Record>,
}

impl Replaced {
    /// The identity of the record, or nothing when both sides are empty.
    pub fn id(&self) -> Option<Id> {
        self.after.as_ref().or(self.before.as_ref()).map(Record::id)
    }
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        let swap = |it: Replaced| Replaced { before: it.after, after: it.before };
        Self { records: self.records.into_iter().rev().map(swap).collect() }
    }

    /// Whether it does nothing.
    pub fn is_empty(&self) -> bool {
        self.records.iter().all(|it| it.before == it.after)
    }

    /// An edit that adds records.
    pub fn adding<R: Into<Record>>(records: impl IntoIterator<Item = R>) -> Self {
        let added = |it: R| Replaced { before: None, after: Some(it.into()) };
        Self { records: records.into_iter().map(added).collect() }
    }

    /// Also puts `record` in the place of what `design` holds under its identity.
    #[must_use]
    pub fn put(mut self, design: &Design, record: impl Into<Record>) -> Self {
        let record = record.into();
        let before = design.record(record.id());
        if before.as_ref() != Some(&record) {
            self.records.push(Replaced { before, after: Some(record) });
        }
        self
    }

    /// Also removes what `design` holds under this identity.
    #[must_use]
    pub fn remove(mut self, design: &Design, id: impl Into<Id>) -> Self {
        if let Some(record) = design.record(id.into()) {
            self.records.push(Replaced { before: Some(record), after: None });
        }
        self
    }

    /// What turns `old` into `new`: every record that differs, in order of identity.
    pub fn between(old: &Design, new: &Design) -> Self {
        let replaced = |id| Replaced { before: old.record(id), after: new.record(id) };
        Self { records: old.differing(new).into_iter().map(replaced).collect() }
    }

    /// Both edits as one, this one first.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        for replaced in next.records {
            let same = |it: &&mut Replaced| it.id() == replaced.id();
            match self.records.iter_mut().find(same) {
                Some(earlier) => earlier.after = replaced.after,
                None => self.records.push(replaced),
            }
        }
        self.records.retain(|it| it.before != it.after);
        self
    }
}
