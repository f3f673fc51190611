//! Properties that no statement took, judged by all that the text tells around them and the things nearby: whose they likely are.
//!
//! The numbers are a logistic regression over our own and the open texts, with each set of texts left out in turn: of what
//! reaches a quarter one in three is right, of what reaches one half three in five (docs/reader.md).

use std::collections::BTreeSet;
use std::sync::OnceLock;

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
use super::weights::sum;
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
    let entity = |it: &Phrase| concepts.entity(it);
    let topic_of = |at: usize| facts.topics.get(at).and_then(Option::as_ref).and_then(entity);
    let mut found: Vec<(&str, i32, Item)> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let chunks = chunks(sentence);
        let named: Vec<(usize, &str)> = concepts.named(chunks).map(|it| (it.0, it.2)).collect();
        let properties: Vec<(usize, &Phrase)> = chunks
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((at, it.phrase()?)))
            .filter(|(at, it)| {
                lexicon().attribute(&it.key).is_some() && !named.iter().any(|named| named.0 == *at)
            })
            .collect();
        let place = Place {
            chunks,
            before: std::mem::replace(&mut before, named.iter().map(|it| it.1).collect()),
            named,
            topic: topic_of(at),
            topic_after: topic_of(at + 1),
            properties: properties.len(),
        };
        let told = blocks.get(sentence.block).is_some_and(|it| {
            matches!(it.role, Role::Domain | Role::Access | Role::Glossary) && it.kind != BlockKind::Heading
        });
        if !told || properties.is_empty() {
            continue;
        }
        let taken: Vec<&Span> = taken.iter().filter(|it| it.overlaps(sentence.span)).collect();
        for (at, phrase) in properties {
            let free = !taken.iter().any(|it| it.overlaps(phrase.span));
            if let Some((owner, points)) = free.then(|| place.owner(reading, phrase, at)).flatten() {
                let item = Item { name: phrase.key.clone(), span: phrase.span, ..Item::default() };
                found.push((owner, points, item));
            }
        }
    }
    for (owner, points, item) in found {
        take(reading, owner, points, &item);
    }
}

/// The last words of what things usually have.
fn usual() -> &'static BTreeSet<&'static str> {
    static USUAL: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    USUAL.get_or_init(|| {
        let shapes = lexicon().aggregates.values();
        shapes.flat_map(|it| &it.attributes).map(|it| last_word(it.name)).gather()
    })
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
    // "Hall names" may be the name that a hall has already.
    if let Some(given) = give(reading, owner, item) {
        given.assumed |= points < TOLD;
    }
}

fn has(reading: &Reading, owner: &str, name: &str) -> bool {
    let entity = reading.entities.iter().find(|it| it.name == owner);
    entity.is_some_and(|it| it.attributes.iter().any(|it| it.name == name))
}

impl<'a> Place<'a> {
    /// Whose the property at a chunk likely is, with the points that speak for it.
    fn owner(&self, reading: &Reading, phrase: &Phrase, at: usize) -> Option<(&'a str, i32)> {
        let nearby: BTreeSet<&'a str> =
            self.named.iter().map(|it| it.1).chain(self.topic).chain(self.before.iter().copied()).collect();
        let of_itself = self.of_itself(phrase, at);
        let points = |it: &&'a str| {
            let entity = reading.entities.iter().find(|entity| entity.name == **it)?;
            Some((*it, of_itself + self.of_both(entity, phrase, at)))
        };
        let best = nearby.iter().filter_map(points).max_by_key(|it| it.1);
        best.filter(|it| it.1 >= LIKELY)
    }

    /// What the property and its place show, whoever it belongs to.
    fn of_itself(&self, phrase: &Phrase, at: usize) -> i32 {
        let lexicon = lexicon();
        let before = at.checked_sub(1).map_or(&ChunkKind::Other, |it| self.chunks.kind_at(it));
        let within = matches!(before, ChunkKind::Prep(it) if matches!(it.as_str(), "in" | "on" | "at"));
        let verb = (0..at).rev().find_map(|it| self.chunks.verb_at(it)).map_or("", |it| it.lemma.as_str());
        NOTHING
            + sum(&[
                (lexicon.generic.contains(last_word(&phrase.key)), -60),
                (lexicon.is_property(&phrase.key), 60),
                (usual().contains(last_word(&phrase.key)), 35),
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
