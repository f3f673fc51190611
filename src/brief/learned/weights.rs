//! The network's numbers, as `training/` leaves them: a byte a number, and for each table what one is worth.

use std::sync::LazyLock;

use bytemuck::cast;
use wide::{f32x4, i16x8, i32x4};

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

/// How many numbers are told of a compound and of what it ends in.
pub const COMPOUND: usize = 13;

/// How many numbers tell of a pair of things what the two are to others.
pub const ELSEWHERE: usize = 12;

/// How many tell all of it: that, what places make of it from either side, and what its two things are where they are named.
pub const TOGETHER: usize = ELSEWHERE + 2 * PAIR + 4 * WIDTH;

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

/// How many steps a whole number has, for what comes into a table: nothing that a text gives is as large as 12, and 16 can be
/// told.
const FINE: f32 = 2048.0;

/// The most steps, of sixteen bits.
const LARGEST: i32x4 = i32x4::new([32767, 32767, 32767, 32767]);

/// The lower half of each number.
const HALF: i32x4 = i32x4::new([0xffff, 0xffff, 0xffff, 0xffff]);

/// Eight numbers in whole steps, each of the first four with the one that stands four behind it.
pub type Rounded = [i32; LANES];

/// How many of them the widest table takes.
const MOST: usize = TOGETHER.div_ceil(2 * LANES);

/// From vectors to vectors of another length, of `N` fours in whole blocks.
#[derive(Clone, Debug)]
pub struct Linear<const N: usize> {
    /// For each block of what comes out a row for each two numbers of what comes in, as they stand in [`Rounded`]: what both
    /// are worth to each number of the block.
    blocks: Vec<Vec<[i16x8; BLOCK]>>,
    /// What one is worth.
    worth: f32,
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
    /// What is told of a compound and of what it ends in.
    pub compound: Linear<BLOCK>,
    /// Whether the two are two things.
    pub is_apart: Linear<BLOCK>,
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
    /// All that is told of a pair of things.
    pub settling: Linear<{ fours_of(WIDTH) }>,
    /// What that adds to each kind of tie.
    pub settled: Linear<BLOCK>,
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
    fn table(&mut self, count: usize) -> (f32, impl Iterator<Item = i8> + use<'_>) {
        let (head, rest) = self.rest.split_at_checked(4).unwrap_or_default();
        let (own, rest) = rest.split_at_checked(count).unwrap_or_default();
        self.rest = rest;
        let known = own.iter().map(|it| i8::from_le_bytes([*it]));
        let worth = head.try_into().map_or(0.0, f32::from_le_bytes);
        (worth, known.chain(std::iter::repeat(0)).take(count))
    }

    fn numbers(&mut self, count: usize) -> impl Iterator<Item = f32> + use<'_> {
        let (worth, own) = self.table(count);
        own.map(move |it| f32::from(it) * worth)
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
        let (worth, own) = self.table(from * to);
        Linear::new(worth, &own.collect::<Vec<i8>>(), to)
    }

    fn linear<const N: usize>(&mut self, from: usize, to: usize) -> Linear<N> {
        let bare = self.bare(from, to);
        Linear { bias: self.vector(to), ..bare }
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
        let (worth, own) = self.table(rows * few);
        let own: Vec<i8> = own.collect();
        let wide = self.bare(few, WIDTH);
        // A step for each of the byte's: nothing is lost by rounding.
        let worth = same(worth * FINE);
        let row = |own: &[i8]| {
            let own: Few = fours(&mut own.iter().map(|it| f32::from(*it) / FINE), few);
            wide.apply(&own).map(|it| it * worth)
        };
        own.chunks(few).map(row).collect()
    }
}

/// Four times the same number. `splat` goes by way of memory in WebAssembly, at four times the cost of all the rest of a
/// sum, and so does an array that repeats its value.
pub fn same(number: f32) -> f32x4 {
    f32x4::new([number, number, number, number])
}

/// So many numbers, four by four.
fn fours<const N: usize>(numbers: &mut impl Iterator<Item = f32>, count: usize) -> [f32x4; N] {
    let mut left = numbers.take(count);
    std::array::from_fn(|_| f32x4::new(std::array::from_fn(|_| left.next().unwrap_or_default())))
}

/// These numbers four by four; what is over is nought.
pub fn packed(numbers: &[f32]) -> impl Iterator<Item = f32x4> + '_ {
    let four = |it: &[f32]| std::array::from_fn(|at| it.get(at).copied().unwrap_or_default());
    numbers.chunks(LANES).map(move |it| f32x4::new(four(it)))
}

/// The first of these numbers.
pub fn numbers<const N: usize>(from: &[f32x4]) -> [f32; N] {
    let mut all = from.iter().flat_map(|it| it.to_array());
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// Numbers in whole steps; what is beyond the largest is the largest, and what is over is nought.
pub fn rounded<const M: usize>(from: &[f32x4]) -> [Rounded; M] {
    let steps = |it: Option<&f32x4>| {
        let all = it.copied().unwrap_or_default() * same(FINE);
        all.round_int().min(LARGEST).max(-LARGEST)
    };
    let mut out = [Rounded::default(); M];
    for (out, two) in out.iter_mut().zip(from.chunks(2)) {
        let (first, second) = (steps(two.first()), steps(two.get(1)));
        *out = ((first & HALF) | (second << 16_i32)).to_array();
    }
    out
}

impl<const N: usize> Linear<N> {
    /// From rows of `to` numbers each, a row for each number of what comes in.
    fn new(worth: f32, own: &[i8], to: usize) -> Self {
        let at = |from: usize, out: usize| {
            let one = own.get(from * to + out).filter(|_| out < to);
            i16::from(one.copied().unwrap_or_default())
        };
        let four = |from: usize, first: usize| {
            i16x8::new(std::array::from_fn(|nth| at(from + nth % 2 * LANES, first + nth / 2)))
        };
        let row =
            |block: usize, from: usize| std::array::from_fn(|nth| four(from, (block * BLOCK + nth) * LANES));
        let rows = own.len().div_ceil(to.max(1));
        let firsts = || (0..rows).step_by(2 * LANES).flat_map(|from| from..from + LANES);
        let block = |block: usize| firsts().map(|from| row(block, from)).collect();
        Self { blocks: (0..N / BLOCK).map(block).collect(), worth: worth / FINE, bias: [f32x4::ZERO; N] }
    }

    /// What comes out for what comes in.
    pub fn apply(&self, from: &[f32x4]) -> [f32x4; N] {
        let mut out = self.bias;
        let all: [Rounded; MOST] = rounded(from);
        self.add(0, all.clip(..from.len().div_ceil(2)), &mut out);
        out
    }

    /// Adds what comes out for a part of what comes in, which begins at the number `first`, a multiple of eight. Whole numbers
    /// are summed: every machine gets the same bits, whatever it does at once.
    pub fn add(&self, first: usize, from: &[Rounded], out: &mut [f32x4; N]) {
        let worth = same(self.worth);
        for (rows, out) in self.blocks.iter().zip(out.as_chunks_mut::<BLOCK>().0) {
            let [mut sum0, mut sum1, mut sum2, mut sum3, mut sum4] = [i32x4::ZERO; BLOCK];
            for ([of0, of1, of2, of3, of4], two) in rows.clip(first / 2..).iter().zip(from.as_flattened()) {
                // As in `same`.
                let two: i16x8 = cast(i32x4::new([*two, *two, *two, *two]));
                sum0 += of0.dot(two);
                sum1 += of1.dot(two);
                sum2 += of2.dot(two);
                sum3 += of3.dot(two);
                sum4 += of4.dot(two);
            }
            for (out, sum) in out.iter_mut().zip([sum0, sum1, sum2, sum3, sum4]) {
                *out += f32x4::from_i32x4(sum) * worth;
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
            compound: reader.linear(2 * WIDTH + COMPOUND, BLOCK * LANES),
            is_apart: reader.linear(BLOCK * LANES, 1),
            parts: reader.linear(WIDTH, 5),
            value_names: reader.linear(WIDTH, 4),
            types: reader.linear(WIDTH, 10),
            owners: reader.pairs(1),
            beside: reader.rows(4, PAIR),
            again: reader.linear(PAIR, 1),
            of_pair: reader.linear(WIDTH, 1),
            ties: reader.pairs(5),
            settling: reader.linear(TOGETHER, WIDTH),
            settled: reader.linear(WIDTH, 5),
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
    fn sums_are_those_of_whole_steps() {
        fn check<const N: usize>(to: usize) {
            let own: Vec<i8> = (0..47 * to).map(|at| ((at * 37 % 251) as i32 - 125) as i8).collect();
            let linear = Linear::<N>::new(0.25, &own, to);
            let number = |at: usize| (at as f32 - 9.0) * 0.375;
            let from: Vec<f32x4> =
                (0..6).map(|it| f32x4::new(std::array::from_fn(|lane| number(it * LANES + lane)))).collect();
            let mut found = [f32x4::ZERO; N];
            linear.add(24, &rounded::<3>(&from), &mut found);
            let found: Vec<f32> = found.iter().flat_map(|it| it.to_array()).collect();
            for (at, found) in found.iter().enumerate() {
                let of = |row: usize| if at < to { f32::from(own[row * to + at]) } else { 0.0 };
                let wanted: f32 = (24..47).map(|row| of(row) * number(row - 24) * 0.25).sum();
                assert_eq!(found.to_bits(), wanted.to_bits(), "{at} of {to}");
            }
        }
        check::<5>(19);
        check::<10>(40);
    }

    #[test]
    fn what_is_too_large_for_steps_is_the_largest() {
        let four = f32x4::new([1e9, -1e9, f32::NAN, 0.001]);
        let all: [Rounded; 1] = rounded(&[four]);
        assert_eq!(all, [[i16::MAX.into(), 0x8001, 0, 2]]);
    }
}
