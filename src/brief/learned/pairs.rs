//! Points of two places: what each is, what stands between, and how they stand to each other.

use super::network::{add, positive};
use super::weights::{Few, Linear, PAIR, PairVector, Pairs, RELATIVE, Vector, fours_of, same};

/// How far apart two places may be for what stands between to count.
const NEAR: usize = 60;

/// What each word is to a judge of pairs.
pub struct Prepared<'a> {
    pairs: &'a Pairs,
    /// What words are as the one.
    ones: Asked,
    /// What they are as the other.
    others: Asked,
    /// The sums of what stands before each word.
    sums: Vec<PairVector>,
}

/// What the words are that were asked for.
struct Asked {
    /// For each word of the text its place in `all`, and one more; nought is of those that were not.
    places: Vec<u32>,
    all: Vec<PairVector>,
}

impl Asked {
    /// `asked` in order.
    fn new(
        linear: &Linear<{ fours_of(PAIR) }>,
        words: &[Vector],
        asked: impl Iterator<Item = usize>,
    ) -> Self {
        let mut out = Self { places: vec![0; words.len()], all: Vec::new() };
        for at in asked {
            if let (Some(place @ 0), Some(word)) = (out.places.get_mut(at), words.get(at)) {
                out.all.push(linear.apply(word));
                *place = out.all.len() as u32;
            }
        }
        out
    }

    fn get(&self, at: usize) -> Option<&PairVector> {
        let place = self.places.get(at)?.checked_sub(1)?;
        self.all.get(place as usize)
    }
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
        let (ones, others) = (Asked::new(&pairs.one, words, ones), Asked::new(&pairs.other, words, others));
        Self { pairs, ones, others, sums }
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
        let mut hidden = self.ones.get(one).copied().unwrap_or_default();
        if let Some(other) = self.others.get(other) {
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
