//! Which of two tied things refers to the other, judged once more when all is read.
//!
//! A tie points as the sentence suggests that tells it best ("a loan is repaid in instalments"); most of those that point wrongly are
//! contradicted by what else is told of both. The numbers are a logistic regression over our own and the open texts, with each set of
//! texts left out in turn (docs/reader.md).

use std::collections::BTreeMap;

use super::blocks::{Block, Role};
use super::concepts::{Concept, Concepts};
use super::fact::Signal;
use super::lexicon::lexicon;
use super::phrases::{Chunk, ChunkKind, Phrase, Verb, chunks};
use super::reading::{OnDelete, Reading, Relationship, RelationshipKind};
use super::relations::{LISTED, TAKES_PART, Vote, WEAK, points};
use super::sentences::Sentence;
use super::walk_verbs::comes_out;
use crate::base::Clip as _;

/// The reason of a tie that was turned.
const TURNED: &str = "the text ties them; what else it tells of both suggests which refers to which";

/// What it is worth, in hundredths of the regression's points, that a tie was told as it points; 30 of it keep what is nearly even.
const SETTLED: i32 = 180;

/// Prepositions by which the subject of a verb names what it refers to: "is moored at a pier".
const TOWARDS: &[&str] = &["on", "to", "at", "from", "against", "under"];

/// Two tied things in the order of their names.
type Ends<'a> = (&'a str, &'a str);

/// What the text shows of a pair. What sentences show is counted for the first end and against it.
#[derive(Default)]
struct Shown {
    /// How many ties the pair has.
    ties: usize,
    /// Whether something speaks for it that the first refers to the second.
    forth: bool,
    /// Whether something speaks for it that the second refers to the first.
    back: bool,
    /// Several of it, where the other is one.
    several: i32,
    /// One of it is named, then several of the other: "a loan … instalments".
    of_several: i32,
    /// It does something to the other: "a company signs a contract", "a list consists of points".
    does: i32,
    /// It is led to the other by a verb and a preposition.
    towards: i32,
}

/// Turns what rather refers the other way round. Linear in words, signs and ties, but for the pairs of each sentence.
pub(super) fn judge(
    reading: &mut Reading,
    told: &[Vote],
    concepts: &Concepts,
    blocks: &[Block],
    sentences: &[Sentence],
) {
    let mut pairs = pairs(&reading.relationships, told);
    look(&mut pairs, concepts, blocks, sentences);
    let turns = |it: &Relationship| {
        let pair = pairs.get(&ends(&it.from, &it.to));
        pair.is_some_and(|pair| is_open(it, pair) && speaks(it, pair, concepts) < 0)
    };
    let turned: Vec<bool> = reading.relationships.iter().map(turns).collect();
    for (tie, _) in reading.relationships.iter_mut().zip(turned).filter(|it| it.1) {
        std::mem::swap(&mut tie.from, &mut tie.to);
        tie.nullable = false;
        tie.on_delete = OnDelete::Restrict;
        if tie.reason != super::likely_ties::AROUND {
            TURNED.clone_into(&mut tie.reason);
        }
    }
}

fn ends<'a>(one: &'a str, other: &'a str) -> Ends<'a> {
    (one.min(other), one.max(other))
}

/// Whether the text leaves open how a tie points: no role says so, no usual shape, and nothing else ties the two.
fn is_open(it: &Relationship, pair: &Shown) -> bool {
    it.kind == RelationshipKind::ManyToOne
        && it.from != it.to
        && it.role.is_none()
        && !it.evidence.is_empty()
        && pair.ties == 1
}

/// Every tied pair, with what speaks for either way.
fn pairs<'a>(ties: &'a [Relationship], told: &'a [Vote]) -> BTreeMap<Ends<'a>, Shown> {
    let mut out: BTreeMap<Ends, Shown> = BTreeMap::new();
    for it in ties {
        out.entry(ends(&it.from, &it.to)).or_default().ties += 1;
    }
    for it in told.iter().filter(|it| it.weight >= WEAK && it.kind != RelationshipKind::ManyToMany) {
        let Some(pair) = out.get_mut(&ends(&it.from, &it.to)) else { continue };
        pair.forth |= it.from < it.to;
        pair.back |= it.from > it.to;
    }
    out
}

/// Adds what sentences show of each pair.
fn look<'a>(
    pairs: &mut BTreeMap<Ends<'a>, Shown>,
    concepts: &'a Concepts,
    blocks: &[Block],
    sentences: &[Sentence],
) {
    for sentence in sentences {
        let told =
            blocks.get(sentence.block).is_some_and(|it| matches!(it.role, Role::Domain | Role::Glossary));
        if !told {
            continue;
        }
        let all = chunks(sentence);
        let named: Vec<(usize, &Phrase, &str)> = concepts.named(all).collect();
        for (nth, (at, left, one)) in named.iter().enumerate() {
            for (apart, (to, right, other)) in named.clip(nth + 1..).iter().enumerate() {
                let Some(pair) = pairs.get_mut(&ends(one, other)) else { continue };
                let sign = if one < other { 1 } else { -1 };
                pair.several += sign * (i32::from(left.many) - i32::from(right.many));
                pair.of_several += sign * i32::from(right.many && !left.many);
                let Some((verb, word)) = only_verb(all.clip(at + 1..*to)).filter(|_| apart == 0) else {
                    continue;
                };
                let does = does(verb, word);
                pair.does += sign * i32::from(does);
                pair.towards += sign * i32::from(!does && word.is_some_and(|it| TOWARDS.contains(&it)));
            }
        }
    }
}

/// The verb between two things that are named one behind the other, if it is the only one, with the last preposition.
fn only_verb(between: &[Chunk]) -> Option<(&Verb, Option<&str>)> {
    let mut verbs = between.iter().filter_map(Chunk::verb);
    let verb = verbs.next().filter(|_| verbs.next().is_none())?;
    let word = between.iter().rev().find_map(|it| match &it.kind {
        ChunkKind::Prep(word) => Some(word.as_str()),
        ChunkKind::Noun(_)
        | ChunkKind::Verb(_)
        | ChunkKind::And
        | ChunkKind::Sub(_)
        | ChunkKind::Pron(_)
        | ChunkKind::Other => None,
    });
    Some((verb, word))
}

/// Whether a verb says what its subject does to the object, of what it consists or what comes out of it.
fn does(verb: &Verb, word: Option<&str>) -> bool {
    match word {
        Some(word) => !verb.passive && lexicon().have.contains(verb.lemma.as_str()) || comes_out(verb, word),
        None => !verb.passive && verb.lemma != "be",
    }
}

/// Points for a tie as it points; below zero it rather points the other way.
fn speaks(tie: &Relationship, shown: &Shown, concepts: &Concepts) -> i32 {
    let lexicon = lexicon();
    let (from, to) = (tie.from.as_str(), tie.to.as_str());
    let of = |it: &str| concepts.all.get(it);
    let first = |it: &str| of(it).and_then(|it| it.mentions.first()).map_or(0, |it| it.start);
    let governed = |it: &str| i32::from(of(it).is_some_and(|it: &Concept| it.has(Signal::Governed)));
    let person = |it: &str| i32::from(lexicon.is_person(it));
    let later = (i64::from(first(from)) - i64::from(first(to))).signum();
    let later = i32::try_from(later).unwrap_or_default();
    let happen = i32::from(lexicon.happens(from) && lexicon.happens(to));
    let sign = if from < to { 1 } else { -1 };
    let against = if from < to { shown.back } else { shown.forth };
    let settled = tie.reason != super::likely_ties::AROUND;
    SETTLED * i32::from(settled) - 165 * i32::from(against)
        + 95 * i32::from(tie.reason == LISTED)
        + 95 * i32::from(tie.reason == TAKES_PART)
        + (55 + 135 * happen) * later
        + 130 * (points(from, to) - points(to, from))
        - 95 * (person(from) - person(to))
        - 55 * (governed(from) - governed(to))
        + 80 * sign * shown.several.signum()
        - 130 * sign * shown.of_several.signum()
        - 125 * sign * shown.does.signum()
        + 185 * sign * shown.towards.signum()
}

#[cfg(test)]
mod tests {
    use crate::brief::reading::{Reading, Relationship};

    /// What a text says behind enough words to be no prompt.
    fn read(text: &str) -> Reading {
        let filler = "A lantern has a code, a height and a colour. It stands in a harbour. ".repeat(12);
        crate::brief::read(&format!("{filler}\n\n{text}"))
    }

    /// Holds that the first refers to the second, and whether that is so only since the tie was turned.
    #[track_caller]
    fn check(text: &str, (from, to): (&str, &str), turned: bool) {
        let ties = read(text).relationships;
        let of_both = |it: &&Relationship| super::ends(&it.from, &it.to) == super::ends(from, to);
        let found: Vec<(&str, bool)> =
            ties.iter().filter(of_both).map(|it| (it.from.as_str(), it.reason == super::TURNED)).collect();
        assert_eq!(found, [(from, turned)], "{text}");
    }

    #[test]
    fn what_something_is_repaid_in_refers_to_it() {
        let text = "A loan has a number and an amount. A loan is repaid in instalments. An instalment has a due date and an amount.";
        check(text, ("instalment", "loan"), true);
    }

    #[test]
    fn what_something_needs_is_issued_for_it() {
        let text =
            "A barge has a name. A barge needs a permit. A permit has a number and is issued for a barge.";
        check(text, ("permit", "barge"), true);
    }

    #[test]
    fn what_is_bought_against_something_refers_to_it() {
        let text = "A permit has a number and a date. Vouchers have a code and a price. Vouchers are bought against a permit.";
        check(text, ("voucher", "permit"), true);
    }

    #[test]
    fn what_something_leads_to_comes_out_of_it() {
        let text = "A sketch has a title. A sketch turns into a mould. A mould has a number and a weight.";
        check(text, ("mould", "sketch"), false);
    }

    #[test]
    fn what_is_told_once_and_plainly_stays_as_it_was_told() {
        let text = "A pier has a name. A barge has a name and a length. A barge is moored at a pier.";
        check(text, ("barge", "pier"), false);
    }

    #[test]
    fn what_has_a_role_stays_as_it_was_told() {
        let text = "A project has a name and a manager who is an employee. An employee has a name. An employee has a project.";
        check(text, ("project", "employee"), false);
    }
}
