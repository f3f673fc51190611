//! Pairs that nothing ties, judged by what the text tells around both: assumptions where that suffices.
//!
//! No single sign is enough: of two things in one sentence that no grammar ties, one pair in five belongs together. The numbers are
//! a logistic regression over our own and the open texts, chosen with each set of texts left out in turn (docs/reader.md).

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, BlockKind, Role};
use super::concepts::Concepts;
use super::fact::Facts;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Det, Phrase, chunks};
use super::reading::{Reading, Relationship};
use super::sentences::Sentence;
use crate::base::{Clip as _, Gather as _, Span};

/// The reason of such pairs; which of both refers to the other is for `directions`.
pub(super) const AROUND: &str = "what the text tells around both suggests it";

/// Something that a place shows of the two things that it tells of, as a bit.
#[derive(Clone, Copy)]
enum Sign {
    /// The first of them opens the line or the sentence.
    Opens,
    /// The first stands right behind a verb.
    Object,
    /// A colon stands between.
    Colon,
    /// No other thing stands between.
    Next,
    /// One, and several of the other: "a berth … boats".
    OneToSeveral,
    /// "each" before the first.
    Each,
    /// "a" or "one" before the second.
    One,
    /// Nothing before the second.
    Bare,
    /// The sentence names no third thing.
    NoThird,
    /// A comma stands between.
    Comma,
    /// The one is what the text speaks of, and the sentence names the other alone.
    OfTopic,
    /// The same, and the other opens the sentence.
    OpensUnderTopic,
    /// The one is what the block before spoke of.
    TopicBefore,
    /// The one is what the text speaks of, and a list names the other.
    ListedUnderTopic,
    /// The one is what the text speaks of, and the sentence names several of the other.
    SeveralUnderTopic,
}

/// What each sign is worth, in hundredths of the regression's points.
const SIGNS: [(Sign, i32); 15] = [
    (Sign::Opens, 80),
    (Sign::Object, 70),
    (Sign::Colon, 60),
    (Sign::Next, 35),
    (Sign::OneToSeveral, 55),
    (Sign::Each, 50),
    (Sign::One, 35),
    (Sign::Bare, -60),
    (Sign::NoThird, 35),
    (Sign::Comma, -30),
    (Sign::OfTopic, 50),
    (Sign::OpensUnderTopic, 70),
    (Sign::TopicBefore, -55),
    (Sign::ListedUnderTopic, 60),
    (Sign::SeveralUnderTopic, -40),
];

/// Points of a pair of which nothing is known; who reaches zero belongs together in half of the cases.
const NOTHING: i32 = -145;

/// What has so many ties is in the middle of things.
const HUB: usize = 5;

/// The two ends in the order of their names, and what the text shows of them.
#[derive(Default)]
struct Pair {
    signs: u32,
    /// How many sentences name both.
    told: usize,
    /// Where it is told first.
    at: Option<Span>,
}

impl Pair {
    fn note(&mut self, sign: Sign, is_so: bool) {
        self.signs |= u32::from(is_so) << sign as u32;
    }
}

/// What is known of an end without looking at the pair.
struct End<'a> {
    name: &'a str,
    ties: BTreeSet<&'a str>,
    happens: bool,
    person: bool,
    /// Named once at most.
    once: bool,
}

type Pairs<'a> = BTreeMap<(&'a str, &'a str), Pair>;

/// Ties what belongs together by all signs, as an assumption. Linear in the words, but for the pairs of each sentence.
pub(super) fn tie(
    reading: &mut Reading,
    facts: &Facts,
    concepts: &Concepts,
    blocks: &[Block],
    sentences: &[Sentence],
) {
    let ends = ends(reading, concepts);
    let pairs = pairs(&ends, facts, concepts, blocks, sentences);
    let mut found: Vec<Relationship> = Vec::new();
    for ((one, other), pair) in &pairs {
        let (Some(one), Some(other)) = (ends.get(one), ends.get(other)) else { continue };
        if points(pair, one, other) < 0 {
            continue;
        }
        let tie = Relationship::said(one.name, other.name, AROUND, pair.at.unwrap_or_default());
        found.push(Relationship { assumed: true, ..tie });
    }
    reading.relationships.extend(found);
}

fn ends<'a>(reading: &'a Reading, concepts: &Concepts) -> BTreeMap<&'a str, End<'a>> {
    let lexicon = lexicon();
    let mut ties: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for it in &reading.relationships {
        ties.entry(&it.from).or_default().insert(&it.to);
        ties.entry(&it.to).or_default().insert(&it.from);
    }
    let end = |name: &'a str| {
        let mentions = concepts.all.get(name).map_or(&[][..], |it| &it.mentions);
        End {
            name,
            ties: ties.get(name).cloned().unwrap_or_default(),
            happens: lexicon.happens(name),
            person: lexicon.is_person(name),
            once: mentions.len() <= 1,
        }
    };
    reading.entities.iter().map(|it| (it.name.as_str(), end(&it.name))).gather()
}

/// Every pair without a tie that one sentence names, or of which one is what the text speaks of where it names the other.
fn pairs<'a>(
    ends: &BTreeMap<&'a str, End<'a>>,
    facts: &Facts,
    concepts: &Concepts,
    blocks: &[Block],
    sentences: &[Sentence],
) -> Pairs<'a> {
    let mut out = Pairs::new();
    let end_of = |phrase: &Phrase| concepts.entity(phrase).and_then(|it| ends.get(it));
    let mut block_before = None;
    for (sentence, topic) in sentences.iter().zip(&facts.topics) {
        let begins = block_before.replace(sentence.block) != Some(sentence.block);
        let Some(block) = blocks.get(sentence.block) else { continue };
        if !matches!(block.role, Role::Domain | Role::Glossary) {
            continue;
        }
        let all = chunks(sentence);
        let named: Vec<Named> = all
            .iter()
            .enumerate()
            .filter_map(|(at, it)| it.phrase().map(|phrase| (at, it, phrase)))
            .filter_map(|(at, chunk, phrase)| Some(Named { at, chunk, phrase, end: end_of(phrase)? }))
            .collect();
        let distinct: BTreeSet<&str> = named.iter().map(|it| it.end.name).gather();
        for (at, left) in named.iter().enumerate() {
            for (apart, right) in named.clip(at + 1..).iter().enumerate() {
                let Some(pair) = free(&mut out, left.end, right.end) else { continue };
                pair.told += 1;
                pair.at.get_or_insert(left.phrase.span.cover(right.phrase.span));
                pair.note(Sign::Next, apart == 0);
                pair.note(Sign::NoThird, distinct.len() == 2);
                between(pair, sentence, all, left, right);
            }
        }
        let topic = topic.as_ref().and_then(end_of).filter(|it| !distinct.contains(it.name));
        for other in &named {
            let Some(pair) = topic.and_then(|it| free(&mut out, it, other.end)) else { continue };
            pair.at.get_or_insert(other.phrase.span);
            let alone = distinct.len() == 1;
            pair.note(Sign::OfTopic, alone);
            pair.note(Sign::OpensUnderTopic, alone && other.at == 0);
            pair.note(Sign::TopicBefore, begins);
            pair.note(Sign::ListedUnderTopic, block.kind == BlockKind::Item);
            pair.note(Sign::SeveralUnderTopic, other.phrase.many);
        }
    }
    out
}

/// A thing where a sentence names it.
struct Named<'a, 'b> {
    at: usize,
    chunk: &'b Chunk,
    phrase: &'b Phrase,
    end: &'b End<'a>,
}

/// The pair of two different things that nothing ties.
fn free<'a, 'p>(pairs: &'p mut Pairs<'a>, one: &End<'a>, other: &End<'a>) -> Option<&'p mut Pair> {
    if one.name == other.name || one.ties.contains(other.name) {
        return None;
    }
    Some(pairs.entry((one.name.min(other.name), one.name.max(other.name))).or_default())
}

/// What a sentence shows of two things that it names.
fn between(pair: &mut Pair, sentence: &Sentence, all: &[Chunk], left: &Named, right: &Named) {
    let before = left.at.checked_sub(1).and_then(|it| all.get(it)).map(|it| &it.kind);
    let opens = match before {
        None => true,
        Some(ChunkKind::Verb(_) | ChunkKind::Noun(_)) => false,
        Some(_) => left.at == 1,
    };
    pair.note(Sign::Opens, opens);
    pair.note(Sign::Object, matches!(before, Some(ChunkKind::Verb(_))));
    let mid = left.chunk.to..right.chunk.from;
    pair.note(Sign::Colon, mid.clone().any(|it| sentence.word(it) == ":"));
    pair.note(Sign::Comma, mid.clone().any(|it| sentence.word(it) == ","));
    pair.note(Sign::OneToSeveral, !left.phrase.many && right.phrase.many);
    pair.note(Sign::Each, left.phrase.det == Det::Each);
    pair.note(Sign::One, right.phrase.det == Det::One);
    pair.note(Sign::Bare, right.phrase.det == Det::Bare);
}

fn points(pair: &Pair, one: &End, other: &End) -> i32 {
    let told: i32 = SIGNS.iter().filter(|(sign, _)| pair.signs >> *sign as u32 & 1 == 1).map(|it| it.1).sum();
    let of_both = |is: &dyn Fn(&End) -> bool, worth: [i32; 3]| {
        worth.get(usize::from(is(one)) + usize::from(is(other))).copied().unwrap_or_default()
    };
    let third = one.ties.intersection(&other.ties).count();
    NOTHING
        + told
        + of_both(&|it| it.happens, [0, 50, 80])
        + of_both(&|it| it.person, [0, -45, -45])
        + of_both(&|it| it.once, [0, 30, 55])
        + of_both(&|it| it.ties.len() == 1, [0, 0, 50])
        + of_both(&|it| it.ties.is_empty(), [0, 30, 0])
        + of_both(&|it| it.ties.len() >= HUB, [0, 30, 0])
        + if pair.told == 2 { 40 } else { 0 }
        + [0, -25, -50].get(third.min(2)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::brief::reading::Relationship;

    /// Long enough to be no prompt.
    fn filler() -> String {
        "A lantern has a code, a height and a colour. It stands in a harbour. ".repeat(12)
    }

    fn tie(text: &str, one: &str, other: &str) -> Option<Relationship> {
        let found = crate::brief::read(text).relationships;
        found.into_iter().find(|it| {
            it.from == one && it.to == other && it.reason == super::AROUND
                || it.from == other && it.to == one && it.reason == super::AROUND
        })
    }

    #[test]
    fn what_one_line_tells_of_two_things_without_tying_them_is_an_assumption() {
        let text = format!(
            "{}\n\nA training has a date and a place. A trainee has a name and an age. For each trainee we note \
             whether the training was passed.",
            filler()
        );
        assert!(tie(&text, "training", "trainee").is_some_and(|it| it.assumed));
    }

    #[test]
    fn what_a_new_paragraph_begins_with_has_nothing_to_do_with_what_the_last_one_told() {
        let text = format!(
            "{}\n\nA cup has a number and a volume. A clerk has a name. The clerk washes a cup.",
            filler()
        );
        assert_eq!(tie(&text, "cup", "lantern"), None);
    }

    #[test]
    fn two_things_far_apart_in_one_sentence_are_not_tied() {
        let text = format!(
            "{}\n\nA crate has a number and a weight. A pilot has a name and a licence number.\n\n\
             In summer, when fog is rare, people like the crates, the sunsets, and pilots.",
            filler()
        );
        assert_eq!(tie(&text, "crate", "pilot"), None);
    }

    #[test]
    fn each_end_of_a_tie_stands_in_the_reading() {
        let reading = crate::brief::read(&filler());
        let named = |name: &str| reading.entities.iter().any(|it| it.name == name);
        assert!(reading.relationships.iter().all(|it| named(&it.from) && named(&it.to)));
    }
}
