//! What "and" joins: subjects of one verb, noun phrases behind one preposition, and where it begins another clause instead.

use super::phrases::{Chunk, ChunkKind, Chunked, Det};
use super::sentences::Sentence;
use super::walk::End;
use crate::base::{Span, one_of};

/// Subjects that "and" joins: "boats and buoys are kept in sheds".
#[derive(Default)]
pub(super) struct Joint<'a> {
    /// Where the last of them stands.
    last: Span,
    /// Those before it.
    others: Vec<End<'a>>,
}

impl<'a> Joint<'a> {
    /// Another subject, joined to the one before if there is one.
    pub(super) fn next(&mut self, before: Option<&End<'a>>, end: &End<'a>) {
        match before {
            Some(before) => self.others.push(before.clone()),
            None => self.others.clear(),
        }
        self.last = end.phrase.span;
    }

    /// The end and, when it is the last of several subjects, the others.
    pub(super) fn with(&self, end: &End<'a>) -> Vec<End<'a>> {
        let others = if end.phrase.span == self.last { self.others.as_slice() } else { &[] };
        others.iter().chain([end]).cloned().collect()
    }
}

/// A noun phrase behind a preposition, with what that hung on: what "and" joins to it hangs there, too.
pub(super) struct Hang<'a> {
    /// Where the last of them stands.
    pub(super) at: usize,
    /// Where the first does.
    pub(super) first: usize,
    pub(super) word: &'a str,
    pub(super) last: Option<End<'a>>,
    pub(super) hung: Option<&'a str>,
}

impl Hang<'_> {
    /// "for a horse and a box": whether the noun phrase at `at` stands behind the preposition as well. Another article, the same
    /// preposition once more or a verb of its own say that it does not.
    pub(super) fn goes_on(&self, all: &[Chunk], at: usize, sentence: &Sentence) -> bool {
        let (Some(one), Some(other)) = (all.phrase_at(self.at), all.phrase_at(at)) else { return false };
        let joins = |it: usize, word: fn(&str) -> bool| {
            all.get(it).is_some_and(|it| matches!(it.kind, ChunkKind::And) && word(sentence.word(it.from)))
        };
        let ands = |it: &str| one_of(it, "and or &");
        let again = matches!(all.kind_at(at + 1), ChunkKind::Prep(word) if word == self.word);
        let listed = joins(at + 1, ands) && all.phrase_at(at + 2).is_some();
        self.at + 2 == at
            && (joins(at - 1, ands) || listed && joins(at - 1, |it| it == ","))
            && (one.det == other.det || other.det == Det::Bare && matches!(one.det, Det::Each | Det::One))
            && !again
            && !opens_clause(all, at)
    }
}

/// "a pier has berths, and each berth lies in a basin": a noun phrase behind a conjunction that a verb of its own follows is
/// the subject of another clause, and nothing that the clause before said holds for it.
pub(super) fn opens_clause(all: &[Chunk], at: usize) -> bool {
    let joined = at.checked_sub(1).is_some_and(|it| matches!(all.kind_at(it), ChunkKind::And));
    let mut next = at + 1;
    while matches!(all.kind_at(next), ChunkKind::Prep(_)) && all.phrase_at(next + 1).is_some() {
        next += 2;
    }
    joined && all.verb_at(next).is_some_and(|it| !it.bare)
}

#[cfg(test)]
pub(super) mod tests {
    use crate::brief::read_by_rules;

    const THINGS: &str = "Horses have a name. Boxes have a number. Riders have a name and a phone. ";

    /// What the one refers to in a text, in order.
    #[track_caller]
    pub fn refers(text: &str, from: &str, to: &[&str]) {
        let reading = read_by_rules(text);
        let told = reading.relationships.iter().filter(|it| it.from == from && !it.assumed);
        let mut found: Vec<&str> = told.map(|it| it.to.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, to, "{text}");
    }

    #[track_caller]
    fn check(text: &str, from: &str, to: &[&str]) {
        refers(&format!("{THINGS}{text}"), from, to);
    }

    #[test]
    fn both_stand_behind_the_preposition() {
        let contract =
            "A rider makes a contract for a horse and a box, with a start date and a monthly price.";
        check(contract, "contract", &["box", "horse", "rider"]);
        check("A card has a date. A card is for one day and one box.", "card", &["box"]);
        check("For a rider and a horse a plan is drawn. A plan has a date.", "plan", &["horse", "rider"]);
    }

    #[test]
    fn another_clause_is_none_of_it() {
        let text = "A card has a date. A card is for one horse and each rider pays it.";
        check(text, "card", &["horse", "rider"]);
        check(text, "horse", &[]);
    }

    #[test]
    fn what_happens_brings_two_together() {
        let text = "An appointment assigns one rider to one box. An appointment has a date.";
        check(text, "appointment", &["box", "rider"]);
        check(text, "box", &[]);
    }
}
