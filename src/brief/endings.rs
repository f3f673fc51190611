//! What a word's ending tells of it where no list has it; `build.rs` leaves out of the tagger's list what is told here.

/// Endings of words that are hardly nouns.
const OTHERS: &[&str] = &["ly", "ed", "ous", "ful", "ible", "able", "less", "ic", "ive", "ish"];

/// Whether a word is a noun for all that its ending tells. Most words are.
pub fn is_like_noun(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && !OTHERS.iter().any(|it| word.ends_with(it))
}
