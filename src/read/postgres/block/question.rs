//! What `IF … THEN` of a block asks.

use crate::pg::Token;

use super::super::condition::Condition;
use super::program::{Act, Guards, Reader, Slot, is, words};
use super::value::Value;

/// Questions within questions go no deeper where people write them; deeper ones are kept as they were written.
const DEEPEST: usize = 32;

impl Reader<'_> {
    /// What `IF … THEN` asks: where the answer is, what it has to be, and where the statements begin.
    pub fn question(&mut self, rest: &str, words: &[Token], guards: &Guards) -> Option<(Slot, bool, usize)> {
        let then = words.iter().find(|it| is(rest, **it, "then"))?;
        let asked = rest.get(words.first()?.span.end as usize..then.span.start as usize)?;
        let (slot, expected) = self.asked(asked, guards, 0)?;
        Some((slot, expected, then.span.end as usize))
    }

    /// Where the answer to a condition is, and what it has to be.
    fn asked(&mut self, text: &str, guards: &Guards, depth: usize) -> Option<(Slot, bool)> {
        if depth > DEEPEST {
            return None;
        }
        let text = within(text);
        if let Some(Value::Answer(slot)) = self.variables.0.get(&name_in(text)) {
            return Some((*slot, true));
        }
        if let Some(holds) = self.variables.holds(text) {
            let slot = self.slot();
            self.step(guards, Act::Know(slot, holds));
            return Some((slot, true));
        }
        let query = text.get(..6).filter(|it| it.eq_ignore_ascii_case("exists")).and(text.get(6..));
        let query = query.map(str::trim).and_then(|it| it.strip_prefix('(')?.strip_suffix(')'));
        if query.is_some_and(|it| self.gives_none(it)) {
            let slot = self.slot();
            self.step(guards, Act::Know(slot, false));
            return Some((slot, true));
        }
        // Either is what not both fail.
        for (word, expected) in [("or", false), ("and", true)] {
            let parts = split_at(text, word);
            if parts.len() > 1 {
                let mut answers = Guards::new();
                for part in parts {
                    let (slot, wanted) = self.asked(part, guards, depth + 1)?;
                    answers.push((slot, wanted == expected));
                }
                let slot = self.slot();
                self.step(guards, Act::All(slot, answers));
                return Some((slot, expected));
            }
        }
        if let Some(first) = words(text).first().filter(|it| is(text, **it, "not")) {
            let (slot, wanted) = self.asked(text.get(first.span.end as usize..)?, guards, depth + 1)?;
            return Some((slot, !wanted));
        }
        let filled = format!("IF {} THEN", self.variables.filled(text)?);
        let (condition, _) = Condition::read(&filled, &words(&filled))?;
        Some((self.ask(guards, condition), true))
    }
}

/// A text without parentheses around all of it, unless they hold a query.
fn within(text: &str) -> &str {
    let mut text = text.trim();
    for _ in 0..DEEPEST {
        let all = words(text);
        let mut depth = 0_usize;
        let closing = all.iter().position(|it| {
            depth += usize::from(it.is(text, "("));
            depth = depth.saturating_sub(usize::from(it.is(text, ")")));
            depth == 0
        });
        let is_query = all.get(1).is_some_and(|it| is(text, *it, "select"));
        let is_around = all.len() > 2 && closing == Some(all.len() - 1);
        let inner = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
        match inner.filter(|_| is_around && !is_query) {
            Some(inner) => text = inner.trim(),
            None => break,
        }
    }
    text
}

/// The one name that a text is, or nothing.
fn name_in(text: &str) -> String {
    match words(text).as_slice() {
        [one] => one.name(text).map_or_else(String::new, std::borrow::Cow::into_owned),
        _ => String::new(),
    }
}

/// The parts of a condition between a word outside of all parentheses.
fn split_at<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut done) = (0_usize, 0);
    for token in words(text) {
        depth += usize::from(token.is(text, "("));
        depth = depth.saturating_sub(usize::from(token.is(text, ")")));
        if depth == 0 && is(text, token, word) {
            parts.extend(text.get(done..token.span.start as usize));
            done = token.span.end as usize;
        }
    }
    parts.extend(text.get(done..));
    parts
}
