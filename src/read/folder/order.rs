//! Names in the order in which tools sort their migrations.

use std::cmp::Ordering;

/// Compares names so that `2_b` comes before `10_a`: runs of digits by their number, all else by character.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        match (a.is_empty(), b.is_empty()) {
            (true, true) => return one.cmp(other),
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        let (first, rest_a) = chunk(a);
        let (second, rest_b) = chunk(b);
        let digits = |it: &str| it.starts_with(|it: char| it.is_ascii_digit());
        let order = if digits(first) && digits(second) { number(first, second) } else { first.cmp(second) };
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// A run of digits, or one character.
fn chunk(text: &str) -> (&str, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = if digits > 0 { digits } else { text.chars().next().map_or(0, char::len_utf8) };
    text.split_at(length)
}

/// Numbers of any length.
fn number(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// Compares versions such as `1.10` and `1_9`, part by part.
pub fn versions(one: &str, other: &str) -> Ordering {
    let parts = |it: &str| it.split(['.', '_']).map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (parts(one), parts(other));
    let longest = one.len().max(other.len());
    let at = |parts: &[String], index: usize| parts.get(index).cloned().unwrap_or_default();
    (0..longest)
        .map(|it| number(&at(&one, it), &at(&other, it)))
        .find(|it| it.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        assert_eq!(natural("2_b.sql", "10_a.sql"), Ordering::Less);
        assert_eq!(natural("0002_b", "2_a"), Ordering::Greater);
        assert_eq!(natural("20240101120000_a", "20231231235959_b"), Ordering::Greater);
        assert_eq!(versions("1.10", "1.9"), Ordering::Greater);
        assert_eq!(versions("1", "1.0"), Ordering::Equal);
        assert_eq!(versions("2_1", "2.0.5"), Ordering::Greater);
    }
}
