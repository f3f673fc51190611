//! MySQL and SQLite cut into tokens and statements.
//!
//! Sources: MySQL 8.4 manual, chapter "Language Structure" (strings, comments that are run) and the `mysql` client's
//! `DELIMITER`; SQLite, "SQL As Understood By SQLite".

use super::Dialect;
use crate::base::Span;

/// A token with its value: names without quotes, texts with escapes undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
    /// What it says.
    pub value: String,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A keyword or a name without quotes.
    Word,
    /// A name between quotes.
    Name,
    /// A text.
    Text,
    /// A text between `"`, which SQLite takes as a name where there is one.
    Double,
    /// A number.
    Number,
    /// `x'00'` or `0x00`, as hexadecimal digits.
    Bytes,
    /// `b'01'`, as digits.
    Bits,
    /// One sign.
    Sign(char),
    /// The end of a statement.
    End,
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is this keyword.
    pub fn says(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.value.eq_ignore_ascii_case(word)
    }

    /// Whether it can be a name.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Name | Kind::Double)
    }
}

/// Cuts a part of a text into statements without their ends. Never fails: what is not closed goes on to the part's end.
pub fn statements(text: &str, part: Span, dialect: Dialect) -> Vec<Vec<Token>> {
    let mut lexer = Lexer {
        text: text.get(..part.end as usize).unwrap_or(text),
        at: part.start as usize,
        dialect,
        delimiter: ";".to_owned(),
        runs: false,
        routine: Routine::default(),
    };
    let (mut found, mut statement) = (Vec::new(), Vec::new());
    while let Some(token) = lexer.next() {
        if token.kind == Kind::End {
            lexer.routine = Routine::default();
            if !statement.is_empty() {
                found.push(std::mem::take(&mut statement));
            }
        } else {
            statement.push(token);
        }
    }
    if !statement.is_empty() {
        found.push(statement);
    }
    found
}

/// Whether a statement creates a routine, whose body may hold semicolons, and how deep it is in it.
#[derive(Default)]
struct Routine {
    words: usize,
    creates: bool,
    found: bool,
    depth: usize,
    ended: bool,
}

impl Routine {
    fn word(&mut self, word: &str) {
        let is = |it: &str| word.eq_ignore_ascii_case(it);
        self.words += 1;
        self.creates |= self.words == 1 && is("create");
        let kinds = ["trigger", "procedure", "function", "event"];
        self.found |= self.creates && self.words < 12 && kinds.iter().any(|it| is(it));
        if !self.found {
            return;
        }
        if self.ended && ["if", "while", "loop", "repeat"].iter().any(|it| is(it)) {
            self.depth += 1;
        }
        self.ended = is("end");
        if is("begin") || is("case") {
            self.depth += 1;
        } else if self.ended {
            self.depth = self.depth.saturating_sub(1);
        }
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    dialect: Dialect,
    delimiter: String,
    /// Inside of `/*! … */`.
    runs: bool,
    routine: Routine,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<Token> {
        loop {
            let sign = self.rest().chars().next()?;
            if sign.is_whitespace() || sign == '\u{feff}' {
                self.at += sign.len_utf8();
            } else if self.rest().starts_with("--") || sign == '#' && self.dialect == Dialect::MySql {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if self.runs && self.rest().starts_with("*/") {
                self.runs = false;
                self.at += 2;
            } else if self.rest().starts_with("/*!") || self.rest().starts_with("/*M!") {
                self.runs = true;
                self.at += self.rest().find('!').map_or(3, |it| it + 1);
                self.at += self.rest().find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
            } else if self.rest().starts_with("/*") {
                self.at += self.rest().find("*/").map_or(self.rest().len(), |it| it + 2);
            } else if self.routine.words == 0 && self.is_delimiter_line() {
                let line = self.rest().lines().next().unwrap_or_default();
                let delimiter = line.split_whitespace().nth(1).unwrap_or(";").to_owned();
                self.at += line.len();
                self.delimiter = delimiter;
            } else {
                return Some(self.token(sign));
            }
        }
    }

    fn is_delimiter_line(&self) -> bool {
        let word = self.rest().split_whitespace().next().unwrap_or_default();
        self.dialect == Dialect::MySql && word.eq_ignore_ascii_case("delimiter")
    }

    fn token(&mut self, sign: char) -> Token {
        let start = self.at;
        if self.rest().starts_with(&self.delimiter) && (self.delimiter != ";" || self.routine.depth == 0) {
            self.at += self.delimiter.len();
            return Token { kind: Kind::End, span: Span::new(start, self.at), value: String::new() };
        }
        let (kind, value) = match sign {
            '`' => (Kind::Name, self.quoted('`', false)),
            '\'' => (Kind::Text, self.quoted('\'', self.dialect == Dialect::MySql)),
            '"' if self.dialect == Dialect::MySql => (Kind::Text, self.quoted('"', true)),
            '"' => (Kind::Double, self.quoted('"', false)),
            '[' if self.dialect == Dialect::Sqlite => (Kind::Name, self.bracketed()),
            '0'..='9' => self.number(),
            _ if is_word(sign) || sign == '@' => self.word(),
            _ => {
                self.at += sign.len_utf8();
                (Kind::Sign(sign), sign.to_string())
            }
        };
        Token { kind, span: Span::new(start, self.at), value }
    }

    fn run(&mut self) -> String {
        let start = self.at;
        while let Some(sign) = self.rest().chars().next().filter(|it| is_word(*it) || *it == '@') {
            self.at += sign.len_utf8();
        }
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }

    fn word(&mut self) -> (Kind, String) {
        let word = self.run();
        let quote = self.rest().starts_with('\'');
        match word.as_str() {
            "x" | "X" if quote => (Kind::Bytes, self.quoted('\'', false)),
            "b" | "B" if quote => (Kind::Bits, self.quoted('\'', false)),
            // `_utf8mb4'text'` and `N'text'` say how a text is encoded.
            it if quote && (it.starts_with('_') || it.eq_ignore_ascii_case("n")) => {
                (Kind::Text, self.quoted('\'', true))
            }
            _ => {
                self.routine.word(&word);
                (Kind::Word, word)
            }
        }
    }

    fn number(&mut self) -> (Kind, String) {
        let start = self.at;
        if self.rest().starts_with("0x") {
            self.at += 2;
            return (Kind::Bytes, self.run());
        }
        let mut last = ' ';
        while let Some(sign) = self.rest().chars().next() {
            let exponent = matches!(last, 'e' | 'E') && matches!(sign, '-' | '+');
            if !(sign.is_ascii_alphanumeric() || sign == '.' || exponent) {
                break;
            }
            last = sign;
            self.at += 1;
        }
        (Kind::Number, self.text.get(start..self.at).unwrap_or_default().to_owned())
    }

    fn bracketed(&mut self) -> String {
        let length = self.rest().find(']').map_or(self.rest().len(), |it| it + 1);
        let value = self.rest().get(1..length).unwrap_or_default().trim_end_matches(']').to_owned();
        self.at += length;
        value
    }

    /// What stands between quotes; a doubled quote is one.
    fn quoted(&mut self, quote: char, backslashes: bool) -> String {
        self.at += quote.len_utf8();
        let mut value = String::new();
        while let Some(sign) = self.rest().chars().next() {
            self.at += sign.len_utf8();
            if sign == quote {
                if !self.rest().starts_with(quote) {
                    break;
                }
                self.at += quote.len_utf8();
                value.push(quote);
            } else if sign == '\\' && backslashes {
                let Some(next) = self.rest().chars().next() else { break };
                self.at += next.len_utf8();
                match next {
                    'n' => value.push('\n'),
                    'r' => value.push('\r'),
                    't' => value.push('\t'),
                    'b' => value.push('\u{8}'),
                    'Z' => value.push('\u{1a}'),
                    // No text of PostgreSQL holds it.
                    '0' => {}
                    '%' | '_' => value.extend(['\\', next]),
                    other => value.push(other),
                }
            } else if sign != '\0' {
                value.push(sign);
            }
        }
        value
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || sign == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, dialect: Dialect) -> Vec<Vec<String>> {
        let words = |it: Vec<Token>| it.into_iter().map(|it| it.value).collect();
        statements(text, Span::new(0, text.len()), dialect).into_iter().map(words).collect()
    }

    #[test]
    fn comments_that_mysql_runs_are_statements() {
        let found = words(
            "-- x\n/*!40101 SET a=1 */;\n# y;\nUSE `a``b`; SELECT 'it\\'s', 0xAF, b'1'",
            Dialect::MySql,
        );
        assert_eq!(
            found,
            [vec!["SET", "a", "=", "1"], vec!["USE", "a`b"], vec!["SELECT", "it's", ",", "AF", ",", "1"]]
        );
    }

    #[test]
    fn bodies_of_routines_stay_whole() {
        let text = "CREATE TRIGGER t BEGIN IF a THEN b; END IF; SELECT CASE x END; END; c;";
        assert_eq!(words(text, Dialect::MySql).len(), 2);
        let text = "DELIMITER ;;\nCREATE PROCEDURE p() a; b ;;\nDELIMITER ;\nc;";
        assert_eq!(words(text, Dialect::MySql).len(), 2);
    }
}
