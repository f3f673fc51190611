//! A statement word by word, for those who ask what stands where in it.

use super::expression::written;
use crate::pg::Token;

/// The words and signs of a statement, without blanks and comments.
pub struct Written<'a> {
    text: &'a str,
    all: Vec<(Token, &'a str)>,
}

impl<'a> Written<'a> {
    /// Of this statement.
    pub fn of(text: &'a str) -> Self {
        Self { text, all: written(text) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// What stands at a place, as it is written; empty behind the end.
    pub fn at(&self, place: usize) -> &'a str {
        self.all.get(place).map_or("", |it| it.1)
    }

    /// Where in the text a place begins; the text's end behind the last one.
    pub fn start(&self, place: usize) -> usize {
        self.all.get(place).map_or(self.text.len(), |it| it.0.span.start as usize)
    }

    /// Whether this word stands at a place.
    pub fn is(&self, place: usize, word: &str) -> bool {
        self.at(place).eq_ignore_ascii_case(word)
    }

    /// The name at a place, folded.
    pub fn name(&self, place: usize) -> Option<String> {
        Some(self.all.get(place)?.0.name(self.text)?.into_owned())
    }

    /// The place of a keyword outside of parentheses, from one place to before another.
    pub fn keyword(&self, word: &str, from: usize, to: usize) -> Option<usize> {
        let mut depth = 0_usize;
        (from..to).find(|place| {
            match self.at(*place) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.is(*place, word)
        })
    }
}
