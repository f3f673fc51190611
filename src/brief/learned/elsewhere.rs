//! What two things are to others.

use wide::f32x4;

use super::ties::Tie;
use super::weights::{ELSEWHERE, LANES};
use crate::base::sort_by;

/// The most of each sum.
const MOST: f32 = 3.0;

/// What a pair's things are to others: the one, the other, and the two by way of others.
pub type OfPair = [f32x4; ELSEWHERE / LANES];

/// How things are tied at first sight, summed for each.
pub struct Elsewhere {
    /// How often each refers, is referred to, is the only one, is one of several.
    sums: Vec<[f32; 4]>,
    /// What each is told of together with, in order.
    partners: Vec<Vec<Partner>>,
}

/// A thing that another is told of together with.
#[derive(Clone, Copy)]
struct Partner {
    thing: usize,
    /// How likely the other refers to it.
    referred: f32,
    /// How likely it refers to the other.
    refers: f32,
}

impl Elsewhere {
    /// Of all pairs, once each.
    pub fn of(ties: &[Tie]) -> Self {
        let count = ties.iter().map(|it| it.one.max(it.other) + 1).max().unwrap_or(0);
        let both = || ties.iter().flat_map(|it| [it.clone(), it.turned()]);
        let mut out = Self { sums: vec![[0.0; 4]; count], partners: vec![Vec::new(); count] };
        for tie in both() {
            if let Some(sums) = out.sums.get_mut(tie.one) {
                let own = [tie.refers, tie.referred, tie.single, tie.many];
                sums.iter_mut().zip(own).for_each(|(sum, it)| *sum += it);
            }
            if let Some(partners) = out.partners.get_mut(tie.one) {
                partners.push(Partner { thing: tie.other, referred: tie.refers, refers: tie.referred });
            }
        }
        out.partners.iter_mut().for_each(|it| sort_by(it, |one, other| one.thing.cmp(&other.thing)));
        out
    }

    /// What two things are both told of together with, once for each of the two. Linear in what each is.
    fn of_both(&self, one: usize, other: usize) -> impl Iterator<Item = (Partner, Partner)> {
        let of = |thing: usize| self.partners.get(thing).into_iter().flatten().copied();
        let mut others = of(other).peekable();
        of(one).filter_map(move |by| {
            while others.next_if(|it| it.thing < by.thing).is_some() {}
            others.next_if(|it| it.thing == by.thing).map(|it| (by, it))
        })
    }

    /// What a pair's things are to others, and how they hang together by way of others: the one refers to what refers to the
    /// other, the other way round, something refers to both, both refer to something.
    pub fn of_pair(&self, tie: &Tie) -> OfPair {
        let sums = |thing: usize| self.sums.get(thing).copied().unwrap_or_default();
        let Tie { one, other, refers, referred, single, many, .. } = *tie;
        let less =
            |[a, b, c, d]: [f32; 4], [own_a, own_b]: [f32; 2]| [a - own_a, b - own_b, c - single, d - many];
        let mut ways = [0.0; 4];
        for (of_one, of_other) in self.of_both(one, other) {
            let (to, from) = (of_one.referred, of_one.refers);
            let (on, back) = (of_other.refers, of_other.referred);
            let by = [to * on, back * from, from * on, to * back];
            ways.iter_mut().zip(by).for_each(|(sum, it)| *sum += it);
        }
        [less(sums(one), [refers, referred]), less(sums(other), [referred, refers]), ways]
            .map(|it| f32x4::new(it.map(|it| it.clamp(0.0, MOST))))
    }
}

/// The same of a pair that is told the other way round.
pub fn turned([one, other, ways]: OfPair) -> OfPair {
    let [forth, back, children, parents] = ways.to_array();
    [other, one, f32x4::new([back, forth, children, parents])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::learned::weights::numbers;

    fn tie(one: usize, other: usize, refers: f32, referred: f32) -> Tie {
        Tie { one, other, nothing: 0.0, refers, referred, single: 0.0, many: 0.0, at: (0, 0) }
    }

    fn told(of: &[f32x4]) -> [f32; ELSEWHERE] {
        numbers(of)
    }

    #[test]
    fn what_stands_between_two_things_is_told_of_them() {
        // The third refers to both, and the second to the fourth.
        let ties = [tie(0, 1, 0.5, 0.0), tie(0, 2, 0.0, 1.0), tie(1, 2, 0.0, 0.5), tie(1, 3, 1.0, 0.0)];
        let elsewhere = Elsewhere::of(&ties);
        let forth = told(&elsewhere.of_pair(&ties[0]));
        assert_eq!(
            forth[..8],
            [0.0, 1.0, 0.0, 0.0, 1.0, 0.5, 0.0, 0.0],
            "without what they are to each other"
        );
        assert_eq!(forth[8..], [0.0, 0.0, 0.5, 0.0], "one thing refers to both");
        let far = tie(0, 3, 0.0, 0.0);
        assert_eq!(told(&elsewhere.of_pair(&far))[8..], [0.5, 0.0, 0.0, 0.0], "by way of the second");
    }

    #[test]
    fn told_the_other_way_round_the_ends_change_places() {
        let ties = [tie(0, 1, 0.25, 0.5), tie(1, 2, 1.0, 0.0)];
        let elsewhere = Elsewhere::of(&ties);
        let (forth, back) = (elsewhere.of_pair(&ties[0]), elsewhere.of_pair(&ties[0].turned()));
        assert_eq!(told(&turned(forth))[..], told(&back)[..]);
        let (forth, back) = (told(&forth), told(&back));
        assert_eq!([&forth[..4], &forth[4..8]], [&back[4..8], &back[..4]]);
        assert_eq!(forth[8..10], [back[9], back[8]][..]);
    }

    #[test]
    fn what_nothing_is_known_of_is_nothing() {
        let none = Elsewhere::of(&[]);
        assert_eq!(told(&none.of_pair(&tie(3, 9, 0.0, 0.0)))[..], [0.0; ELSEWHERE][..]);
    }
}
