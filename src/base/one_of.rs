//! Whether a word is one of a few.

/// Whether a word is one of some that blanks part: `one_of("ship", "boat ship")`. A `matches!` over as many strings is faster and takes
/// several times the code, of which a page that reads words has a thousand lines.
#[inline(never)]
pub fn one_of(word: &str, words: &str) -> bool {
    // Byte by byte: `split` looks for each blank by a call, and so does a comparison, which the first letter mostly spares.
    let first = word.as_bytes().first();
    let mut rest = words.as_bytes();
    loop {
        if first.is_some()
            && rest.first() == first
            && let Some(behind) = rest.strip_prefix(word.as_bytes())
            && behind.first().is_none_or(|it| *it == b' ')
        {
            return !word.contains(' ');
        }
        let Some(blank) = rest.iter().position(|it| *it == b' ') else { return false };
        rest = rest.get(blank + 1..).unwrap_or_default();
    }
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
