//! Small letters.

/// A text in small letters, as [`str::to_lowercase`] gives it for Latin letters of Europe, Greek and Cyrillic; others stay. The
/// standard library's table of all scripts weighs twelve kilobytes in the page, of which texts in English need none.
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(letter).collect() }
}

/// One small letter. The blocks: Basic Latin, Latin-1 Supplement, Latin Extended-A, Greek, Cyrillic
/// (<https://www.unicode.org/Public/UCD/latest/ucd/UnicodeData.txt>).
pub(super) const fn letter(it: char) -> char {
    let away = match it {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Έ'..='Ί' => 37,
        'Ά' => 38,
        'Ύ' | 'Ώ' => 63,
        'Ό' => 64,
        'Ÿ' => return 'ÿ',
        'İ' => return 'i',
        // Capitals and small letters by turns.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' => 1 - it as u32 % 2,
        'Ĺ'..='ň' | 'Ź'..='ž' => it as u32 % 2,
        _ => 0,
    };
    match char::from_u32(it as u32 + away) {
        Some(small) => small,
        None => it,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_the_standard_library_has_them() {
        // It makes two characters of one: an i and a dot above it.
        let letters = ('\0'..='ſ').chain('Ͱ'..='я').filter(|it| *it != 'İ');
        let others = ['Ͱ', 'Ͳ', 'Ͷ', 'Ϳ', 'Ϗ'];
        for it in letters.filter(|it| !others.contains(it) && !('Ϙ'..='Ͽ').contains(it)) {
            assert_eq!(lower(&it.to_string()), it.to_lowercase().to_string(), "{it}");
        }
        assert_eq!(lower("ÉCOLE Łódź"), "école łódź");
    }
}
