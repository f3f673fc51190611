//! What a person decides about a proposal, kept in the design with its reason and with what they did not take.

use std::collections::BTreeSet;

use super::{Decision, Design, Edit, Id, Part, Proposal, Record, Refused};

/// Reasons of parts that are told; more of them say no more than the parts do.
const MOST_REASONS: usize = 3;
/// Above this a decision is about the design, not about single records.
const MOST_ABOUT: usize = 20;

impl Proposal {
    /// How the title of a decision begins by which nothing is done.
    pub const NOT_DONE: &'static str = "Not done: ";

    /// The edit of the chosen parts with the decision: what was asked, why, and what was rejected. With nothing chosen it
    /// is the decision alone. An empty `why` is told by the reasons of the parts that were taken.
    ///
    /// # Errors
    /// When a part does not fit the design any more.
    pub fn decided(&self, design: &Design, chosen: &BTreeSet<usize>, why: &str) -> Result<Edit, Refused> {
        let edit = self.accept(design, chosen)?;
        let mut after = design.clone();
        after.apply(&edit)?;
        let taken = self.closed(chosen);
        let (taken, left): (Vec<_>, Vec<_>) =
            self.parts.iter().enumerate().partition(|it| taken.contains(&it.0));
        let title = if self.title.is_empty() { "A proposal" } else { self.title.as_str() };
        let decision = Decision {
            id: after.ids().take(),
            title: if taken.is_empty() { format!("{}{title}", Self::NOT_DONE) } else { title.to_owned() },
            reason: reason(why, taken.iter().map(|it| it.1)),
            rejected: left.iter().map(|it| it.1.title.clone()).collect(),
            about: about(&edit),
            ..Decision::default()
        };
        Ok(edit.then(Edit::adding([decision])))
    }
}

fn reason<'a>(why: &str, taken: impl Iterator<Item = &'a Part>) -> String {
    let why = why.trim();
    if !why.is_empty() {
        return why.to_owned();
    }
    let mut reasons: Vec<&str> = Vec::new();
    for part in taken {
        let it = part.reason.trim();
        if !it.is_empty() && !reasons.contains(&it) {
            reasons.push(it);
        }
    }
    if reasons.len() > MOST_REASONS { String::new() } else { reasons.join(" ") }
}

/// The records of the schema that an edit leaves behind.
fn about(edit: &Edit) -> Vec<Id> {
    let left = edit.records.iter().filter_map(|it| it.after.as_ref());
    let ids: Vec<Id> = left.filter(|it| it.is_schema() && it.name().is_some()).map(Record::id).collect();
    if ids.len() > MOST_ABOUT { Vec::new() } else { ids }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Conventions, convention, operation};

    fn switched() -> (Design, Proposal) {
        let mut design = Design::new();
        let (_, edit) = operation::add_table(&design, None, "task");
        design.apply(&edit).expect("valid");
        let wanted = Conventions { timestamps: false, soft_delete: true, ..Conventions::default() };
        let proposal = convention::switched(&design, &wanted);
        (design, proposal)
    }

    #[test]
    fn what_is_taken_is_told_with_its_reason_and_with_what_is_not() {
        let (mut design, proposal) = switched();
        let before = design.clone();
        let edit = proposal.decided(&design, &BTreeSet::from([0]), "Rows come back.").expect("it fits");
        design.apply(&edit).expect("valid");
        let decision = design.decisions().next().expect("kept");
        assert_eq!(decision.title, proposal.title);
        assert_eq!(decision.reason, "Rows come back.");
        assert_eq!(decision.rejected, [proposal.parts[1].title.clone()]);
        assert_eq!(decision.about, [Id::from(design.tables().next().expect("there").id)]);
        design.apply(&edit.inverse()).expect("its inverse");
        assert_eq!(design, before);
    }

    #[test]
    fn what_is_refused_leaves_a_decision_and_nothing_else() {
        let (mut design, proposal) = switched();
        let edit = proposal.decided(&design, &BTreeSet::new(), "").expect("it fits");
        assert_eq!(edit.records.len(), 1);
        design.apply(&edit).expect("valid");
        let decision = design.decisions().next().expect("kept");
        assert_eq!(decision.title, format!("Not done: {}", proposal.title));
        assert_eq!(decision.rejected.len(), proposal.parts.len());
    }
}
