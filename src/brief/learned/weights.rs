//! The network's numbers, as `training/` leaves them: a byte a number, and for each table what one is worth.

use std::sync::LazyLock;

use wide::f32x4;

use super::signs::{COLUMNS, ENDINGS};
use crate::base::{Clip as _, WordMap};

/// How many numbers the machine takes at once.
pub const LANES: usize = 4;

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

/// How many fours of what comes out are summed at once; more sums do not fit into the registers.
const BLOCK: usize = 5;

/// So many numbers in whole blocks of fours; what is over is nought.
pub const fn fours_of(numbers: usize) -> usize {
    numbers.div_ceil(BLOCK * LANES) * BLOCK
}

/// What each word is between the layers.
pub type Vector = [f32x4; fours_of(WIDTH)];

/// What each pair of places is.
pub type PairVector = [f32x4; fours_of(PAIR)];

/// A few numbers.
pub type Few = [f32x4; BLOCK];

/// From vectors to vectors of another length, of `N` fours in whole blocks.
#[derive(Clone, Debug)]
pub struct Linear<const N: usize> {
    /// For each block of what comes out a row for each number of what comes in.
    blocks: Vec<Vec<[f32x4; BLOCK]>>,
    /// What comes out for nothing.
    pub bias: [f32x4; N],
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
    pub linear: Linear<{ fours_of(WIDTH) }>,
    /// Behind it.
    pub norm: Norm,
}

/// A layer that looks at all places where a word stands: their mean and their largest.
#[derive(Clone, Debug)]
pub struct Memory {
    /// Of mean and largest.
    pub linear: Linear<{ fours_of(WIDTH) }>,
    /// Behind it.
    pub norm: Norm,
}

/// What judges pairs of places.
#[derive(Clone, Debug)]
pub struct Pairs {
    /// Of the one.
    pub one: Linear<{ fours_of(PAIR) }>,
    /// Of the other.
    pub other: Linear<{ fours_of(PAIR) }>,
    /// Of what stands between.
    pub between: Linear<{ fours_of(PAIR) }>,
    /// Of each sign of the pair.
    pub relative: Vec<Vec<PairVector>>,
    /// The judgement.
    pub out: Linear<BLOCK>,
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
    pub thing: Linear<{ fours_of(WIDTH) }>,
    /// Whether it is one.
    pub is_thing: Linear<BLOCK>,
    /// Nothing, a property and more of it, a value and more of it.
    pub parts: Linear<BLOCK>,
    /// What values are of.
    pub value_names: Linear<BLOCK>,
    /// What type a property has.
    pub types: Linear<BLOCK>,
    /// Whose a property is.
    pub owners: Pairs,
    /// How much its neighbours' owners count: those before and behind it in its block, and in the one next to it.
    pub beside: Vec<PairVector>,
    /// Whose it is once those of its neighbours are known.
    pub again: Linear<BLOCK>,
    /// Whether a pair of things keeps it.
    pub of_pair: Linear<BLOCK>,
    /// No tie, the one refers to the other, the other way round, one to one, many to many.
    pub ties: Pairs,
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

    /// A vector of `N` fours; of the last only `count` are told.
    fn vector<const N: usize>(&mut self, count: usize) -> [f32x4; N] {
        fours(&mut self.numbers(count), count)
    }

    fn rows<const N: usize>(&mut self, rows: usize, count: usize) -> Vec<[f32x4; N]> {
        let mut numbers = self.numbers(rows * count);
        (0..rows).map(|_| fours(&mut numbers, count)).collect()
    }

    fn bare<const N: usize>(&mut self, from: usize, to: usize) -> Linear<N> {
        Linear::new(&self.rows(from, to), [f32x4::ZERO; N])
    }

    fn linear<const N: usize>(&mut self, from: usize, to: usize) -> Linear<N> {
        let rows = self.rows(from, to);
        Linear::new(&rows, self.vector(to))
    }

    fn norm(&mut self) -> Norm {
        Norm { gain: self.vector(WIDTH), shift: self.vector(WIDTH) }
    }

    fn near<const N: usize>(&mut self, reaches: [usize; N]) -> [Near; N] {
        reaches.map(|reach| Near { reach, linear: self.linear(3 * WIDTH, WIDTH), norm: self.norm() })
    }

    fn memory(&mut self) -> Memory {
        Memory { linear: self.linear(2 * WIDTH, WIDTH), norm: self.norm() }
    }

    fn pairs(&mut self, to: usize) -> Pairs {
        Pairs {
            one: self.linear(WIDTH, PAIR),
            other: self.linear(WIDTH, PAIR),
            between: self.bare(WIDTH, PAIR),
            relative: RELATIVE.iter().map(|it| self.rows(*it, PAIR)).collect(),
            out: self.linear(PAIR, to),
        }
    }

    /// Rows of few numbers, each made a vector by the same table.
    fn widened(&mut self, rows: usize, few: usize) -> Vec<Vector> {
        let own: Vec<Few> = self.rows(rows, few);
        let wide = self.bare(few, WIDTH);
        own.iter().map(|it| wide.apply(it)).collect()
    }
}

/// So many numbers, four by four.
fn fours<const N: usize>(numbers: &mut impl Iterator<Item = f32>, count: usize) -> [f32x4; N] {
    let mut left = numbers.take(count);
    std::array::from_fn(|_| f32x4::new(std::array::from_fn(|_| left.next().unwrap_or_default())))
}

/// The first of these numbers.
pub fn numbers<const N: usize>(from: &[f32x4]) -> [f32; N] {
    let mut all = from.iter().flat_map(|it| it.to_array());
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

impl<const N: usize> Linear<N> {
    fn new(rows: &[[f32x4; N]], bias: [f32x4; N]) -> Self {
        let block = |at: usize| {
            let part = |row: &[f32x4; N]| row.as_chunks().0.get(at).copied().unwrap_or_default();
            rows.iter().map(part).collect()
        };
        Self { blocks: (0..N / BLOCK).map(block).collect(), bias }
    }

    /// What comes out for what comes in.
    pub fn apply(&self, from: &[f32x4]) -> [f32x4; N] {
        let mut out = self.bias;
        self.add(0, from, &mut out);
        out
    }

    /// Adds what comes out for a part of what comes in, which begins at the number `first`. The sum of each number runs in
    /// the order of what comes in, whatever the machine does at once.
    pub fn add(&self, first: usize, from: &[f32x4], out: &mut [f32x4; N]) {
        for (rows, sums) in self.blocks.iter().zip(out.as_chunks_mut().0) {
            let [mut sum0, mut sum1, mut sum2, mut sum3, mut sum4] = *sums;
            for (rows, four) in rows.clip(first..).chunks(LANES).zip(from) {
                for ([of0, of1, of2, of3, of4], value) in rows.iter().zip(four.to_array()) {
                    // `splat` goes by way of memory in WebAssembly, at four times the cost of all the rest.
                    let value = f32x4::new([value, value, value, value]);
                    sum0 += *of0 * value;
                    sum1 += *of1 * value;
                    sum2 += *of2 * value;
                    sum3 += *of3 * value;
                    sum4 += *of4 * value;
                }
            }
            *sums = [sum0, sum1, sum2, sum3, sum4];
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
        let mut columns = vec![reader.widened(known, WORD), reader.widened(ENDINGS as usize, ENDING)];
        columns.extend(VALUES.iter().map(|it| reader.rows(*it, WIDTH)));
        Self {
            words,
            columns,
            lists: reader.rows(LISTS, WIDTH),
            opening: reader.norm(),
            early: reader.near([1, 2, 4]),
            memory: reader.memory(),
            middle: reader.near([1, 3]),
            sure: reader.rows(STEPS, WIDTH),
            later: reader.memory(),
            late: reader.near([1, 2]),
            thing: reader.linear(2 * WIDTH + TOLD, WIDTH),
            is_thing: reader.linear(WIDTH, 1),
            parts: reader.linear(WIDTH, 5),
            value_names: reader.linear(WIDTH, 4),
            types: reader.linear(WIDTH, 10),
            owners: reader.pairs(1),
            beside: reader.rows(4, PAIR),
            again: reader.linear(PAIR, 1),
            of_pair: reader.linear(WIDTH, 1),
            ties: reader.pairs(5),
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
        let all = weights.columns.iter().flatten().flatten().flat_map(|it| it.to_array());
        assert!(all.into_iter().all(f32::is_finite));
    }

    #[test]
    fn a_file_that_ends_early_is_read_as_noughts() {
        let own = [0, 0, 128, 63, 2, 255];
        let bits = |it: Few| it[0].to_array().map(f32::to_bits);
        let wanted = |it: [f32; 4]| it.map(f32::to_bits);
        let mut reader = Reader { rest: &own };
        assert_eq!(bits(reader.vector(4)), wanted([0.0; 4]), "a table that is not whole");
        let mut reader = Reader { rest: &own };
        assert_eq!(bits(reader.vector(2)), wanted([2.0, -1.0, 0.0, 0.0]), "what is over is nought");
        assert_eq!(bits(reader.vector(2)), wanted([0.0; 4]));
    }

    #[test]
    fn sums_are_those_of_one_number_after_the_other() {
        fn check<const N: usize>() {
            let number = |at: usize| ((at * 37 % 101) as f32 - 50.0) / 7.0;
            let four = |at: usize| f32x4::new(std::array::from_fn(|lane| number(at * LANES + lane)));
            let rows: Vec<[f32x4; N]> =
                (0..47).map(|row| std::array::from_fn(|at| four(row * N + at))).collect();
            let linear = Linear::new(&rows, std::array::from_fn(four));
            let from: Vec<f32x4> = (0..6).map(|it| four(it + 5)).collect();
            let mut found = linear.bias;
            linear.add(24, &from, &mut found);
            for at in 0..N * LANES {
                let of = |fours: &[f32x4; N]| fours[at / LANES].to_array()[at % LANES];
                let values = from.iter().flat_map(|it| it.to_array());
                let wanted =
                    rows[24..].iter().zip(values).fold(number(at), |sum, (row, it)| sum + of(row) * it);
                assert_eq!(of(&found).to_bits(), wanted.to_bits(), "{N}");
            }
        }
        check::<5>();
        check::<10>();
    }
}
