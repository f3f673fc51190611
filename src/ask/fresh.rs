//! What a new name may be made of: where words are left that are of a sentence and of no name, what has them was read in a wrong way.

use super::names::{bare, table};
use super::nouns::{COUNTED, are_past};
use super::words::Word;
use crate::design::Design;

/// Whether a column may be called by the words.
pub fn is_noun(design: &Design, words: &[Word]) -> bool {
    let begins = |of: &[&str]| words.first().is_some_and(|it| it.is_any(of));
    // `default agent`: the one of them that is taken where none is given.
    let is_default = words.len() > 1
        && begins(&["default"])
        && (super::roles::role_of(design, words).is_some() || super::names::is_role(words));
    let words = if is_default { words.get(1..).unwrap_or_default() } else { words };
    let is_stop = |it: &Word| !it.is_quoted && STOPS.contains(&it.text.as_str());
    (1..=4).contains(&words.len())
        && !begins(COUNTED)
        // What is to be done is no name.
        && !begins(&["keep", "let", "give", "leave"])
        && !super::conditions::is_bound(words)
        && !words.last().is_some_and(|it| it.is("of"))
        && !holds_number(words)
        && !is_of_table(design, words)
        && !is_order(words)
        && !are_past(words)
        // `projects a budget` is said of two things.
        && !words.iter().any(|it| it.is_any(&["a", "an", "the", ","]))
        && !without_time(words).iter().any(is_stop)
}

/// Whether words say which of two comes first, and are no name: `end after start`, but `price before tax`.
fn is_order(words: &[Word]) -> bool {
    const DEDUCTED: &[&str] = &["tax", "taxes", "vat", "discount", "discounts", "fees", "deductions"];
    let at = words.iter().position(|it| it.is_any(&["after", "before"])).filter(|it| *it > 0);
    let behind = at.and_then(|it| words.get(it + 1..)).unwrap_or_default();
    behind.last().is_some_and(|it| !it.is_any(DEDUCTED))
}

/// Whether words are of what a table has, `email of trainers`, and not of a thing called so, `date of birth`.
fn is_of_table(design: &Design, words: &[Word]) -> bool {
    let behind = |at: usize| words.get(at + 1..).unwrap_or_default();
    let is_several = |it: &Word| it.is_quoted || super::act::is_several(std::slice::from_ref(it));
    (1..words.len()).filter(|at| words.get(*at).is_some_and(|it| it.is("of"))).any(|at| {
        (1..=2).any(|size| {
            behind(at)
                .get(..size)
                .is_some_and(|it| it.last().is_some_and(is_several) && table(design, it).is_some())
        })
    })
}

/// Whether words end with a number that is no part of a name, as that of `address line 2` is: `points starting at 0`.
fn holds_number(words: &[Word]) -> bool {
    let is_number = |it: &Word| !it.is_quoted && it.text.bytes().all(|it| it.is_ascii_digit());
    words.windows(2).any(|it| {
        matches!(it, [before, number] if is_number(number) && before.is_any(&["at", "by", "of", "than", "least", "most"]))
    }) || words.first().is_some_and(is_number)
}

/// The words of a name without the sign of a time or a person at their end: `issued on`, `made by`.
fn without_time(words: &[Word]) -> &[Word] {
    match words.split_last() {
        Some((last, before)) if !before.is_empty() && last.is_any(&["on", "at", "by"]) => before,
        _ => words,
    }
}

/// Words that a name does not have: what has them was read in a wrong way.
pub const STOPS: &[&str] = &[
    "to", "from", "in", "into", "with", "for", "on", "which", "that", "who", "be", "is", "are", "should",
    "must", "can", "may", "when", "not", "have", "has", "(", ")", ":", ".", "'s", "them", "it", "every",
    "people", "make", "than", "per", "add", "remove", "rename", "each", "if", "two", "same", "between",
    "also", "they", "this", "these", "those", "default", "what", "required", "optional", "several", "many",
    "longer", "about", "only", "always", "never", "already", "still", "again", "we", "our", "you", "your",
    "whom", "where", "why", "how", "because", "so", "but", "while", "nor", "please", "there", "does", "did",
    "was", "were", "will", "would", "comes", "goes", "means", "instead", "etc", "then", "such", "whose",
    "without", "unless", "whenever", "once",
];

/// Whether a new name may be made of the words.
pub fn is_name(words: &[Word]) -> bool {
    let words = bare(words);
    // People are a thing of their own, where they are no part of a sentence.
    if matches!(words, [one] if one.is("people")) {
        return true;
    }
    (1..=4).contains(&words.len())
        && words.iter().all(|it| it.is_quoted || !STOPS.contains(&it.text.as_str()))
        && !words.iter().any(|it| it.is_any(&[",", "and", "of"]))
}

/// Whether a new name may be made of words of which `of` may be one: `field of work`.
pub fn is_fresh(words: &[Word]) -> bool {
    let plain: Vec<Word> = words.iter().filter(|it| !it.is("of")).cloned().collect();
    is_name(&plain) && !words.first().is_some_and(|it| it.is("of"))
}
