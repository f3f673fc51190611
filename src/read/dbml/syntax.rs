//! The blocks of DBML: a keyword, a name, settings, and a body.

use super::token::{Kind, Token};
use crate::base::Span;
use crate::read::translation::Translation;

/// A name with the names before its dots.
pub type Path = Vec<String>;

/// `keyword name as alias [settings] { body }`, or `keyword name: value`.
#[derive(Debug)]
pub struct Block<'t> {
    /// `table`, `ref`, `enum`…, in small letters.
    pub keyword: String,
    /// Its name, empty where it has none.
    pub name: Path,
    /// What follows `as`.
    pub alias: Option<String>,
    /// The columns of `records t(a, b)`.
    pub columns: Option<Vec<String>>,
    /// Between `[` and `]`.
    pub settings: Vec<Setting<'t>>,
    /// Between `{` and `}`, or after the colon.
    pub body: &'t [Token],
    /// The whole.
    pub span: Span,
}

/// `name: value`, or a name alone.
#[derive(Clone, Debug)]
pub struct Setting<'t> {
    /// In small letters, words joined by one space.
    pub name: String,
    /// After the colon.
    pub value: &'t [Token],
    /// The whole.
    pub span: Span,
}

impl Setting<'_> {
    /// The text of the value.
    pub fn text(&self) -> Option<String> {
        let first = self.value.first()?;
        if let [one] = self.value { Some(one.value.clone()) } else { Some(first.value.clone()) }
    }
}

/// A place among tokens.
pub struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Cursor<'t> {
    /// At the first of the tokens.
    pub fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// The token here.
    pub fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    /// The token after the one here.
    pub fn second(&self) -> Option<&'t Token> {
        self.tokens.get(self.at + 1)
    }

    /// The bare words from here on, to the end of the line.
    pub fn words(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        rest.iter().take_while(|it| it.kind == Kind::Word && !it.first).map(|it| it.value.as_str())
    }

    /// The token here; the next one is here then.
    pub fn take(&mut self) -> Option<&'t Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// Whether this sign is here; it is passed then.
    pub fn eat(&mut self, sign: char) -> bool {
        let is_here = self.peek().is_some_and(|it| it.is(sign));
        self.at += usize::from(is_here);
        is_here
    }

    /// The bytes from one token to the one before the place.
    pub fn span_from(&self, from: usize) -> Span {
        let first = self.tokens.get(from).map_or(Span::default(), |it| it.span);
        let last = self.tokens.get(self.at.saturating_sub(1)).map_or(first, |it| it.span);
        first.cover(last)
    }

    /// Where it is.
    pub fn here(&self) -> usize {
        self.at
    }

    /// Names with dots between them.
    pub fn path(&mut self) -> Path {
        let mut path = Path::new();
        while let Some(name) = self.peek().filter(|it| it.is_name()) {
            path.push(name.value.clone());
            self.at += 1;
            let goes_on = self.second().is_some_and(Token::is_name);
            if !(self.peek().is_some_and(|it| it.is('.')) && goes_on) {
                break;
            }
            self.at += 1;
        }
        path
    }

    /// What stands between an opening sign that was passed and its closing one; both kinds nest.
    pub fn inside(&mut self, open: char, close: char) -> &'t [Token] {
        let (start, mut depth) = (self.at, 1_usize);
        while let Some(token) = self.take() {
            if token.is(open) {
                depth += 1;
            } else if token.is(close) {
                depth -= 1;
                if depth == 0 {
                    return self.tokens.get(start..self.at - 1).unwrap_or_default();
                }
            }
        }
        self.tokens.get(start..).unwrap_or_default()
    }

    /// To the end of the line; brackets that are open go on.
    pub fn line(&mut self) -> &'t [Token] {
        let (start, mut depth) = (self.at, 0_i32);
        while let Some(token) = self.peek() {
            if token.first && depth <= 0 && self.at > start {
                break;
            }
            match token.kind {
                Kind::Sign('[' | '(' | '{') => depth += 1,
                Kind::Sign(']' | ')' | '}') => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        self.tokens.get(start..self.at).unwrap_or_default()
    }

    /// `[name: value, name]`, where it is here.
    pub fn settings(&mut self) -> Vec<Setting<'t>> {
        if !self.eat('[') {
            return Vec::new();
        }
        let inside = self.inside('[', ']');
        split(inside, ',').into_iter().filter_map(setting).collect()
    }

    /// A block, where its keyword is here.
    pub fn block(&mut self) -> Option<Block<'t>> {
        let from = self.at;
        let keyword = self.take()?.value.to_lowercase();
        let name = self.path();
        let alias = match self.peek() {
            Some(it) if it.says("as") => {
                self.at += 1;
                self.path().pop()
            }
            _ => None,
        };
        let columns = self.eat('(').then(|| {
            let names = self.inside('(', ')').iter().filter(|it| it.is_name());
            names.map(|it| it.value.clone()).collect()
        });
        let mut settings = self.settings();
        let body = if self.eat('{') {
            self.inside('{', '}')
        } else if self.eat(':') {
            self.line()
        } else {
            &[]
        };
        // A short reference has its settings behind it; those of a long one are read with its line.
        if settings.is_empty() && body.is_empty() {
            settings = self.settings();
        }
        Some(Block { keyword, name, alias, columns, settings, body, span: self.span_from(from) })
    }
}

fn setting(tokens: &[Token]) -> Option<Setting<'_>> {
    let span = tokens.first()?.span.cover(tokens.last()?.span);
    let colon = tokens.iter().position(|it| it.is(':')).unwrap_or(tokens.len());
    let words: Vec<String> =
        tokens.get(..colon).unwrap_or_default().iter().map(|it| it.value.to_lowercase()).collect();
    Some(Setting { name: words.join(" "), value: tokens.get(colon + 1..).unwrap_or_default(), span })
}

/// The parts between a sign that is in no brackets.
pub fn split(tokens: &[Token], sign: char) -> Vec<&[Token]> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Sign('[' | '(' | '{') => depth += 1,
            Kind::Sign(']' | ')' | '}') => depth -= 1,
            Kind::Sign(it) if it == sign && depth == 0 => {
                parts.push(tokens.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < tokens.len() {
        parts.push(tokens.get(start..).unwrap_or_default());
    }
    parts
}

/// The text of a note, whichever way it is written.
pub fn note(tokens: &[Token], t: &mut Translation, span: Span) -> Option<String> {
    let is_text = |it: &&Token| matches!(it.kind, Kind::Text | Kind::Quoted);
    let text = tokens.iter().find(is_text).map(|it| it.value.clone());
    if text.is_none() {
        t.misread(span, "a note is a text between `'`, `\"` or `'''`");
    }
    text
}
