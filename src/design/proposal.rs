//! What the reader, the linter, a convention or a model suggests, to be accepted part by part.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{BriefId, Change, Design, Edit, Reach, Refused, Rows, changes_of};
use crate::base::{Gather, Span};

/// Edits with reasons, none of them applied yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// What it is about, as a heading.
    pub title: String,
    /// In an order in which they can be accepted one after the other.
    pub parts: Vec<Part>,
}

/// One thing that can be accepted or left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it does, as a short phrase: `Add table task`.
    pub title: String,
    /// Why, in a sentence.
    pub reason: String,
    /// The words that it rests on.
    pub evidence: Option<Evidence>,
    /// Whether it rests on no words but on what is usual.
    pub assumed: bool,
    /// Whether it is offered only, and not taken unless a person chooses it.
    pub is_offered: bool,
    /// Whether it takes what is given anew, as it is where it is at home; no other part may change that.
    #[serde(default)]
    pub renews_given: bool,
    /// The parts, by index, that it cannot do without.
    pub needs: Vec<usize>,
    /// Its edit, against the design with all parts before it applied.
    pub edit: Edit,
    /// What becomes of rows with it, against that design.
    #[serde(default)]
    pub rows: Rows,
}

/// Words of a brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The brief.
    pub brief: BriefId,
    /// The words, in order of place.
    pub spans: Vec<Span>,
}

impl Proposal {
    /// The chosen parts without those whose needs are not chosen, in order.
    pub fn closed(&self, chosen: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut kept = BTreeSet::new();
        for (index, part) in self.parts.iter().enumerate() {
            if chosen.contains(&index) && part.needs.iter().all(|it| kept.contains(it)) {
                kept.insert(index);
            }
        }
        kept
    }

    /// The one edit that the chosen parts amount to on this design.
    ///
    /// Each part is carried over to what the parts before it, and whatever changed since, have left:
    /// only what the part itself changes is taken from it.
    ///
    /// # Errors
    /// When a part does not fit the design any more, or would change what is given.
    pub fn accept(&self, design: &Design, chosen: &BTreeSet<usize>) -> Result<Edit, Refused> {
        let mut after = design.clone();
        for index in self.closed(chosen) {
            if let Some(part) = self.parts.get(index) {
                let edit = part.edit.rebased(&after);
                if let Some(what) = edit.changes_given(&after).filter(|_| !part.renews_given) {
                    return Err(Refused::Given { what });
                }
                after.apply(&edit)?;
            }
        }
        Ok(Edit::between(design, &after))
    }

    /// What becomes of rows with the chosen parts, all taken together.
    pub fn rows(&self, chosen: &BTreeSet<usize>) -> Rows {
        let parts = self.closed(chosen).into_iter().filter_map(|it| self.parts.get(it));
        parts.fold(Rows::default(), |all, it| all.then(it.rows.clone()))
    }

    /// What each part does to the database, in the field's words, with all parts before it accepted.
    pub fn changes(&self, design: &Design) -> Vec<Vec<Change>> {
        let mut after = design.clone();
        let mut of = |part: &Part| {
            let edit = part.edit.rebased(&after);
            let mut changes = changes_of(&after, &edit);
            changes.retain(|it| it.reach() == Reach::Database);
            // A part that does not fit any more is refused when it is accepted, with its reasons.
            let _ = after.apply(&edit);
            changes
        };
        self.parts.iter().map(&mut of).collect()
    }

    /// The parts that are taken unless a person chooses otherwise.
    pub fn usual(&self) -> BTreeSet<usize> {
        let usual = self.parts.iter().enumerate().filter(|(_, it)| !it.is_offered);
        usual.map(|(index, _)| index).gather()
    }

    /// The edit of all parts together, those left aside that would change what is given.
    ///
    /// # Errors
    /// When a part does not fit the design any more.
    pub fn accept_all(&self, design: &Design) -> Result<Edit, Refused> {
        let takes = |it: &(usize, &Part)| it.1.renews_given || it.1.edit.changes_given(design).is_none();
        self.accept(design, &self.parts.iter().enumerate().filter(takes).map(|it| it.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Conventions, convention, operation};

    #[test]
    fn a_proposal_tells_what_each_part_does() {
        let mut design = Design::new();
        let (_, edit) = operation::add_table(&design, None, "task");
        design.apply(&edit).expect("valid");
        let wanted = Conventions { timestamps: false, soft_delete: true, ..Conventions::default() };
        let changes = convention::switched(&design, &wanted).changes(&design);
        let words = |at: usize| changes[at].iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(changes.len(), 2);
        assert!(words(0).contains(&"column `task.updated_at` removed".to_owned()), "{:?}", words(0));
        assert!(words(1).contains(&"column `task.deleted_at` added".to_owned()), "{:?}", words(1));
    }
}
