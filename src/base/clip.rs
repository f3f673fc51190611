//! The part of a range that is there: slicing that cannot fail.

use std::ops::{Bound, RangeBounds};

/// Slices and texts whose parts are asked for by numbers that were worked out from an input.
pub trait Clip {
    /// What lies between the ends of `range`, as far as there is anything. Empty when the ends are the wrong way round, and for a
    /// text when one of them falls inside a character.
    fn clip(&self, range: impl RangeBounds<usize>) -> &Self;
}

impl<T> Clip for [T] {
    fn clip(&self, range: impl RangeBounds<usize>) -> &[T] {
        let (from, to) = ends(&range, self.len());
        self.get(from..to).unwrap_or_default()
    }
}

impl Clip for str {
    fn clip(&self, range: impl RangeBounds<usize>) -> &str {
        let (from, to) = ends(&range, self.len());
        self.get(from..to).unwrap_or_default()
    }
}

fn ends(range: &impl RangeBounds<usize>, length: usize) -> (usize, usize) {
    let from = match range.start_bound() {
        Bound::Included(at) => *at,
        Bound::Excluded(at) => at.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let to = match range.end_bound() {
        Bound::Included(at) => at.saturating_add(1),
        Bound::Excluded(at) => *at,
        Bound::Unbounded => length,
    };
    (from.min(length), to.min(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_gives_what_is_there_of_it() {
        let all = [1, 2, 3];
        assert_eq!(all.clip(1..), [2, 3]);
        assert_eq!(all.clip(..=1), [1, 2]);
        assert_eq!(all.clip(2..9), [3]);
        assert_eq!(all.clip(7..), [0; 0]);
        assert_eq!("naïve".clip(..2), "na");
        assert_eq!("naïve".clip(4..40), "ve");
    }

    #[test]
    #[expect(clippy::reversed_empty_ranges, reason = "the point of the test")]
    fn ends_the_wrong_way_round_and_ends_inside_a_character_give_nothing() {
        assert_eq!([1, 2, 3].clip(2..1), [0; 0]);
        assert_eq!("naïve".clip(3..), "");
    }
}
