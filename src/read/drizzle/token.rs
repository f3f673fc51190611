//! TypeScript cut into tokens, as far as schema files go.
//!
//! Source: ECMAScript 2024, chapter "Lexical Grammar".

use crate::base::Span;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
    /// Whether it is the first of its line.
    pub first: bool,
}

/// The kinds of tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A name or a keyword.
    Word(String),
    /// A text.
    Text(String),
    /// A number as written, without `_` and `n`.
    Number(String),
    /// A template: its texts, and the tokens between each two of them.
    Template(Vec<String>, Vec<Vec<Token>>),
    /// One sign; `=>` and `...` are `⇒` and `…`.
    Sign(char),
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// The word that it is.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(it) => Some(it),
            _ => None,
        }
    }
}

/// How deep templates may stand in templates.
const DEEPEST: usize = 20;

/// Cuts a text; `offset` is where it begins in the whole. Never fails: what is not closed goes on to the end.
pub fn tokens(text: &str, offset: usize) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, offset, depth: 0 };
    lexer.until_brace(false)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    offset: usize,
    depth: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The tokens up to the brace that closes an insertion, or to the end.
    fn until_brace(&mut self, stops: bool) -> Vec<Token> {
        let (mut found, mut first, mut open) = (Vec::<Token>::new(), true, 0_usize);
        while let Some(sign) = self.rest().chars().next() {
            if sign.is_whitespace() || sign == '\u{feff}' {
                first |= sign == '\n';
                self.at += sign.len_utf8();
                continue;
            }
            if self.rest().starts_with("//") {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                continue;
            }
            if self.rest().starts_with("/*") {
                self.at += self.rest().find("*/").map_or(self.rest().len(), |it| it + 2);
                continue;
            }
            if stops && sign == '}' && open == 0 {
                self.at += 1;
                break;
            }
            match sign {
                '{' => open += 1,
                '}' => open = open.saturating_sub(1),
                _ => {}
            }
            let start = self.at;
            let kind = self.token(sign, found.last());
            found.push(Token { kind, span: Span::new(self.offset + start, self.offset + self.at), first });
            first = false;
        }
        found
    }

    fn token(&mut self, sign: char, before: Option<&Token>) -> Kind {
        match sign {
            '\'' | '"' => Kind::Text(self.quoted(sign)),
            '`' => self.template(),
            '0'..='9' => self.number(),
            '/' if begins_value(before) => {
                self.pattern();
                Kind::Text(String::new())
            }
            _ if is_word(sign) || sign == '#' || sign == '@' => Kind::Word(self.run()),
            _ => {
                for (word, one) in [("=>", '⇒'), ("...", '…')] {
                    if self.rest().starts_with(word) {
                        self.at += word.len();
                        return Kind::Sign(one);
                    }
                }
                self.at += sign.len_utf8();
                Kind::Sign(sign)
            }
        }
    }

    fn run(&mut self) -> String {
        let start = self.at;
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        while let Some(sign) = self.rest().chars().next().filter(|it| is_word(*it)) {
            self.at += sign.len_utf8();
        }
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }

    fn number(&mut self) -> Kind {
        let start = self.at;
        while let Some(sign) = self.rest().chars().next().filter(|it| is_word(*it) || *it == '.') {
            self.at += sign.len_utf8();
        }
        let written = self.text.get(start..self.at).unwrap_or_default().replace('_', "");
        Kind::Number(written.strip_suffix('n').unwrap_or(&written).to_owned())
    }

    fn quoted(&mut self, quote: char) -> String {
        self.at += 1;
        let mut value = String::new();
        while let Some(sign) = self.rest().chars().next() {
            if sign == '\n' {
                break;
            }
            self.at += sign.len_utf8();
            if sign == quote {
                break;
            }
            if sign == '\\' { self.escape(&mut value) } else { value.push(sign) }
        }
        value
    }

    fn escape(&mut self, value: &mut String) {
        let Some(next) = self.rest().chars().next() else { return };
        self.at += next.len_utf8();
        match next {
            'n' => value.push('\n'),
            't' => value.push('\t'),
            'r' => value.push('\r'),
            '\n' => {}
            'u' | 'x' => {
                let braced = self.rest().starts_with('{');
                let digits: String = self
                    .rest()
                    .chars()
                    .skip(usize::from(braced))
                    .take_while(char::is_ascii_hexdigit)
                    .collect();
                let length =
                    if braced { digits.len() } else { digits.len().min(if next == 'u' { 4 } else { 2 }) };
                self.at += length + if braced { 2 } else { 0 };
                self.at = self.at.min(self.text.len());
                let code = digits.get(..length).and_then(|it| u32::from_str_radix(it, 16).ok());
                value.extend(code.and_then(char::from_u32));
            }
            other => value.push(other),
        }
    }

    /// A regular expression, which is passed over.
    fn pattern(&mut self) {
        self.at += 1;
        let mut in_class = false;
        while let Some(sign) = self.rest().chars().next().filter(|it| *it != '\n') {
            self.at += sign.len_utf8();
            match sign {
                '\\' => self.at += self.rest().chars().next().map_or(0, char::len_utf8),
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => break,
                _ => {}
            }
        }
        while self.rest().chars().next().is_some_and(is_word) {
            self.at += 1;
        }
    }

    fn template(&mut self) -> Kind {
        self.at += 1;
        self.depth += 1;
        let (mut texts, mut insertions) = (vec![String::new()], Vec::new());
        while let Some(sign) = self.rest().chars().next() {
            let last = texts.last_mut().expect("there is one from the start");
            self.at += sign.len_utf8();
            match sign {
                '`' => break,
                '\\' => {
                    let mut escaped = String::new();
                    self.escape(&mut escaped);
                    last.push_str(&escaped);
                }
                '$' if self.rest().starts_with('{') && self.depth < DEEPEST => {
                    self.at += 1;
                    insertions.push(self.until_brace(true));
                    texts.push(String::new());
                }
                _ => last.push(sign),
            }
        }
        self.depth -= 1;
        Kind::Template(texts, insertions)
    }
}

/// Whether a slash here begins a regular expression: where a value may begin.
fn begins_value(before: Option<&Token>) -> bool {
    before.is_none_or(|it| {
        matches!(
            it.kind,
            Kind::Sign('(' | ',' | '=' | ':' | '[' | '!' | '&' | '|' | '?' | '{' | '}' | ';' | '⇒')
        )
    })
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || sign == '$'
}
