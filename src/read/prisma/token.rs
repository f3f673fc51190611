//! The Prisma schema language cut into tokens.
//!
//! Source: <https://www.prisma.io/docs/orm/reference/prisma-schema-reference>.

use crate::base::Span;

/// A token with its value: strings without quotes, escapes undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
    /// What it says.
    pub value: String,
    /// Whether it is the first of its line.
    pub first: bool,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Word,
    /// A number with its sign.
    Number,
    /// A text between `"`.
    Text,
    /// One sign.
    Sign(char),
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts a text. Never fails: a string that is not closed ends with its line, and its span is told in the second value.
pub fn tokens(text: &str) -> (Vec<Token>, Vec<Span>) {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    let (mut at, mut first) = (0, true);
    while let Some(rest) = text.get(at..)
        && let Some(sign) = rest.chars().next()
    {
        let start = at;
        if sign.is_whitespace() || sign == '\u{feff}' {
            first |= sign == '\n';
            at += sign.len_utf8();
            continue;
        }
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        if rest.starts_with("/*") {
            at += rest.find("*/").map_or(rest.len(), |it| it + 2);
            continue;
        }
        let (kind, value) = if sign == '"' {
            let (length, value, closed) = string(rest);
            at += length;
            if !closed {
                open.push(Span::new(start, start + 1));
            }
            (Kind::Text, value)
        } else if sign.is_alphabetic() || sign == '_' {
            let length = run(rest, |it| it.is_alphanumeric() || it == '_' || it == '-');
            at += length;
            (Kind::Word, rest.get(..length).unwrap_or_default().to_owned())
        } else if sign.is_ascii_digit()
            || sign == '-' && rest[1..].starts_with(|it: char| it.is_ascii_digit())
        {
            let length = 1 + run(&rest[1..], |it| it.is_ascii_alphanumeric() || it == '.');
            at += length;
            (Kind::Number, rest.get(..length).unwrap_or_default().to_owned())
        } else {
            at += sign.len_utf8();
            (Kind::Sign(sign), sign.to_string())
        };
        found.push(Token { kind, span: Span::new(start, at), value, first });
        first = false;
    }
    (found, open)
}

/// How many bytes of the beginning are such signs.
fn run(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|it| !is_part(it)).unwrap_or(text.len())
}

/// The length of a string with its quotes, its value, and whether it is closed.
fn string(text: &str) -> (usize, String, bool) {
    let mut value = String::new();
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (at + 1, value, true),
            '\n' => return (at, value, false),
            '\\' => match signs.next().map(|it| it.1) {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some('u') => {
                    let digits: String = signs.by_ref().take(4).map(|it| it.1).collect();
                    value.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                }
                Some(other) => value.push(other),
                None => {}
            },
            other => value.push(other),
        }
    }
    (text.len(), value, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_numbers_and_words_are_told_apart() {
        let (found, open) = tokens("a-b \"x\\\"\\u0041\\n\" -1.5 ? // c\n/// d\n\"open\nz");
        let values: Vec<(Kind, &str)> = found.iter().map(|it| (it.kind, it.value.as_str())).collect();
        let expected = [
            (Kind::Word, "a-b"),
            (Kind::Text, "x\"A\n"),
            (Kind::Number, "-1.5"),
            (Kind::Sign('?'), "?"),
            (Kind::Text, "open"),
            (Kind::Word, "z"),
        ];
        assert_eq!(values, expected);
        assert_eq!(open.len(), 1);
    }
}
