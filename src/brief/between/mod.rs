//! What is kept between two things that both stand for themselves, whatever the form of the sentence: "for each guest
//! invited to a party we note", "a recipe lists foods with the amount", "pilots fly on missions, one as leader".
//!
//! This is read last, when it is known which phrases mean things and which of them stand for themselves. What was given to
//! one of both before is taken from it again.

mod again;
mod asked;
mod behind;
mod each;
mod judged;
mod listed;

use crate::base::{Span, one_of};
use crate::brief::blocks::{Block, BlockKind, Role};
use crate::brief::concepts::Concepts;
use crate::brief::fact::{Facts, names_property, phrase_of};
use crate::brief::item_values::telling;
use crate::brief::items::{Item, items};
use crate::brief::lexicon::{last_word, lexicon};
use crate::brief::model::{attribute_of_pair, give, keep_ends};
use crate::brief::payload::{join, joined, tells_of_pair};
use crate::brief::phrases::{Chunk, ChunkKind, Chunked, Det, Phrase, Verb, chunks};
use crate::brief::reading::{Attribute, Reading, Relationship};
use crate::brief::recording::RECORD;
use crate::brief::sentences::Sentence;
use crate::brief::standing::stands;

/// A phrase that means an entity.
struct Mention<'a> {
    /// Its chunk.
    at: usize,
    entity: &'a str,
    phrase: &'a Phrase,
}

/// A sentence with what it speaks of.
struct Told<'a> {
    sentence: &'a Sentence,
    chunks: &'a [Chunk],
    mentions: Vec<Mention<'a>>,
    concepts: &'a Concepts,
    reading: &'a Reading,
    /// What the sentence is about.
    topic: Option<&'a str>,
    /// The two things that the sentence before brought together.
    last: Option<(String, String)>,
    /// What the sentence before says to be done.
    done: Vec<Doing>,
}

/// What one thing does to another.
#[derive(Clone)]
struct Doing {
    /// The chunk of its verb.
    at: usize,
    verb: String,
    left: String,
    right: String,
}

/// What was found: the pair, what is kept of it, and the words that say so.
struct Found {
    left: String,
    right: String,
    items: Vec<Item>,
    words: (usize, usize),
    span: Span,
    /// The thing that keeps it, where the text calls it a thing.
    occasion: Option<String>,
    /// What is told of both is told of this word as well, which names no thing: the units that somebody holds in a fund.
    plain: Option<String>,
}

/// Reads every sentence and gives what it keeps between two things to what joins them.
pub fn read(
    reading: &mut Reading,
    blocks: &[Block],
    sentences: &[Sentence],
    facts: &Facts,
    concepts: &Concepts,
) {
    if concepts.is_stories {
        return;
    }
    let mut before: Option<(usize, String, String)> = None;
    let mut doings: Option<(usize, Vec<Doing>)> = None;
    for (at, sentence) in sentences.iter().enumerate() {
        let last = before.take().filter(|it| it.0 == sentence.block).map(|it| (it.1, it.2));
        let done = doings.take().filter(|it| it.0 == sentence.block).map_or_else(Vec::new, |it| it.1);
        let block = &blocks[sentence.block];
        if block.role != Role::Domain || block.kind == BlockKind::Heading || facts.actors.contains_key(&at) {
            continue;
        }
        let chunks = chunks(sentence);
        let mentions: Vec<Mention> = chunks
            .iter()
            .enumerate()
            .filter_map(|(at, it)| {
                let phrase = it.phrase()?;
                let entity = concepts.entity(phrase)?;
                let told = || {
                    concepts.standing.contains(entity)
                        || matches!(phrase.det, Det::Bare | Det::Each)
                            && reading
                                .entities
                                .iter()
                                .any(|it| it.name == entity && !it.attributes.is_empty())
                };
                let thing = !names_property(phrase) || phrase.key == entity && told();
                thing.then_some(Mention { at, entity, phrase })
            })
            .collect();
        let topic = facts.topics.get(at).and_then(Option::as_ref).and_then(|it| concepts.entity(it));
        let told = Told { sentence, chunks, mentions, concepts, reading, topic, last, done };
        doings = Some((sentence.block, told.doings()));
        before = told.met().map(|(one, other)| (sentence.block, one, other));
        if let Some(found) = told.found() {
            take(reading, sentence, concepts, found);
        }
    }
}

/// Takes in what was found.
fn take(reading: &mut Reading, sentence: &Sentence, concepts: &Concepts, found: Found) {
    let Found { left, right, items, words, span, occasion, plain } = found;
    let said = sentence.span_of(words.0, words.1);
    let within = |it: &Span| it.is_within(said);
    let junction = joined(reading, &left, &right);
    let is_bare = |it: &String| reading.entities.iter().all(|of| of.name != *it || !of.is_told());
    let occasion = occasion.filter(|_| junction.as_ref().is_none_or(is_bare));
    // "Members sit on committees; each seat has a start date": the seat is what joins them.
    if let (Some(junction), true) = (&junction, occasion.is_some()) {
        reading.relationships.retain(|it| it.via.as_ref() != Some(junction));
        reading.entities.retain(|it| it.name != *junction);
    }
    let via = junction
        .filter(|_| occasion.is_none())
        .or_else(|| occasion.map(|it| happen(reading, &it, [&left, &right], span)))
        .or_else(|| standing_between(reading, sentence, concepts, (&left, &right)))
        .unwrap_or_else(|| join(reading, &left, &right, span));
    // What was taken for a thing only because these words name it.
    let mut talk: Vec<String> = reading
        .entities
        .iter()
        .filter(|it| {
            let Some(concept) = concepts.all.get(&it.name) else { return false };
            it.name != left && it.name != right && it.name != via && concept.mentions.iter().all(within)
        })
        .map(|it| it.name.clone())
        .collect();
    if let Some(plain) = plain.filter(|it| *it != via) {
        let at = reading.entities.iter().position(|it| it.name == plain);
        let told = at.map(|it| reading.entities.remove(it).attributes).unwrap_or_default();
        if let Some(via) = reading.entities.iter_mut().find(|it| it.name == via) {
            let held = |it: &Attribute| via.attributes.iter().any(|held| held.name == it.name);
            let new: Vec<Attribute> = told.into_iter().filter(|it| !it.assumed && !held(it)).collect();
            via.attributes.extend(new);
        }
        talk.push(plain);
    }
    reading.entities.retain(|it| !talk.contains(&it.name));
    keep_ends(reading);
    for entity in reading.entities.iter_mut().filter(|it| it.name != via) {
        entity.attributes.retain(|it| it.evidence.is_empty() || !it.evidence.iter().all(within));
    }
    for item in items {
        let unknown = concepts.entity(&phrase_of(&item)).is_none_or(|it| talk.iter().any(|talk| talk == it));
        // Who says what is kept of both names it, whatever the word may mean elsewhere: "the goals", "a threshold".
        let named = (item.determined || item.many || !item.values.is_empty())
            && item.name.split('_').count() <= NAMED;
        if unknown && named {
            give(reading, &via, &item);
        } else {
            attribute_of_pair(reading, &via, &item, concepts);
        }
    }
}

/// What happens between two things refers to both, and says what was taken for a tie of the two.
fn happen(reading: &mut Reading, occasion: &str, ends: [&str; 2], span: Span) -> String {
    reading.relationships.retain(|it| {
        let between = ends.contains(&it.from.as_str()) && ends.contains(&it.to.as_str());
        let turned = ends.contains(&it.from.as_str()) && it.to == occasion;
        !(between || turned) || it.via.is_some() || it.role.is_some()
    });
    for end in ends {
        if !reading.relationships.iter().any(|it| it.from == occasion && it.to == end) {
            reading.relationships.push(Relationship::said(occasion, end, "it takes part in it", span));
        }
    }
    occasion.to_owned()
}

/// Of how many words the name of what is kept may be, where the word is not known.
const NAMED: usize = 3;

/// What the sentence itself names and what refers to both: "for each campaign and subscriber a delivery".
fn standing_between(
    reading: &Reading,
    sentence: &Sentence,
    concepts: &Concepts,
    (left, right): (&str, &str),
) -> Option<String> {
    let here = |it: &str| {
        concepts
            .all
            .get(it)
            .is_some_and(|it| it.mentions.iter().any(|it| sentence.span.cover(*it) == sentence.span))
    };
    let mut names = reading.entities.iter().filter(|it| !it.assumed).map(|it| it.name.as_str());
    names
        .find(|it| {
            *it != left && *it != right && here(it) && reading.refers(it, left) && reading.refers(it, right)
        })
        .map(str::to_owned)
}

/// Adjectives that only say that there is something: "in a given amount".
const SOME: &str = "given certain fixed different particular specific own exact agreed respective in at with by how \
                      individual special varying various so";

impl Found {
    /// What some words say of two things; nothing where they do not tell of a pair.
    fn of(one: &Mention, other: &Mention, items: Vec<Item>, words: (usize, usize)) -> Option<Self> {
        (telling(&items) > 0 || items.iter().any(tells_of_pair))
            .then(|| Self::surely(one, other, items, words))?
    }

    /// What words say of two things that surely tell of a pair.
    fn surely(one: &Mention, other: &Mention, items: Vec<Item>, words: (usize, usize)) -> Option<Self> {
        let span = one.phrase.span.cover(other.phrase.span);
        (!items.is_empty()).then(|| Self::between(one.entity, other.entity, items, words, span))
    }

    /// What some words say of two things that joins keep. Not inlined, as every rule makes one.
    #[inline(never)]
    fn between(left: &str, right: &str, items: Vec<Item>, words: (usize, usize), span: Span) -> Self {
        let (left, right) = (left.to_owned(), right.to_owned());
        Self { left, right, items, words, span, occasion: None, plain: None }
    }
}

impl Told<'_> {
    fn found(&self) -> Option<Found> {
        self.of_each_doing()
            .or_else(|| self.of_each_in_another())
            .or_else(|| self.in_one_each_has())
            .or_else(|| self.by_both())
            .or_else(|| self.judged())
            .or_else(|| self.who_in_which())
            .or_else(|| self.behind_both())
            .or_else(|| self.used_there())
            .or_else(|| self.of_each_again())
            .or_else(|| self.used_per())
            .or_else(|| self.there_gets())
            .or_else(|| self.with_in_list())
            .or_else(|| self.how_much_of_which())
            .or_else(|| self.noted_of_it())
            .or_else(|| self.for_each_in_the())
            .or_else(|| self.of_the_pair())
            .or_else(|| self.on_it())
            .or_else(|| self.which_were())
            .or_else(|| self.every_every())
            .or_else(|| self.of_those())
            .or_else(|| self.order_of_them())
            .or_else(|| self.given())
            .or_else(|| self.holds_so_many())
            .or_else(|| self.done_listed())
            .or_else(|| self.listed_there())
            .or_else(|| self.list_for_each())
            .or_else(|| self.of_the_doing())
    }

    /// Whether something else is said of a thing elsewhere, so that what is said here need not be of it alone.
    pub(super) fn told_elsewhere(&self, it: &str) -> bool {
        let here = self.sentence.span_of(0, self.sentence.words.len());
        let elsewhere = |it: &Span| !it.overlaps(here);
        let told = || {
            self.reading.entities.iter().find(|entity| entity.name == it).is_some_and(|entity| {
                entity.attributes.iter().filter(|it| it.evidence.iter().any(elsewhere)).count() >= 2
            })
        };
        self.concepts.maintained.contains(it) || lexicon().is_shared(it) || told()
    }

    /// Whether a thing stands for itself.
    pub(super) fn stands(&self, it: &str) -> bool {
        stands(self.concepts, it) || lexicon().is_person(it) || self.told_elsewhere(it)
    }

    /// Whether two mentions may be a pair whose rows are kept: both stand, and neither is known to be part of the other.
    pub(super) fn pairs(&self, one: &Mention, other: &Mention) -> bool {
        let happening = lexicon().happens(one.entity) && lexicon().happens(other.entity);
        let known = |it: &Mention| self.reading.entities.iter().any(|entity| entity.name == it.entity);
        one.entity != other.entity
            && !happening
            && known(one)
            && known(other)
            && self.stands(one.entity)
            && self.stands(other.entity)
    }

    /// The last two things of the sentence that come together, the one of which there are several last.
    pub(super) fn met(&self) -> Option<(String, String)> {
        self.mentions.windows(2).rev().find_map(|pair| {
            let [one, other] = pair else { return None };
            let between = self.chunks.get(one.at + 1..other.at)?;
            let tied = between.iter().all(|it| match &it.kind {
                // What somebody owns is nobody else's.
                ChunkKind::Verb(verb) => !verb.denied && verb.lemma != "own",
                ChunkKind::Prep(word) => word != "of",
                ChunkKind::Noun(_)
                | ChunkKind::And
                | ChunkKind::Sub(_)
                | ChunkKind::Pron(_)
                | ChunkKind::Other => false,
            });
            let (single, several) = match (one.phrase.many, other.phrase.many) {
                (_, true) => (one, other),
                (true, false) => (other, one),
                (false, false) => return None,
            };
            (tied && !between.is_empty() && self.pairs(single, several))
                .then(|| (single.entity.to_owned(), several.entity.to_owned()))
        })
    }

    /// The items of some words that are no things, by what they are rather than by how they differ.
    pub(super) fn items(&self, from: usize, to: usize) -> Vec<Item> {
        // "since when and at which level": a list takes "since" for a reason.
        let since = self.sentence.says(from, "since") && self.sentence.says(from + 1, "when");
        let mut found = items(self.sentence, if since { from + 2 } else { from }, to.max(from));
        if since {
            let span = self.sentence.span_of(from, from + 2);
            found.insert(0, Item { nullable: true, ..Item::named("since", span) });
        }
        // "for a period (from, to)"
        if let [only] = found.as_slice()
            && !only.parts.is_empty()
        {
            found = only.parts.clone();
        }
        for item in &mut found {
            let mut given = false;
            while let Some((first, rest)) = item.name.split_once('_')
                && one_of(first, SOME)
            {
                given |= one_of(first, "given certain fixed particular specific");
                item.name = rest.to_owned();
            }
            if one_of(last_word(&item.name), "order sequence") {
                item.name = if given { "position".to_owned() } else { String::new() };
            }
        }
        let thing = |it: &Item| {
            let known = lexicon().attribute(&it.name).is_some();
            self.concepts.chosen.contains(&it.name) && !known && it.values.is_empty()
                || it.who.is_some()
                || it.name.is_empty()
        };
        found.retain(|it| !thing(it));
        found
    }

    /// What the rest of the clause behind a mention says of two things.
    pub(super) fn said_behind(&self, last: &Mention, one: &Mention, other: &Mention) -> Option<Found> {
        let from = self.chunks.end_at(last.at + 1);
        let to = self.clause_end(from);
        Found::of(one, other, self.items(from, to), (from, to))
    }

    /// Where the clause ends that the word at `from` stands in.
    pub(super) fn clause_end(&self, from: usize) -> usize {
        let end = self.sentence.words.len();
        let opens = |at: usize| {
            let subject = self.chunks.kind_at(at + 1);
            matches!(self.chunks.kind_at(at), ChunkKind::And)
                && matches!(subject, ChunkKind::Noun(_) | ChunkKind::Pron(_))
                && self.chunks.verb_at(at + 2).is_some_and(|it| !it.bare)
        };
        let stop = |at: &usize| {
            let first = self.chunks.start_at(*at);
            first >= from && (self.sentence.says(first, "; . ! ?") || opens(*at))
        };
        (0..self.chunks.len()).find(stop).map_or(end, |at| self.chunks.start_at(at))
    }

    pub(super) fn is_each(&self, it: &Mention) -> bool {
        let per = it.at.checked_sub(1).is_some_and(|at| self.chunks.kind_at(at).is_prep("per"));
        !it.phrase.possessor && (per || it.phrase.det == Det::Each)
    }

    /// The first verb that is more than a participle, at or behind a chunk.
    pub(super) fn next_verb(&self, from: usize) -> Option<usize> {
        (from..self.chunks.len()).find(|at| self.chunks.verb_at(*at).is_some_and(|it| !it.bare))
    }

    /// The verb at a chunk, if it writes something down.
    pub(super) fn writes(&self, at: usize) -> Option<&Verb> {
        self.chunks.verb_at(at).filter(|it| one_of(it.lemma.as_str(), RECORD))
    }

    /// The words that the verb at a chunk writes down: "a and b are noted", from `after` on, or "we note a and b".
    pub(super) fn written(&self, at: usize, verb: &Verb, after: usize) -> (usize, usize) {
        if verb.passive {
            (after, self.chunks.start_at(at))
        } else {
            (self.chunks.end_at(at), self.sentence.words.len())
        }
    }

    /// Whether only a preposition stands before a chunk in its clause.
    pub(super) fn fronted(&self, at: usize) -> bool {
        let Some(prep) = at.checked_sub(1) else { return false };
        let opens = prep == 0
            || matches!(self.chunks.kind_at(prep - 1), ChunkKind::And | ChunkKind::Other | ChunkKind::Sub(_));
        opens && matches!(self.chunks.kind_at(prep), ChunkKind::Prep(_))
    }
}

#[cfg(test)]
mod tests;
