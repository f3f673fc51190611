//! Values that are kept when they change: "prices are valid from a date, and old prices are kept". Each is a row of its own
//! with the day from which it holds, and refers to what it is a value of.

use super::blocks::Block;
use super::concepts::Concepts;
use super::items::Item;
use super::lexicon::lexicon;
use super::model::attribute;
use super::phrases::{Chunk, Phrase, chunks};
use super::reading::{Entity, EntityKind, OnDelete, Reading, Relationship};
use super::sentences::{Sentence, told_with, up_to};
use crate::base::{Clip, Span, one_of, plural};

/// Words for what was before.
const BEFORE: &[&str] = &["old", "earlier", "previous", "former", "past", "prior", "historical", "older"];

/// Words of what holds from a day on.
const HOLDS: &[&str] = &["valid", "applies", "apply", "applied", "effective", "force"];

/// Verbs of keeping.
const KEPT: &str = "keep record store retain archive save remain stay preserve hold";

/// Reads every sentence that keeps values which held before, or the day from which they hold.
pub fn read(reading: &mut Reading, blocks: &[Block], sentences: &[Sentence], concepts: &Concepts) {
    for (nth, sentence) in told_with(blocks, sentences, &[BEFORE, HOLDS].concat()) {
        let chunks = chunks(sentence);
        let Some(value) = kept_before(sentence, chunks).or_else(|| kept_from(sentence, chunks)) else {
            continue;
        };
        let before = up_to(sentences, nth);
        if let Some(owner) = owner(reading, concepts, &before, &value) {
            let dated = before.iter().rev().take(2).any(|it| holds_from(it).is_some());
            let start = before.iter().nth_back(1).or(before.first()).map_or(sentence.span, |it| it.span);
            keep(reading, &owner, &value.key, dated, start.cover(sentence.span), sentence.span);
        }
    }
}

/// Whether a noun names a value: a price, a rent.
fn is_value(it: &Phrase) -> bool {
    !it.key.contains('_') && lexicon().attribute(&it.key).is_some_and(|it| it == "numeric")
}

/// "Old prices are kept", "earlier salaries remain".
fn kept_before(sentence: &Sentence, chunks: &[Chunk]) -> Option<Phrase> {
    chunks.windows(2).find_map(|it| {
        let [at, verb] = it else { return None };
        let (noun, verb) = (at.phrase()?, verb.verb()?);
        // The tagger takes some of these words for adverbs, which stand before the phrase.
        let said = (at.from.saturating_sub(1)..at.to).any(|at| BEFORE.contains(&sentence.word(at)));
        let rest = noun.full.split_once('_').map_or(noun.full.as_str(), |(first, rest)| {
            if BEFORE.contains(&first) { rest } else { noun.full.as_str() }
        });
        let before = said && noun.many && !verb.denied;
        let kept =
            one_of(verb.lemma.as_str(), KEPT) && (verb.passive || one_of(verb.lemma.as_str(), "remain stay"));
        let value = Phrase { key: rest.to_owned(), full: rest.to_owned(), ..noun.clone() };
        (before && kept && is_value(&value)).then_some(value)
    })
}

/// "We keep the salary with the date from which it is valid": a value that is kept with its day.
fn kept_from(sentence: &Sentence, chunks: &[Chunk]) -> Option<Phrase> {
    let from = holds_from(sentence)?;
    let kept =
        chunks.iter().any(|it| it.verb().is_some_and(|it| !it.denied && one_of(it.lemma.as_str(), KEPT)));
    let with = chunks.iter().rposition(|it| it.from < from && it.kind.is_prep("with"))?;
    let value = chunks.clip(..with).iter().rev().find_map(|it| it.phrase().filter(|it| is_value(it)))?;
    kept.then(|| value.clone())
}

/// Where a sentence says from when on something holds: "valid from", "the date from which it applies".
fn holds_from(sentence: &Sentence) -> Option<usize> {
    let holds = (0..sentence.words.len()).find(|at| HOLDS.contains(&sentence.word(*at)))?;
    let near = holds.saturating_sub(6)..holds + 3;
    near.filter(|at| sentence.says(*at, "from since")).min()
}

/// What the value is a value of: what has it or is tied to it, else what was spoken of last.
fn owner(reading: &Reading, concepts: &Concepts, before: &[&Sentence], value: &Phrase) -> Option<String> {
    let key = value.key.as_str();
    // What stands for itself under that name is none: it has more than its day.
    let told = reading
        .entities
        .iter()
        .find(|it| it.name == key)
        .map_or(0, |it| it.attributes.iter().filter(|it| !it.assumed).count());
    let spoken = before.iter().rev().flat_map(|it| {
        let all: Vec<Phrase> = chunks(it).iter().filter_map(|it| it.phrase().cloned()).collect();
        all.into_iter().rev()
    });
    let things: Vec<String> = spoken
        .filter_map(|it| concepts.entity(&it).map(str::to_owned))
        .filter(|it| it != key && reading.entities.iter().any(|entity| entity.name == *it))
        .collect();
    let tied = |thing: &&String| {
        reading.relationships.iter().any(|it| {
            it.via.is_none() && (it.from == **thing && it.to == key || it.from == key && it.to == **thing)
        })
    };
    let has = |thing: &&String| {
        reading.entities.iter().any(|it| it.name == **thing && it.attributes.iter().any(|it| it.name == key))
    };
    let found = things.iter().find(tied).or_else(|| things.iter().find(has)).or_else(|| things.first());
    found.filter(|_| told <= 2).cloned()
}

/// Makes the value a thing with its day, which refers to its owner; `said` is where the text speaks of it.
fn keep(reading: &mut Reading, owner: &str, value: &str, dated: bool, said: Span, evidence: Span) {
    let several = plural(value);
    if let Some(entity) = reading.entities.iter_mut().find(|it| it.name == owner) {
        let names = |it: &str| it == value || it == "valid" || it.ends_with(&format!("_{value}"));
        let here = |it: &[Span]| it.iter().all(|it| it.is_within(said));
        let moment = |it: &str| one_of(it, "date day since");
        entity.attributes.retain(|it| {
            let talk = here(&it.evidence) && (names(&it.name) || moment(&it.name));
            it.name != value && (it.assumed || !talk)
        });
    }
    let reason = format!("{several} change, and each is kept with the day from which it holds");
    if !reading.entities.iter().any(|it| it.name == value) {
        reading.entities.push(Entity {
            name: value.to_owned(),
            kind: EntityKind::Core,
            description: String::new(),
            assumed: false,
            evidence: vec![evidence],
            attributes: Vec::new(),
            reason: reason.clone(),
            rows: Vec::new(),
        });
    }
    if let Some(entity) = reading.entities.iter_mut().find(|it| it.name == value) {
        let item = |name: &str| Item::named(name, evidence);
        let day = entity.attributes.iter_mut().find(|it| one_of(it.type_name.as_str(), "date timestamptz"));
        match day {
            Some(day) if dated && one_of(day.name.as_str(), "date day") => {
                "valid_from".clone_into(&mut day.name);
            }
            Some(_) => {}
            None => entity.attributes.push(attribute("valid_from".to_owned(), &item("valid_from"))),
        }
        if !entity.attributes.iter().any(|it| it.name == value || it.name == "amount") {
            let mut amount = attribute("amount".to_owned(), &item("amount"));
            amount.assumed = true;
            amount.evidence.clear();
            entity.attributes.push(amount);
        }
    }
    reading.relationships.retain(|it| {
        let same = it.is_between(owner, value);
        !same || it.via.is_some()
    });
    let said = Relationship::said(value, owner, reason, evidence);
    reading.relationships.push(Relationship { on_delete: OnDelete::Cascade, ..said });
}

#[cfg(test)]
mod tests {
    use super::super::read;

    /// Whether the value is a thing with its day that refers to the flat.
    #[track_caller]
    fn check(text: &str, value: &str, expected: bool) {
        let reading = read(&format!("A flat has a number and a size. {text}"));
        let dated = reading
            .entities
            .iter()
            .any(|it| it.name == value && it.attributes.iter().any(|it| it.name == "valid_from"));
        let tied = reading.relationships.iter().any(|it| it.from == value && it.to == "flat");
        assert_eq!((dated, tied), (expected, expected), "{text}");
    }

    #[test]
    fn values_that_held_before_are_rows_with_their_day() {
        check("Its rent changes; every rent is valid from a date, and old rents are kept.", "rent", true);
        check("The rent of a flat changes, and previous rents remain.", "rent", true);
        check("For each flat we keep the rent with the date from which it applies.", "rent", true);
    }

    #[test]
    fn what_is_kept_for_itself_is_no_value() {
        check("Old tenants are kept.", "tenant", false);
        check("Old rents are not kept.", "rent", false);
        check("A flat has a rent, which is kept.", "rent", false);
    }
}
