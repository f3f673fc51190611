//! What is unique by a sentence of its own: "column names are unique per board", "no two seats of a hall have the same
//! number", "a code may occur only once in a shop".
//!
//! This is read once it is known which things there are and what they have, for a name in front of a property ("room
//! number") is a thing in one text and a part of the property's name in another.

use super::blocks::Block;
use super::concepts::Concepts;
use super::items::Item;
use super::lexicon::lexicon;
use super::model::{attribute, keep_ends};
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, chunks};
use super::reading::{Reading, Relationship};
use super::sentences::{Sentence, told_with};
use crate::base::{Clip, Span, one_of};

/// Prepositions before that within which something is unique.
const WITHIN: &[&str] = &["within", "in", "per", "inside", "across", "among", "for"];

/// Verbs of having a property, and of its being there.
const HAVE: &str = "have share carry bear use get";
const OCCUR: &str = "occur appear exist use give assign issue be";

/// What a sentence says to be unique.
struct Said<'a> {
    /// The property, with or without the thing in front of it.
    property: &'a Phrase,
    /// Whose it is, where that is said.
    whose: Option<&'a Phrase>,
    /// Within what.
    within: Option<&'a Phrase>,
    span: Span,
}

/// Reads every sentence that calls something unique.
pub fn read(reading: &mut Reading, blocks: &[Block], sentences: &[Sentence], concepts: &Concepts) {
    for (nth, sentence) in told_with(blocks, sentences, &["unique", "same", "once"]) {
        let chunks = chunks(sentence);
        let Some(said) = is_unique(sentence, chunks)
            .or_else(|| no_two(sentence, chunks))
            .or_else(|| only_once(sentence, chunks))
        else {
            continue;
        };
        let Some((thing, name)) = meant(reading, sentences.clip(..=nth), concepts, &said) else { continue };
        let within = said.within.and_then(|it| concepts.entity(it)).filter(|it| exists(reading, it));
        // "Unique per day": of what no table is kept, nothing can be told.
        let plain = |it: &Phrase| super::fact::is_plain(&it.key) && lexicon().attribute(&it.key).is_none();
        let everywhere = said.within.is_none_or(plain);
        if within.is_none() && !everywhere {
            continue;
        }
        let within = within.filter(|it| *it != thing).map(str::to_owned);
        mark(reading, &thing, &name, within, &said);
    }
}

/// "The code of a shelf is unique in its hall", "within a hall, shelf codes must be unique".
fn is_unique<'a>(sentence: &Sentence, chunks: &'a [Chunk]) -> Option<Said<'a>> {
    let at = (1..sentence.words.len()).find(|at| sentence.says(*at, "unique"))?;
    let verb_at = chunks.iter().rposition(|it| it.to <= at && it.verb().is_some())?;
    let verb = chunks.verb_at(verb_at).filter(|it| it.lemma == "be" && !it.denied)?;
    let near = chunks.end_at(verb_at)..at;
    if verb.bare || near.len() > 1 {
        return None;
    }
    subject(sentence, chunks, verb_at, at + 1)
}

/// "No two seats of a hall have the same number", "two seats of a hall never have the same number".
fn no_two<'a>(sentence: &Sentence, chunks: &'a [Chunk]) -> Option<Said<'a>> {
    let same = (2..sentence.words.len()).find(|at| sentence.says(*at, "same"))?;
    let property_at =
        chunks.iter().position(|it| it.phrase().is_some() && it.from <= same && same < it.to)?;
    let verb_at = property_at.checked_sub(1)?;
    let verb = chunks.verb_at(verb_at).filter(|it| one_of(it.lemma.as_str(), HAVE))?;
    let thing_at = chunks.clip(..verb_at).iter().position(|it| {
        let two = (it.from.saturating_sub(1)..it.to).any(|at| sentence.says(at, "two"));
        it.phrase().is_some_and(|it| it.many && (it.number == Some(2) || two))
    })?;
    let thing = chunks.phrase_at(thing_at)?;
    let no = thing.det == Det::No || (0..chunks.end_at(thing_at)).any(|at| sentence.says(at, "no"));
    if !no && !verb.denied {
        return None;
    }
    let behind = governed(chunks, thing_at + 1, &["of", "within", "in", "inside", "from", "at", "on"])
        .or_else(|| governed(chunks, property_at + 1, WITHIN));
    Some(Said {
        property: chunks.phrase_at(property_at)?,
        whose: Some(thing),
        within: behind,
        span: sentence.span_of(chunks.start_at(thing_at), chunks.end_at(property_at)),
    })
}

/// "A code may occur only once in a shop".
fn only_once<'a>(sentence: &Sentence, chunks: &'a [Chunk]) -> Option<Said<'a>> {
    let once = (2..sentence.words.len())
        .find(|at| sentence.says(*at, "once") && sentence.says(at - 1, "only just"))?;
    let verb_at = chunks.iter().rposition(|it| it.to <= once && it.verb().is_some())?;
    chunks.verb_at(verb_at).filter(|it| one_of(it.lemma.as_str(), OCCUR) && !it.denied)?;
    let said = subject(sentence, chunks, verb_at, once + 1)?;
    let property =
        super::fact::names_property(said.property) || lexicon().attribute(&said.property.key).is_some();
    property.then_some(said)
}

/// What stands before the verb as its subject, and what the words from `from` on say of its scope.
fn subject<'a>(sentence: &Sentence, chunks: &'a [Chunk], verb_at: usize, from: usize) -> Option<Said<'a>> {
    let sign = |it: &Chunk| matches!(it.kind, ChunkKind::Other) && sentence.says(it.from, "; : -");
    let start = chunks.clip(..verb_at).iter().rposition(sign).map_or(0, |at| at + 1);
    let fronted = governed(chunks, start, WITHIN);
    let start = start + if fronted.is_some() { 2 } else { 0 };
    let mut nouns = (start..verb_at).filter(|at| chunks.phrase_at(*at).is_some());
    let at = nouns.next()?;
    let whose = governed(chunks, at + 1, &["of"]);
    let rest: Vec<usize> = nouns.skip(usize::from(whose.is_some())).collect();
    let clause = chunks.clip(start..verb_at).iter().any(|it| {
        matches!(it.kind, ChunkKind::Sub(_) | ChunkKind::Pron(_)) || it.verb().is_some_and(|it| !it.bare)
    });
    let property = chunks.phrase_at(at)?;
    if clause || !rest.is_empty() || property.possessor && whose.is_none() {
        return None;
    }
    let behind = chunks.iter().position(|it| it.from >= from);
    let within = behind.filter(|at| chunks.start_at(*at) == from).and_then(|at| governed(chunks, at, WITHIN));
    let span = sentence.span_of(chunks.start_at(at), from);
    Some(Said { property, whose, within: within.or(fronted), span })
}

/// The noun behind the preposition at `at`, if one of these stands there.
fn governed<'a>(chunks: &'a [Chunk], at: usize, prepositions: &[&str]) -> Option<&'a Phrase> {
    match chunks.kind_at(at) {
        ChunkKind::Prep(word) if prepositions.contains(&word.as_str()) => chunks.phrase_at(at + 1),
        _ => None,
    }
}

fn exists(reading: &Reading, name: &str) -> bool {
    reading.entities.iter().any(|it| it.name == name)
}

fn has(reading: &Reading, thing: &str, name: &str) -> bool {
    reading.entities.iter().any(|it| it.name == thing && it.attributes.iter().any(|it| it.name == name))
}

/// The thing and the property of it that are meant; `before` ends with the sentence that says so.
fn meant(
    reading: &Reading,
    before: &[Sentence],
    concepts: &Concepts,
    said: &Said,
) -> Option<(String, String)> {
    let key = said.property.full.as_str();
    let name = key.strip_prefix("same_").unwrap_or(key);
    let property = |it: &str| lexicon().attribute(it).is_some();
    if let Some(whose) = said.whose {
        let thing = concepts.entity(whose).filter(|it| exists(reading, it))?;
        return (has(reading, thing, name) || property(name)).then(|| (thing.to_owned(), name.to_owned()));
    }
    let owners = |name: &str| -> Vec<&str> {
        let all = reading.entities.iter().filter(|it| has(reading, &it.name, name));
        all.map(|it| it.name.as_str()).collect()
    };
    if let ([only], true) = (owners(name).as_slice(), name.contains('_')) {
        return Some(((*only).to_owned(), name.to_owned()));
    }
    // "Column names": a thing and what it has.
    let parts = name.match_indices('_').filter_map(|(at, _)| Some((name.get(..at)?, name.get(at + 1..)?)));
    let nothing_else = is_bare(reading, name) && !lexicon().is_person(name);
    let compound = parts.filter(|it| property(it.1) || nothing_else).find_map(|(whole, rest)| {
        let thing = reading.entities.iter().find(|it| it.name == whole)?;
        Some((thing.name.clone(), rest.to_owned()))
    });
    if compound.is_some() || name.contains('_') && owners(name).is_empty() {
        return compound;
    }
    // "The number": of what was spoken of last that has one, or could have.
    let outer = said.within.and_then(|it| concepts.entity(it));
    let spoken = before.iter().rev().take(3).flat_map(|it| {
        let inside = |it: &Phrase| it.span.end <= said.span.start;
        let found =
            chunks(it).iter().filter_map(|it| it.phrase().cloned()).filter(inside).collect::<Vec<_>>();
        found.into_iter().rev()
    });
    let things: Vec<&str> =
        spoken.filter_map(|it| concepts.entity(&it)).filter(|it| Some(*it) != outer).collect();
    let told = things.iter().find(|it| has(reading, it, name)).copied();
    let reduced = || things.iter().find(|it| refers_to_property(reading, it, name)).copied();
    told.or_else(reduced).map(|it| (it.to_owned(), name.to_owned()))
}

/// Whether a thing refers to what is named like a property and has nothing of its own.
fn refers_to_property(reading: &Reading, thing: &str, name: &str) -> bool {
    let bare = |it: &str| {
        lexicon().attribute(it).is_some()
            && is_bare(reading, it)
            && reading.relationships.iter().filter(|other| other.to == it).count() == 1
    };
    reading.relationships.iter().any(|it| it.from == thing && it.to == name && bare(name))
}

/// Whether nothing is told of a thing but its name.
fn is_bare(reading: &Reading, name: &str) -> bool {
    reading.entities.iter().any(|it| it.name == name && it.attributes.is_empty())
}

/// Marks the property as unique; what the text knows of only by these words, the thing gets.
fn mark(reading: &mut Reading, thing: &str, name: &str, within: Option<String>, said: &Said) {
    // What is unique is a property, and so is what was taken for a thing by these words: "project keys".
    let compound = format!("{thing}_{name}");
    let taken =
        |it: &&str| is_bare(reading, it) && (*it == compound || refers_to_property(reading, thing, it));
    let gone: Vec<String> = [compound.as_str(), name].into_iter().filter(taken).map(str::to_owned).collect();
    reading.entities.retain(|it| !gone.contains(&it.name));
    keep_ends(reading);
    let Some(entity) = reading.entities.iter_mut().find(|it| it.name == thing) else { return };
    if !entity.attributes.iter().any(|it| it.name == name) {
        let item = Item::named(name, said.span);
        entity.attributes.push(attribute(name.to_owned(), &item));
    }
    for it in entity.attributes.iter_mut().filter(|it| it.name == name) {
        it.unique = true;
        it.unique_in = within.clone().or_else(|| it.unique_in.take());
    }
    let Some(within) = within else { return };
    let tied = reading.relationships.iter().any(|it| it.is_between(thing, &within));
    if !tied {
        let reason = "it is unique within it";
        reading.relationships.push(Relationship::said(thing, &within, reason, said.span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_by_rules;

    const THINGS: &str = "A hall has a name. A seat has a number, a row and a price and stands in a hall. ";

    /// What the text calls unique: `seat.number`, and behind `@` within what.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let reading = read_by_rules(&format!("{THINGS}{text}"));
        let mut found = Vec::new();
        for entity in &reading.entities {
            for it in entity.attributes.iter().filter(|it| it.unique && !it.assumed) {
                let within = it.unique_in.as_ref().map(|it| format!("@{it}")).unwrap_or_default();
                found.push(format!("{}.{}{within}", entity.name, it.name));
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sentence_of_its_own_tells_what_is_unique_and_within_what() {
        check("Seat numbers are unique within a hall.", &["seat.number@hall"]);
        check("The number of a seat must be unique in its hall.", &["seat.number@hall"]);
        check("Within a hall, seat numbers are unique.", &["seat.number@hall"]);
        check("No two seats of a hall have the same number.", &["seat.number@hall"]);
        check("Two seats never have the same number.", &["seat.number"]);
        check("A seat number may occur only once in a hall.", &["seat.number@hall"]);
        check("Hall names are unique.", &["hall.name"]);
    }

    #[test]
    fn what_is_only_like_it_is_left() {
        check("Seat numbers are not unique.", &[]);
        check("Seat numbers are unique per day.", &[]);
        check("Two seats of a hall have the same number.", &[]);
        check("A hall is opened only once a day.", &[]);
    }
}
