//! Whether a compound is a thing beside what its last word means ("road" and "mountain road"), or another name for it.

use wide::f32x4;

use super::network::{positive, single};
use super::signs::Signs;
use super::weights::{COMPOUND, LANES, Vector, WIDTH, Weights, packed};
use crate::base::{Gather as _, SortedMap, SortedSet};
use crate::brief::lexicon::last_word;

/// A key whose last word is a key as well.
struct Compound {
    own: usize,
    head: usize,
}

/// What is told of all compounds.
struct Told<'a> {
    /// Where each key stands.
    places: Vec<Vec<usize>>,
    /// The sentences that name each key.
    sentences: Vec<SortedSet<usize>>,
    /// The likely things among the compounds of a word.
    things: SortedMap<usize, usize>,
    /// The same of each sentence.
    near: SortedMap<(usize, usize), Vec<usize>>,
    points: &'a [f32],
}

/// Points of each compound that it is another thing than its last word means, by its key; nought is even. `hidden` and `points`:
/// what the network makes of each key.
pub fn apart(weights: &Weights, signs: &Signs, hidden: &[Vector], points: &[f32]) -> SortedMap<usize, f32> {
    let keys = signs.keys.words();
    let number: SortedMap<&str, usize> = keys.iter().zip(0..).map(|it| (it.0.as_str(), it.1)).gather();
    let compound = |(own, key): (usize, &String)| {
        let head = Some(last_word(key)).filter(|it| it.len() < key.len() && !key.starts_with('~'))?;
        Some(Compound { own, head: *number.get(head)? })
    };
    let compounds: Vec<Compound> = keys.iter().enumerate().filter_map(compound).collect();
    let told = Told::of(signs, &compounds, points);
    let judge = |it: &Compound| {
        let (own, head) = (hidden.get(it.own)?, hidden.get(it.head)?);
        let facts = told.facts(it);
        let mut all = own.iter().chain(head).copied().chain(packed(&facts));
        let from: [f32x4; (2 * WIDTH + COMPOUND).div_ceil(LANES)] =
            std::array::from_fn(|_| all.next().unwrap_or_default());
        let mut hidden = weights.compound.apply(&from);
        positive(&mut hidden);
        Some((it.own, single(&weights.is_apart, &hidden)))
    };
    compounds.iter().filter_map(judge).gather()
}

impl<'a> Told<'a> {
    fn of(signs: &Signs, compounds: &[Compound], points: &'a [f32]) -> Self {
        let count = signs.keys.words().len();
        let mut out = Self {
            places: vec![Vec::new(); count],
            sentences: vec![SortedSet::default(); count],
            things: SortedMap::default(),
            near: SortedMap::default(),
            points,
        };
        for it in &signs.mentions {
            if let Some(places) = out.places.get_mut(it.key) {
                places.push(it.head);
            }
            let sentence = signs.all.get(it.head).and_then(|it| it.sentence);
            if let (Some(sentences), Some(sentence)) = (out.sentences.get_mut(it.key), sentence) {
                sentences.insert(sentence);
            }
        }
        for it in compounds {
            if !out.is_thing(it.own) {
                continue;
            }
            *out.things.or_default(it.head) += 1;
            for sentence in out.sentences.get(it.own).into_iter().flat_map(SortedSet::iter) {
                out.near.or_default((it.head, *sentence)).push(it.own);
            }
        }
        out
    }

    fn is_thing(&self, key: usize) -> bool {
        self.points.get(key).is_some_and(|it| *it > 0.0)
    }

    /// How often both are named, the one before the other, and which other compounds of the same word are.
    fn facts(&self, it: &Compound) -> [f32; COMPOUND] {
        let places = |key: usize| self.places.get(key).map_or(&[] as &[usize], Vec::as_slice);
        let sentences = |key: usize| self.sentences.get(key).into_iter().flat_map(SortedSet::iter);
        let (own, heads) = (places(it.own), places(it.head));
        let first = own.first().copied().unwrap_or(0);
        let before = heads.iter().filter(|it| **it < first).count();
        let after = heads.len() - before;
        let heads_said = self.sentences.get(it.head);
        let both = sentences(it.own)
            .filter(|it| heads_said.is_some_and(|heads| heads.contains(*it)))
            .take(2)
            .count();
        let others = self.things.get(&it.head).copied().unwrap_or(0);
        let others = others.saturating_sub(usize::from(self.is_thing(it.own)));
        let mut beside: Vec<usize> = Vec::new();
        let near = sentences(it.own).filter_map(|at| self.near.get(&(it.head, *at))).flatten();
        for other in near.filter(|other| **other != it.own) {
            if !beside.contains(other) {
                beside.push(*other);
            }
            if beside.len() == 2 {
                break;
            }
        }
        let least = [
            (both, 1),
            (both, 2),
            (own.len(), 2),
            (own.len(), 4),
            (before, 1),
            (before, 3),
            (after, 1),
            (after, 3),
            (others, 1),
            (others, 2),
            (others, 3),
            (beside.len(), 1),
            (beside.len(), 2),
        ];
        least.map(|(times, least)| if times >= least { 1.0 } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::{Prepared, prepare};

    /// What is told of a compound where all keys are things: which of it holds.
    fn facts(text: &str, key: &str) -> [u8; COMPOUND] {
        let Prepared { markup, blocks, sentences, .. } = prepare(text);
        let signs = Signs::read(text, &markup, &blocks, &sentences);
        let number = |key: &str| signs.keys.words().iter().position(|it| it == key).expect("a key");
        let compounds: Vec<Compound> = ["mountain_road", "coast_road"]
            .map(|it| Compound { own: number(it), head: number("road") })
            .into();
        let points: Vec<f32> = signs.keys.words().iter().map(|_| 1.0).collect();
        let told = Told::of(&signs, &compounds, &points);
        told.facts(&Compound { own: number(key), head: number("road") }).map(|it| u8::from(it > 0.0))
    }

    #[test]
    fn what_is_told_of_a_compound_is_counted() {
        let text = "A road has a number. A road is a mountain road or a coast road. A mountain road has a pass. The roads have a length.";
        let mountain = [1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0];
        assert_eq!(facts(text, "mountain_road"), mountain);
        let coast = [1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0];
        assert_eq!(facts(text, "coast_road"), coast);
    }

    #[test]
    fn only_compounds_whose_last_word_is_named_by_itself_are_judged() {
        let text = "A mountain road and a coast path meet. A road has a number.";
        let Prepared { markup, blocks, sentences, .. } = prepare(text);
        let signs = Signs::read(text, &markup, &blocks, &sentences);
        let count = signs.keys.words().len();
        let found = apart(
            super::super::weights::weights(),
            &signs,
            &vec![Vector::default(); count],
            &vec![0.0; count],
        );
        let keys: Vec<&str> =
            found.iter().filter_map(|it| signs.keys.words().get(*it.0)).map(String::as_str).collect();
        assert_eq!(keys, ["mountain_road"]);
    }
}
