//! A request as words: lower case, contractions written out, what is quoted or joined by a point kept apart.

/// One word of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case, or as it was written when it was quoted.
    pub text: String,
    /// Whether it stood between quotes, so that it means itself.
    pub is_quoted: bool,
}

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

/// How requests begin that ask nothing by it, each tried again after another.
const POLITE: &[&str] = &[
    "please",
    "can you",
    "could you",
    "would you",
    "can we",
    "could we",
    "i want to",
    "i want you to",
    "i would like to",
    "i would like you to",
    "we want to",
    "we would like to",
    "i need to",
    "we need to",
    "you should",
    "let us",
    "now",
    "also",
    "and",
    "then",
    "next",
    "ok",
    "finally",
    "it should be possible to",
    "make sure that",
    "make it so that",
];

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
    let found = found.into_iter().map(|it| without_manners(&it).to_vec());
    found.filter(|it| !it.is_empty()).collect()
}

fn without_manners(mut words: &[Word]) -> &[Word] {
    let mut before = usize::MAX;
    while words.len() < before {
        before = words.len();
        while words.first().is_some_and(|it| it.is_any(&[",", ":", "-"])) {
            words = words.get(1..).unwrap_or_default();
        }
        for phrase in POLITE {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let begins =
                words.len() > parts.len() && parts.iter().zip(words).all(|(part, word)| word.is(part));
            if begins {
                words = words.get(parts.len()..).unwrap_or_default();
            }
        }
    }
    while words.last().is_some_and(|it| it.is_any(&["please", ",", "too", "now", "instead", "thanks"])) {
        words = words.get(..words.len() - 1).unwrap_or_default();
    }
    words
}

/// Stands where a sentence ends.
const END: &str = "\0";

fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        if let Some((quoted, after)) = quoted(rest, sign) {
            found.push(Word { text: quoted.to_owned(), is_quoted: true });
            rest = after;
        } else if sign.is_alphanumeric() || sign == '_' {
            let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '\'' | '’');
            let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            push_word(&mut found, &word.replace('’', "'"));
            rest = after;
            // A point between two names joins them; one at the end of a sentence ends it.
            if let Some(after) = rest.strip_prefix('.') {
                let joins =
                    after.chars().next().is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '"');
                push(&mut found, if joins { "." } else { END });
                rest = after;
            }
        } else {
            if matches!(sign, ',' | ';' | '\n' | '!' | '?' | '(' | ')' | ':' | '&') {
                push(&mut found, sign.encode_utf8(&mut [0; 4]));
            }
            rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        }
    }
    found
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
    found.push(Word { text: text.to_owned(), is_quoted: false });
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
        ("let", "s") => ["let", "us"].iter().for_each(|it| push(found, it)),
        (stem, "s") => {
            push(found, stem);
            push(found, "'s");
        }
        // A name in mixed case is one name: `dueDate`.
        _ => push(found, &spelled(word, lower)),
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
