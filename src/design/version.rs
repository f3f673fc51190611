//! Named versions of a design: kept in it, compared in words and table by table, gone back to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, Design, Edit, Matching, Reach, Record, Replaced, Snapshot, SnapshotId, TableId, diff};

/// What became of a table between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is not there any more.
    Removed,
    /// It differs.
    Changed,
}

/// Two versions of one design, compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What differs, in words, in a stable order.
    pub words: Vec<String>,
    /// The tables that differ.
    pub tables: BTreeMap<TableId, Fate>,
}

impl Design {
    /// The edit that keeps the design as it is now under a name; `at` is in milliseconds since 1970. Older versions are no
    /// part of a version.
    pub fn keep_version(&self, name: impl Into<String>, at: u64) -> Edit {
        let mut bare = self.clone();
        let versions = self.snapshots().fold(Edit::default(), |edit, it| edit.remove(self, it.id));
        // Nothing refers to a version.
        let _ = bare.apply(&versions);
        let id = self.ids().take();
        Edit::adding([Snapshot { id, name: name.into(), at, document: bare.to_json() }])
    }

    /// The design as it was in a version; nothing when there is no such version, or it cannot be read.
    pub fn version(&self, id: SnapshotId) -> Option<Self> {
        Self::from_json(&self.snapshot(id)?.document).ok()
    }

    /// The edit that makes everything as it was in a version, and leaves the versions.
    pub fn back_to(&self, id: SnapshotId) -> Option<Edit> {
        let mut edit = Edit::between(self, &self.version(id)?);
        let is_version = |it: &Option<Record>| matches!(it, Some(Record::Snapshot(_)));
        edit.records.retain(|it: &Replaced| !is_version(&it.before) && !is_version(&it.after));
        Some(edit)
    }

    /// What differs between two versions; none is the design as it is now.
    pub fn compare(&self, from: Option<SnapshotId>, to: Option<SnapshotId>) -> Option<Comparison> {
        let side = |id: Option<SnapshotId>| match id {
            Some(id) => self.version(id),
            None => Some(self.clone()),
        };
        let (old, new) = (side(from)?, side(to)?);
        let mut changes = diff(&old, &new, Matching::ById);
        changes.retain(|it| it.reach() == Reach::Database);
        let words = changes.iter().map(Change::to_string).collect();
        let ids = old.tables().chain(new.tables()).map(|it| it.id);
        let fate = |id: TableId| match (old.table(id), new.table(id)) {
            (None, _) => Some((id, Fate::Added)),
            (_, None) => Some((id, Fate::Removed)),
            (Some(one), Some(two)) => (one != two).then_some((id, Fate::Changed)),
        };
        Some(Comparison { words, tables: ids.filter_map(fate).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::operation;
    use crate::random;

    #[test]
    fn a_version_is_compared_in_words_and_gone_back_to() {
        let mut design = Design::new();
        let (task, edit) = operation::add_table(&design, None, "task");
        design.apply(&edit).expect("valid");
        design.apply(&design.keep_version("first", 7)).expect("valid");
        let first = design.snapshots().next().expect("kept").id;
        let (note, edit) = operation::add_table(&design, None, "note");
        design.apply(&edit).expect("valid");
        let renamed =
            crate::design::Table { name: "job".into(), ..design.table(task).expect("there").clone() };
        design.apply(&Edit::default().put(&design, renamed)).expect("valid");

        let found = design.compare(Some(first), None).expect("both are there");
        assert_eq!(found.tables, BTreeMap::from([(task, Fate::Changed), (note, Fate::Added)]));
        assert!(found.words.contains(&"table `job` renamed from `task`".to_owned()), "{:?}", found.words);
        let back = design.compare(None, Some(first)).expect("both are there");
        assert_eq!(back.tables.get(&note), Some(&Fate::Removed));

        design.apply(&design.back_to(first).expect("readable")).expect("fits");
        assert_eq!((design.tables().count(), design.snapshots().count()), (1, 1));
        assert_eq!(design.compare(Some(first), None), Some(Comparison::default()));
    }

    #[test]
    fn any_design_is_gone_back_to_after_any_edits() {
        for seed in 0..40 {
            let before = random::design(seed, &random::Options::default());
            let mut design = before.clone();
            design.apply(&design.keep_version("v", seed)).expect("valid");
            let version = design.snapshots().next_back().expect("kept").id;
            for step in 0..6 {
                design.apply(&random::edit(&design, seed * 7 + step)).expect("fits");
            }
            design.apply(&design.back_to(version).expect("readable")).expect("fits");
            assert_eq!(design.version(version), Some(before.clone()), "seed {seed}");
            assert_eq!(design.compare(Some(version), None), Some(Comparison::default()), "seed {seed}");
        }
    }
}
