//! Statements that are kept as written, word by word.

use crate::pg::{Token, TokenKind, tokens};

/// The words and signs of a statement, from first to last.
#[derive(Clone)]
pub struct Words<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Words<'a> {
    pub fn of(sql: &'a str) -> Self {
        let tokens = tokens(sql).filter(|it| !it.is_blank()).collect();
        Self { sql, tokens, at: 0 }
    }

    fn next(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether this word is next.
    pub fn is(&self, word: &str) -> bool {
        self.next()
            .is_some_and(|it| it.kind == TokenKind::Word && it.span.of(self.sql).eq_ignore_ascii_case(word))
    }

    pub fn take(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.at += usize::from(found);
        found
    }

    /// Takes these words when all of them come next.
    pub fn take_all(&mut self, words: &[&str]) -> bool {
        let before = self.at;
        let all = words.iter().all(|it| self.take(it));
        if !all {
            self.at = before;
        }
        all
    }

    pub fn sign(&mut self, sign: &str) -> bool {
        let found = self.next().is_some_and(|it| it.is(self.sql, sign));
        self.at += usize::from(found);
        found
    }

    /// A name, without its quotes.
    pub fn name(&mut self) -> Option<String> {
        let name = self.next()?.name(self.sql)?.into_owned();
        self.at += 1;
        Some(name)
    }

    /// A name with what qualifies it.
    pub fn path(&mut self) -> Option<Vec<String>> {
        let mut path = vec![self.name()?];
        while self.sign(".") {
            path.push(self.name()?);
        }
        Some(path)
    }

    /// The value of an option: a word, a number, or a text without its quotes.
    pub fn value(&mut self) -> Option<String> {
        let token = self.next()?;
        self.at += 1;
        let written = token.span.of(self.sql);
        Some(match token.kind {
            TokenKind::Text => written.trim_matches('\'').replace("''", "'"),
            _ => written.to_owned(),
        })
    }

    /// What stands in brackets, with them.
    pub fn bracketed(&mut self) -> Option<String> {
        let start = self.next().filter(|it| it.is(self.sql, "("))?.span.start as usize;
        let mut depth = 0_usize;
        while let Some(token) = self.next() {
            self.at += 1;
            if token.is(self.sql, "(") {
                depth += 1;
            } else if token.is(self.sql, ")") {
                depth = depth.saturating_sub(1);
            }
            if depth == 0 {
                return self.sql.get(start..token.span.end as usize).map(str::to_owned);
            }
        }
        None
    }

    /// The text from the next word on.
    pub fn rest(&self) -> Option<&'a str> {
        self.sql.get(self.next()?.span.start as usize..)
    }

    /// Passes over the search path that a statement is to be run under.
    pub fn search_path(&mut self) {
        if self.is("set") {
            let end = self.tokens.iter().position(|it| it.is(self.sql, ";"));
            self.at = end.map_or(self.at, |it| it + 1);
        }
    }
}

/// Names of which one may say more of where it is; what is PostgreSQL's own need not say so.
pub fn is_same_path(one: &[String], two: &[String]) -> bool {
    let shorter = one.len().min(two.len());
    let end = |it: &[String]| it.get(it.len() - shorter..).unwrap_or_default().to_vec();
    shorter > 0 && end(one) == end(two)
}
