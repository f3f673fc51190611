//! Sorting, by code that is made once.

use std::cmp::Ordering;

/// Sorts as `slice::sort_by` does: what is equal stays in its order. That one is made anew for each kind of item, 3 KB each;
/// here places are sorted, by the same code for all.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    for (place, other) in swaps.into_iter().enumerate() {
        items.swap(place, other);
    }
}

/// With what each place swaps its item, from the first on.
fn swaps(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut swaps = Vec::with_capacity(count);
    for mut from in order {
        // The item of a place before is where that place's swap has put it.
        while let Some(later) = swaps.get(from) {
            from = *later;
        }
        swaps.push(from);
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_and_equal_ones_stay_in_their_order() {
        for (count, step) in [(0, 1), (1, 1), (2, 1), (7, 3), (64, 37), (500, 499), (1000, 1), (1000, 331)] {
            let items: Vec<usize> = (0..count).map(|it| it * step % count.max(1)).collect();
            for by in [1, 2, 10, 1000] {
                let (mut mine, mut theirs) = (items.clone(), items.clone());
                sort_by(&mut mine, |one, other| (one / by).cmp(&(other / by)));
                theirs.sort_by_key(|it| it / by);
                assert_eq!(mine, theirs, "{count} by {by}");
            }
        }
    }
}
