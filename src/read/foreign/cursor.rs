//! A place among the tokens of a statement.

use super::token::Token;
use crate::base::Span;

/// A place among tokens.
pub struct Cursor<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Cursor<'t> {
    /// At the first.
    pub fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// How many tokens are passed.
    pub fn place(&self) -> usize {
        self.at.min(self.tokens.len())
    }

    /// The token here.
    pub fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    /// The token here; the next is here then.
    pub fn take(&mut self) -> Option<&'t Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// Whether these keywords follow.
    pub fn sees(&self, words: &str) -> bool {
        words
            .split(' ')
            .enumerate()
            .all(|(at, it)| self.tokens.get(self.at + at).is_some_and(|token| token.says(it)))
    }

    /// Whether these keywords follow; they are passed then.
    pub fn eat(&mut self, words: &str) -> bool {
        let sees = self.sees(words);
        if sees {
            self.at += words.split(' ').count();
        }
        sees
    }

    /// Whether this sign is here; it is passed then.
    pub fn eat_sign(&mut self, sign: char) -> bool {
        let is_here = self.peek().is_some_and(|it| it.is(sign));
        self.at += usize::from(is_here);
        is_here
    }

    /// A name.
    pub fn name(&mut self) -> Option<String> {
        let name = self.peek().filter(|it| it.is_name())?;
        self.at += 1;
        Some(name.value.clone())
    }

    /// The last of names with dots between them: the database before it is the one that is read.
    pub fn last_name(&mut self) -> Option<String> {
        let mut name = self.name()?;
        while self.eat_sign('.') {
            name = self.name()?;
        }
        Some(name)
    }

    /// What stands between parentheses, where they are here.
    pub fn parentheses(&mut self) -> Option<&'t [Token]> {
        if !self.eat_sign('(') {
            return None;
        }
        let (start, mut depth) = (self.at, 1_usize);
        while let Some(token) = self.take() {
            if token.is('(') {
                depth += 1;
            } else if token.is(')') {
                depth -= 1;
                if depth == 0 {
                    return self.tokens.get(start..self.at - 1);
                }
            }
        }
        self.tokens.get(start..)
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'t [Token] {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        self.at = self.tokens.len();
        rest
    }

    /// The parts between commas that are in no parentheses, from here on.
    pub fn parts(&mut self) -> Vec<&'t [Token]> {
        split(self.rest())
    }
}

/// The parts between commas that are in no parentheses.
pub fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, token) in tokens.iter().enumerate() {
        if token.is('(') {
            depth += 1;
        } else if token.is(')') {
            depth = depth.saturating_sub(1);
        } else if token.is(',') && depth == 0 {
            parts.push(tokens.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    if start < tokens.len() {
        parts.push(tokens.get(start..).unwrap_or_default());
    }
    parts
}

/// The bytes of some tokens.
pub fn span_of(tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::default(),
    }
}
