//! A small network that was taught on texts with models of our own (`training/`): what in a text is a thing, which words
//! name its properties, whose they are, and which things belong together.
//!
//! It sees words, parts of speech and layout, and knows some thousand words by heart; what it makes of them are points, nought
//! being even odds. It gives names and places to the stages after it, which word and explain them. The same text gives the
//! same bits everywhere: sums run in one order, and nothing depends on a library of functions.

mod candidates;
mod compounds;
mod elsewhere;
mod network;
mod pairs;
mod properties;
mod signs;
mod ties;
mod weights;

use std::ops::Range;

use self::candidates::{Named, Places};
use self::network::{early, late, of_mentions, things};
use self::properties::{Words, owners, parts, words};
use self::signs::Signs;
use self::ties::ties;
use self::weights::{TOLD, Vector, weights};
use crate::base::{Gather as _, SortedMap, Span};
use crate::brief::blocks::{Block, BlockKind, Role};
use crate::brief::concepts::Concept;
use crate::brief::fact::Signal;
use crate::brief::markup::Markup;
use crate::brief::sentences::Sentence;
use crate::brief::{Prepared, prepare};

pub use self::properties::{Owner, Type, ValueName};
pub use self::ties::Tie;

/// Signals in the order in which the network was taught them.
const SIGNALS: [Signal; 30] = [
    Signal::ListOwner,
    Signal::SingleOwner,
    Signal::Heading,
    Signal::Glossary,
    Signal::Counted,
    Signal::OneOrPer,
    Signal::Quantified,
    Signal::Subject,
    Signal::Object,
    Signal::Governed,
    Signal::BulletHead,
    Signal::Possessor,
    Signal::Mentioned,
    Signal::ManyItem,
    Signal::Item,
    Signal::Maintained,
    Signal::Value,
    Signal::ValueSet,
    Signal::Out,
    Signal::StoryObject,
    Signal::StoryMade,
    Signal::StorySeen,
    Signal::StoryMention,
    Signal::StoryReason,
    Signal::StoryActor,
    Signal::Modifier,
    Signal::Instance,
    Signal::Happens,
    Signal::Holds,
    Signal::Kept,
];

/// Points from which on a key may own properties.
const MAYBE: f32 = -1.5;

/// What the network makes of a text.
pub struct Learned {
    signs: Signs,
    /// What each word is before it is known what the things are.
    words: Vec<Vector>,
    /// Points of each key.
    points: Vec<f32>,
    /// Points of each compound that it is another thing than its last word means.
    apart: SortedMap<usize, f32>,
}

/// A key that may mean a thing.
pub struct Candidate<'a> {
    /// Its words, singular, joined by `_`; of a verb its base form.
    pub key: &'a str,
    /// Whether a verb tells of it.
    pub is_verb: bool,
    /// How sure it is a thing; nought is even.
    pub points: f32,
    /// How sure it is another thing than its last word means; none where that means nothing by itself.
    pub apart: Option<f32>,
    /// Where the text names it.
    pub mentions: Vec<Span>,
}

impl Learned {
    /// Reads a text whose sentences are tagged. Linear.
    pub fn read(text: &str, markup: &Markup, blocks: &[Block], sentences: &[Sentence]) -> Self {
        let signs = Signs::read(text, markup, blocks, sentences);
        let words = early(weights(), &signs);
        Self { signs, words, points: Vec::new(), apart: SortedMap::default() }
    }

    /// Judges what may be a thing, by what was noticed of each.
    pub fn judge(&mut self, blocks: &[Block], noticed: &SortedMap<String, Concept>) -> Vec<Candidate<'_>> {
        let told = self.told(blocks, noticed);
        let (hidden, points) = things(weights(), &self.signs, &self.words, &told);
        self.apart = compounds::apart(weights(), &self.signs, &hidden, &points);
        self.points = points;
        self.candidates(blocks)
    }

    /// Finds properties with their owners, and ties, once it is known what each key means: `thing_of` gives the number of the
    /// thing, if it is one.
    pub fn told_of(&self, blocks: &[Block], thing_of: impl Fn(&str) -> Option<usize>) -> Told {
        let signs = &self.signs;
        let things: Vec<Option<usize>> = signs.keys.words().iter().map(|it| thing_of(it)).collect();
        let named: Vec<Named> = signs
            .mentions
            .iter()
            .filter(|it| self.tells(blocks, it.head))
            .filter_map(|it| Some(Named { at: it.head, thing: (*things.get(it.key)?)? }))
            .collect();
        let shares_name = |lemma: usize, key: usize| {
            let mut parts = signs.lemmas.word(lemma).split(['-', '_']);
            let key = signs.keys.word(key);
            !key.starts_with('~') && parts.any(|part| !part.is_empty() && key.split('_').any(|it| it == part))
        };
        let all = late(weights(), signs, self.words.clone(), &self.points);
        let parts = parts(weights(), &all);
        let found = words(weights(), signs, &all, &parts);
        let at: Vec<usize> = found.iter().map(Words::at).collect();
        let maybe = |key: usize| {
            self.points.get(key).is_some_and(|it| *it > MAYBE) || things.get(key).copied().flatten().is_some()
        };
        let mentions = signs.mentions.iter().filter(|it| maybe(it.key));
        let keyed: Vec<Named> = mentions.map(|it| Named { at: it.head, thing: it.key }).collect();
        let thing_of = |key: usize| things.get(key).copied().flatten();
        let keys = Places::new(signs, blocks, &keyed, &at);
        let owners = owners(weights(), signs, &all, &keys, &found, shares_name, thing_of);
        let properties = found.iter().zip(owners).filter(|it| self.tells(blocks, it.0.at()));
        let properties = properties.map(|(words, owner)| self.property(words, owner)).collect();
        let places = Places::new(signs, blocks, &named, &at);
        let ties = ties(weights(), &all, &places);
        let ties = ties.into_iter().map(|it| (self.span(it.at.0, it.at.1), it)).collect();
        let likely = signs.all.iter().zip(&parts).map(|(sign, it)| (sign.span, 1.0 - it[0])).collect();
        Told { properties, ties, likely }
    }

    fn property(&self, words: &Words, owner: Option<Owner>) -> Property {
        let sign = |at: usize| self.signs.all.get(at);
        let place = sign(words.from).zip(sign(words.last)).and_then(|(first, last)| {
            let sentence = first.sentence.filter(|it| last.sentence == Some(*it))?;
            Some((sentence, first.at, last.at + 1))
        });
        Property {
            span: self.span(words.from, words.last),
            at: words.at(),
            place,
            values_of: words.values_of,
            likely: words.likely,
            type_of: words.type_of,
            owner,
        }
    }

    /// The words from one to another, in either order; where they stand in two clauses the later alone.
    fn span(&self, one: usize, other: usize) -> Span {
        let (low, high) = (one.min(other), one.max(other));
        let sign = |at: usize| self.signs.all.get(at);
        let Some(last) = sign(high) else { return Span::default() };
        let first = sign(low).filter(|it| it.clause == last.clause);
        first.map_or(last.span, |it| it.span.cover(last.span))
    }

    fn told(&self, blocks: &[Block], noticed: &SortedMap<String, Concept>) -> Vec<[f32; TOLD]> {
        let mut places: Vec<Vec<usize>> = vec![Vec::new(); self.signs.keys.words().len()];
        for mention in &self.signs.mentions {
            if let Some(places) = places.get_mut(mention.key) {
                places.push(mention.head);
            }
        }
        let kind_at = |at: &usize| {
            let block = self.signs.all.get(*at).and_then(|it| blocks.get(it.block));
            block.map(|it| it.kind)
        };
        let of = |(key, places): (usize, &Vec<usize>)| {
            let stands = |kind| places.iter().any(|it| kind_at(it) == Some(kind));
            let own =
                of_mentions(&self.signs, key, places, stands(BlockKind::Heading), stands(BlockKind::Row));
            let concept = self.signs.keys.words().get(key).and_then(|it| noticed.get(it));
            let times =
                |signal: &Signal| concept.and_then(|it| it.evidence.get(signal)).copied().unwrap_or(0);
            let is = |it: bool| if it { 1.0 } else { 0.0 };
            let signals = SIGNALS.iter().map(times).flat_map(|it| [is(it >= 1), is(it >= 2)]);
            let known = std::iter::once(is(concept.is_some()));
            let mut out = [0.0; TOLD];
            out.iter_mut().zip(own.into_iter().chain(signals).chain(known)).for_each(|(to, it)| *to = it);
            out
        };
        places.iter().enumerate().map(of).collect()
    }

    /// Whether a word tells of the domain: who may do what to things is read elsewhere, and how the software is made nowhere.
    fn tells(&self, blocks: &[Block], at: usize) -> bool {
        let block = self.signs.all.get(at).and_then(|it| blocks.get(it.block));
        block.is_some_and(|it| !matches!(it.role, Role::Access | Role::Aside))
    }

    fn candidates(&self, blocks: &[Block]) -> Vec<Candidate<'_>> {
        let mut mentions: Vec<Vec<Span>> = vec![Vec::new(); self.signs.keys.words().len()];
        for mention in self.signs.mentions.iter().filter(|it| self.tells(blocks, it.head)) {
            let first = self.signs.all.get(mention.from).map(|it| it.span);
            let last = self.signs.all.get(mention.to.saturating_sub(1)).map(|it| it.span);
            if let (Some(mentions), Some(first), Some(last)) = (mentions.get_mut(mention.key), first, last) {
                mentions.push(first.cover(last));
            }
        }
        let all = self.signs.keys.words().iter().zip(&self.points).zip(mentions).enumerate();
        all.filter(|(_, it)| !it.1.is_empty())
            .map(|(number, ((key, points), mentions))| {
                let verb = key.strip_prefix('~');
                let apart = self.apart.get(&number).copied();
                Candidate {
                    key: verb.unwrap_or(key),
                    is_verb: verb.is_some(),
                    points: *points,
                    apart,
                    mentions,
                }
            })
            .collect()
    }
}

/// What a text tells of things.
pub struct Told {
    /// Words that name properties, in order of place.
    pub properties: Vec<Property>,
    /// Pairs of things, with the words that tie them.
    pub ties: Vec<(Span, Tie)>,
    /// Each word, and how likely it names a property.
    likely: Vec<(Span, f32)>,
}

impl Told {
    /// Only ties.
    #[cfg(test)]
    pub fn of_ties(ties: Vec<(Span, Tie)>) -> Self {
        Self { properties: Vec::new(), ties, likely: Vec::new() }
    }

    /// The places of the properties that rest on some of these words.
    pub fn overlapping(&self, span: Span) -> Range<usize> {
        let first = self.properties.partition_point(|it| it.span.end <= span.start);
        let count = self.properties.iter().skip(first).take_while(|it| it.span.start < span.end).count();
        first..first + count
    }

    /// How likely some of these words name a property.
    pub fn likely(&self, span: Span) -> f32 {
        let first = self.likely.partition_point(|it| it.0.end <= span.start);
        let inside = self.likely.iter().skip(first).take_while(|it| it.0.start < span.end);
        inside.fold(0.0, |most, it| most.max(it.1))
    }
}

/// Words that name a property.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Where they stand.
    pub span: Span,
    /// How many words of the text stand before the one that stands for them.
    pub at: usize,
    /// The sentence, the first word and the one behind the last; none outside of sentences.
    pub place: Option<(usize, usize, usize)>,
    /// What is named by its values alone.
    pub values_of: Option<ValueName>,
    /// How likely they name one.
    pub likely: f32,
    /// What it likely is.
    pub type_of: Type,
    /// Whose it is; none where nobody is near.
    pub owner: Option<Owner>,
}

/// What the network is taught from: signs and keys as JSON, for `training/`, with what it makes of them now.
pub fn lesson(text: &str) -> serde_json::Value {
    let Prepared { markup, blocks, sentences, facts, .. } = prepare(text);
    let mut learned = Learned::read(text, &markup, &blocks, &sentences);
    let noticed = crate::brief::concepts::noticed(&facts);
    let told = learned.told(&blocks, &noticed);
    learned.judge(&blocks, &noticed);
    let signs = &learned.signs;
    // Ties of all that is rather a thing than none, each by itself.
    let likely_thing = |at: &usize| learned.points.get(*at).is_some_and(|it| *it > 0.0);
    let keys: SortedMap<&str, usize> =
        signs.keys.words().iter().zip(0..).map(|it| (it.0.as_str(), it.1)).gather();
    let made = learned.told_of(&blocks, |key| keys.get(key).copied().filter(likely_thing));
    let likely: Vec<f32> = made.likely.iter().map(|it| it.1).collect();
    let tie = |Tie { one, other, nothing, refers, referred, single, many, .. }: &Tie| {
        [*one as f32, *other as f32, *nothing, *refers, *referred, *single, *many]
    };
    let ties: Vec<f32> = made.ties.iter().flat_map(|it| tie(&it.1)).collect();
    let all: Vec<_> = signs
        .all
        .iter()
        .map(|it| {
            serde_json::json!([
                it.span.start,
                it.span.end,
                it.word,
                signs.lemmas.word(it.lemma),
                it.columns,
                it.lists,
                it.block,
                it.cell,
                it.paren,
                it.clause,
                signs.meanings.word(it.meaning),
                it.chunk.0 as usize,
                format!("{:?}", it.tag),
                it.sentence,
            ])
        })
        .collect();
    let blocks: Vec<_> = blocks.iter().map(|it| serde_json::json!([it.heading, it.parent])).collect();
    let mentions: Vec<_> = signs.mentions.iter().map(|it| [it.from, it.to, it.head, it.key]).collect();
    let apart: Vec<f32> = learned.apart.iter().map(|it| *it.1).collect();
    let told: Vec<Vec<f32>> = told.iter().map(|it| it.to_vec()).collect();
    serde_json::json!({"signs": all, "blocks": blocks, "mentions": mentions, "keys": signs.keys.words(), "told": told, "points": learned.points, "apart": apart, "likely": likely, "ties": ties})
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Lamps\n\nA lamp has a wattage.\n\n- bulbs\n  - maker, price (net)\n\n| Field | Type |\n| --- | --- |\n| colour | text |\n";

    #[test]
    fn every_word_and_sign_of_a_text_is_seen_in_order() {
        let lesson = lesson(TEXT);
        let signs = lesson["signs"].as_array().expect("signs");
        let place = |at: usize| signs.iter().map(|it| it[at].as_u64().expect("a place")).collect::<Vec<_>>();
        assert!(place(0).is_sorted() && place(0).iter().zip(place(1)).all(|(start, end)| *start < end));
        let words: Vec<&str> = signs.iter().filter_map(|it| it[2].as_str()).collect();
        for word in ["lamps", "wattage", "bulbs", "maker", "price", "net", "colour", "text"] {
            assert!(words.contains(&word), "{word} in {words:?}");
        }
        let lemmas: Vec<&str> = signs.iter().filter_map(|it| it[3].as_str()).collect();
        assert!(lemmas.contains(&"lamp") && lemmas.contains(&"bulb"));
    }

    #[test]
    fn properties_are_found_by_their_words() {
        let property = |start: usize, end: usize| Property {
            span: Span::new(start, end),
            at: 0,
            place: None,
            values_of: None,
            likely: 1.0,
            type_of: Type::Text,
            owner: None,
        };
        let properties = vec![property(2, 5), property(5, 9), property(12, 14)];
        let told = Told { properties, ties: Vec::new(), likely: Vec::new() };
        let found = |start: usize, end: usize| told.overlapping(Span::new(start, end));
        assert_eq!((found(4, 6), found(5, 6), found(9, 12)), (0..2, 1..2, 2..2));
        assert_eq!((found(0, 40), found(20, 40)), (0..3, 3..3));
    }

    #[test]
    fn each_key_that_is_mentioned_gets_points_and_the_same_ones_again() {
        let (one, other) = (lesson(TEXT), lesson(TEXT));
        assert_eq!(one, other);
        let keys = one["keys"].as_array().expect("keys");
        assert_eq!(keys.len(), one["points"].as_array().expect("points").len());
        assert!(keys.iter().any(|it| it == "lamp"), "{keys:?}");
        let mentions = one["mentions"].as_array().expect("mentions");
        assert!(mentions.iter().all(|it| it[3].as_u64().is_some_and(|it| (it as usize) < keys.len())));
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", " ", "\u{0}", "####", "| |\n", "((((", "```", "é\u{301}…\n\n—", "a"] {
            lesson(text);
        }
    }
}
