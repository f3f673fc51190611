//! SQL text cut into tokens, by the rules of PostgreSQL's scanner (`scan.l`).

use std::borrow::Cow;

use crate::base::Span;

/// A piece of SQL text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is, as bytes of the text.
    pub span: Span,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// White space.
    Space,
    /// `-- …` up to the end of its line, without the break.
    LineComment,
    /// `/* … */`, nested ones included.
    BlockComment,
    /// A keyword or a name without quotes.
    Word,
    /// A name between `"`.
    Quoted,
    /// A text value between `'`, with its prefix.
    Text,
    /// A text value between dollar quotes.
    Dollar,
    /// A number.
    Number,
    /// `::`
    Cast,
    /// Any other sign, one each.
    Sign,
}

impl Token {
    /// Whether it is white space or a comment.
    pub fn is_blank(self) -> bool {
        matches!(self.kind, TokenKind::Space | TokenKind::LineComment | TokenKind::BlockComment)
    }

    /// Whether it is this sign.
    pub fn is(self, text: &str, sign: &str) -> bool {
        self.kind == TokenKind::Sign && self.span.of(text) == sign
    }

    /// The name that it writes, when it is a word or a quoted name: folded to lower case, or without its quotes.
    pub fn name(self, text: &str) -> Option<Cow<'_, str>> {
        let written = self.span.of(text);
        match self.kind {
            TokenKind::Word if written.bytes().any(|it| it.is_ascii_uppercase()) => {
                Some(Cow::Owned(written.to_ascii_lowercase()))
            }
            TokenKind::Word => Some(Cow::Borrowed(written)),
            TokenKind::Quoted => {
                let inner = written.trim_start_matches(['u', 'U', '&']).trim_matches('"');
                let inner = if written.starts_with('"') {
                    written.get(1..written.len().saturating_sub(1)).unwrap_or("")
                } else {
                    inner
                };
                Some(if inner.contains("\"\"") {
                    Cow::Owned(inner.replace("\"\"", "\""))
                } else {
                    Cow::Borrowed(inner)
                })
            }
            _ => None,
        }
    }
}

/// The tokens of `text` in order, without gaps. What is not closed reaches to the end.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|it| !it.is_empty())?;
        let (kind, length) = first(rest);
        let length = length.clamp(1, rest.len());
        // A token never ends inside a character: all lengths come from `str` searches but the one-sign default.
        let length = (length..=rest.len()).find(|it| rest.is_char_boundary(*it)).unwrap_or(rest.len());
        let token = Token { kind, span: Span::new(at, at + length) };
        at += length;
        Some(token)
    })
}

fn first(rest: &str) -> (TokenKind, usize) {
    let Some(sign) = rest.chars().next() else { return (TokenKind::Space, 0) };
    let bytes = rest.as_bytes();
    let next = bytes.get(1).copied().unwrap_or(0);
    match sign {
        _ if sign.is_ascii_whitespace() => (TokenKind::Space, run(rest, |it| it.is_ascii_whitespace())),
        '-' if next == b'-' => (TokenKind::LineComment, rest.find('\n').unwrap_or(rest.len())),
        '/' if next == b'*' => (TokenKind::BlockComment, block_comment(rest)),
        '\'' => (TokenKind::Text, 1 + closed(&rest[1..], '\'', false)),
        '"' => (TokenKind::Quoted, 1 + closed(&rest[1..], '"', false)),
        'e' | 'E' if next == b'\'' => (TokenKind::Text, 2 + closed(&rest[2..], '\'', true)),
        'b' | 'B' | 'x' | 'X' | 'n' | 'N' if next == b'\'' => {
            (TokenKind::Text, 2 + closed(&rest[2..], '\'', false))
        }
        'u' | 'U' if rest[1..].starts_with("&'") => (TokenKind::Text, 3 + closed(&rest[3..], '\'', false)),
        'u' | 'U' if rest[1..].starts_with("&\"") => (TokenKind::Quoted, 3 + closed(&rest[3..], '"', false)),
        '$' => match dollar_quoted(rest) {
            Some(length) => (TokenKind::Dollar, length),
            None => (TokenKind::Sign, 1),
        },
        _ if is_name_start(sign) => (TokenKind::Word, run(rest, is_name)),
        '0'..='9' => (TokenKind::Number, number(rest)),
        '.' if next.is_ascii_digit() => (TokenKind::Number, number(rest)),
        ':' if next == b':' => (TokenKind::Cast, 2),
        _ => (TokenKind::Sign, sign.len_utf8()),
    }
}

fn is_name_start(sign: char) -> bool {
    sign.is_ascii_alphabetic() || sign == '_' || !sign.is_ascii()
}

fn is_name(sign: char) -> bool {
    is_name_start(sign) || sign.is_ascii_digit() || sign == '$'
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|it| !belongs(it)).unwrap_or(rest.len())
}

/// Bytes up to and with the closing quote; a doubled one is part of the text.
fn closed(rest: &str, quote: char, escapes: bool) -> usize {
    let mut signs = rest.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && escapes {
            signs.next();
        } else if sign == quote {
            match signs.peek() {
                Some((_, again)) if *again == quote => {
                    signs.next();
                }
                _ => return at + 1,
            }
        }
    }
    rest.len()
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    let bytes = rest.as_bytes();
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

fn dollar_quoted(rest: &str) -> Option<usize> {
    let inner = rest.get(1..)?;
    let tag = run(inner, |it| is_name(it) && it != '$');
    if inner.starts_with(|it: char| it.is_ascii_digit()) || !inner.get(tag..)?.starts_with('$') {
        return None;
    }
    let quote = &rest[..tag + 2];
    let body = &rest[quote.len()..];
    Some(body.find(quote).map_or(rest.len(), |it| quote.len() + it + quote.len()))
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let exponent = matches!(byte, b'+' | b'-') && at > 0 && matches!(bytes[at - 1], b'e' | b'E');
        if !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || exponent) {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(TokenKind, &str)]) {
        let all: Vec<_> = tokens(text).collect();
        assert_eq!(all.iter().map(|it| it.span.of(text)).collect::<String>(), text, "nothing is lost");
        let found: Vec<_> = all
            .iter()
            .filter(|it| it.kind != TokenKind::Space)
            .map(|it| (it.kind, it.span.of(text)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn quotes_and_comments_hide_what_they_hold() {
        use TokenKind::{BlockComment, Cast, Dollar, LineComment, Quoted, Sign, Text, Word};
        check("a 'b''c' E'd\\'e'", &[(Word, "a"), (Text, "'b''c'"), (Text, "E'd\\'e'")]);
        check("\"x\"\"y\".Z", &[(Quoted, "\"x\"\"y\""), (Sign, "."), (Word, "Z")]);
        check("$f$ $$ $f$ -- é", &[(Dollar, "$f$ $$ $f$"), (LineComment, "-- é")]);
        check("/* a /* b */ c */x", &[(BlockComment, "/* a /* b */ c */"), (Word, "x")]);
        check("größe::text$1", &[(Word, "größe"), (Cast, "::"), (Word, "text$1")]);
    }

    #[test]
    fn anything_is_cut_without_loss_or_panic() {
        for text in ["'", "\"", "$", "$a", "$a$", "/*", "/* /*", "é$é", "U&'", "1.5e-3x", "::", "e'\\", "€'"]
        {
            assert_eq!(tokens(text).map(|it| it.span.of(text)).collect::<String>(), text);
        }
    }
}
