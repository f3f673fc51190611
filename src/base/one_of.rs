//! Whether a word is one of a few.

/// A one in each of eight bytes.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// Whether a word is one of some that blanks part: `one_of("ship", "boat ship")`. A `matches!` over as many strings is faster and takes
/// several times the code, of which a page that reads words has a thousand lines.
#[inline(never)]
pub fn one_of(word: &str, words: &str) -> bool {
    let Some(first) = word.bytes().next() else { return false };
    let sames = ONES * u64::from(first);
    let blanks = ONES * u64::from(b' ');
    // Eight letters at a time: a word may stand where its first letter is and a blank, or nothing, before it.
    let mut begins = 0x80;
    let (eights, rest) = words.as_bytes().as_chunks();
    let last = rest.iter().rev().fold(blanks, |all, it| all << 8 | u64::from(*it));
    let mut at = 0;
    while at < words.len() {
        let eight = eights.get(at / 8).map_or(last, |it| u64::from_le_bytes(*it));
        let parted = nought(eight ^ blanks);
        let mut found = nought(eight ^ sames) & (parted << 8 | begins);
        begins = parted >> 56;
        while found != 0 {
            let behind = words.get(at + found.trailing_zeros() as usize / 8..);
            let behind = behind.and_then(|it| it.strip_prefix(word));
            if behind.is_some_and(|it| it.is_empty() || it.starts_with(' ')) {
                return !word.contains(' ');
            }
            found &= found - 1;
        }
        at += 8;
    }
    false
}

/// The highest bit of each byte that is nought, and of some behind one that is nought: Mycroft's test for a zero byte (1987).
fn nought(eight: u64) -> u64 {
    eight.wrapping_sub(ONES) & !eight & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::one_of;

    #[test]
    fn only_whole_words_are_found() {
        assert!(one_of("boat", "boat ship") && one_of("ship", "boat ship"));
        assert!(!one_of("oat", "boat ship") && !one_of("", "boat ship") && !one_of("boat ship", "boat ship"));
        assert!(one_of("of", "in on at of") && one_of("at", "before at") && one_of("until", "from to until"));
        assert!(!one_of("o", "in on of") && !one_of("of", "off") && !one_of("of", "") && !one_of(" ", "a b"));
        assert!(one_of("naïve", "été naïve ça") && !one_of("ç", "été naïve ça"));
    }

    proptest! {
        #[test]
        fn a_word_is_found_where_a_split_has_it(word in "[ab é`]{0,3}", words in "[abc é`]{0,30}") {
            let has = !word.is_empty() && !word.contains(' ') && words.split(' ').any(|it| it == word);
            prop_assert_eq!(one_of(&word, &words), has);
        }
    }
}
