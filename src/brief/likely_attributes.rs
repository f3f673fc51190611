//! Properties that no statement took, judged by all that the text tells around them and the things nearby: whose they likely are.
//!
//! The numbers are a logistic regression over our own and the open texts, with each set of texts left out in turn: of what
//! reaches a quarter one in three is right, of what reaches one half three in five (docs/reader.md).

use std::collections::BTreeSet;

use super::blocks::{Block, BlockKind, Role};
use super::concepts::Concepts;
use super::fact::{Fact, Facts};
use super::items::Item;
use super::lexicon::{last_word, lexicon};
use super::model::give;
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase, chunks};
use super::reading::{Entity, Reading};
use super::recording::RECORD;
use super::sentences::Sentence;
use crate::base::{Gather as _, Span};
use crate::design::meaning::meaning_of;

/// Points of a property and a thing of which nothing is known, in hundredths of the regression's.
const NOTHING: i32 = -390;

/// Who reaches so many has the property in one of three cases: an assumption.
const LIKELY: i32 = -110;

/// Who reaches so many has it in three of five.
const TOLD: i32 = 0;

/// A sentence and what stands around it.
struct Place<'a> {
    chunks: &'a [Chunk],
    /// The things that it names, with their chunks.
    named: Vec<(usize, &'a str)>,
    /// The same of the sentence before.
    before: Vec<&'a str>,
    /// What it speaks of.
    topic: Option<&'a str>,
    /// What the next sentence speaks of.
    topic_after: Option<&'a str>,
    /// How many properties it names.
    properties: usize,
}

/// Gives each to its likely owner; backlogs name properties of what they never tell of, and are left alone. Linear in the
/// words, but for the properties and things of each sentence.
pub fn give_likely(
    reading: &mut Reading,
    blocks: &[Block],
    sentences: &[Sentence],
    facts: &Facts,
    concepts: &Concepts,
) {
    if concepts.is_stories {
        return;
    }
    let taken = taken(reading, facts);
    let usual: BTreeSet<&str> =
        lexicon().aggregates.values().flat_map(|it| &it.attributes).map(|it| last_word(it.name)).gather();
    let entity = |it: &Phrase| concepts.entity(it);
    let topic_of = |at: usize| facts.topics.get(at).and_then(Option::as_ref).and_then(entity);
    let mut found: Vec<(&str, i32, Item)> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let chunks = chunks(sentence);
        let phrases = || chunks.iter().enumerate().filter_map(|(at, it)| Some((at, it.phrase()?)));
        let place = Place {
            chunks,
            named: phrases().filter_map(|(at, it)| Some((at, entity(it)?))).collect(),
            before: std::mem::take(&mut before),
            topic: topic_of(at),
            topic_after: topic_of(at + 1),
            properties: phrases()
                .filter(|(_, it)| lexicon().attribute(&it.key).is_some() && entity(it).is_none())
                .count(),
        };
        before = place.named.iter().map(|it| it.1).collect();
        let told = blocks.get(sentence.block).is_some_and(|it| {
            matches!(it.role, Role::Domain | Role::Access | Role::Glossary) && it.kind != BlockKind::Heading
        });
        for (at, phrase) in phrases().filter(|_| told) {
            let free = lexicon().attribute(&phrase.key).is_some()
                && entity(phrase).is_none()
                && !taken.iter().any(|it| it.overlaps(phrase.span));
            if let Some((owner, points)) = free.then(|| place.owner(reading, phrase, at, &usual)).flatten() {
                let item = Item { name: phrase.key.clone(), span: phrase.span, ..Item::default() };
                found.push((owner, points, item));
            }
        }
    }
    for (owner, points, item) in found {
        take(reading, owner, points, &item);
    }
}

/// The words that made properties and values already.
fn taken(reading: &Reading, facts: &Facts) -> Vec<Span> {
    let attributes = reading.entities.iter().flat_map(|it| &it.attributes);
    let mut taken: Vec<Span> = attributes.flat_map(|it| it.evidence.iter().copied()).collect();
    taken.extend(facts.all.iter().filter_map(|it| match it {
        Fact::Values { span, .. } => Some(*span),
        _ => None,
    }));
    taken
}

/// Gives a property, unless the thing has it or a reference of that name: "an origin and a destination; each is an airport".
fn take(reading: &mut Reading, owner: &str, points: i32, item: &Item) {
    let mut roles = reading.relationships.iter().filter(|it| it.from == owner);
    if roles.any(|it| it.role.as_deref() == Some(item.name.as_str())) || has(reading, owner, &item.name) {
        return;
    }
    let count = |reading: &Reading| {
        reading.entities.iter().find(|it| it.name == owner).map_or(0, |it| it.attributes.len())
    };
    let before = count(reading);
    give(reading, owner, item);
    // "Hall names" may be the name that a hall has already.
    let is_new = count(reading) > before;
    let entity = reading.entities.iter_mut().find(|it| it.name == owner);
    if let Some(given) = entity.and_then(|it| it.attributes.last_mut()).filter(|_| is_new) {
        given.assumed |= points < TOLD;
    }
}

fn has(reading: &Reading, owner: &str, name: &str) -> bool {
    let entity = reading.entities.iter().find(|it| it.name == owner);
    entity.is_some_and(|it| it.attributes.iter().any(|it| it.name == name))
}

impl<'a> Place<'a> {
    /// Whose the property at a chunk likely is, with the points that speak for it.
    fn owner(
        &self,
        reading: &Reading,
        phrase: &Phrase,
        at: usize,
        usual: &BTreeSet<&str>,
    ) -> Option<(&'a str, i32)> {
        let nearby: BTreeSet<&'a str> =
            self.named.iter().map(|it| it.1).chain(self.topic).chain(self.before.iter().copied()).collect();
        let of_itself = self.of_itself(phrase, at, usual);
        let points = |it: &&'a str| {
            let entity = reading.entities.iter().find(|entity| entity.name == **it)?;
            Some((*it, of_itself + self.of_both(entity, phrase, at)))
        };
        let best = nearby.iter().filter_map(points).max_by_key(|it| it.1);
        best.filter(|it| it.1 >= LIKELY)
    }

    /// What the property and its place show, whoever it belongs to.
    fn of_itself(&self, phrase: &Phrase, at: usize, usual: &BTreeSet<&str>) -> i32 {
        let lexicon = lexicon();
        let before = at.checked_sub(1).map_or(&ChunkKind::Other, |it| self.chunks.kind_at(it));
        let within = matches!(before, ChunkKind::Prep(it) if matches!(it.as_str(), "in" | "on" | "at"));
        let verb = (0..at).rev().find_map(|it| self.chunks.verb_at(it)).map_or("", |it| it.lemma.as_str());
        NOTHING
            + sum(&[
                (lexicon.generic.contains(last_word(&phrase.key)), -60),
                (lexicon.is_property(&phrase.key), 60),
                (usual.contains(last_word(&phrase.key)), 35),
                (meaning_of(&phrase.key, None, None).sense.is_some(), 40),
                (within, -90),
                (RECORD.contains(&verb) || lexicon.have.contains(verb), 35),
                (self.properties >= 3, 35),
            ])
    }

    /// What both show together.
    fn of_both(&self, entity: &Entity, phrase: &Phrase, at: usize) -> i32 {
        let thing = entity.name.as_str();
        let of =
            matches!(self.chunks.kind_at(at + 1), ChunkKind::Prep(it) if matches!(it.as_str(), "of" | "for"));
        let shares = phrase.key.split('_').any(|it| thing.split('_').any(|word| word == it));
        let known = entity.attributes.iter().any(|it| it.name == phrase.key);
        sum(&[
            (known, 265),
            (self.named.first().is_some_and(|it| it.0 <= 1 && it.1 == thing), 110),
            (super::taken_back::is_usual(thing, &phrase.key), 175),
            (lexicon().is_person(thing), -70),
            (self.before.first() == Some(&thing), 60),
            (self.named.iter().any(|it| it.1 == thing), 50),
            (self.topic_after == Some(thing), 65),
            (!entity.attributes.iter().any(|it| !it.assumed), 50),
            (shares, 150),
            (of && self.named.iter().any(|it| it.0 == at + 2 && it.1 == thing), 100),
        ])
    }
}

/// The worth of what holds.
fn sum(signs: &[(bool, i32)]) -> i32 {
    signs.iter().filter(|it| it.0).map(|it| it.1).sum()
}

#[cfg(test)]
mod tests {
    /// Whether the insurer of a text in which much else is told has a property, and whether as an assumption.
    fn insurer_has(said: &str, property: &str) -> Option<bool> {
        let text = format!(
            "A lantern stands in the tower of a harbour and shines every single night. A lantern has a code, a height and a \
             colour. Lanterns are cleaned by keepers. A keeper has a name and a phone. Harbours have a name. Ships call at \
             harbours. A ship has a length, a flag and a name.\n\nInsurers pay for what goes wrong in the towers, as \
             everybody on the coast knows very well. {said} Towers have a number."
        );
        let reading = crate::brief::read(&text);
        let mut found =
            reading.entities.iter().filter(|it| it.name == "insurer").flat_map(|it| &it.attributes);
        found.find(|it| it.name == property && !it.evidence.is_empty()).map(|it| it.assumed)
    }

    #[test]
    fn properties_beside_a_thing_of_which_hardly_any_are_known_are_its() {
        let said = "Insurers come with their number, and with the address that we were told.";
        assert!(insurer_has(said, "address").is_some());
    }

    #[test]
    fn what_stands_in_a_place_far_from_a_thing_is_not_its() {
        let said = "Nobody ever looks at the sea in such a colour, but for poets.";
        assert_eq!(insurer_has(said, "colour"), None);
    }
}
