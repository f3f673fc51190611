//! Points of two places: what each is, what stands between, and how they stand to each other.

use super::network::{add, positive};
use super::weights::{Few, PairVector, Pairs, RELATIVE, Vector, same};

/// How far apart two places may be for what stands between to count.
const NEAR: usize = 60;

/// What each word is to a judge of pairs.
pub struct Prepared<'a> {
    pairs: &'a Pairs,
    /// What each word is as the one, and as the other, where it was asked for.
    own: Vec<(PairVector, PairVector)>,
    /// The sums of what stands before each word.
    sums: Vec<PairVector>,
}

impl<'a> Prepared<'a> {
    /// For pairs of one of these places and one of those, both in order. Linear in the words.
    pub fn new(
        pairs: &'a Pairs,
        words: &[Vector],
        ones: impl Iterator<Item = usize>,
        others: impl Iterator<Item = usize>,
    ) -> Self {
        let mut sums = Vec::with_capacity(words.len() + 1);
        let mut sum = PairVector::default();
        sums.push(sum);
        for word in words {
            add(&mut sum, &pairs.between.apply(word));
            sums.push(sum);
        }
        let mut own = vec![<(PairVector, PairVector)>::default(); words.len()];
        for at in ones {
            if let (Some(own), Some(word)) = (own.get_mut(at), words.get(at)) {
                own.0 = pairs.one.apply(word);
            }
        }
        let mut before = None;
        for at in others.filter(|at| before.replace(*at) != Some(*at)) {
            if let (Some(own), Some(word)) = (own.get_mut(at), words.get(at)) {
                own.1 = pairs.other.apply(word);
            }
        }
        Self { pairs, own, sums }
    }

    /// What speaks for something in a pair, and its points.
    pub fn judge(&self, one: usize, other: usize, relative: &[usize; RELATIVE.len()]) -> (PairVector, Few) {
        let mut hidden = self.pair(one, other, relative);
        positive(&mut hidden);
        (hidden, self.pairs.out.apply(&hidden))
    }

    /// The points of what a pair is.
    pub fn points(&self, pair: &PairVector) -> Few {
        let mut hidden = *pair;
        positive(&mut hidden);
        self.pairs.out.apply(&hidden)
    }

    /// What a pair is.
    pub fn pair(&self, one: usize, other: usize, relative: &[usize; RELATIVE.len()]) -> PairVector {
        let mut hidden = self.own.get(one).map_or(PairVector::default(), |it| it.0);
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
            return PairVector::default();
        };
        if high - low >= NEAR || high == low {
            return PairVector::default();
        }
        let count = same((high - low - 1).max(1) as f32);
        std::array::from_fn(|at| (to[at] - from[at]) / count)
    }
}
