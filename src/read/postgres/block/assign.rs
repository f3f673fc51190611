//! What a block does to its variables.

use crate::pg::Token;

use super::super::condition::Condition;
use super::program::{Guards, Reader, is, words};
use super::value::Value;

impl Reader<'_> {
    /// `SELECT … INTO v`: known where it asks the catalogue whether something exists.
    pub fn select_into(&mut self, rest: &str, guards: &Guards) -> Option<()> {
        let words = words(rest);
        let into = words.iter().position(|it| is(rest, *it, "into"))?;
        let strict = usize::from(words.get(into + 1).is_some_and(|it| is(rest, *it, "strict")));
        let name = words.get(into + 1 + strict)?.name(rest)?.into_owned();
        if !self.variables.0.contains_key(&name) {
            return None;
        }
        let before = rest.get(words.first()?.span.end as usize..words.get(into)?.span.start as usize)?;
        let behind =
            rest.get(words.get(into + 1 + strict)?.span.end as usize..)?.trim_end_matches([';', ' ', '\n']);
        match self.variables.value(before) {
            Value::Unknown => self.keep_answer(name, &format!("{before} {behind}"), guards),
            // What follows could leave no row.
            known if behind.is_empty() => self.set(name, known, guards),
            _ => self.set(name, Value::Unknown, guards),
        }
        Some(())
    }

    pub fn assign(&mut self, rest: &str, words: &[Token], guards: &Guards) -> Option<()> {
        let name = words.first()?.name(rest)?.into_owned();
        if !self.variables.0.contains_key(&name) {
            return None;
        }
        let sign = rest.find('=')?;
        let value = rest.get(sign + 1..)?;
        match self.variables.value(value) {
            Value::Unknown => self.keep_answer(name, value.trim_end_matches(';'), guards),
            known => self.set(name, known, guards),
        }
        Some(())
    }

    /// Under a condition it may be the one value or the other.
    fn set(&mut self, name: String, value: Value, guards: &Guards) {
        let value = if guards.is_empty() { value } else { Value::Unknown };
        self.variables.0.insert(name, value);
    }

    fn keep_answer(&mut self, name: String, question: &str, guards: &Guards) {
        let question = format!("IF {} THEN", self.variables.filled(question).unwrap_or_default());
        let first = words(&question).get(1).map_or("", |it| it.span.of(&question)).to_ascii_lowercase();
        let asks = matches!(first.as_str(), "exists" | "not" | "(" | "count");
        let condition = Condition::read(&question, &words(&question)).filter(|_| asks && guards.is_empty());
        let value = match condition {
            Some((condition, _)) => Value::Answer(self.ask(guards, condition)),
            None => Value::Unknown,
        };
        self.variables.0.insert(name, value);
    }

    /// Whether a statement names a variable.
    pub fn names_variable(&self, text: &str, words: &[Token]) -> bool {
        words.iter().filter_map(|it| it.name(text)).any(|it| self.variables.0.contains_key(&*it))
    }

    /// The variables that a statement names have values that are not known any more.
    pub fn forget(&mut self, text: &str, words: &[Token]) {
        for name in words.iter().filter_map(|it| it.name(text)) {
            self.variables.0.entry(name.into_owned()).and_modify(|it| *it = Value::Unknown);
        }
    }
}
