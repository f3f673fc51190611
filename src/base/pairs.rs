//! Lists of pairs of words as texts, which weigh less than arrays of them.

/// The pairs of a list of words that blanks part: the first with the second, the third with the fourth.
pub fn pairs(words: &str) -> Vec<(&str, &str)> {
    let mut words = words.split_ascii_whitespace();
    let mut out = Vec::new();
    while let (Some(one), Some(other)) = (words.next(), words.next()) {
        out.push((one, other));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn words_stand_in_twos() {
        assert_eq!(pairs("foot feet  goose geese"), [("foot", "feet"), ("goose", "geese")]);
    }
}
