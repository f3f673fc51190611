//! What is kept of each pair of two things that both stand for themselves, told beside the sentence that joins them: "how many
//! of each", "one of whom leads", "for each of them its own fee", "which parts fit which engine".

use super::fact::{Signal, is_plain};
use super::facts::Reader;
use super::item_values::telling;
use super::items::{Item, items, items_of_tokens};
use super::lexicon::lexicon;
use super::phrases::{Chunk, Chunked, Det, Phrase};
use super::sentences::Sentence;
use crate::base::{Clip, SortedSet, one_of};

/// A clause that may tell something of pairs.
struct Told<'a> {
    sentence: &'a Sentence,
    chunks: &'a [Chunk],
    topic: Option<&'a Phrase>,
    /// What the sentence before spoke of as several.
    several: Option<&'a Phrase>,
    /// What has told a list of its own, whatever its word means.
    owners: &'a SortedSet<String>,
}

/// What was found: the pair, what is kept of it, and the words that say so.
struct Found {
    left: Phrase,
    right: Phrase,
    items: Vec<Item>,
    words: (usize, usize),
}

/// Reads all that the sentence keeps of pairs; gives the words that say so.
pub fn read(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk]) -> Vec<(usize, usize)> {
    let (topic, several, owners) = (reader.topic.as_ref(), reader.several.as_ref(), &reader.owners);
    let told = Told { sentence, chunks, topic, several, owners };
    let found = [
        told.how_many(),
        told.one_of_them(),
        told.for_each_of_them(),
        told.under_each(),
        told.since_when(),
        told.which_of_which(),
        told.in_parentheses(),
    ];
    found.into_iter().flatten().filter_map(|it| keep(reader, it)).collect()
}

/// "For each visit the tests made are recorded: made at, result": gives the word at which the list begins.
pub fn listed(reader: &mut Reader, sentence: &Sentence, chunks: &[Chunk]) -> Option<usize> {
    let found =
        Told { sentence, chunks, topic: None, several: None, owners: &reader.owners }.done_for_each()?;
    let list = found.words.0;
    keep(reader, found);
    Some(list)
}

/// Takes in what was found; gives its words where they say what is kept.
fn keep(reader: &mut Reader, found: Found) -> Option<(usize, usize)> {
    let says = !found.items.is_empty();
    if says {
        reader.see(&found.right, Signal::SingleOwner);
    }
    reader.pays(found.left, found.right, found.items);
    says.then_some(found.words)
}

/// Whether a chunk is asked for: "which item", "what part".
pub fn is_which(sentence: &Sentence, chunks: &[Chunk], at: usize) -> bool {
    let from = chunks.start_at(at);
    sentence.says(from, "which what") || from > 0 && sentence.says(from - 1, "which what")
}

/// Whether a phrase may name a thing with rows.
pub(super) fn is_thing(it: &Phrase) -> bool {
    !it.possessor && !is_plain(&it.key) && !super::fact::names_property(it) && !lexicon().is_property(&it.key)
}

impl Told<'_> {
    /// The nearest thing before the word that is spoken of as several.
    fn several_before(&self, at: usize) -> Option<Phrase> {
        let mut before = self.chunks.iter().rev().filter(|it| it.to <= at).filter_map(Chunk::phrase);
        let opens = self.chunks.first().is_some_and(|it| it.from >= at);
        before.find(|it| it.many && is_thing(it)).or(self.several.filter(|_| opens)).cloned()
    }

    /// The other end: the subject, else what else stands before the word, else what the text is about.
    fn other(&self, right: &Phrase, at: usize) -> Option<Phrase> {
        let before: Vec<&Chunk> = self.chunks.iter().filter(|it| it.to <= at).collect();
        let verb = before.iter().position(|it| it.verb().is_some_and(|it| !it.bare));
        let fits = |it: &&Phrase| it.key != right.key && is_thing(it);
        let subject = before.clip(..verb.unwrap_or(0)).iter().filter_map(|it| it.phrase()).find(fits);
        let pronoun = before.clip(..verb.unwrap_or(0)).iter().any(|it| it.kind.is_pron("it they one"));
        let beside = || {
            before
                .clip(verb.unwrap_or(0)..)
                .iter()
                .filter_map(|it| it.phrase())
                .find(|it| fits(it) && !it.many)
        };
        let topic = || self.topic.filter(fits);
        let found = if pronoun { topic() } else { subject.or_else(beside).or_else(topic) };
        found.cloned()
    }

    fn pair(&self, right: Phrase, items: Vec<Item>, words: (usize, usize)) -> Option<Found> {
        let left = self.other(&right, words.0)?;
        Some(Found { left, right, items, words })
    }

    /// "which lots, how much of each", "how much of each payment goes to which charge".
    fn how_many(&self) -> Option<Found> {
        let sentence = self.sentence;
        let last = self.chunks.last()?.to;
        let first = self.chunks.first()?.from;
        let how = (first..last).find(|at| sentence.says(*at, "how") && sentence.says(at + 1, "many much"))?;
        let end = (how..last).find(|at| sentence.says(*at, ", ; .")).unwrap_or(last);
        let says = |word: &str| (how..end).find(|at| sentence.word(*at) == word);
        let each = says("each");
        let behind = |at: usize| {
            self.chunks.iter().find(|it| it.from <= at && at < it.to || it.from == at + 1)?.phrase().cloned()
        };
        let which = says("which").and_then(behind).filter(is_thing);
        let named = each.and_then(behind).filter(is_thing);
        let (left, right) = match (named, which) {
            (Some(left), Some(right)) if left.key != right.key => (Some(left), right),
            (Some(right), _) | (None, Some(right)) => (None, right),
            (None, None) => {
                let them = matches!(sentence.word(how + 2), "of") && sentence.says(how + 3, "it them these");
                if each.is_none() && !them && how + 2 < end {
                    return None;
                }
                (None, self.several_before(how)?)
            }
        };
        let left = match left {
            Some(left) => left,
            None => self.other(&right, how)?,
        };
        let money = |it: &Phrase| one_of(super::lexicon::last_word(&it.key), MONEY);
        let name = if sentence.says(how + 1, "much") && (money(&left) || money(&right)) {
            "amount"
        } else {
            "quantity"
        };
        let item = Item::named(name, sentence.span_of(how, end));
        Some(Found { left, right, items: vec![item], words: (how, end) })
    }

    /// "two divers are sent, one of whom is in charge", "several renters sign; one of them is the main contact".
    fn one_of_them(&self) -> Option<Found> {
        let sentence = self.sentence;
        let (first, last) = (self.chunks.first()?.from, self.chunks.last()?.to);
        let one = (first..last).find(|at| {
            sentence.says(*at, "one")
                && sentence.says(at + 1, "of")
                && sentence.says(at + 2, "whom them which")
                && sentence.says(at + 3, "is acts serves being as was")
        })?;
        let end = (one + 4..last).find(|at| sentence.says(*at, ", ; and")).unwrap_or(last);
        let words: Vec<&str> = (one + 4..end)
            .map(|at| sentence.word(at))
            .filter(|it| !one_of(it, "the a an as marked named called its their"))
            .collect();
        if words.is_empty() || words.len() > 3 {
            return None;
        }
        let said = words.join("_");
        let name = if words.first() == Some(&"in") { said } else { format!("is_{said}") };
        let item = Item { boolean: true, ..Item::named(&name, sentence.span_of(one, end)) };
        self.pair(self.several_before(one)?, vec![item], (one, end))
    }

    /// "covers many lifts, and for each of them its own fee has been agreed", "and the price for each".
    fn for_each_of_them(&self) -> Option<Found> {
        let sentence = self.sentence;
        let (first, last) = (self.chunks.first()?.from, self.chunks.last()?.to);
        let each = (first + 1..last)
            .find(|at| sentence.says(*at, "each") && sentence.says(at - 1, "for to of on by"))?;
        let of_them = sentence.says(each + 1, "of") && sentence.says(each + 2, "them these those which whom");
        let after = each + 1 + if of_them { 2 } else { 0 };
        let named = self.chunks.iter().find(|it| it.from <= each && each < it.to).and_then(Chunk::phrase);
        let before_prep = each - 1;
        let ends = after >= last || sentence.says(after, ", ; . and") || of_them;
        let right = match named {
            // "a price for each class": the noun is the other end.
            Some(named) if !of_them && is_thing(named) => return self.priced_for(named, before_prep),
            _ => self.several_before(before_prep)?,
        };
        let end = (after..last).find(|at| sentence.says(*at, "; .")).unwrap_or(last);
        let verb = self.chunks.iter().find(|it| it.from >= after && it.verb().is_some_and(|it| !it.bare));
        let to = verb.filter(|it| it.verb().is_some_and(|it| it.passive)).map_or(end, |it| it.from);
        let behind = items(sentence, after, to.max(after));
        if telling(&behind) > 0 {
            return self.pair(right, behind, (before_prep, to.max(after)));
        }
        if !ends {
            return None;
        }
        let opens = |at: &usize| sentence.says(*at, ", and with ; also add plus");
        let from = (first + 1..before_prep).rev().find(opens)? + 1;
        let found = items(sentence, from, before_prep);
        if telling(&found) == 0 {
            return None;
        }
        self.pair(right, found, (from, after))
    }

    /// "A tariff fixes the price per hour for each class": of each pair of a tariff and a class.
    fn priced_for(&self, right: &Phrase, to: usize) -> Option<Found> {
        let verb = self.chunks.iter().find(|it| it.verb().is_some_and(|it| !it.bare && !it.passive))?;
        if verb.from >= to || right.det != Det::Each {
            return None;
        }
        let left = self.other(right, verb.from).filter(|it| !lexicon().is_person(&it.key))?;
        let found = items(self.sentence, verb.to, to);
        let near = found.len() == 1 && telling(&found) == 1;
        near.then(|| Found { left, right: right.clone(), items: found, words: (verb.to, to + 1) })
    }

    /// "In every tariff each class has its price per hour".
    fn under_each(&self) -> Option<Found> {
        let each: Vec<(usize, &Phrase)> = self
            .chunks
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((at, it.phrase().filter(|it| it.det == Det::Each && is_thing(it))?)))
            .collect();
        let [(outer_at, outer), (inner_at, inner)] = each.as_slice() else { return None };
        let led =
            outer_at.checked_sub(1).is_some_and(|at| self.chunks.kind_at(at).is_prep("in at for on under"));
        let has =
            self.chunks.verb_at(inner_at + 1).is_some_and(|it| lexicon().have.contains(it.lemma.as_str()));
        if !led || !has || outer.key == inner.key {
            return None;
        }
        let from = self.chunks.end_at(inner_at + 1);
        let to = self.chunks.last()?.to;
        let found = items(self.sentence, from, to);
        (telling(&found) > 0).then(|| Found {
            left: (*outer).clone(),
            right: (*inner).clone(),
            items: found,
            words: (from, to),
        })
    }

    /// "For each visit the tests made are recorded: made at, result": of each pair of a visit and a test.
    fn done_for_each(&self) -> Option<Found> {
        let sentence = self.sentence;
        let outer = super::subjects::for_each(self.chunks).filter(is_thing)?;
        let right =
            self.chunks.iter().filter(|it| it.from > 1).filter_map(Chunk::phrase).find(|it| {
                it.many && it.key != outer.key && is_thing(it) && it.span.start > outer.span.end
            })?;
        let last = self.chunks.last()?.to;
        let colon = (2..last).find(|at| sentence.says(*at, ":"))?;
        let kept =
            |it: &Chunk| it.verb().is_some_and(|it| one_of(it.lemma.as_str(), super::recording::RECORD));
        // "several growers are asked for an offer: price, day": the list is that of the offer.
        if !self.chunks.iter().rfind(|it| it.from < colon).is_some_and(kept)
            || right.span.start > sentence.span_of(colon, colon + 1).start
        {
            return None;
        }
        let found = items(sentence, colon + 1, last);
        (telling(&found) > 0).then(|| Found {
            left: outer.clone(),
            right: right.clone(),
            items: found,
            words: (colon, last),
        })
    }

    /// "which languages a guide speaks and since when", "assigns a nurse to a ward from a date to a date".
    fn since_when(&self) -> Option<Found> {
        let sentence = self.sentence;
        let (first, last) = (self.chunks.first()?.from, self.chunks.last()?.to);
        let at = (first + 2..last).find(|at| {
            let date = |at: usize| {
                matches!((sentence.word(at), sentence.word(at + 1)), ("a" | "one" | "some", "date" | "day"))
            };
            sentence.says(*at, "since from") && sentence.says(at + 1, "when")
                || sentence.says(*at, "from") && date(at + 1) && sentence.says(at + 3, "to until till")
        })?;
        let from_to = sentence.says(at, "from");
        // "we note from when until when it is missing": only one thing is told of.
        let asks = (first..at).any(|at| sentence.says(at, "which who whom what"));
        let gives = !sentence.says(at + 1, "when");
        if !asks && !gives {
            return None;
        }
        let things: Vec<&Phrase> = self
            .chunks
            .iter()
            .filter(|it| it.to <= at)
            .filter_map(Chunk::phrase)
            .filter(|it| is_thing(it) || self.owners.contains(&it.key))
            .collect();
        let [.., one, other] = things.as_slice() else { return None };
        if one.key == other.key {
            return None;
        }
        let (left, right) = if one.many { (other, one) } else { (one, other) };
        let item =
            |name: &str, nullable: bool| Item { nullable, ..Item::named(name, sentence.span_of(at, last)) };
        let found = if from_to {
            vec![item("valid_from", false), item("valid_to", true)]
        } else {
            vec![item("since", true)]
        };
        Some(Found { left: (*left).clone(), right: (*right).clone(), items: found, words: (at, last) })
    }

    /// "which parts may be used for which engine, with a surcharge for that combination", "which goods the trader sells".
    fn which_of_which(&self) -> Option<Found> {
        let sentence = self.sentence;
        let asked = |at: usize| is_which(sentence, self.chunks, at);
        let at = (0..self.chunks.len())
            .find(|at| asked(*at) && self.chunks.phrase_at(*at).is_some_and(|it| it.many && is_thing(it)))?;
        let right = self.chunks.phrase_at(at)?;
        // "lots which came": the pronoun stands for what is before it.
        let from = self.chunks.start_at(at);
        let word = if sentence.says(from, "which what") { from } else { from.checked_sub(1)? };
        if word > 0 && matches!(sentence.tag(word - 1), super::tags::Tag::Noun | super::tags::Tag::Prep) {
            return None;
        }
        let second = (at + 1..self.chunks.len())
            .find(|it| asked(*it) && self.chunks.phrase_at(*it).is_some_and(is_thing))
            .and_then(|it| self.chunks.phrase_at(it));
        let doer = self
            .chunks
            .phrase_at(at + 1)
            .filter(|it| matches!(it.det, Det::One | Det::Each | Det::The) && is_thing(it))
            .filter(|_| self.chunks.verb_at(at + 2).is_some_and(|it| !it.bare));
        let left = second.or(doer).filter(|it| it.key != right.key)?;
        if lexicon().happens(&right.key) || lexicon().happens(&left.key) {
            return None;
        }
        let end = self.chunks.last()?.to;
        let with = (self.chunks.end_at(at)..end).find(|at| sentence.says(*at, "with"));
        let found = with.map(|with| {
            let to = (with..end)
                .find(|at| sentence.says(*at, "for") && sentence.says(at + 1, "that each this the"))
                .unwrap_or(end);
            items(sentence, with + 1, to)
        });
        let found = found.filter(|it| telling(it) > 0).unwrap_or_default();
        let from = if found.is_empty() { end } else { with.unwrap_or(end) };
        Some(Found { left: left.clone(), right: right.clone(), items: found, words: (from, end) })
    }

    /// "switches one or more lamps (each with a target state)".
    fn in_parentheses(&self) -> Option<Found> {
        let (at, tokens) = self.sentence.parens.iter().find_map(|paren| {
            let words: Vec<&str> = paren.tokens.iter().map(|it| it.word.as_str()).collect();
            match words.as_slice() {
                ["each", "with" | "has" | "having", ..] => Some((paren.after, paren.tokens.clip(2..))),
                ["with" | "a" | "an", .., "each"] => {
                    Some((paren.after, paren.tokens.clip(1..paren.tokens.len() - 1)))
                }
                _ => None,
            }
        })?;
        let right =
            self.chunks.iter().rev().filter(|it| it.to <= at).find_map(Chunk::phrase).filter(|it| it.many)?;
        let found = items_of_tokens(tokens);
        if found.is_empty() || !is_thing(right) {
            return None;
        }
        let left = self.other(right, at)?;
        Some(Found { left, right: right.clone(), items: found, words: (at, at) })
    }
}

/// Last words of things that are paid or owed. Source: English business vocabulary.
const MONEY: &str = "payment bill invoice charge receipt fee budget fund cost expense donation transfer instalment \
                      deposit account order";

#[cfg(test)]
mod tests {
    use crate::brief::{RelationshipKind, read_by_rules};

    const THINGS: &str = "Machines have a serial number, a maker and a weight. Operators have a name, a badge number and a \
                          phone. A part has a part number, a unit price and a colour. ";

    /// The junction of the two has these attributes, and no others.
    #[track_caller]
    fn check(text: &str, (one, other): (&str, &str), attributes: &[&str]) {
        let reading = read_by_rules(&format!("{THINGS}{text}"));
        let joins = reading.relationships.iter().find(|it| {
            it.kind == RelationshipKind::ManyToMany
                && [(one, other), (other, one)].contains(&(it.from.as_str(), it.to.as_str()))
        });
        let via = joins.and_then(|it| it.via.as_deref()).unwrap_or("no junction");
        let found = reading.entities.iter().find(|it| it.name == via);
        let found: Vec<&str> =
            found.map(|it| it.attributes.iter().map(|it| it.name.as_str()).collect()).unwrap_or_default();
        assert_eq!((via != "no junction", found), (true, attributes.to_vec()), "{text}");
    }

    #[test]
    fn how_many_of_each_is_told_of_the_pair() {
        check(
            "A part fits several machines and a machine takes many parts; how many of each is noted.",
            ("machine", "part"),
            &["quantity"],
        );
        check(
            "A job has a number and a date. On a job parts are used, and we write down how many of each.",
            ("job", "part"),
            &["quantity"],
        );
    }

    #[test]
    fn one_of_several_is_marked_on_the_pair() {
        let text = "Two or three operators are put on a machine, one of whom is in charge.";
        check(text, ("machine", "operator"), &["in_charge"]);
    }

    #[test]
    fn what_is_kept_for_each_is_kept_of_the_pair() {
        check(
            "A machine can switch one or more parts (each with a position).",
            ("machine", "part"),
            &["position"],
        );
        check(
            "As a planner I propose operators for a machine and store for each the score and the answer.",
            ("machine", "operator"),
            &["score", "answer"],
        );
        check(
            "A price list has a name and a start date. In every price list each part has its price.",
            ("price_list", "part"),
            &["price"],
        );
        check(
            "A price list has a name and a start date. It fixes the price for each part.",
            ("price_list", "part"),
            &["price"],
        );
    }

    #[test]
    fn which_goes_with_which_is_a_pair() {
        check(
            "Which parts can be used in which machine is stated, with a surcharge for that combination.",
            ("part", "machine"),
            &["surcharge"],
        );
        check(
            "We note which machines an operator may run and since when.",
            ("operator", "machine"),
            &["since"],
        );
    }

    #[test]
    fn what_is_its_own_is_not_told_of_pairs() {
        let reading = read_by_rules("An album has a title and several photos, each with a name and a size.");
        assert!(reading.relationships.iter().all(|it| it.kind != RelationshipKind::ManyToMany));
    }
}
