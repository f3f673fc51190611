//! The words that name properties, and whose they are.

use super::candidates::{Found, Places, Reach};
use super::network::{largest, positive, power, single};
use super::pairs::Prepared;
use super::signs::{Chunking, Signs};
use super::weights::{PairVector, Vector, Weights, numbers, same};
use crate::base::SortedMap;
use crate::brief::tokens::Kind;

/// How many mentions may own a property.
const OWNERS: Reach = Reach { before: 6, behind: 3 };

/// Words that name a property or its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Words {
    /// The first.
    pub from: usize,
    /// The last.
    pub last: usize,
    /// What is named by its values alone.
    pub values_of: Option<ValueName>,
    /// How likely they do.
    pub likely: f32,
    /// What it likely is.
    pub type_of: Type,
}

impl Words {
    /// The word that stands for all of them.
    pub fn at(&self) -> usize {
        if self.values_of.is_some() { self.from } else { self.last }
    }
}

/// What is told by its values alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueName {
    /// A status, or a stage.
    Status,
    /// A kind, or whatever else.
    Kind,
    /// A role.
    Role,
    /// A decision, or an outcome.
    Decision,
}

/// In the order in which the network was taught them.
const VALUE_NAMES: [ValueName; 4] =
    [ValueName::Status, ValueName::Kind, ValueName::Role, ValueName::Decision];

/// Types as the network tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Words, or a number that nobody reckons with.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Numeric,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    Moment,
    /// A time of day.
    Time,
    /// How long.
    Interval,
    /// One of some values.
    Values,
    /// Any other.
    Other,
}

/// In the order in which the network was taught them.
const TYPES: [Type; 10] = [
    Type::Text,
    Type::Integer,
    Type::Numeric,
    Type::Boolean,
    Type::Date,
    Type::Moment,
    Type::Time,
    Type::Interval,
    Type::Values,
    Type::Other,
];

/// Whose a property is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Owner {
    /// Which thing; none where a pair of things keeps it.
    pub thing: Option<usize>,
    /// How likely.
    pub likely: f32,
}

/// Finds all words that rather name a property than nothing.
pub fn words(weights: &Weights, signs: &Signs, all: &[Vector], parts: &[[f32; 5]]) -> Vec<Words> {
    let names = |it: &[f32; 5]| it[0] < 0.5;
    let opens = |it: &[f32; 5]| {
        let most = it.iter().fold(0.0_f32, |most, it| most.max(*it));
        it[1] >= most || it[3] >= most
    };
    let is_value = |it: &[f32; 5]| it[3] + it[4] > 0.5;
    let mut out: Vec<Words> = Vec::new();
    let mut before: Option<(usize, bool)> = None;
    for (at, (part, sign)) in parts.iter().zip(&signs.all).enumerate() {
        // No name goes on behind a comma, and none begins inside a phrase: "first name, last name" are two.
        let parts = sign.kind == Kind::Sign && matches!(sign.word.as_str(), "," | ";") && !is_value(part);
        if !names(part) || parts {
            before = None;
            continue;
        }
        let inside = sign.chunk == (Chunking::Noun, false) && !is_value(part);
        let goes_on = before == Some((sign.block, is_value(part))) && (inside || !opens(part));
        before = Some((sign.block, is_value(part)));
        match out.last_mut().filter(|_| goes_on) {
            Some(last) => last.last = at,
            None => {
                let values_of = is_value(part).then(|| {
                    let names = all.get(at).map(|it| weights.value_names.apply(it)).unwrap_or_default();
                    let names: [f32; VALUE_NAMES.len()] = numbers(&names);
                    let name = largest(&names).and_then(|it| VALUE_NAMES.get(it));
                    name.copied().unwrap_or(ValueName::Kind)
                });
                out.push(Words { from: at, last: at, values_of, likely: 1.0 - part[0], type_of: Type::Text });
            }
        }
    }
    for words in &mut out {
        let points = all.get(words.last).map(|it| weights.types.apply(it)).unwrap_or_default();
        let of = largest(&numbers::<{ TYPES.len() }>(&points)).and_then(|it| TYPES.get(it));
        words.type_of = of.copied().unwrap_or(Type::Text);
    }
    out
}

/// How likely each word is nothing, opens a property or goes on with it, opens a value or goes on with it.
pub fn parts(weights: &Weights, all: &[Vector]) -> Vec<[f32; 5]> {
    all.iter().map(|it| shares(&numbers(&weights.parts.apply(it)))).collect()
}

/// A mention that may own a property.
struct Choice {
    /// Which of the keys.
    key: usize,
    /// What the two places are.
    pair: PairVector,
}

/// What is known of a property's owners.
#[derive(Default)]
struct Chosen {
    choices: Vec<Choice>,
    /// How likely each key owns it at first sight.
    first: SortedMap<usize, f32>,
    /// That a pair of things does, not made a share.
    nobody: f32,
}

/// Who owns each of the words; none where nobody is near. Each mention's thing is its key; `thing_of` tells which thing that is
/// in the end, `shares_name` whether a word is a part of a key.
pub fn owners(
    weights: &Weights,
    signs: &Signs,
    all: &[Vector],
    places: &Places,
    found: &[Words],
    shares_name: impl Fn(usize, usize) -> bool,
    thing_of: impl Fn(usize) -> Option<usize>,
) -> Vec<Option<Owner>> {
    let named = places.named.iter().map(|it| it.at);
    let prepared = Prepared::new(&weights.owners, all, found.iter().map(Words::at), named);
    let chosen = |words: &Words| {
        let at = words.at();
        let Some(lemma) = signs.all.get(at).map(|it| it.lemma) else { return Chosen::default() };
        let around = places.around(at, None, OWNERS, |key| shares_name(lemma, key));
        let choice = |it: &Found| {
            let named = places.named.get(it.mention)?;
            Some(Choice { key: named.thing, pair: prepared.pair(at, named.at, &it.relative) })
        };
        let choices: Vec<Choice> = around.iter().filter_map(choice).collect();
        let nobody = all.get(at).map_or(0.0, |it| power(single(&weights.of_pair, it)));
        let mut first: SortedMap<usize, f32> = SortedMap::new();
        for it in &choices {
            let [points] = numbers(&prepared.points(&it.pair));
            *first.or_default(it.key) += power(points);
        }
        let sum = first.values().sum::<f32>() + nobody;
        for (_, it) in first.iter_mut() {
            *it /= sum;
        }
        Chosen { choices, first, nobody }
    };
    let chosen: Vec<Chosen> = found.iter().map(chosen).collect();
    let block = |nth: usize| found.get(nth).and_then(|it| signs.all.get(it.at())).map(|it| it.block);
    let (chosen, block) = (&chosen, &block);
    // How much each neighbour speaks for a key, and by which row of `beside`.
    let beside = |nth: usize, key: usize| {
        let neighbours = [nth.checked_sub(1), nth.checked_add(1)].into_iter().zip([0, 2]);
        neighbours.filter_map(move |(other, row)| {
            let other = other?;
            let apart = block(nth)?.abs_diff(block(other)?);
            let row = (apart <= 1).then(|| weights.beside.get(row + apart))??;
            Some((row, chosen.get(other)?.first.get(&key).copied()?))
        })
    };
    let owner = |(nth, own): (usize, &Chosen)| {
        if own.choices.is_empty() {
            return None;
        }
        let mut points: SortedMap<usize, f32> = SortedMap::new();
        let mut sum = own.nobody;
        for it in &own.choices {
            let mut hidden = it.pair;
            for (row, share) in beside(nth, it.key) {
                let share = same(share);
                hidden.iter_mut().zip(row).for_each(|(to, it)| *to += *it * share);
            }
            positive(&mut hidden);
            let own = power(single(&weights.again, &hidden));
            sum += own;
            if let Some(thing) = thing_of(it.key) {
                *points.or_default(thing) += own;
            }
        }
        let (thing, most) =
            points.iter().fold(
                (None, 0.0),
                |most: (Option<usize>, f32), (thing, it)| {
                    if *it > most.1 { (Some(*thing), *it) } else { most }
                },
            );
        if own.nobody > most {
            return Some(Owner { thing: None, likely: own.nobody / sum });
        }
        thing.map(|thing| Owner { thing: Some(thing), likely: most / sum })
    };
    chosen.iter().enumerate().map(owner).collect()
}

/// Points as shares of one.
pub fn shares<const N: usize>(points: &[f32; N]) -> [f32; N] {
    let most = points.iter().fold(f32::MIN, |most, it| most.max(*it));
    let powers = points.map(|it| power(it - most));
    let sum: f32 = powers.iter().sum();
    powers.map(|it| it / sum)
}
