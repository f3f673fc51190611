//! Of what there is only one for another: "one report per visit", "one claim, one case", "a petition leads to at most one
//! hearing". What refers to the other is then referred to by none of its kind beside it.
//!
//! This is read last, when it is known which of two refers to the other: "one owner per car" says nothing of owners.

use super::blocks::{Block, BlockKind, Role};
use super::concepts::Concepts;
use super::fact::Facts;
use super::lexicon::last_word;
use super::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, chunks};
use super::reading::{Reading, RelationshipKind};
use super::sentences::Sentence;
use crate::base::one_of;

/// Words behind what is counted that name a second thing or a time that counts as well: "one list per election and party".
const FURTHER: &str = "and & / + or per on in within a an each every";

/// Prepositions that say where or when something holds: "in a round every worker gets one review".
const WITHIN: &str = "in at on during per for within";

/// Verbs by which one thing makes another. Source: own judgement.
const MAKING: &str = "get receive lead give come become yield produce result end";

/// Of which thing there is one for which other.
struct Single<'a> {
    one: &'a str,
    other: &'a str,
}

/// Reads every sentence that counts one of a thing for another.
pub fn read(
    reading: &mut Reading,
    blocks: &[Block],
    sentences: &[Sentence],
    facts: &Facts,
    concepts: &Concepts,
) {
    let mut found: Vec<usize> = Vec::new();
    for (nth, sentence) in sentences.iter().enumerate() {
        let block = blocks.get(sentence.block);
        if !block.is_some_and(|it| it.role == Role::Domain && it.kind != BlockKind::Heading) {
            continue;
        }
        let topic = facts.topics.get(nth).and_then(Option::as_ref);
        let told = Told { reading, concepts, sentence, chunks: chunks(sentence), topic };
        found.extend(told.per().chain(told.each_other()).chain(told.makes()).filter_map(|it| told.tie(&it)));
    }
    for at in found {
        if let Some(it) = reading.relationships.get_mut(at) {
            it.kind = RelationshipKind::OneToOne;
        }
    }
}

/// A sentence with what it speaks of.
struct Told<'a> {
    reading: &'a Reading,
    concepts: &'a Concepts,
    sentence: &'a Sentence,
    chunks: &'a [Chunk],
    topic: Option<&'a Phrase>,
}

impl<'a> Told<'a> {
    /// The thing that a phrase means.
    fn thing(&self, phrase: &'a Phrase) -> Option<&'a str> {
        let names = [self.concepts.entity(phrase), Some(phrase.key.as_str()), Some(last_word(&phrase.key))];
        names.into_iter().flatten().find(|name| self.reading.entities.iter().any(|it| it.name == *name))
    }

    /// The reference of the one to the other, if that is all that ties them.
    fn tie(&self, single: &Single) -> Option<usize> {
        let ends = |it: &&str| [single.one, single.other].contains(it);
        let mut ties = self
            .reading
            .relationships
            .iter()
            .enumerate()
            .filter(|it| ends(&it.1.from.as_str()) && ends(&it.1.to.as_str()) && it.1.from != it.1.to);
        let (at, only) = ties.next().filter(|_| ties.next().is_none())?;
        let refers = only.from == single.one && only.to == single.other;
        (refers && only.kind == RelationshipKind::ManyToOne && only.role.is_none()).then_some(at)
    }

    /// Whether something else counts as well behind a chunk: "per programme, year and month", "one sponsor at a time".
    fn goes_on(&self, at: usize) -> bool {
        let next = self.chunks.end_at(at);
        let listed = self.sentence.says(next, ",")
            && self.chunks.phrase_at(at + 2).is_some()
            && matches!(self.chunks.kind_at(at + 3), ChunkKind::And);
        let at_once =
            ["at", "a", "time"].iter().enumerate().all(|(nth, it)| self.sentence.word(next + nth) == *it);
        listed || at_once || one_of(self.sentence.word(next), FURTHER)
    }

    fn counts_one(&self, at: usize) -> bool {
        self.sentence.says(at, "one 1") || self.sentence.says(at, "a") && self.sentence.says(at + 1, "single")
    }

    /// Whether more is said than that there is one: "at most one", "exactly one".
    fn is_limited(&self, at: usize) -> bool {
        let word = self.sentence.words.get(at).map(|it| &it.token);
        word.is_some_and(|it| it.word == "one" && it.span.end - it.span.start > 3)
            || at.checked_sub(1).is_some_and(|it| self.sentence.says(it, "only maximum just precisely"))
    }

    /// "One report per visit", "a plan, one per referral", "examined once per petition".
    fn per(&self) -> impl Iterator<Item = Single<'a>> {
        (1..self.chunks.len()).filter_map(|at| {
            let each = self.chunks.phrase_at(at).filter(|it| !it.many && !it.possessor)?;
            let prep = match self.chunks.kind_at(at - 1) {
                ChunkKind::Prep(it) => it.as_str(),
                _ => return None,
            };
            let start = self.chunks.start_at(at - 1);
            let before = start.checked_sub(1)?;
            let once = self.sentence.says(before, "once");
            let is_each = prep == "per"
                || prep == "for" && matches!(each.det, Det::Each | Det::One)
                || once && prep == "against";
            if !is_each || self.goes_on(at) {
                return None;
            }
            let other = self.thing(each)?;
            let counted = at.checked_sub(2).filter(|it| self.chunks.end_at(*it) == start);
            if let Some(counted) = counted.and_then(|it| self.chunks.phrase_at(it))
                && let Some(one) = self.thing(counted)
            {
                // "An employee is on at most one list per election": one for each of both.
                let led =
                    at.checked_sub(3).is_some_and(|it| matches!(self.chunks.kind_at(it), ChunkKind::Prep(_)));
                let first = self.chunks.start_at(at - 2);
                return (self.counts_one(first) && !led).then_some(Single { one, other });
            }
            if !once && !self.counts_one(before) {
                return None;
            }
            // "Tickets, one per traveller" tells of several that hang together.
            let before = (0..at - 1).rev().filter_map(|it| self.chunks.phrase_at(it)).filter(|it| !it.many);
            let behind = (at + 1..self.chunks.len()).filter_map(|it| self.chunks.phrase_at(it));
            let named = before.chain(behind.filter(|it| once && !it.many)).chain(self.topic);
            let of_it = |it: &'a Phrase| {
                let single = Single { one: self.thing(it)?, other };
                (single.one != other && self.tie(&single).is_some()).then_some(single)
            };
            named.into_iter().find_map(of_it)
        })
    }

    /// "One claim, one case": either may be the one that refers.
    fn each_other(&self) -> impl Iterator<Item = Single<'a>> {
        (2..self.chunks.len())
            .filter_map(|at| {
                let (first, second) = (self.chunks.start_at(at - 2), self.chunks.start_at(at));
                let comma = self.sentence.says(self.chunks.start_at(at - 1), ",");
                // "One court, one date, one slot, one booking" counts all together.
                let more = self.sentence.says(self.chunks.end_at(at), ",")
                    || first.checked_sub(1).is_some_and(|it| self.sentence.says(it, ","));
                if !comma || more || self.goes_on(at) || !self.counts_one(first) || !self.counts_one(second) {
                    return None;
                }
                let one = self.thing(self.chunks.phrase_at(at - 2)?)?;
                let other = self.thing(self.chunks.phrase_at(at)?)?;
                (one != other).then_some([Single { one, other }, Single { one: other, other: one }])
            })
            .flatten()
    }

    /// "A petition leads to at most one hearing", "each episode gets one recording".
    fn makes(&self) -> impl Iterator<Item = Single<'a>> {
        (2..self.chunks.len()).filter_map(|at| {
            let counted = self.chunks.phrase_at(at).filter(|it| !it.many && !it.possessor)?;
            let verb_at = (at.saturating_sub(2)..at).rev().find(|it| self.chunks.verb_at(*it).is_some())?;
            let verb = self.chunks.verb_at(verb_at).filter(|it| !it.denied)?;
            let led = matches!(self.chunks.kind_at(at - 1), ChunkKind::Prep(_) | ChunkKind::Verb(_));
            let maker = self.chunks.phrase_at(verb_at.checked_sub(1)?).filter(|it| !it.many)?;
            let first = self.chunks.start_at(at);
            let makes = one_of(verb.lemma.as_str(), MAKING);
            let one = self.counts_one(first) && (makes || self.is_limited(first));
            let within =
                |it: &Chunk| matches!(&it.kind, ChunkKind::Prep(word) if one_of(word.as_str(), WITHIN));
            let fronted = self.chunks.get(..verb_at).is_some_and(|it| it.iter().any(within));
            if !one || !led || fronted || self.goes_on(at) {
                return None;
            }
            Some(Single { one: self.thing(counted)?, other: self.thing(maker)? })
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::{RelationshipKind, read_by_rules};

    /// Whether there is one report for a visit.
    #[track_caller]
    fn check(said: &str, single: bool) {
        let things =
            "Visits have a date and a place. Reports have a text and a mark. A report belongs to a visit.";
        let reading = read_by_rules(&format!("{things} {said}"));
        let found = reading.relationships.iter().find(|it| it.from == "report" && it.to == "visit");
        let kind = if single { RelationshipKind::OneToOne } else { RelationshipKind::ManyToOne };
        assert_eq!(found.map(|it| it.kind), Some(kind), "{said}");
    }

    #[test]
    fn what_is_counted_for_each_is_its_only_one() {
        check("There is one report per visit.", true);
        check("There is at most one report for each visit.", true);
        check("A report is written once per visit.", true);
        check("A visit leads to at most one report.", true);
        check("A visit leads to one report.", true);
    }

    #[test]
    fn several_and_what_is_counted_for_two_things_are_not() {
        check("Several reports are written per visit.", false);
        check("There is one report per visit and month.", false);
        check("In a year a visit leads to at most one report.", false);
        check("There is one visit per report.", false);
    }
}
