//! Points of two places: what each is, what stands between, and how they stand to each other.

use super::network::{add, positive};
use super::weights::{PAIR, PairVector, Pairs, RELATIVE, Vector};

/// How far apart two places may be for what stands between to count.
const NEAR: usize = 60;

/// What each word is to a judge of pairs.
pub struct Prepared<'a, const OUT: usize> {
    pairs: &'a Pairs<OUT>,
    /// What each word is as the one and as the other.
    own: Vec<(PairVector, PairVector)>,
    /// The sums of what stands before each word.
    sums: Vec<PairVector>,
}

impl<'a, const OUT: usize> Prepared<'a, OUT> {
    /// Linear in the words.
    pub fn new(pairs: &'a Pairs<OUT>, words: &[Vector]) -> Self {
        let mut sums = vec![[0.0; PAIR]];
        let mut sum = [0.0; PAIR];
        for word in words {
            add(&mut sum, &pairs.between.apply(word));
            sums.push(sum);
        }
        let own = words.iter().map(|it| (pairs.one.apply(it), pairs.other.apply(it))).collect();
        Self { pairs, own, sums }
    }

    /// The points of a pair.
    pub fn judge(&self, one: usize, other: usize, relative: &[usize; RELATIVE.len()]) -> [f32; OUT] {
        self.points(&self.pair(one, other, relative))
    }

    /// The points of what a pair is.
    pub fn points(&self, pair: &PairVector) -> [f32; OUT] {
        let mut hidden = *pair;
        positive(&mut hidden);
        self.pairs.out.apply(&hidden)
    }

    /// What a pair is.
    pub fn pair(&self, one: usize, other: usize, relative: &[usize; RELATIVE.len()]) -> PairVector {
        let mut hidden = self.own.get(one).map_or([0.0; PAIR], |it| it.0);
        if let Some((_, other)) = self.own.get(other) {
            add(&mut hidden, other);
        }
        add(&mut hidden, &self.between(one, other));
        for (rows, row) in self.pairs.relative.iter().zip(relative) {
            if let Some(row) = rows.get(*row) {
                add(&mut hidden, row);
            }
        }
        hidden
    }

    /// The mean of what stands between.
    fn between(&self, one: usize, other: usize) -> PairVector {
        let (low, high) = (one.min(other), one.max(other));
        let (Some(from), Some(to)) = (self.sums.get(low + 1), self.sums.get(high)) else {
            return [0.0; PAIR];
        };
        if high - low >= NEAR || high == low {
            return [0.0; PAIR];
        }
        let count = (high - low - 1).max(1) as f32;
        std::array::from_fn(|at| (to[at] - from[at]) / count)
    }
}
