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

/// A proposal without what a part finds as an earlier part left it: of a long brief, more than half of all that it holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct PackedProposal {
    proposal: Proposal,
    /// The records of which the earlier state is left out.
    repeated: Vec<Repeated>,
}

/// A record that an earlier part left as this one found it. Of a table what stays as it was is left out behind it, too.
#[derive(Debug, Serialize, Deserialize)]
struct Repeated {
    /// The part, and the place in its edit.
    place: (usize, usize),
    /// Of a table the order of its columns, foreign keys, indexes and policies.
    order: [Vec<Id>; 4],
}

impl PackedProposal {
    /// A proposal to be sent.
    pub fn of(mut proposal: Proposal) -> Self {
        let mut places = Vec::new();
        let mut last: BTreeMap<Id, &Replaced> = BTreeMap::new();
        for (part, of) in proposal.parts.iter().enumerate() {
            for (at, replaced) in of.edit.records.iter().enumerate() {
                let Some(id) = replaced.id() else { continue };
                let earlier = last.insert(id, replaced).and_then(|it| it.after.as_ref());
                // What is removed is known by what it was.
                if earlier.is_some() && replaced.after.is_some() && earlier == replaced.before.as_ref() {
                    places.push((part, at));
                }
            }
        }
        let mut repeated = Vec::new();
        for place in places {
            let Some(it) = replaced(&mut proposal, place) else { continue };
            let order = match (it.before.take(), &mut it.after) {
                (Some(Record::Table(before)), Some(Record::Table(after))) => [
                    leave_out(&before.columns, &mut after.columns, |it| it.id.into()),
                    leave_out(&before.foreign_keys, &mut after.foreign_keys, |it| it.id.into()),
                    leave_out(&before.indexes, &mut after.indexes, |it| it.id.into()),
                    leave_out(&before.policies, &mut after.policies, |it| it.id.into()),
                ],
                _ => Default::default(),
            };
            repeated.push(Repeated { place, order });
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
                let Some(id) = replaced(&mut proposal, here).and_then(|it| it.id()) else { continue };
                let earlier = last.insert(id, here);
                let Some(Repeated { order, .. }) = repeated.next_if(|it| it.place == here) else { continue };
                let before = earlier.and_then(|it| replaced(&mut proposal, it)?.after.clone());
                let Some(it) = replaced(&mut proposal, here) else { continue };
                if let (Some(Record::Table(before)), Some(Record::Table(after))) = (&before, &mut it.after) {
                    let [columns, foreign_keys, indexes, policies] = &order;
                    fill_in(&before.columns, &mut after.columns, columns, |it| it.id.into());
                    fill_in(&before.foreign_keys, &mut after.foreign_keys, foreign_keys, |it| it.id.into());
                    fill_in(&before.indexes, &mut after.indexes, indexes, |it| it.id.into());
                    fill_in(&before.policies, &mut after.policies, policies, |it| it.id.into());
                }
                it.before = before;
            }
        }
        proposal
    }
}

/// Takes out what was there before just as it is; gives the order of all.
fn leave_out<T: PartialEq>(before: &[T], after: &mut Vec<T>, id: fn(&T) -> Id) -> Vec<Id> {
    let order = after.iter().map(id).collect();
    after.retain(|it| !before.contains(it));
    order
}

/// Puts it in again.
fn fill_in<T: Clone>(before: &[T], after: &mut Vec<T>, order: &[Id], id: fn(&T) -> Id) {
    let mut new = std::mem::take(after).into_iter().peekable();
    let known = |of: &Id| before.iter().find(|it| id(it) == *of).cloned();
    after.extend(order.iter().filter_map(|of| new.next_if(|it| id(it) == *of).or_else(|| known(of))));
}

/// A record of a part's edit.
fn replaced(proposal: &mut Proposal, (part, at): (usize, usize)) -> Option<&mut Replaced> {
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
        assert!(sent.len() * 10 < plain.len() * 7, "{} of {}", sent.len(), plain.len());
        let back: PackedProposal = serde_json::from_str(&sent).expect("reads");
        assert_eq!(back.unpack(), proposal);
    }

    #[test]
    fn what_stays_of_a_list_comes_back_in_its_place() {
        let (before, after) = ([(1, 'a'), (2, 'b'), (3, 'c')], vec![(4, 'd'), (3, 'c'), (2, 'x'), (1, 'a')]);
        let id = |it: &(u32, char)| Id(it.0);
        let mut sent = after.clone();
        let order = leave_out(&before, &mut sent, id);
        assert_eq!(sent, [(4, 'd'), (2, 'x')]);
        fill_in(&before, &mut sent, &order, id);
        assert_eq!(sent, after);
    }
}
