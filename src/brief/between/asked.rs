//! What is asked of a pair: "who lived in which house, from when until when", "which plants grow in which beds, planted when, how
//! many".

use super::{Found, Mention, Told};
use crate::brief::items::Item;
use crate::brief::lexicon::lexicon;
use crate::brief::of_pairs::is_which;
use crate::brief::phrases::{ChunkKind, Chunked};
use crate::brief::tags::Tag;

impl Told<'_> {
    /// "Who lived in which house, from when until when", "which plants grow in which beds, planted when, how many".
    pub(super) fn who_in_which(&self) -> Option<Found> {
        let which: Vec<&Mention> =
            self.mentions.iter().filter(|it| is_which(self.sentence, self.chunks, it.at)).collect();
        let (one, other) = match which.as_slice() {
            [one, other] => (one.entity, *other),
            [other] => (self.who(other)?, *other),
            _ => return None,
        };
        let between = |at: usize| matches!(self.chunks.kind_at(at), ChunkKind::And | ChunkKind::Other);
        if one == other.entity
            || !self.stands(one)
            || !self.stands(other.entity)
            || which.first().is_some_and(|it| (it.at..other.at).any(between))
        {
            return None;
        }
        let after = self.chunks.end_at(other.at);
        let last = self.sentence.words.len();
        // "is planned by the office, together with the chair they sit on"
        let beside = (after..last)
            .find(|at| self.sentence.says(*at, "together along") && self.sentence.says(at + 1, "with"));
        let (comma, from) = match beside {
            Some(at) => (at, at + 2),
            None if self.sentence.says(after, ",") => (after, after + 1),
            None => return None,
        };
        let end = self.clause_end(from);
        let clause = |at: &usize| self.sentence.says(*at, "they he she it");
        let to = (from..end).find(|it| beside.is_some() && clause(it)).unwrap_or(end);
        let items = self.asked(from, to);
        let span = self.sentence.span_of(0, after);
        (!items.is_empty()).then(|| Found::between(one, other.entity, items, (comma, end), span))
    }

    /// The people that "who" before a mention means: what the text is about, or the only ones of whom something is kept.
    fn who(&self, before: &Mention) -> Option<&str> {
        let who = |it: &usize| matches!(self.chunks.kind_at(*it), ChunkKind::Sub(word) if word == "who");
        let at = (0..before.at).find(who)?;
        if self.mentions.iter().any(|it| it.at < at) || self.chunks.verb_at(at + 1).is_none() {
            return None;
        }
        let person = |it: &&str| lexicon().is_person(it) && *it != before.entity;
        let told = self.reading.entities.iter().filter(|it| it.is_told()).map(|it| it.name.as_str());
        let mut people = told.filter(person);
        let only = people.next().filter(|_| people.next().is_none());
        self.topic.filter(person).or(only)
    }

    /// The items of some words that ask: "planted when, how many and at what price".
    fn asked(&self, from: usize, to: usize) -> Vec<Item> {
        let parts = |at: &usize| self.sentence.says(*at, ", and");
        let mut all = Vec::new();
        let mut at = from;
        while at < to {
            let end = (at..to).find(parts).unwrap_or(to);
            match self.asked_one(at, end) {
                Some(found) => all.extend(found),
                None => all.extend(self.items(at, end)),
            }
            at = end + 1;
        }
        all
    }

    /// The items of one question.
    fn asked_one(&self, from: usize, to: usize) -> Option<Vec<Item>> {
        let words: Vec<&str> = (from..to).map(|it| self.sentence.word(it)).collect();
        let span = self.sentence.span_of(from, to);
        let item = |name: &str, nullable: bool| Item { nullable, ..Item::named(name, span) };
        Some(match words.as_slice() {
            ["how", "many"] => vec![item("quantity", false)],
            ["how", "much"] => vec![item("amount", false)],
            ["how", "long"] | ["for", "how", "long"] => vec![item("duration", true)],
            ["since", "when"] => vec![item("since", true)],
            ["from", "when", "until" | "till" | "to", "when"] => {
                vec![item("valid_from", false), item("valid_to", true)]
            }
            [done, "when"] if self.sentence.tag(from) == Tag::Past => vec![item(&format!("{done}_at"), true)],
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::between::tests::check;

    #[test]
    fn what_is_asked_of_two_is_kept_of_the_pair() {
        let pair = ("operator", "machine");
        check("Who worked on which machine, from when until when.", pair, Some(&["valid_from", "valid_to"]));
        let parts = ("part", "machine");
        check(
            "Which parts fit in which machines, fitted when, how many.",
            parts,
            Some(&["fitted_at", "quantity"]),
        );
    }
}
