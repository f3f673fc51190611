//! The words of a statement, read from the front.

use crate::base::Span;
use crate::pg::Token;

/// Tokens, read from the front.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The statement.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The next one.
    pub at: usize,
}

impl<'a> Words<'a> {
    pub fn written(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |it| it.span.of(self.text))
    }

    pub fn is(&self, word: &str) -> bool {
        self.written(self.at).eq_ignore_ascii_case(word)
    }

    /// Takes these words, all or none.
    pub fn take(&mut self, words: &str) -> bool {
        let mut at = self.at;
        for word in words.split(' ') {
            if !self.written(at).eq_ignore_ascii_case(word) {
                return false;
            }
            at += 1;
        }
        self.at = at;
        true
    }

    pub fn is_done(&self) -> bool {
        self.at >= self.tokens.len() || self.is(";")
    }

    /// A name, qualified or not; its last part.
    pub fn name(&mut self) -> Option<String> {
        let mut name = self.tokens.get(self.at)?.name(self.text)?.into_owned();
        self.at += 1;
        while self.written(self.at) == "." {
            let Some(next) = self.tokens.get(self.at + 1).and_then(|it| it.name(self.text)) else { break };
            name = next.into_owned();
            self.at += 2;
        }
        Some(name)
    }

    /// One part of a name.
    pub fn name_part(&mut self) -> Option<String> {
        let name = self.tokens.get(self.at)?.name(self.text)?.into_owned();
        self.at += 1;
        Some(name)
    }

    pub fn names(&mut self) -> Vec<String> {
        let mut found = Vec::new();
        while let Some(name) = self.name() {
            found.push(name);
            self.take("*");
            if self.is("(") {
                self.group();
            }
            if !self.take(",") {
                break;
            }
        }
        found
    }

    /// What stands between parentheses, which are taken too.
    pub fn group(&mut self) -> Option<Words<'a>> {
        if !self.is("(") {
            return None;
        }
        let start = self.at + 1;
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            match self.written(self.at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        let end = self.at.saturating_sub(1).max(start);
        Some(Words { text: self.text, tokens: self.tokens.get(start..end).unwrap_or_default(), at: 0 })
    }

    /// The rest, parted at commas outside of parentheses.
    pub fn parts(&self) -> Vec<Words<'a>> {
        let mut found = Vec::new();
        let (mut depth, mut start) = (0_usize, self.at);
        for at in self.at..=self.tokens.len() {
            let sign = self.written(at);
            let ends = at == self.tokens.len() || depth == 0 && matches!(sign, "," | ";");
            match sign {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if ends {
                if at > start {
                    let tokens = self.tokens.get(start..at).unwrap_or_default();
                    found.push(Words { text: self.text, tokens, at: 0 });
                }
                start = at + 1;
            }
        }
        found
    }

    /// The text from here to the end, without the semicolon.
    pub fn rest(&self) -> &'a str {
        let Some(first) = self.tokens.get(self.at) else { return "" };
        let last = self.tokens.last().map_or(first.span, |it| it.span);
        Span::new(first.span.start as usize, last.end as usize).of(self.text).trim_end_matches(';').trim_end()
    }

    /// The place of a word outside of parentheses, from here on.
    pub fn find(&self, word: &str) -> Option<usize> {
        let mut depth = 0_usize;
        (self.at..self.tokens.len()).find(|at| {
            match self.written(*at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.written(*at).eq_ignore_ascii_case(word)
        })
    }

    pub fn lower(&self, count: usize) -> Vec<String> {
        let all = (self.at..self.tokens.len()).map(|it| self.written(it)).filter(|it| *it != ";");
        all.take(count).map(str::to_ascii_lowercase).collect()
    }
}
