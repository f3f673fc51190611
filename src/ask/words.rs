//! A request as words: lower case, contractions written out, what is quoted or joined by a point kept apart.

use std::sync::OnceLock;

use super::fresh::STOPS;
use super::manners::{SPOKEN, without_manners};

/// One word of a request.
#[derive(Clone, Debug)]
pub struct Word {
    /// In lower case, or as it was written when it was quoted.
    pub text: String,
    /// Whether it stood between quotes, so that it means itself.
    pub is_quoted: bool,
    /// As it was written, where it begins with a capital letter.
    pub capital: Option<String>,
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.is_quoted) == (&other.text, other.is_quoted)
    }
}

impl Eq for Word {}

impl Word {
    /// Whether it is a word of the language, not a quoted one.
    pub fn is(&self, word: &str) -> bool {
        !self.is_quoted && self.text == word
    }

    /// Whether it is one of several.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.is(it))
    }
}

/// The requests of a text, each as its words: sentences, lines, and what `then` joins.
pub fn requests(text: &str) -> Vec<Vec<Word>> {
    let mut found: Vec<Vec<Word>> = vec![Vec::new()];
    for word in words(text) {
        let ends = word.is_any(&[";", "\n", "!", "?", END]);
        let is_next = word.is("then") && found.last().is_some_and(|it| it.len() > 2);
        if ends || is_next {
            found.push(Vec::new());
        } else if let Some(last) = found.last_mut() {
            last.push(word);
        }
    }
    for request in &mut found {
        name_after_points(request);
    }
    let found = found.into_iter().map(|it| reworded(without_manners(&it)));
    found.filter(|it| !it.is_empty()).collect()
}

/// What a point joins to another name is a name, whatever else the word may mean: `car.make`.
fn name_after_points(request: &mut [Word]) {
    let places: Vec<usize> =
        (1..request.len()).filter(|at| request.get(at - 1).is_some_and(|it| it.is("."))).collect();
    for at in places {
        if let Some(word) = request.get_mut(at).filter(|it| STOPS.contains(&it.text.as_str())) {
            word.is_quoted = true;
        }
    }
}

/// Ways to say one thing, those of more words first: what is said, and what is read for it.
const WORDINGS: &str = include_str!("wordings.txt");

/// A way to say something.
struct Wording {
    /// Whether it is read so only where a request begins.
    begins: bool,
    said: Vec<&'static str>,
    read: Vec<&'static str>,
}

fn wordings() -> &'static [Wording] {
    static ALL: OnceLock<Vec<Wording>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = WORDINGS.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let mut all: Vec<Wording> = lines
            .filter_map(|line| line.split_once(" => "))
            .flat_map(|(said, read)| said.split(" | ").map(move |said| (said, read)))
            .map(|(said, read)| {
                let begins = said.starts_with("^ ");
                let said = said.trim_start_matches("^ ");
                Wording { begins, said: said.split(' ').collect(), read: read.split(' ').collect() }
            })
            .collect();
        all.sort_by_key(|it| std::cmp::Reverse(it.said.len()));
        all
    })
}

/// Every word that a way to say something has.
pub fn wording_words() -> impl Iterator<Item = &'static str> {
    wordings().iter().flat_map(|it| it.said.iter().copied())
}

/// The words with one way to say each thing.
pub fn reworded(words: &[Word]) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        // What is told of a name by a point is a part of it.
        let is_name = found.last().is_some_and(|it| it.is(".")) || after.first().is_some_and(|it| it.is("."));
        let said = wordings().iter().find(|it| {
            !is_name
                && (found.is_empty() || !it.begins)
                && rest.len() >= it.said.len()
                && it.said.iter().zip(rest).all(|(part, word)| word.is(part))
        });
        match said {
            Some(it) => {
                found.extend(it.read.iter().filter(|it| **it != "-").map(|it| plain(it)));
                rest = rest.get(it.said.len()..).unwrap_or_default();
            }
            None => {
                found.push(first.clone());
                rest = after;
            }
        }
    }
    found
}

/// A word of the language.
pub fn plain(text: &str) -> Word {
    Word { text: text.to_owned(), is_quoted: false, capital: None }
}

/// A name that means itself.
pub fn exact(name: &str) -> Word {
    Word { text: name.to_owned(), is_quoted: true, capital: None }
}

/// What people write for a comparison, and for one of several.
const SIGNS: &[(&str, &[&str])] = &[
    (">=", &["at", "least"]),
    ("≥", &["at", "least"]),
    ("<=", &["at", "most"]),
    ("≤", &["at", "most"]),
    ("<>", &["different", "from"]),
    ("!=", &["different", "from"]),
    (">", &["greater", "than"]),
    ("<", &["less", "than"]),
    ("/", &[","]),
];

/// What parts choices: it is read as a comma, and kept as it was written.
const SLASH: &str = "/";

/// Whether words are parted by slashes alone: `low/normal/high`.
pub fn are_slashed(words: &[Word]) -> bool {
    let mut commas = words.iter().filter(|it| it.is(",")).peekable();
    commas.peek().is_some() && commas.all(|it| it.capital.as_deref() == Some(SLASH))
}

/// The words of a sign with which a text begins, and what comes after it; no arrow is one.
fn signs(text: &str) -> Option<(&'static [&'static str], &str)> {
    let found = SIGNS.iter().find_map(|it| Some((it.1, text.strip_prefix(it.0)?)));
    found.filter(|_| !ARROWS.iter().any(|it| text.starts_with(it)))
}

/// What people write for `to`.
const ARROWS: &[&str] = &["->", "=>", "→", "⇒", "–>"];

/// Stands where a sentence ends.
const END: &str = "\0";

fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some((number, after)) = negative(rest, text) {
            push(&mut found, number);
            rest = after;
        } else if let Some((quoted, after)) = quoted(rest, sign) {
            found.push(Word { text: quoted.to_owned(), is_quoted: true, capital: None });
            rest = after;
        } else if sign.is_alphanumeric() || sign == '_' {
            let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '\'' | '’');
            let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            push_word(&mut found, &word.replace('’', "'"));
            rest = after;
            if let Some(after) = ranging(word, text, rest) {
                push(&mut found, "to");
                rest = after;
            }
            // A point between two names joins them; one at the end of a sentence ends it.
            if let Some(after) = rest.strip_prefix('.') {
                let joins =
                    after.chars().next().is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '"');
                push(&mut found, if joins { "." } else { END });
                rest = after;
            }
        } else if let Some((said, after)) = signs(rest) {
            for it in said {
                push(&mut found, it);
            }
            if rest.starts_with(SLASH)
                && let Some(last) = found.last_mut()
            {
                last.capital = Some(SLASH.to_owned());
            }
            rest = after;
        } else if let Some(after) = ARROWS.iter().find_map(|it| rest.strip_prefix(it)) {
            push(&mut found, "to");
            rest = after;
        } else {
            if matches!(sign, ',' | ';' | '\n' | '!' | '?' | '(' | ')' | ':') {
                push(&mut found, sign.encode_utf8(&mut [0; 4]));
            } else if matches!(sign, '&' | '+') {
                push(&mut found, "and");
            }
            rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        }
    }
    found
}

/// A number below zero with which the rest of a text begins, `-2`, and what comes after it; a dash between words is none.
fn negative<'t>(rest: &'t str, text: &str) -> Option<(&'t str, &'t str)> {
    let digits = rest.strip_prefix('-')?;
    let before = text.get(..text.len() - rest.len())?;
    let stands_alone = before.chars().next_back().is_none_or(|it| it.is_whitespace() || it == '(');
    let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
    (stands_alone && end > 0).then(|| rest.split_at(end + 1))
}

/// What comes after the dash of `1-5`; that of a date is none.
fn ranging<'t>(number: &str, text: &str, rest: &'t str) -> Option<&'t str> {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let after = ["-", "–", ".."].iter().find_map(|it| rest.strip_prefix(it))?;
    let end = after.find(|it: char| !it.is_ascii_digit()).unwrap_or(after.len());
    let (high, behind) = after.split_at(end);
    let before = text.get(..text.len() - rest.len() - number.len())?;
    let joins = |it: Option<char>| it.is_some_and(|it| it == '-' || it.is_alphanumeric());
    let stands_alone = !joins(before.chars().next_back()) && !joins(behind.chars().next());
    (is_digits(number) && is_digits(high) && stands_alone).then_some(after)
}

/// What stands between quotes at the beginning of a text, and what comes after it.
fn quoted(text: &str, sign: char) -> Option<(&str, &str)> {
    let close = match sign {
        '"' | '`' | '\'' => sign,
        '“' | '„' => '”',
        '‘' => '’',
        _ => return None,
    };
    let inner = text.get(sign.len_utf8()..)?;
    let end = inner.find(close).filter(|it| *it > 0)?;
    Some((inner.get(..end)?, inner.get(end + close.len_utf8()..)?))
}

fn push(found: &mut Vec<Word>, text: &str) {
    found.push(Word { text: text.to_owned(), is_quoted: false, capital: None });
}

fn push_word(found: &mut Vec<Word>, word: &str) {
    let lower = word.to_lowercase();
    let lower = lower.trim_end_matches('\'');
    let (stem, end) = match lower.split_once('\'') {
        Some((stem, end)) => (stem, end),
        // `tasks'` is of them as `task's` is of it.
        None if word.ends_with('\'') => (lower, "s"),
        None => (lower, ""),
    };
    match (stem, end) {
        ("can", "t") => ["can", "not"].iter().for_each(|it| push(found, it)),
        ("won", "t") => ["will", "not"].iter().for_each(|it| push(found, it)),
        (stem, "t") => {
            push(found, stem.strip_suffix('n').unwrap_or(stem));
            push(found, "not");
        }
        (stem, "d") => {
            push(found, stem);
            push(found, "would");
        }
        (stem, "re" | "ve" | "ll") => {
            push(found, stem);
            push(
                found,
                match end {
                    "re" => "are",
                    "ve" => "have",
                    _ => "will",
                },
            );
        }
        ("let", "s") => ["let", "us"].iter().for_each(|it| push(found, it)),
        (stem, "s") => {
            push(found, stem);
            push(found, "'s");
        }
        // `m, f or u` are letters.
        (stem, "")
            if SPOKEN.iter().any(|it| it.0 == stem)
                && !(stem.len() == 1
                    && found.last().is_some_and(|it| it.is_any(&[",", "or", "and", ":", "("]))) =>
        {
            let meant = SPOKEN.iter().filter(|it| it.0 == stem).flat_map(|it| it.1);
            meant.for_each(|it| push(found, it));
        }
        // A name in mixed case is one name: `dueDate`.
        _ => {
            push(found, &spelled(word, lower));
            if word.starts_with(char::is_uppercase)
                && let Some(last) = found.last_mut()
            {
                last.capital = Some(word.to_owned());
            }
        }
    }
}

/// A name of several words in one, `dueDate`, in snake case; anything else in lower case.
fn spelled(word: &str, lower: &str) -> String {
    let mixed = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    if mixed { crate::base::snake_case(word) } else { lower.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = requests(text)
            .iter()
            .map(|it| it.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn manners_and_ends_are_left_out() {
        check("Please, could you add a due date to tasks?", &["add a due date to tasks"]);
        check("Now also rename tasks.title to name.", &["rename tasks . title to name"]);
        check("Drop notes; then drop tags. ", &["drop notes", "drop tags"]);
        check("Tasks don't need a title any more", &["tasks do not need a title any more"]);
        check("rename `Task Item` to \"work item\"", &["rename Task Item to work item"]);
        check("", &[]);
        check("... 'ü “", &["ü"]);
    }
}
