//! Which things belong together, and which of two refers to the other.

use wide::f32x4;

use super::candidates::{Places, Reach};
use super::elsewhere::{self, Elsewhere, OfPair};
use super::network::{Pooled, larger, pooled, positive};
use super::pairs::Prepared;
use super::properties::shares;
use super::weights::{LANES, PAIR, PairVector, TOGETHER, Vector, Weights, numbers};
use crate::base::SortedMap;

/// How many mentions one may have to do with.
const NEAR: Reach = Reach { before: 4, behind: 0 };

/// What each further place that ties two things adds, of its points.
const AGAIN: f32 = 0.3;

/// Two things that the text tells of together.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The one with the smaller number.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// How likely it is that nothing ties them.
    pub nothing: f32,
    /// That the one refers to the other.
    pub refers: f32,
    /// That the other refers to the one.
    pub referred: f32,
    /// That each has one of the other.
    pub single: f32,
    /// That each has several of the other.
    pub many: f32,
    /// The two words that tie them most.
    pub at: (usize, usize),
}

/// Judges all pairs that some place tells of together.
pub fn ties(weights: &Weights, all: &[Vector], places: &Places) -> Vec<Tie> {
    let named = || places.named.iter().map(|it| it.at);
    let prepared = Prepared::new(&weights.ties, all, named(), named());
    // A pair is near half a kilobyte, and is not moved for one that goes before it.
    let mut found: SortedMap<(usize, usize), Box<Pair>> = SortedMap::new();
    for (nth, named) in places.named.iter().enumerate() {
        for it in places.around(named.at, Some(nth), NEAR, |_| false) {
            let Some(other) = places.named.get(it.mention).filter(|it| it.thing != named.thing) else {
                continue;
            };
            let (seen, points) = prepared.judge(named.at, other.at, &it.relative);
            let points = numbers(&points);
            let at = (named.at, other.at);
            if named.thing < other.thing {
                found.or_default((named.thing, other.thing)).note(points, &seen, 0, at);
            } else {
                found.or_default((other.thing, named.thing)).note(turned(points), &seen, 1, at);
            }
        }
    }
    let first: Vec<Tie> = found.iter().map(|(ends, pair)| pair.tie(*ends, [0.0; 5])).collect();
    let elsewhere = Elsewhere::of(&first);
    let count = places.named.iter().map(|it| it.thing + 1).max().unwrap_or(0);
    let named = places.named.iter().filter_map(|it| Some((it.thing, *all.get(it.at)?)));
    let things = pooled(count, named);
    let judge = |elsewhere: &OfPair, seen: [&PairVector; 2], things: [&Pooled; 2]| {
        let mut hidden = weights.settling.apply(&together(elsewhere, seen, things));
        positive(&mut hidden);
        numbers(&weights.settled.apply(&hidden))
    };
    let settle = |((ends, pair), tie): ((&(usize, usize), &Pair), &Tie)| {
        let (Some(one), Some(two)) = (things.get(tie.one), things.get(tie.other)) else { return tie.clone() };
        let [own, other] = &pair.seen;
        let of_pair = elsewhere.of_pair(tie);
        let mut more = judge(&of_pair, [own, other], [one, two]);
        let back = turned(judge(&elsewhere::turned(of_pair), [other, own], [two, one]));
        more.iter_mut().zip(back).for_each(|(more, it)| *more += it);
        pair.tie(*ends, more)
    };
    found.iter().map(|(ends, pair)| (ends, &**pair)).zip(&first).map(settle).collect()
}

/// The same points, the pair being told the other way round.
fn turned([none, refers, referred, single, many]: [f32; 5]) -> [f32; 5] {
    [none, referred, refers, single, many]
}

/// All that is told of a pair, in one row.
fn together(
    elsewhere: &OfPair,
    [own, other]: [&PairVector; 2],
    [one, two]: [&Pooled; 2],
) -> [f32x4; TOGETHER / LANES] {
    let seen = own.iter().take(PAIR / LANES).chain(other.iter().take(PAIR / LANES));
    let mut all = elsewhere.iter().chain(seen).chain(one).chain(two);
    std::array::from_fn(|_| all.next().copied().unwrap_or_default())
}

impl Tie {
    /// The same, told the other way round.
    pub fn turned(&self) -> Self {
        let Self { one, other, refers, referred, .. } = *self;
        Self { one: other, other: one, refers: referred, referred: refers, ..self.clone() }
    }
}

/// The points of all places that tell of two things.
#[derive(Default)]
struct Pair {
    /// The most of each kind.
    most: [f32; 5],
    /// What speaks for each kind, summed.
    sums: [f32; 5],
    /// The most that speaks for something, from the side of the first of its things and of the second.
    seen: [PairVector; 2],
    told: bool,
    at: (usize, usize),
}

impl Pair {
    /// What the points make of two things, with what else speaks for each kind.
    fn tie(&self, (one, other): (usize, usize), more: [f32; 5]) -> Tie {
        let mut points = self.most;
        for (points, sum) in points.iter_mut().zip(&self.sums).skip(1) {
            *points += AGAIN * sum;
        }
        points.iter_mut().zip(more).for_each(|(points, it)| *points += it);
        let [nothing, refers, referred, single, many] = shares(&points);
        Tie { one, other, nothing, refers, referred, single, many, at: self.at }
    }

    /// Takes in what a place says, told from the first of its things; `side` is the one that it was seen from.
    fn note(&mut self, points: [f32; 5], seen: &PairVector, side: usize, at: (usize, usize)) {
        let for_a_tie = |points: &[f32; 5]| points.iter().skip(1).fold(f32::MIN, |most, it| most.max(*it));
        if !self.told || for_a_tie(&points) - points[0] > for_a_tie(&self.most) - self.most[0] {
            self.at = at;
        }
        for ((most, sum), it) in self.most.iter_mut().zip(&mut self.sums).zip(points) {
            *most = if self.told { most.max(it) } else { it };
            *sum += it.max(0.0);
        }
        for (most, it) in self.seen.iter_mut().skip(side).take(1).flatten().zip(seen) {
            *most = larger(*it, *most);
        }
        self.told = true;
    }
}
