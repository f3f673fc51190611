//! Numbers that columns are held to, as they are said: `from 1 to 5`, `30 characters max`.

use super::conditions::after;
use super::words::{Word, plain};

/// The ends of `from 1 to 5`, `1 to 5`.
pub fn range(words: &[Word]) -> Option<&[Word]> {
    let told = after(words, "between").or_else(|| after(words, "from"));
    told.or_else(|| {
        let at = words.iter().position(|it| it.is("to"))?;
        let (low, high) = (words.get(..at)?, words.get(at + 1..)?);
        (number(low).is_some() && number(without_length(high).0).is_some()).then_some(words)
    })
}

/// `30 characters max`, `18 or more`, with the comparison in front.
pub fn fronted(words: &[Word]) -> Vec<Word> {
    const BEHIND: &[(&[&str], &str)] = &[
        (&["max"], "max"),
        (&["maximum"], "max"),
        (&["min"], "min"),
        (&["minimum"], "min"),
        (&["at", "most"], "max"),
        (&["at", "least"], "min"),
        (&["or", "more"], "min"),
        (&["or", "less"], "max"),
        (&["or", "higher"], "min"),
        (&["or", "lower"], "max"),
    ];
    let found = BEHIND.iter().find_map(|(said, sign)| {
        let said: Vec<Word> = said.iter().map(|it| plain(it)).collect();
        words.strip_suffix(said.as_slice()).map(|it| (it, *sign))
    });
    let is_counted = |it: &[Word]| it.get(..1).is_some_and(|it| number(it).is_some());
    match found.filter(|it| is_counted(it.0)) {
        Some((rest, sign)) => [&[plain(sign)], rest].concat(),
        None => words.to_vec(),
    }
}

/// The type of a column of which nothing is known but what it is held to.
pub fn type_of_bound(words: &[Word]) -> &'static str {
    match (without_length(&fronted(words)).1, words.iter().any(|it| it.is("."))) {
        (true, _) => "text",
        (false, true) => "numeric",
        (false, false) => "int",
    }
}

/// The words of a length without what says so, and whether they are of one: `3 characters long`.
pub fn without_length(words: &[Word]) -> (&[Word], bool) {
    let mut left = words;
    if let Some((last, before)) = left.split_last()
        && last.is_any(&["long", "length"])
    {
        left = before;
        if let Some((last, before)) = left.split_last()
            && last.is("in")
        {
            left = before;
        }
    }
    match left.split_last() {
        Some((last, before))
            if last.is_any(&["characters", "character", "chars", "letters", "signs", "digits"]) =>
        {
            (before, true)
        }
        _ => (words, false),
    }
}

/// A number in digits or words.
pub fn number(words: &[Word]) -> Option<String> {
    const WORDS: &[&str] =
        &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if let [word] = words
        && let Some(at) = WORDS.iter().position(|it| word.is(it))
    {
        return Some(at.to_string());
    }
    let text: String = words.iter().map(|it| it.text.as_str()).collect();
    let is_digits = |it: &str| !it.is_empty() && it.len() <= 18 && it.bytes().all(|it| it.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let is_number = match unsigned.split_once('.') {
        Some((whole, part)) => is_digits(whole) && is_digits(part),
        None => is_digits(unsigned),
    };
    is_number.then_some(text)
}
