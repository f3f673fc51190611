//! A design or a proposal on its way between the page and its worker.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::design::{Design, Id, Lane, Proposal, Record, Replaced};

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

/// A proposal without the records that a part finds as an earlier part left them: of a long brief, half of all that it holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct PackedProposal {
    proposal: Proposal,
    /// The part, and the place in its edit, of each record that is left out.
    repeated: Vec<(usize, usize)>,
}

impl PackedProposal {
    /// A proposal to be sent.
    pub fn of(mut proposal: Proposal) -> Self {
        let mut repeated = Vec::new();
        let mut last: BTreeMap<Id, &Replaced> = BTreeMap::new();
        for (part, of) in proposal.parts.iter().enumerate() {
            for (at, replaced) in of.edit.records.iter().enumerate() {
                let Some(id) = replaced.id() else { continue };
                let earlier = last.insert(id, replaced).and_then(|it| it.after.as_ref());
                // What is removed is known by what it was.
                if earlier.is_some() && replaced.after.is_some() && earlier == replaced.before.as_ref() {
                    repeated.push((part, at));
                }
            }
        }
        for at in &repeated {
            if let Some(it) = place(&mut proposal, *at) {
                it.before = None;
            }
        }
        Self { proposal, repeated }
    }

    /// The proposal that was sent.
    pub fn unpack(self) -> Proposal {
        let Self { mut proposal, repeated } = self;
        let mut last: BTreeMap<Id, (usize, usize)> = BTreeMap::new();
        let mut repeated = repeated.into_iter().peekable();
        for part in 0..proposal.parts.len() {
            for at in 0..proposal.parts.get(part).map_or(0, |it| it.edit.records.len()) {
                let here = (part, at);
                let Some(id) = place(&mut proposal, here).and_then(|it| it.id()) else { continue };
                let earlier = last.insert(id, here);
                if repeated.next_if_eq(&here).is_some() {
                    let before = earlier.and_then(|it| place(&mut proposal, it)?.after.clone());
                    if let Some(it) = place(&mut proposal, here) {
                        it.before = before;
                    }
                }
            }
        }
        proposal
    }
}

/// A record of a part's edit.
fn place(proposal: &mut Proposal, (part, at): (usize, usize)) -> Option<&mut Replaced> {
    proposal.parts.get_mut(part)?.edit.records.get_mut(at)
}

/// Each record as the page keeps it.
pub(super) fn texts(records: impl Iterator<Item = Record>) -> Vec<String> {
    // Records are structs, enums and text, all of which JSON can say.
    records.map(|it| serde_json::to_string(&it).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief;
    use crate::design::BriefId;

    #[test]
    fn a_proposal_arrives_as_it_was_sent() {
        let text = "A shop has customers and orders. An order has lines; a line has a product and a quantity. \
                    Each customer has one address. Products have suppliers, and a supplier delivers many products.";
        let proposal = brief::propose(&Design::new(), &brief::read(text), BriefId::default());
        let plain = serde_json::to_string(&proposal).expect("text");
        let packed = PackedProposal::of(proposal.clone());
        assert!(packed.repeated.len() >= 3, "{:?}", packed.repeated);
        let sent = serde_json::to_string(&packed).expect("text");
        assert!(sent.len() * 10 < plain.len() * 9, "{} of {}", sent.len(), plain.len());
        let back: PackedProposal = serde_json::from_str(&sent).expect("reads");
        assert_eq!(back.unpack(), proposal);
    }
}
