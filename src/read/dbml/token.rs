//! DBML cut into tokens.
//!
//! Source: <https://dbml.dbdiagram.io/syntax/language-basics>.

use crate::base::Span;

/// A token with its value: without quotes, escapes undone.
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
    /// Whether nothing stands between it and the token before it.
    pub glued: bool,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A bare word or number.
    Word,
    /// A name between `"`.
    Quoted,
    /// A text between `'` or `'''`.
    Text,
    /// An SQL expression between backticks.
    Expression,
    /// `#rrggbb`
    Color,
    /// One sign.
    Sign(char),
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is a bare word of these letters, in any case.
    pub fn says(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.value.eq_ignore_ascii_case(word)
    }

    /// Whether it can be a name.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted)
    }
}

/// Cuts a text. Never fails: what is not closed goes on to the end, and its span is told in the second value.
pub fn tokens(text: &str) -> (Vec<Token>, Vec<Span>) {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), open: Vec::new() };
    lexer.run();
    (lexer.tokens, lexer.open)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    open: Vec<Span>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        let (mut first, mut end) = (true, 0);
        while let Some(sign) = self.rest().chars().next() {
            if sign.is_whitespace() || sign == '\u{feff}' {
                first |= sign == '\n';
                self.at += sign.len_utf8();
            } else if self.rest().starts_with("//") {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if self.rest().starts_with("/*") {
                let from = self.at;
                let length = self.rest().find("*/").map(|it| it + 2);
                self.at += length.unwrap_or(self.rest().len());
                if length.is_none() {
                    self.open.push(Span::new(from, from + 2));
                }
            } else {
                let start = self.at;
                let (kind, value) = self.token(sign);
                let span = Span::new(start, self.at);
                self.tokens.push(Token { kind, span, value, first, glued: start == end });
                (first, end) = (false, self.at);
            }
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self, sign: char) -> (Kind, String) {
        match sign {
            '\'' if self.rest().starts_with("'''") => (Kind::Text, unindented(&self.until("'''", true))),
            '\'' => (Kind::Text, self.until("'", true)),
            '"' => (Kind::Quoted, self.until("\"", true)),
            '`' => (Kind::Expression, self.until("`", false)),
            '#' => (Kind::Color, self.while_word(1)),
            _ if is_word(sign) => (Kind::Word, self.word()),
            _ => {
                self.at += sign.len_utf8();
                (Kind::Sign(sign), sign.to_string())
            }
        }
    }

    /// What stands between two delimiters.
    fn until(&mut self, delimiter: &str, escapes: bool) -> String {
        let start = self.at;
        self.at += delimiter.len();
        let mut value = String::new();
        while let Some(sign) = self.rest().chars().next() {
            if self.rest().starts_with(delimiter) {
                self.at += delimiter.len();
                return value;
            }
            self.at += sign.len_utf8();
            if sign == '\\' && escapes {
                self.escape(&mut value);
            } else {
                value.push(sign);
            }
        }
        self.open.push(Span::new(start, start + delimiter.len()));
        value
    }

    /// What a backslash means: it keeps a quote or itself, joins lines, and is itself before all else.
    fn escape(&mut self, value: &mut String) {
        let Some(next) = self.rest().chars().next() else { return value.push('\\') };
        self.at += next.len_utf8();
        match next {
            '\'' | '"' | '`' | '\\' => value.push(next),
            'n' => value.push('\n'),
            't' => value.push('\t'),
            'r' => value.push('\r'),
            '\n' => {}
            '\r' if self.rest().starts_with('\n') => self.at += 1,
            _ => value.extend(['\\', next]),
        }
    }

    fn while_word(&mut self, skip: usize) -> String {
        let start = self.at;
        self.at += skip;
        while let Some(sign) = self.rest().chars().next().filter(|it| is_word(*it)) {
            self.at += sign.len_utf8();
        }
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }

    /// A word, or a number with its fraction.
    fn word(&mut self) -> String {
        let start = self.at;
        self.while_word(0);
        let word = self.text.get(start..self.at).unwrap_or_default();
        if word.bytes().all(|it| it.is_ascii_digit()) {
            let mut next = self.rest().chars();
            if next.next() == Some('.') && next.next().is_some_and(|it| it.is_ascii_digit()) {
                self.while_word(1);
            }
        }
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// A block string without the white space that all its lines begin with, and without the breaks at its ends.
fn unindented(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |it: &&str| it.len() - it.trim_start().len();
    let least = lines.iter().filter(|it| !it.trim().is_empty()).map(indent).min().unwrap_or(0);
    let mut lines: Vec<&str> = lines.iter().map(|it| it.get(least..).unwrap_or_default()).collect();
    while lines.first().is_some_and(|it| it.trim().is_empty()) {
        lines.remove(0);
    }
    while lines.last().is_some_and(|it| it.trim().is_empty()) {
        lines.pop();
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_lose_quotes_escapes_and_common_indentation() {
        let (found, open) =
            tokens("'it\\'s' \"a b\" `now()` '''\n    one\n      two\\\n three\n  ''' 1.5 #fff // x");
        let values: Vec<&str> = found.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(values, ["it's", "a b", "now()", "one\n  two three", "1.5", "#fff"]);
        assert_eq!(open, []);
    }

    #[test]
    fn what_is_not_closed_is_told_at_its_beginning() {
        assert_eq!(tokens("a 'b").1, [Span::new(2, 3)]);
        assert_eq!(tokens("/* b").1, [Span::new(0, 2)]);
    }
}
