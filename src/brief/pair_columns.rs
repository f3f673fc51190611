//! What the network says a pair of things keeps, taken into the reading: "a boat joins a regatta with a sail number".

use super::items::Item;
use super::learned::Told;
use super::model;
use super::payload::joined;
use super::reading::{EntityKind, Reading};
use super::taught::{give_over, has_values, overlaps};
use crate::base::Span;

/// What the rules did not read is no assumption from how likely it is on (as in `taught`).
const SURE: f32 = 0.6;

/// How many words it may stand from the pair that keeps it.
const NEAR: usize = 80;

/// What a pair of things keeps.
pub struct OfPair {
    /// How many words of the text stand before it.
    pub at: usize,
    /// How likely a pair keeps it.
    pub likely: f32,
    /// What it is.
    pub what: Kept,
}

/// What the rules made of it.
pub enum Kept {
    /// They read no property there.
    New(Item),
    /// They gave it to a thing: to which, and where it is told.
    Held(String, Span),
}

/// Gives each to the nearest pair; what a thing held leaves it, also where the pair has one of that name. Where no pair is near, nothing
/// changes.
pub fn give(reading: &mut Reading, told: &Told, names: &[String], of_pairs: Vec<OfPair>) {
    if of_pairs.is_empty() {
        return;
    }
    let ties = told.ties.iter().filter_map(|(_, tie)| {
        let via = joined(reading, names.get(tie.one)?, names.get(tie.other)?)?;
        Some((tie.at.0.max(tie.at.1), via))
    });
    let places: Vec<(usize, String)> = ties.collect();
    for OfPair { at, likely, what } in of_pairs {
        let near = places.iter().filter(|it| it.0.abs_diff(at) < NEAR).min_by_key(|it| it.0.abs_diff(at));
        let Some((_, via)) = near else { continue };
        match what {
            Kept::New(item) => {
                // "With a role (owner, member)": an owner is a value of the pair's role.
                if !has_values(reading, via, &item, true)
                    && let Some(new) = model::give(reading, via, &item)
                {
                    new.assumed = likely < SURE;
                }
            }
            Kept::Held(of, span) => {
                let position = |name: &str| reading.entities.iter().position(|it| it.name == name);
                let (Some(from), Some(to)) = (position(&of), position(via)) else { continue };
                let held = reading.entities.get(from).filter(|it| it.kind != EntityKind::Junction);
                let nth = held.and_then(|it| it.attributes.iter().position(|it| overlaps(it, span)));
                if let Some(nth) = nth {
                    give_over(reading, (from, nth), to);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::learned::Tie;
    use crate::brief::reading::{Entity, Relationship, RelationshipKind};

    /// What a lamp, a tower and their pair have once the pair is given a property, with whether it is assumed.
    fn given(of_pair: OfPair) -> Vec<(String, String, bool)> {
        let span = Span::new(1, 5);
        let mut reading = Reading::default();
        for name in ["lamp", "tower"] {
            let kind = EntityKind::Core;
            reading.entities.push(Entity { name: name.to_owned(), kind, ..model::pair(name, span, "") });
        }
        reading.entities.push(model::pair("lamp_tower", span, ""));
        model::give(&mut reading, "lamp", &Item::named("depth", span));
        let (kind, via) = (RelationshipKind::ManyToMany, Some("lamp_tower".to_owned()));
        let said = Relationship::said("lamp", "tower", "", span);
        reading.relationships.push(Relationship { kind, via, ..said });
        let (refers, referred, single) = (0.0, 0.0, 0.0);
        let tie = Tie { one: 0, other: 1, nothing: 0.1, refers, referred, single, many: 0.9, at: (3, 5) };
        let told = Told::of_ties(vec![(span, tie)]);
        give(&mut reading, &told, &["lamp", "tower"].map(str::to_owned), vec![of_pair]);
        let all = reading.entities.iter();
        let told =
            all.flat_map(|of| of.attributes.iter().map(|it| (of.name.clone(), it.name.clone(), it.assumed)));
        told.collect()
    }

    fn is(of: &str, name: &str, assumed: bool) -> (String, String, bool) {
        (of.to_owned(), name.to_owned(), assumed)
    }

    #[test]
    fn a_new_column_goes_to_the_pair_and_is_assumed_unless_it_is_likely() {
        for (likely, assumed) in [(0.7, false), (0.5, true)] {
            let what = Kept::New(Item::named("since", Span::new(9, 14)));
            let found = given(OfPair { at: 9, likely, what });
            assert_eq!(found, [is("lamp", "depth", false), is("lamp_tower", "since", assumed)]);
        }
    }

    #[test]
    fn what_a_thing_held_leaves_it_for_the_pair() {
        let held = || Kept::Held("lamp".to_owned(), Span::new(2, 4));
        let found = given(OfPair { at: 9, likely: 0.5, what: held() });
        assert_eq!(found, [is("lamp_tower", "depth", false)]);
        let far = given(OfPair { at: 99, likely: 0.5, what: held() });
        assert_eq!(far, [is("lamp", "depth", false)], "no pair is near");
    }
}
