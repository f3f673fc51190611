//! What two readings of an edited brief differ in though no word that tells of it was touched.
//!
//! How likely a thing is hangs on the whole text, so a sentence that tells nothing can tip an assumption. Nobody edited that.

use super::{Choices, Entity, Reading, RelationshipKey};
use crate::base::{Clip as _, Gather as _, Span};

/// A text, and what was read of it.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
}

/// Part of a reading: what makes it the same one in another, and the sentences that tell of it.
struct Part<'a, K> {
    key: K,
    is_assumed: bool,
    told: Vec<&'a str>,
}

impl<'a> Read<'a> {
    /// The reading without what is assumed in it and not in the other, of sentences that stand in both texts.
    pub fn as_edited(self, other: Self) -> Reading {
        let is_common = |name: &str| other.entity(name).is_some();
        let entities = tipped(&self.entities(), &other.entities(), other.text).gather();
        let mut choices = Choices { entities, ..Choices::default() };
        for entity in &self.reading.entities {
            let Some(theirs) = other.entity(&entity.name) else { continue };
            let (ours, theirs) = (self.attributes(entity), other.attributes(theirs));
            let names = tipped(&ours, &theirs, other.text);
            choices.attributes.extend(names.map(|it| (entity.name.clone(), it)));
        }
        let (ours, theirs) = (self.relationships(), other.relationships());
        let ties = tipped(&ours, &theirs, other.text);
        choices.relationships = ties.filter(|(from, to, _)| is_common(from) && is_common(to)).gather();
        self.reading.chosen(&choices).into_owned()
    }

    fn entity(self, name: &str) -> Option<&'a Entity> {
        self.reading.entities.iter().find(|it| it.name == name)
    }

    fn entities(self) -> Vec<Part<'a, String>> {
        let all = self.reading.entities.iter();
        all.map(|it| self.part(it.name.clone(), it.assumed, &it.evidence)).collect()
    }

    fn attributes(self, of: &Entity) -> Vec<Part<'a, String>> {
        of.attributes.iter().map(|it| self.part(it.name.clone(), it.assumed, &it.evidence)).collect()
    }

    fn relationships(self) -> Vec<Part<'a, RelationshipKey>> {
        let all = self.reading.relationships.iter();
        all.map(|it| self.part(it.key(), it.assumed, &it.evidence)).collect()
    }

    fn part<K>(self, key: K, is_assumed: bool, evidence: &[Span]) -> Part<'a, K> {
        Part { key, is_assumed, told: evidence.iter().map(|it| sentence(self.text, *it)).collect() }
    }
}

/// What is assumed here and not there, of sentences that stand in the other text and of which nothing else was made.
fn tipped<K: Clone + PartialEq>(ours: &[Part<K>], theirs: &[Part<K>], text: &str) -> impl Iterator<Item = K> {
    let lacks = |all: &[Part<K>], it: &Part<K>| all.iter().all(|other| other.key != it.key);
    let is_tipped = move |it: &&Part<K>| {
        let is_there = !it.told.is_empty() && it.told.iter().all(|it| text.contains(it));
        let mut instead = theirs.iter().filter(|it| lacks(ours, it)).flat_map(|it| &it.told);
        it.is_assumed && lacks(theirs, it) && is_there && !instead.any(|other| it.told.contains(other))
    };
    ours.iter().filter(is_tipped).map(|it| it.key.clone())
}

/// The sentence around a place: up to the signs that end one, or the line.
fn sentence(text: &str, at: Span) -> &str {
    let ends = ['.', '!', '?', '\n'];
    let at = at.range();
    let start = text.clip(..at.start).rfind(ends).map_or(0, |it| it + 1);
    let end = text.clip(at.end..).find(ends).map_or(text.len(), |it| at.end + it);
    text.clip(start..end).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::Relationship;
    use crate::brief::model::pair;

    const TEXT: &str = "A lamp stands on a tower. A tower is tall.";

    /// What is read of a lamp and a tower, with a tie where the text has the words.
    fn reading(text: &str, tie: Option<(&str, bool)>, role: Option<&str>) -> Reading {
        let mut reading = Reading::default();
        for name in ["lamp", "tower"] {
            reading.entities.push(pair(name, Span::default(), ""));
        }
        if let Some((words, assumed)) = tie {
            let at = text.find(words).expect("they stand there");
            let span = Span::new(at, at + words.len());
            let said = Relationship::said("lamp", "tower", "", span);
            reading.relationships.push(Relationship { assumed, role: role.map(str::to_owned), ..said });
        }
        reading
    }

    /// How many ties the edited text has beside those of the one before.
    fn left(text: &str, now: Reading, was: Reading) -> usize {
        let (was, now) = (Read { text: TEXT, reading: &was }, Read { text, reading: &now });
        now.as_edited(was).relationships.len()
    }

    #[test]
    fn what_is_assumed_of_words_that_nobody_edited_is_no_change() {
        let more = format!("{TEXT}\nAll of it is a draft.");
        let tied = |text: &str, assumed| reading(text, Some(("lamp stands", assumed)), None);
        assert_eq!(left(&more, tied(&more, true), reading(TEXT, None, None)), 0);
        assert_eq!(left(&more, tied(&more, false), reading(TEXT, None, None)), 1, "the text says it");
        assert_eq!(left(&more, tied(&more, true), tied(TEXT, true)), 1, "it was there");
    }

    #[test]
    fn what_an_edited_sentence_tells_is_a_change() {
        let other = TEXT.replace("stands on", "stands high on");
        let now = reading(&other, Some(("lamp stands", true)), None);
        assert_eq!(left(&other, now, reading(TEXT, None, None)), 1);
    }

    #[test]
    fn what_a_sentence_told_otherwise_before_is_a_change() {
        let more = format!("{TEXT} All of it is a draft.");
        let now = reading(&more, Some(("lamp stands", true)), None);
        let was = reading(TEXT, Some(("tower", false)), Some("home"));
        assert_eq!(left(&more, now, was), 1);
    }
}
