//! What is given: objects of a database that is there already, which no proposal changes.

use super::{Design, Edit, Id, Origin, Proposal, Record, Replaced, Table};

impl Record {
    /// Whether it belongs to a database that is there already.
    pub fn is_given(&self) -> bool {
        self.origin() == Some(&Origin::Given)
    }
}

impl Table {
    /// Whether it belongs to a database that is there already.
    pub fn is_given(&self) -> bool {
        self.origin == Origin::Given
    }
}

impl Edit {
    /// The first given thing of `design` that the edit would change or take away, in words. To take the mark back, and
    /// nothing else, is no change.
    pub fn changes_given(&self, design: &Design) -> Option<String> {
        self.records.iter().find_map(|it| {
            let now = it.id().and_then(|id| design.record(id)).filter(Record::is_given)?;
            let mut after = it.after.clone();
            if let Some(origin) = after.as_mut().and_then(Record::origin_mut) {
                *origin = Origin::Given;
            }
            (after.as_ref() != Some(&now)).then(|| now.words().unwrap_or_default())
        })
    }

    /// The same edit with everything of the schema that it leaves behind marked as given.
    #[must_use]
    pub fn as_given(mut self) -> Self {
        for record in self.records.iter_mut().filter_map(|it| it.after.as_mut()) {
            if let Some(origin) = record.origin_mut() {
                *origin = Origin::Given;
            }
        }
        self
    }
}

impl Proposal {
    /// Parts that would change what is given are no longer taken unless chosen, and say why they cannot be.
    #[must_use]
    pub fn sparing_given(mut self, design: &Design) -> Self {
        for part in &mut self.parts {
            if let Some(what) = part.edit.changes_given(design).filter(|_| !part.renews_given) {
                part.is_offered = true;
                part.reason = format!("Not possible: {}", super::Refused::Given { what });
            }
        }
        self
    }
}

impl Design {
    /// Marks things of the schema as given, or takes the mark back; what is marked keeps all else.
    pub fn marking_given(&self, ids: impl IntoIterator<Item = Id>, is_given: bool) -> Edit {
        let mut edit = Edit::default();
        for id in ids {
            let Some(mut after) = self.record(id) else { continue };
            let origin = if is_given { Origin::Given } else { Origin::Hand };
            match after.origin_mut() {
                Some(it) if (*it == Origin::Given) != is_given => *it = origin,
                _ => continue,
            }
            edit.records.push(Replaced { before: self.record(id), after: Some(after) });
        }
        edit
    }

    /// Whether this is given.
    pub fn is_given(&self, id: Id) -> bool {
        self.record(id).is_some_and(|it| it.is_given())
    }

    /// Whether anything is given.
    pub fn has_given(&self) -> bool {
        self.tables().any(Table::is_given) || self.objects().iter().any(|it| self.is_given(it.0))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::design::{Part, Refused, operation};

    fn given() -> (Design, Id) {
        let mut design = Design::new();
        let (id, edit) = operation::add_table(&design, None, "customer");
        design.apply(&edit.as_given()).expect("valid");
        (design, id.into())
    }

    fn removal(design: &Design, id: Id) -> Proposal {
        let edit = Edit::default().remove(design, id);
        Proposal { title: String::new(), parts: vec![Part { edit, ..Part::default() }] }
    }

    #[test]
    fn no_proposal_changes_what_is_given() {
        let (design, id) = given();
        let proposal = removal(&design, id);
        let refused = proposal.accept(&design, &BTreeSet::from([0]));
        assert_eq!(refused, Err(Refused::Given { what: "table customer".to_owned() }));
        assert!(proposal.accept_all(&design).expect("nothing is left of it").is_empty());
        let told = proposal.sparing_given(&design);
        assert!(told.usual().is_empty());
        assert!(told.parts[0].reason.contains("table customer is given"), "{}", told.parts[0].reason);
    }

    #[test]
    fn a_person_takes_the_mark_back_and_may_change_it_then() {
        let (mut design, id) = given();
        let all: Vec<Id> = design.record_ids().filter(|it| design.is_given(*it)).collect();
        design.apply(&design.marking_given(all, false)).expect("valid");
        assert!(!design.has_given());
        assert!(removal(&design, id).accept_all(&design).is_ok_and(|it| !it.is_empty()));
        design.apply(&design.marking_given([id], true)).expect("valid");
        assert!(design.has_given());
        assert!(design.marking_given([id], true).is_empty());
    }
}
