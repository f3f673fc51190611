//! Names and expressions with signs in the place of the names of their table and its columns.

use super::names::MOST_BYTES;

/// Stands for the table's name.
const TABLE: char = '\u{3}';
/// Stands before the number of a column, which stands for its name.
const COLUMN: char = '\u{4}';
/// Begins a text that has no signs and may hold these letters themselves.
const AS_IT_IS: char = '\u{5}';
/// The letter of the first column's number.
const FIRST: u32 = 0x20;
/// Shorter names are not worth a sign.
const SHORTEST: usize = 4;

/// What signs may stand for: the table's name, and the names of columns by number.
#[derive(Clone, Copy)]
pub struct Signs<'a> {
    pub table: &'a str,
    pub columns: &'a [&'a str],
}

impl<'a> Signs<'a> {
    /// Signs for columns alone.
    pub fn of(columns: &'a [&'a str]) -> Signs<'a> {
        Signs { table: "", columns }
    }

    /// A name whose parts, joined by `_`, may be the table's and columns' names.
    pub fn in_name(self, name: &str) -> String {
        let mut out = String::new();
        let mut rest = name;
        while !rest.is_empty() {
            let mut ends = rest.match_indices('_').map(|it| it.0).chain([rest.len()]).collect::<Vec<_>>();
            ends.reverse();
            let found = ends.iter().find_map(|end| Some((self.sign(&rest[..*end])?, *end)));
            let end = found.as_ref().map_or_else(|| ends.last().copied().unwrap_or(0), |it| it.1);
            out.push_str(found.as_ref().map_or(&rest[..end], |it| it.0.as_str()));
            rest = &rest[end..];
            if rest.starts_with('_') {
                out.push('_');
                rest = &rest[1..];
            }
        }
        self.checked(out, name)
    }

    /// An expression, in which whole words may be columns' names.
    pub fn in_expression(self, text: &str) -> String {
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        let mut out = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = if is_word(first) {
                rest.find(|it| !is_word(it)).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let (word, after) = rest.split_at(end);
            match self.sign(word) {
                Some(sign) => out.push_str(&sign),
                None => out.push_str(word),
            }
            rest = after;
        }
        self.checked(out, text)
    }

    /// The text again; nothing when a sign stands for nothing.
    pub fn expanded(self, text: &str) -> Option<String> {
        if let Some(text) = text.strip_prefix(AS_IT_IS) {
            return Some(text.to_owned());
        }
        let mut out = String::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            match letter {
                // Names are bounded so that a short link cannot stand for very long ones.
                TABLE => out.push_str(Some(self.table).filter(|it| it.len() <= MOST_BYTES)?),
                COLUMN => {
                    let number = u32::from(letters.next()?).checked_sub(FIRST)?;
                    let name = self.columns.get(number as usize).filter(|it| it.len() <= MOST_BYTES)?;
                    out.push_str(name);
                }
                letter => out.push(letter),
            }
        }
        Some(out)
    }

    fn sign(self, word: &str) -> Option<String> {
        if word.len() < SHORTEST || word.len() > MOST_BYTES {
            return None;
        }
        if word == self.table {
            return Some(TABLE.to_string());
        }
        let number = self.columns.iter().position(|it| *it == word)? as u32;
        Some(String::from_iter([COLUMN, char::from_u32(FIRST + number)?]))
    }

    /// What was made of `text`, if it gives `text` again.
    fn checked(self, made: String, text: &str) -> String {
        if self.expanded(&made).as_deref() == Some(text) { made } else { format!("{AS_IT_IS}{text}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIGNS: Signs = Signs { table: "posts", columns: &["id", "up_score", "score", "tag_string"] };

    #[test]
    fn names_of_table_and_columns_become_signs() {
        assert_eq!(SIGNS.in_name("index_posts_on_up_score"), "index_\u{3}_on_\u{4}!");
        assert_eq!(SIGNS.in_expression("(up_score + score2) > id"), "(\u{4}! + score2) > id");
    }

    #[test]
    fn signs_for_nothing_are_refused() {
        assert_eq!(SIGNS.expanded("a_\u{4}~"), None);
        assert_eq!(SIGNS.expanded("a_\u{4}"), None);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "([a-z_\u{3}\u{4}\u{5}é(]|posts|up_score|score|_){0,12}") {
            prop_assert_eq!(SIGNS.expanded(&SIGNS.in_name(&text)), Some(text.clone()));
            prop_assert_eq!(SIGNS.expanded(&SIGNS.in_expression(&text)), Some(text));
        }
    }
}
