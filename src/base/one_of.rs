//! Whether a word is one of a few.

/// Whether a word is one of some that blanks part: `one_of("ship", "boat ship")`. A `matches!` over as many strings is faster and takes
/// several times the code, of which a page that reads words has a thousand lines.
#[inline(never)]
pub fn one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|it| it == word)
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn only_whole_words_are_found() {
        assert!(one_of("boat", "boat ship") && one_of("ship", "boat ship"));
        assert!(!one_of("oat", "boat ship") && !one_of("", "boat ship") && !one_of("boat ship", "boat ship"));
    }
}
