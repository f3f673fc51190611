//! The network's numbers, as `training/` leaves them: a byte a number, and for each table what one is worth.

use std::sync::LazyLock;

use wide::f32x4;

use super::signs::{COLUMNS, ENDINGS};
use crate::base::{Clip as _, WordMap};

/// How many numbers stand for a word between the layers.
pub const WIDTH: usize = 40;

/// How many numbers stand for a pair of places.
pub const PAIR: usize = 32;

/// How many numbers a word of the list has of its own.
const WORD: usize = 12;

/// How many numbers an ending has of its own.
const ENDING: usize = 8;

/// How many word lists are asked.
pub const LISTS: usize = 25;

/// How many values each column has, but for words and endings.
const VALUES: [usize; COLUMNS - 2] = [17, 18, 30, 8, 7, 8, 6, 8, 12, 6];

/// How many values each sign of a pair of places has.
pub const RELATIVE: [usize; 11] = [22, 6, 6, 6, 6, 4, 4, 4, 4, 4, 6];

/// How many numbers are told of something that may be a thing, besides its mentions.
pub const TOLD: usize = 71;

/// How sure the network is that something is a thing, in so many steps; nought where it is not asked.
pub const STEPS: usize = 6;

/// What each word is between the layers.
pub type Vector = [f32; WIDTH];

/// What each pair of places is.
pub type PairVector = [f32; PAIR];

/// Numbers that are summed at once.
type Block = [f32x4; BLOCK / 4];

/// From vectors to vectors of another length.
#[derive(Clone, Debug)]
pub struct Linear<const N: usize> {
    /// For each [`BLOCK`] of what comes out a row for each number of what comes in.
    blocks: Vec<Vec<Block>>,
    /// What comes out for nothing.
    pub bias: [f32; N],
}

/// What brings a vector back to its usual size.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Times.
    pub gain: Vector,
    /// Plus.
    pub shift: Vector,
}

/// A layer that looks at a word and at two others as far before and behind it.
#[derive(Clone, Debug)]
pub struct Near {
    /// How far.
    pub reach: usize,
    /// The numbers of the word before, of the word and of the one behind.
    pub linear: Linear<WIDTH>,
    /// Behind it.
    pub norm: Norm,
}

/// A layer that looks at all places where a word stands: their mean and their largest.
#[derive(Clone, Debug)]
pub struct Memory {
    /// Of mean and largest.
    pub linear: Linear<WIDTH>,
    /// Behind it.
    pub norm: Norm,
}

/// What judges pairs of places.
#[derive(Clone, Debug)]
pub struct Pairs<const OUT: usize> {
    /// Of the one.
    pub one: Linear<PAIR>,
    /// Of the other.
    pub other: Linear<PAIR>,
    /// Of what stands between.
    pub between: Linear<PAIR>,
    /// Of each sign of the pair.
    pub relative: Vec<Vec<PairVector>>,
    /// The judgement.
    pub out: Linear<OUT>,
}

/// The network.
#[derive(Debug)]
pub struct Weights {
    /// The words that it knows, by their row.
    pub words: WordMap<usize>,
    /// Rows of each column.
    pub columns: Vec<Vec<Vector>>,
    /// A row for each word list.
    pub lists: Vec<Vector>,
    /// Behind the sum of all these.
    pub opening: Norm,
    /// The layers before things are judged.
    pub early: [Near; 3],
    /// Between them.
    pub memory: Memory,
    /// Behind it.
    pub middle: [Near; 2],
    /// How sure a thing is.
    pub sure: Vec<Vector>,
    /// All places of a word once more.
    pub later: Memory,
    /// The layers behind.
    pub late: [Near; 2],
    /// What is told of things.
    pub thing: Linear<WIDTH>,
    /// Whether it is one.
    pub is_thing: Linear<1>,
    /// Nothing, a property and more of it, a value and more of it.
    pub parts: Linear<5>,
    /// What values are of.
    pub value_names: Linear<4>,
    /// What type a property has.
    pub types: Linear<10>,
    /// Whose a property is.
    pub owners: Pairs<1>,
    /// How much its neighbours' owners count: those before and behind it in its block, and in the one next to it.
    pub beside: Vec<PairVector>,
    /// Whose it is once those of its neighbours are known.
    pub again: Linear<1>,
    /// Whether a pair of things keeps it.
    pub of_pair: Linear<1>,
    /// No tie, the one refers to the other, the other way round, one to one, many to many.
    pub ties: Pairs<5>,
}

/// The words in order of their rows, the first of which is for all others.
const WORDS: &str = include_str!("words.txt");

/// All tables, one after the other.
const NUMBERS: &[u8] = include_bytes!("weights.bin");

/// Reads table after table.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    /// So many numbers: what one is worth, then a byte each.
    fn numbers(&mut self, count: usize) -> impl Iterator<Item = f32> + use<'_> {
        let (head, rest) = self.rest.split_at_checked(4).unwrap_or_default();
        let (own, rest) = rest.split_at_checked(count).unwrap_or_default();
        self.rest = rest;
        let worth = head.try_into().map_or(0.0, f32::from_le_bytes);
        let known = own.iter().map(move |it| f32::from(i8::from_le_bytes([*it])) * worth);
        known.chain(std::iter::repeat(0.0)).take(count)
    }

    fn vector<const N: usize>(&mut self) -> [f32; N] {
        let mut out = [0.0; N];
        out.iter_mut().zip(self.numbers(N)).for_each(|(to, it)| *to = it);
        out
    }

    fn rows<const N: usize>(&mut self, count: usize) -> Vec<[f32; N]> {
        let mut numbers = self.numbers(count * N);
        (0..count).map(|_| std::array::from_fn(|_| numbers.next().unwrap_or_default())).collect()
    }

    fn bare<const N: usize>(&mut self, from: usize) -> Linear<N> {
        Linear::new(&self.rows(from), [0.0; N])
    }

    fn linear<const N: usize>(&mut self, from: usize) -> Linear<N> {
        let rows = self.rows(from);
        Linear::new(&rows, self.vector())
    }

    fn norm(&mut self) -> Norm {
        Norm { gain: self.vector(), shift: self.vector() }
    }

    fn near<const N: usize>(&mut self, reaches: [usize; N]) -> [Near; N] {
        reaches.map(|reach| Near { reach, linear: self.linear(3 * WIDTH), norm: self.norm() })
    }

    fn memory(&mut self) -> Memory {
        Memory { linear: self.linear(2 * WIDTH), norm: self.norm() }
    }

    fn pairs<const OUT: usize>(&mut self) -> Pairs<OUT> {
        Pairs {
            one: self.linear(WIDTH),
            other: self.linear(WIDTH),
            between: self.bare(WIDTH),
            relative: RELATIVE.iter().map(|it| self.rows(*it)).collect(),
            out: self.linear(PAIR),
        }
    }

    /// Rows of few numbers, each made a vector by the same table.
    fn widened<const FEW: usize>(&mut self, count: usize) -> Vec<Vector> {
        let own: Vec<[f32; FEW]> = self.rows(count);
        let wide = self.bare::<WIDTH>(FEW);
        own.iter().map(|it| wide.apply(it)).collect()
    }
}

/// How many numbers of what comes out are summed at once.
const BLOCK: usize = 20;

/// The numbers of a block, as many as there are, as four at a time.
fn fours(numbers: &[f32]) -> Block {
    let mut all = [0.0; BLOCK];
    all.iter_mut().zip(numbers).for_each(|(to, it)| *to = *it);
    let four = |at: usize| f32x4::new([all[at], all[at + 1], all[at + 2], all[at + 3]]);
    [four(0), four(4), four(8), four(12), four(16)]
}

impl<const N: usize> Linear<N> {
    fn new(rows: &[[f32; N]], bias: [f32; N]) -> Self {
        let block = |at: usize| rows.iter().map(|row| fours(row.clip(at..))).collect();
        Self { blocks: (0..N).step_by(BLOCK).map(block).collect(), bias }
    }

    /// What comes out for what comes in.
    pub fn apply(&self, from: &[f32]) -> [f32; N] {
        let mut out = self.bias;
        self.add(0, from, &mut out);
        out
    }

    /// Adds what comes out for a part of what comes in, which begins at the number `first`. The sum of each number runs in
    /// the order of what comes in, whatever the machine does at once.
    pub fn add(&self, first: usize, from: &[f32], out: &mut [f32; N]) {
        for (block, out) in self.blocks.iter().zip(out.chunks_mut(BLOCK)) {
            let [mut sum0, mut sum1, mut sum2, mut sum3, mut sum4] = fours(out);
            for ([of0, of1, of2, of3, of4], value) in block.clip(first..).iter().zip(from) {
                let value = f32x4::splat(*value);
                sum0 += *of0 * value;
                sum1 += *of1 * value;
                sum2 += *of2 * value;
                sum3 += *of3 * value;
                sum4 += *of4 * value;
            }
            for (out, sums) in out.chunks_mut(4).zip([sum0, sum1, sum2, sum3, sum4]) {
                out.iter_mut().zip(sums.to_array()).for_each(|(to, it)| *to = it);
            }
        }
    }
}

/// The network, read on first use.
pub fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(WORDS, &mut Reader { rest: NUMBERS }));
    &WEIGHTS
}

impl Weights {
    fn read(words: &'static str, reader: &mut Reader) -> Self {
        let words: WordMap<usize> = words.lines().zip(1..).collect();
        let known = words.iter().count() + 1;
        let mut columns = vec![reader.widened::<WORD>(known), reader.widened::<ENDING>(ENDINGS as usize)];
        columns.extend(VALUES.iter().map(|it| reader.rows(*it)));
        Self {
            words,
            columns,
            lists: reader.rows(LISTS),
            opening: reader.norm(),
            early: reader.near([1, 2, 4]),
            memory: reader.memory(),
            middle: reader.near([1, 3]),
            sure: reader.rows(STEPS),
            later: reader.memory(),
            late: reader.near([1, 2]),
            thing: reader.linear(2 * WIDTH + TOLD),
            is_thing: reader.linear(WIDTH),
            parts: reader.linear(WIDTH),
            value_names: reader.linear(WIDTH),
            types: reader.linear(WIDTH),
            owners: reader.pairs(),
            beside: reader.rows(4),
            again: reader.linear(PAIR),
            of_pair: reader.linear(WIDTH),
            ties: reader.pairs(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_as_many_numbers_as_the_network_has() {
        let mut reader = Reader { rest: NUMBERS };
        let weights = Weights::read(WORDS, &mut reader);
        assert!(reader.rest.is_empty(), "{} bytes are left", reader.rest.len());
        assert_eq!(weights.columns.first().map(Vec::len), Some(WORDS.lines().count() + 1));
        assert!(weights.columns.iter().flatten().flatten().all(|it| it.is_finite()));
    }

    #[test]
    fn a_file_that_ends_early_is_read_as_noughts() {
        let mut reader = Reader { rest: &[0, 0, 128, 63, 2, 255] };
        let bits = |numbers: &[f32]| numbers.iter().map(|it| it.to_bits()).collect::<Vec<u32>>();
        assert_eq!(bits(&reader.vector::<4>()), bits(&[0.0; 4]), "a table that is not whole");
        let mut reader = Reader { rest: &[0, 0, 128, 63, 2, 255] };
        assert_eq!(bits(&reader.vector::<2>()), bits(&[2.0, -1.0]));
        assert_eq!(bits(&reader.vector::<2>()), bits(&[0.0; 2]));
    }

    #[test]
    fn sums_are_those_of_one_number_after_the_other() {
        fn check<const N: usize>() {
            let number = |at: usize| ((at * 37 % 101) as f32 - 50.0) / 7.0;
            let rows: Vec<[f32; N]> =
                (0..48).map(|row| std::array::from_fn(|at| number(row * N + at))).collect();
            let linear = Linear::new(&rows, std::array::from_fn(number));
            let from: Vec<f32> = (0..24).map(|it| number(it + 5)).collect();
            let mut found = linear.bias;
            linear.add(24, &from, &mut found);
            let mut wanted: [f32; N] = std::array::from_fn(number);
            for (row, value) in rows[24..].iter().zip(&from) {
                wanted.iter_mut().zip(row).for_each(|(to, it)| *to += it * value);
            }
            assert_eq!(found.map(f32::to_bits), wanted.map(f32::to_bits), "{N}");
        }
        check::<1>();
        check::<5>();
        check::<20>();
        check::<32>();
        check::<40>();
    }
}
