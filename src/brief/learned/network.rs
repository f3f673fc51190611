//! The layers: from signs to what each word is in its text, and from that to what may be a thing.
//!
//! Sums run in the order of the text and of the tables, so that every machine gets the same bits.

use super::signs::{Sign, Signs, bucket};
use wide::f32x4;

use super::weights::{
    LANES, Linear, Memory, Near, Norm, Rounded, STEPS, TOLD, Vector, WIDTH, Weights, fours_of, numbers,
    packed, rounded, same,
};

/// What keeps a division from going wrong where all numbers are the same.
const LEAST: f32 = 1e-5;

/// Between which numbers of points a thing is how sure.
const SURE: [f32; 4] = [-2.0, -0.7, 0.7, 2.0];

impl Norm {
    fn apply(&self, all: &mut Vector) {
        let mut sums = f32x4::ZERO;
        for it in &*all {
            sums += *it;
        }
        let middle = same(mean(sums));
        let mut squares = f32x4::ZERO;
        for it in &mut *all {
            *it -= middle;
            squares += *it * *it;
        }
        let scale = same(1.0 / (mean(squares) + LEAST).sqrt());
        for ((it, gain), shift) in all.iter_mut().zip(&self.gain).zip(&self.shift) {
            *it = *it * scale * *gain + *shift;
        }
    }
}

/// The mean of a word's numbers from the sums of each lane.
fn mean(sums: f32x4) -> f32 {
    let [one, two, three, four] = sums.to_array();
    (one + two + (three + four)) / WIDTH as f32
}

/// Adds each number to its own.
pub fn add(to: &mut [f32x4], it: &[f32x4]) {
    to.iter_mut().zip(it).for_each(|(to, it)| *to += *it);
}

/// Which number is the largest; of several the first.
pub fn largest(numbers: &[f32]) -> Option<usize> {
    let most = numbers.iter().fold(f32::MIN, |most, it| most.max(*it));
    numbers.iter().position(|it| *it >= most)
}

/// What is below nought becomes nought.
pub fn positive(all: &mut [f32x4]) {
    for it in all {
        *it = larger(*it, f32x4::ZERO);
    }
}

/// The larger of each two, of equal ones the second on every machine.
pub fn larger(one: f32x4, other: f32x4) -> f32x4 {
    one.simd_gt(other).select(one, other)
}

/// What each word is from its signs alone.
pub fn opened(weights: &Weights, signs: &[Sign]) -> Vec<Vector> {
    signs
        .iter()
        .map(|sign| {
            let mut out = Vector::default();
            for (rows, at) in weights.columns.iter().zip(&sign.columns) {
                rows.get(*at).into_iter().for_each(|it| add(&mut out, it));
            }
            let listed = weights.lists.iter().enumerate().filter(|it| sign.lists >> it.0 & 1 == 1);
            listed.for_each(|it| add(&mut out, it.1));
            weights.opening.apply(&mut out);
            out
        })
        .collect()
}

impl Near {
    /// Adds to each word what its neighbours make of it.
    pub fn apply(&self, all: &mut [Vector]) {
        let before: Vec<[Rounded; WIDTH / (2 * LANES)]> = all.iter().map(|it| rounded(it)).collect();
        for (at, it) in all.iter_mut().enumerate() {
            let mut out = self.linear.bias;
            let places = [at.checked_sub(self.reach), Some(at), at.checked_add(self.reach)];
            for (nth, place) in places.into_iter().enumerate() {
                if let Some(from) = place.and_then(|it| before.get(it)) {
                    self.linear.add(nth * WIDTH, from, &mut out);
                }
            }
            self.norm.apply(&mut out);
            positive(&mut out);
            add(it, &out);
        }
    }
}

/// Mean and largest of vectors.
pub type Pooled = [f32x4; 2 * WIDTH / LANES];

/// The mean and the largest of what stands at places of the same number.
pub fn pooled(count: usize, places: impl Iterator<Item = (usize, Vector)>) -> Vec<Pooled> {
    let mut out = vec![Pooled::default(); count];
    let mut times = vec![0_u32; count];
    for (number, it) in places {
        let (Some(out), Some(times)) = (out.get_mut(number), times.get_mut(number)) else { continue };
        let (mean, largest) = out.split_at_mut(WIDTH / LANES);
        add(mean, &it);
        for (largest, it) in largest.iter_mut().zip(it) {
            *largest = if *times == 0 { it } else { larger(it, *largest) };
        }
        *times += 1;
    }
    for (out, times) in out.iter_mut().zip(&times) {
        let (mean, _) = out.split_at_mut(WIDTH / LANES);
        let times = same((*times).max(1) as f32);
        for it in mean {
            *it /= times;
        }
    }
    out
}

impl Memory {
    /// Adds to each word what it is elsewhere.
    pub fn apply(&self, signs: &Signs, all: &mut [Vector]) {
        let places = signs.all.iter().zip(all.iter()).map(|(sign, it)| (sign.lemma, *it));
        let mut made: Vec<Vector> = Vec::new();
        for it in pooled(signs.lemmas.words().len(), places) {
            let mut out = self.linear.apply(&it);
            self.norm.apply(&mut out);
            positive(&mut out);
            made.push(out);
        }
        for (sign, it) in signs.all.iter().zip(all) {
            if let Some(made) = made.get(sign.lemma) {
                add(it, made);
            }
        }
    }
}

/// What each word is before things are judged.
pub fn early(weights: &Weights, signs: &Signs) -> Vec<Vector> {
    let mut all = opened(weights, &signs.all);
    weights.early.iter().for_each(|it| it.apply(&mut all));
    weights.memory.apply(signs, &mut all);
    weights.middle.iter().for_each(|it| it.apply(&mut all));
    all
}

/// What each key that may mean a thing is, from its mentions and from what else is told of it, and its points; nought is even.
pub fn things(
    weights: &Weights,
    signs: &Signs,
    all: &[Vector],
    told: &[[f32; TOLD]],
) -> (Vec<Vector>, Vec<f32>) {
    let places = signs.mentions.iter().filter_map(|it| Some((it.key, *all.get(it.head)?)));
    let pooled = pooled(signs.keys.words().len(), places);
    let judged = pooled.iter().zip(told).map(|(pooled, told)| {
        let mut from = [f32x4::ZERO; (2 * WIDTH + TOLD).div_ceil(LANES)];
        from.iter_mut().zip(pooled.iter().copied().chain(packed(told))).for_each(|(to, it)| *to = it);
        let mut hidden = weights.thing.apply(&from);
        positive(&mut hidden);
        (hidden, single(&weights.is_thing, &hidden))
    });
    judged.unzip()
}

/// The exponential, to four digits: by halves of the exponent and a polynomial, since those of libraries differ in
/// their last bits.
pub fn power(points: f32) -> f32 {
    let halves = (points * std::f32::consts::LOG2_E).clamp(-60.0, 60.0);
    let whole = halves.floor();
    let rest = (halves - whole) * std::f32::consts::LN_2;
    let series = 1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest / 120.0))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * series
}

/// The one number that comes out.
pub fn single(linear: &Linear<{ fours_of(1) }>, from: &[f32x4]) -> f32 {
    let [out] = numbers(&linear.apply(from));
    out
}

/// What each word is once it is known what the things are.
pub fn late(weights: &Weights, signs: &Signs, mut all: Vec<Vector>, points: &[f32]) -> Vec<Vector> {
    let mut steps = vec![0_usize; all.len()];
    for mention in &signs.mentions {
        if let (Some(step), Some(points)) = (steps.get_mut(mention.head), points.get(mention.key)) {
            *step = 1 + SURE.iter().filter(|it| *points > **it).count();
        }
    }
    for (it, step) in all.iter_mut().zip(&steps) {
        if let Some(row) = weights.sure.get((*step).min(STEPS - 1)) {
            add(it, row);
        }
    }
    weights.later.apply(signs, &mut all);
    weights.late.iter().for_each(|it| it.apply(&mut all));
    all
}

/// Numbers of what is told of a key: how often, how spelt, how long the text.
pub fn of_mentions(signs: &Signs, key: usize, mentions: &[usize], heading: bool, row: bool) -> [f32; 10] {
    let name = signs.keys.word(key);
    let several =
        mentions.iter().filter_map(|it| signs.all.get(*it)).any(|it| signs.lemmas.word(it.lemma) != it.word);
    let often = bucket(mentions.len(), &[1, 2, 4]);
    let is = |it: bool| if it { 1.0 } else { 0.0 };
    [
        is(often == 0),
        is(often == 1),
        is(often == 2),
        is(often == 3),
        is(name.contains('_')),
        is(name.starts_with('~')),
        (signs.all.len() as f32 / 500.0).min(3.0),
        is(heading),
        is(row),
        is(several),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::learned::weights::weights;

    #[test]
    fn the_exponential_is_right_to_four_digits() {
        for tenth in -300..300 {
            let points = tenth as f32 / 10.0;
            let wanted = f64::from(points).exp();
            assert!((f64::from(power(points)) / wanted - 1.0).abs() < 1e-4, "{points}");
        }
        assert!(power(-1e9) > 0.0 && power(1e9).is_finite());
    }

    fn word(value: f32) -> Vector {
        [same(value); WIDTH / LANES]
    }

    fn first(it: &[f32x4]) -> u32 {
        it[0].to_array()[0].to_bits()
    }

    #[test]
    fn what_stands_at_no_place_is_nought() {
        let places = [(0, word(1.0)), (2, word(-4.0)), (0, word(3.0)), (7, word(9.0))];
        let pooled = pooled(3, places.into_iter());
        let ends = |of: usize| [first(&pooled[of]), first(&pooled[of][WIDTH / LANES..])];
        let wanted = [[2.0, 3.0], [0.0, 0.0], [-4.0, -4.0]].map(|it: [f32; 2]| it.map(f32::to_bits));
        assert_eq!([ends(0), ends(1), ends(2)], wanted);
    }

    #[test]
    fn a_vector_is_brought_to_its_usual_size() {
        let mut it: Vector = std::array::from_fn(|at| f32x4::new([at as f32, 1.0, -2.0, 7.5]));
        Norm { gain: word(1.0), shift: word(0.0) }.apply(&mut it);
        let all: Vec<f32> = it.iter().flat_map(|it| it.to_array()).collect();
        let mean = all.iter().sum::<f32>() / WIDTH as f32;
        let spread = all.iter().map(|it| it * it).sum::<f32>() / WIDTH as f32;
        assert!(mean.abs() < 1e-5 && (spread - 1.0).abs() < 1e-4, "{mean} {spread}");
    }

    #[test]
    fn neighbours_behind_the_ends_count_nothing() {
        for near in weights().early.iter().chain(&weights().middle).chain(&weights().late) {
            let mut one = vec![word(0.5)];
            near.apply(&mut one);
            let mut far = vec![word(0.0); 40];
            far[20] = word(0.5);
            near.apply(&mut far);
            let bits = |it: &Vector| it.map(|it| it.to_array().map(f32::to_bits));
            assert_ne!(bits(&one[0]), bits(&word(0.5)));
            assert_eq!(bits(&far[20]), bits(&one[0]), "noughts are as good as nothing");
        }
    }
}
