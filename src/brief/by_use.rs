//! Nouns that the weights of `concepts` leave out, judged once more by what is said of them: assumptions where that suffices.
//!
//! What a noun is hardly tells which of the nouns that a text names once are things; how its sentences use it tells it of every
//! other one that is taken here. The numbers are a logistic regression over our own and the open texts, chosen with each set of
//! texts left out in turn (docs/reader.md).

use std::collections::BTreeMap;

use super::blocks::{Block, BlockKind};
use super::concepts::{Concept, Concepts, SHORT};
use super::fact::{Fact, Facts, Form, Signal, phrase_of};
use super::lexicon::{last_word, lexicon};
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, chunks};
use super::sentences::Sentence;
use super::weights::sum;
use crate::base::{Span, sort_by};

/// Something that a sentence shows of a noun, as a bit.
#[derive(Clone, Copy)]
enum Sign {
    /// `a berth (number, width)`
    List,
    /// `…, which berth`
    Which,
    /// `a fee per …`
    Per,
    /// `a request for …`
    For,
    /// A line opens with it.
    Opens,
    /// Spoken of twice.
    Twice,
    /// Right behind a verb that is no passive.
    Object,
    /// In the plural.
    Several,
    /// Before a colon.
    Colon,
    /// Governed by a verb's preposition.
    ByVerb,
    /// A thing stands in the sentence too.
    BesideThing,
    /// Behind a preposition.
    Governed,
    /// Somewhere in running text.
    Running,
    /// Joined to a property.
    BesideProperty,
    /// One, without an article.
    Bare,
    /// "some", "all", or a number.
    Quantified,
    /// Ends its sentence.
    Ends,
    /// Joined to something.
    Joined,
    /// Behind "with".
    With,
    /// What something has.
    Had,
    /// With a capital inside a sentence.
    Capital,
    /// Alone what something has.
    Alone,
    /// In a list under a lead-in.
    Listed,
    /// "a" or "one" of what something has.
    Counted,
}

/// What each sign is worth, in hundredths of the regression's points.
const SIGNS: [(Sign, i32); 24] = [
    (Sign::List, 150),
    (Sign::Which, 140),
    (Sign::Per, 120),
    (Sign::For, 100),
    (Sign::Opens, 100),
    (Sign::Twice, 70),
    (Sign::Object, 70),
    (Sign::Several, 70),
    (Sign::Colon, 60),
    (Sign::ByVerb, 60),
    (Sign::BesideThing, 40),
    (Sign::Governed, 20),
    (Sign::Running, -30),
    (Sign::BesideProperty, -40),
    (Sign::Bare, -40),
    (Sign::Quantified, -40),
    (Sign::Ends, -50),
    (Sign::Joined, -50),
    (Sign::With, -70),
    (Sign::Had, -70),
    (Sign::Capital, -120),
    (Sign::Alone, 70),
    (Sign::Listed, 100),
    (Sign::Counted, -70),
];

/// Points of a noun of which nothing is known; who reaches zero is a thing in four cases of ten.
const NOTHING: i32 = -153;

/// What it must reach in a backlog, where half of the nouns belong to the software: even odds.
const STORIES: i32 = 40;

/// The fewest and the most points of `weights` that count, and what four of them are worth.
const KNOWN: (i32, i32, i32) = (-60, 40, 13);

/// Texts of so many words have more nouns that are no things, by what they take off.
const LONG: [(usize, i32); 2] = [(700, -80), (1100, -120)];

/// What a noun's sentences show of it.
#[derive(Default)]
struct Use {
    signs: u32,
    named: usize,
    /// Where, and whether in the plural.
    places: Vec<(Span, bool)>,
    /// Something has one of it, of values that are listed: "a role: admin or member" needs no table.
    is_value: bool,
}

impl Use {
    fn note(&mut self, sign: Sign, is_so: bool) {
        self.signs |= u32::from(is_so) << sign as u32;
    }
}

/// Takes what its use tells to be a thing, as an assumption. Linear in the words, but for the names of entities.
pub(super) fn take(
    out: &mut Concepts,
    facts: &Facts,
    blocks: &[Block],
    sentences: &[Sentence],
    words: usize,
) {
    if words < SHORT {
        return;
    }
    let enough = if out.is_stories { STORIES } else { 0 };
    let used = uses(out, facts, blocks, sentences);
    let mut found: Vec<(i32, String)> = used
        .iter()
        .filter(|(key, used)| is_free(out, key) && !used.is_value)
        .map(|(key, used)| (points(out.all.get(key), key, used, words), key.clone()))
        .filter(|it| it.0 >= enough)
        .collect();
    sort_by(&mut found, |one, two| two.cmp(one));
    for (_, key) in found {
        if !is_free(out, &key) {
            continue;
        }
        if !out.all.contains_key(&key) {
            let mentions =
                used.get(&key).map(|it| it.places.iter().map(|it| it.0).collect()).unwrap_or_default();
            let concept = Concept { key: key.clone(), evidence: BTreeMap::new(), mentions, score: 0 };
            out.all.insert(key.clone(), concept);
        }
        out.weak.insert(key.clone());
        out.chosen.insert(key);
    }
}

/// Whether no entity has the name, or one with more or fewer words before the same last.
fn is_free(concepts: &Concepts, key: &str) -> bool {
    let within = |few: &str, many: &str| few.split('_').all(|it| many.split('_').any(|word| word == it));
    let known = |it: &String| last_word(it) == last_word(key) && (within(it, key) || within(key, it));
    concepts.resolve(key).is_none() && !concepts.roles.contains_key(key) && !concepts.chosen.iter().any(known)
}

fn points(concept: Option<&Concept>, key: &str, used: &Use, words: usize) -> i32 {
    let lexicon = lexicon();
    let (fewest, most, worth) = KNOWN;
    let known = concept.map_or(fewest, |it| it.score.clamp(fewest, most));
    let has = |signal: Signal| concept.is_some_and(|it| it.has(signal));
    let last = last_word(key);
    let told: i32 = SIGNS.iter().filter(|(sign, _)| used.signs >> *sign as u32 & 1 == 1).map(|it| it.1).sum();
    let long: i32 = LONG.iter().filter(|it| words >= it.0).map(|it| it.1).sum();
    let is = sum(&[
        (last.ends_with("type"), 160),
        (has(Signal::StoryObject), 120),
        (lexicon.is_person(key), 80),
        (has(Signal::ValueSet), 70),
        (lexicon.happens(key), 40),
        (lexicon.business.contains(last), 30),
        (key.split('_').next().is_some_and(|it| lexicon.actions.contains(it)), -30),
        (lexicon.is_property(key), -30),
    ]);
    NOTHING + known * worth / 4 + told + long + is
}

/// How the sentences use each noun.
fn uses(
    concepts: &Concepts,
    facts: &Facts,
    blocks: &[Block],
    sentences: &[Sentence],
) -> BTreeMap<String, Use> {
    let mut out: BTreeMap<String, Use> = BTreeMap::new();
    for sentence in sentences {
        let all = chunks(sentence);
        let kind = blocks.get(sentence.block).map(|it| it.kind);
        let things =
            all.iter().filter_map(Chunk::phrase).filter(|it| concepts.resolve(&it.key).is_some()).count();
        for (at, chunk) in all.iter().enumerate() {
            let Some(phrase) = chunk.phrase() else { continue };
            let used = out.entry(phrase.key.clone()).or_default();
            used.named += 1;
            used.places.push((phrase.span, phrase.many));
            used.note(Sign::Twice, used.named > 1);
            used.note(Sign::Running, kind == Some(BlockKind::Para));
            used.note(Sign::Opens, at == 0 && kind == Some(BlockKind::Item));
            used.note(Sign::BesideThing, things > usize::from(concepts.resolve(&phrase.key).is_some()));
            used.note(Sign::Ends, at + 1 == all.len());
            let mut inside = sentence.parens_in(chunk.from, chunk.to);
            used.note(Sign::List, inside.any(|it| it.tokens.iter().any(|it| it.is(","))));
            used.note(Sign::Colon, sentence.is_sign(chunk.to, ":"));
            phrase_signs(used, phrase);
            neighbours(used, concepts, all, at);
        }
    }
    for fact in &facts.all {
        let Fact::Owns { item, form, of, .. } = fact else { continue };
        if let Some(used) = out.get_mut(&phrase_of(item).key) {
            used.note(Sign::Alone, *of == 1);
            used.note(Sign::Listed, *form == Form::Bare);
            used.note(Sign::Counted, item.counted);
            let one = used.places.iter().any(|(at, many)| !many && at.overlaps(item.span));
            used.is_value |= one && are_values(&item.values);
        }
    }
    out
}

/// Whether they are values rather than what a thing has: `substance, severity` behind "allergies" is.
fn are_values(listed: &[String]) -> bool {
    let property = |it: &String| lexicon().attribute(&it.replace(' ', "_")).is_some();
    listed.len() > 1 && !listed.iter().any(property)
}

fn phrase_signs(used: &mut Use, phrase: &Phrase) {
    used.note(Sign::Several, phrase.many);
    used.note(Sign::Bare, !phrase.many && phrase.det == Det::Bare);
    used.note(Sign::Quantified, phrase.det == Det::Many);
    used.note(Sign::Capital, phrase.capital);
}

/// What stands right before it and right behind it.
fn neighbours(used: &mut Use, concepts: &Concepts, all: &[Chunk], at: usize) {
    let lexicon = lexicon();
    let before = |steps: usize| at.checked_sub(steps).map_or(&ChunkKind::Other, |it| all.kind_at(it));
    match before(1) {
        ChunkKind::Verb(verb) => {
            used.note(Sign::Object, !verb.passive);
            used.note(Sign::Had, lexicon.have.contains(verb.lemma.as_str()));
        }
        ChunkKind::Prep(word) => {
            used.note(Sign::Governed, true);
            used.note(Sign::With, word == "with");
            used.note(Sign::ByVerb, matches!(before(2), ChunkKind::Verb(_)));
        }
        ChunkKind::Sub(word) => used.note(Sign::Which, word == "which"),
        ChunkKind::Noun(_) | ChunkKind::And | ChunkKind::Pron(_) | ChunkKind::Other => {}
    }
    if let (ChunkKind::Prep(word), ChunkKind::Noun(_)) = (all.kind_at(at + 1), all.kind_at(at + 2)) {
        used.note(Sign::Per, word == "per");
        used.note(Sign::For, word == "for");
    }
    for (sign, other) in [(before(1), before(2)), (all.kind_at(at + 1), all.kind_at(at + 2))] {
        if *sign != ChunkKind::And {
            continue;
        }
        used.note(Sign::Joined, true);
        if let ChunkKind::Noun(other) = other {
            let property = concepts.resolve(&other.key).is_none() && lexicon.attribute(&other.key).is_some();
            used.note(Sign::BesideProperty, property);
        }
    }
}

#[cfg(test)]
mod tests {
    /// Long enough to be no prompt; of the tower nothing else is told.
    fn filler() -> String {
        "A lantern has a code and a height. It stands in a harbour and shines every single night. ".repeat(12)
    }

    fn entity(text: &str, name: &str) -> Option<bool> {
        crate::brief::read(text).entities.into_iter().find(|it| it.name == name).map(|it| it.assumed)
    }

    #[test]
    fn what_a_line_opens_with_and_a_verb_does_is_assumed_to_be_a_thing() {
        let text = format!("{}\n\n- Refills: Ann requests refills for a lantern.", filler());
        assert_eq!(entity(&text, "refill"), Some(true));
    }

    #[test]
    fn what_has_listed_values_is_none() {
        let text =
            format!("{} Each watch has one duty: lamp, horn or radio. Ann changes their duties.", filler());
        assert_eq!(entity(&text, "duty"), None);
    }

    #[test]
    fn what_is_only_had_at_the_end_of_a_sentence_is_none() {
        let text = format!("{} Some shine with rain.", filler());
        assert_eq!(entity(&text, "rain"), None);
    }
}
