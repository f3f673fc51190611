//! Properties that no statement took, told in one sentence with a thing of which hardly any are known: they are given to it.
//!
//! Chosen by counting, not by wording. Over the texts that may be read, a property that is told beside a thing is the thing's
//! in one of four cases; with the signs below in three of five, and more rarely for any other owner (docs/reader.md).

use super::blocks::{Block, BlockKind, Role};
use super::concepts::Concepts;
use super::fact::{Fact, Facts, is_plain};
use super::items::Item;
use super::lexicon::lexicon;
use super::model::give;
use super::phrases::{Chunk, ChunkKind, Chunked, Phrase, chunks};
use super::reading::Reading;
use super::sentences::Sentence;
use crate::base::{Clip, Span};
use crate::design::meaning::meaning_of;

/// Gives them; backlogs name properties of what they never tell of, and are left alone.
pub fn give_told(
    reading: &mut Reading,
    blocks: &[Block],
    sentences: &[Sentence],
    facts: &Facts,
    concepts: &Concepts,
) {
    if concepts.is_stories {
        return;
    }
    let mut taken: Vec<Span> = reading
        .entities
        .iter()
        .flat_map(|it| &it.attributes)
        .flat_map(|it| it.evidence.iter().copied())
        .collect();
    taken.extend(facts.all.iter().filter_map(|it| match it {
        Fact::Values { span, .. } => Some(*span),
        _ => None,
    }));
    let mut found: Vec<(String, Item)> = Vec::new();
    for sentence in sentences {
        let told = blocks.get(sentence.block).is_some_and(|it| {
            matches!(it.role, Role::Domain | Role::Access) && it.kind != BlockKind::Heading
        });
        if !told {
            continue;
        }
        let all = chunks(sentence);
        let properties = all.iter().filter_map(Chunk::phrase).filter(|it| names_one(it, concepts)).count();
        for (at, chunk) in all.iter().enumerate() {
            let Some(phrase) = chunk.phrase().filter(|it| is_free(it, concepts)) else { continue };
            if taken.iter().any(|it| it.overlaps(phrase.span)) || is_doubtful(all, at) {
                continue;
            }
            if let Some(owner) = owner(reading, concepts, all, at, properties) {
                let item = Item { name: phrase.key.clone(), span: phrase.span, ..Item::default() };
                found.push((owner.to_owned(), item));
            }
        }
    }
    // "An origin and a destination; each is an airport" tells of references.
    let refers = |owner: &str, name: &str| {
        let roles = reading.relationships.iter().filter(|it| it.from == owner);
        roles.filter_map(|it| it.role.as_deref()).any(|it| it == name)
    };
    found.retain(|it| !refers(&it.0, &it.1.name));
    for (owner, item) in found {
        give(reading, &owner, &item);
    }
}

/// Whether a phrase names a property and no thing.
fn names_one(it: &Phrase, concepts: &Concepts) -> bool {
    lexicon().attribute(&it.key).is_some() && concepts.entity(it).is_none()
}

/// Whether it names one property that the lists surely know, or a column's meaning does.
fn is_free(it: &Phrase, concepts: &Concepts) -> bool {
    !it.many
        && !it.possessor
        && lexicon().attribute(&it.key).is_some()
        && !is_plain(&it.key)
        && !concepts.chosen.contains(&it.key)
        && (lexicon().is_property(&it.key) || meaning_of(&it.key, None, None).sense.is_some())
}

/// Whether it stands under a condition, or behind what is denied or only possible.
fn is_doubtful(all: &[Chunk], at: usize) -> bool {
    let before = all.clip(..at);
    let verb = before.iter().rev().find_map(Chunk::verb);
    verb.is_some_and(|it| it.denied || it.possible)
        || before
            .iter()
            .any(|it| matches!(&it.kind, ChunkKind::Sub(word) if matches!(word.as_str(), "if" | "when" | "unless" | "once")))
}

/// Whose the property at `at` is: the subject's of its clause, or else that of the first thing of its sentence.
fn owner<'a>(
    reading: &Reading,
    concepts: &'a Concepts,
    all: &[Chunk],
    at: usize,
    properties: usize,
) -> Option<&'a str> {
    let verb_at = (0..at).rev().find(|it| all.verb_at(*it).is_some());
    let subject = verb_at.and_then(|verb| {
        let opens = |it: &usize| matches!(all.kind_at(*it), ChunkKind::Sub(_));
        let from = (0..verb).rev().find(opens).map_or(0, |it| it + 1);
        (from..verb)
            .filter(|it| *it == 0 || !matches!(all.kind_at(it - 1), ChunkKind::Prep(_)))
            .filter_map(|it| all.phrase_at(it))
            .find_map(|it| concepts.entity(it))
    });
    let first = all.clip(..at).iter().filter_map(Chunk::phrase).find_map(|it| concepts.entity(it));
    let before = at.checked_sub(1).map_or(&ChunkKind::Other, |it| all.kind_at(it));
    let with = matches!(before, ChunkKind::Prep(it) if it == "with");
    let governed = matches!(before, ChunkKind::Prep(_));
    let verb = verb_at.and_then(|it| all.verb_at(it)).map_or("", |it| it.lemma.as_str());
    let kept = !governed && (super::recording::RECORD.contains(&verb) || lexicon().have.contains(verb));
    let among = matches!(before, ChunkKind::And) || matches!(all.kind_at(at + 1), ChunkKind::And);
    [subject, first].into_iter().flatten().find(|it| {
        let Some(entity) = reading.entities.iter().find(|entity| entity.name == **it) else { return false };
        let known = entity.attributes.len();
        let listed = properties >= 2 && (known <= 1 && among || known <= 2 && (with || kept));
        listed || with && subject == first
    })
}

#[cfg(test)]
mod tests {
    /// Whether the insurer of a text in which much else is told has a property.
    fn insurer_has(said: &str, property: &str) -> bool {
        let text = format!(
            "A lantern stands in the tower of a harbour and shines every single night. A lantern has a code, a height and a \
             colour. Lanterns are cleaned by keepers. A keeper has a name and a phone. Harbours have a name. Ships call at \
             harbours. A ship has a length, a flag and a name.\n\nInsurers pay for what goes wrong in the towers, as \
             everybody on the coast knows very well. {said} Towers have a number."
        );
        let reading = crate::brief::read(&text);
        let found = reading.entities.iter().filter(|it| it.name == "insurer").flat_map(|it| &it.attributes);
        found.into_iter().any(|it| it.name == property && !it.assumed && !it.evidence.is_empty())
    }

    #[test]
    fn properties_beside_a_thing_of_which_hardly_any_are_known_are_its() {
        assert!(insurer_has(
            "Insurers come with their number, and with the address that we were told.",
            "address"
        ));
    }

    #[test]
    fn what_stands_under_a_condition_is_nobodys() {
        assert!(!insurer_has(
            "If insurers come with their number, and with the address, a letter goes out.",
            "address"
        ));
    }
}
