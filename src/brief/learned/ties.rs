//! Which things belong together, and which of two refers to the other.

use super::candidates::{Places, Reach};
use super::pairs::Prepared;
use super::properties::shares;
use super::weights::{Vector, Weights, numbers};
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
    let mut found: SortedMap<(usize, usize), Pair> = SortedMap::new();
    for (nth, named) in places.named.iter().enumerate() {
        for it in places.around(named.at, Some(nth), NEAR, |_| false) {
            let Some(other) = places.named.get(it.mention).filter(|it| it.thing != named.thing) else {
                continue;
            };
            let judged = prepared.judge(named.at, other.at, &it.relative);
            let [none, refers, referred, single, many] = numbers(&judged);
            let (points, key) = if named.thing < other.thing {
                ([none, refers, referred, single, many], (named.thing, other.thing))
            } else {
                ([none, referred, refers, single, many], (other.thing, named.thing))
            };
            found.or_default(key).note(points, (named.at, other.at));
        }
    }
    let tie = |((one, other), pair): ((usize, usize), Pair)| {
        let mut points = pair.most;
        for (points, sum) in points.iter_mut().zip(&pair.sums).skip(1) {
            *points += AGAIN * sum;
        }
        let [nothing, refers, referred, single, many] = shares(&points);
        Tie { one, other, nothing, refers, referred, single, many, at: pair.at }
    };
    found.into_iter().map(tie).collect()
}

/// The points of all places that tell of two things.
#[derive(Default)]
struct Pair {
    /// The most of each kind.
    most: [f32; 5],
    /// What speaks for each kind, summed.
    sums: [f32; 5],
    told: bool,
    at: (usize, usize),
}

impl Pair {
    fn note(&mut self, points: [f32; 5], at: (usize, usize)) {
        let for_a_tie = |points: &[f32; 5]| points.iter().skip(1).fold(f32::MIN, |most, it| most.max(*it));
        if !self.told || for_a_tie(&points) - points[0] > for_a_tie(&self.most) - self.most[0] {
            self.at = at;
        }
        for ((most, sum), it) in self.most.iter_mut().zip(&mut self.sums).zip(points) {
            *most = if self.told { most.max(it) } else { it };
            *sum += it.max(0.0);
        }
        self.told = true;
    }
}
