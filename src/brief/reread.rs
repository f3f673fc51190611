//! What two readings of an edited brief differ in though no word that tells of it was touched.
//!
//! How likely a thing is hangs on the whole text, so a sentence that tells nothing can tip an assumption. Nobody edited that.

use super::{Attribute, Choices, Entity, Reading, Relationship};
use crate::base::{Clip as _, Gather as _, Span};

/// A text, and what was read of it.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
}

impl<'a> Read<'a> {
    /// The reading without what is assumed in it and not in the other, of sentences that stand in both texts.
    pub fn as_edited(self, other: Self) -> Reading {
        let is_common = |name: &str| other.entity(name).is_some();
        let entities = self.tipped(&self.reading.entities, other, &other.reading.entities).gather();
        let mut choices = Choices { entities, ..Choices::default() };
        for entity in &self.reading.entities {
            let Some(theirs) = other.entity(&entity.name) else { continue };
            let names = self.tipped(&entity.attributes, other, &theirs.attributes);
            choices.attributes.extend(names.map(|it| (entity.name.clone(), it)));
        }
        let ties = self.tipped(&self.reading.relationships, other, &other.reading.relationships);
        choices.relationships = ties.filter(|(from, to, _)| is_common(from) && is_common(to)).gather();
        self.reading.chosen(&choices)
    }

    fn entity(self, name: &str) -> Option<&'a Entity> {
        self.reading.entities.iter().find(|it| it.name == name)
    }

    /// What is assumed here and not there, of sentences that stand there and of which nothing else was made.
    fn tipped<P: Part>(self, ours: &'a [P], other: Self, theirs: &'a [P]) -> impl Iterator<Item = P::Key> {
        let lacks = |all: &[P], it: &P| all.iter().all(|other| other.key() != it.key());
        ours.iter().filter(move |it| it.is_assumed() && lacks(theirs, it)).filter_map(move |it| {
            let told = self.sentences(it);
            let is_there = !told.is_empty() && told.iter().all(|it| other.text.contains(it));
            let mut instead = theirs.iter().filter(|it| lacks(ours, it)).flat_map(|it| other.sentences(it));
            (is_there && !instead.any(|it| told.contains(&it))).then(|| it.key())
        })
    }

    /// The sentences that tell of a part.
    fn sentences<P: Part>(self, part: &P) -> Vec<&'a str> {
        part.evidence().iter().map(|it| sentence(self.text, *it)).collect()
    }
}

/// The sentence around a place: up to the signs that end one, or the line.
fn sentence(text: &str, at: Span) -> &str {
    let ends = ['.', '!', '?', '\n'];
    let at = at.range();
    let start = text.clip(..at.start).rfind(ends).map_or(0, |it| it + 1);
    let end = text.clip(at.end..).find(ends).map_or(text.len(), |it| at.end + it);
    text.clip(start..end).trim()
}

/// Part of a reading.
trait Part {
    type Key: PartialEq;
    fn key(&self) -> Self::Key;
    fn is_assumed(&self) -> bool;
    fn evidence(&self) -> &[Span];
}

impl Part for Entity {
    type Key = String;
    fn key(&self) -> String {
        self.name.clone()
    }
    fn is_assumed(&self) -> bool {
        self.assumed
    }
    fn evidence(&self) -> &[Span] {
        &self.evidence
    }
}

impl Part for Attribute {
    type Key = String;
    fn key(&self) -> String {
        self.name.clone()
    }
    fn is_assumed(&self) -> bool {
        self.assumed
    }
    fn evidence(&self) -> &[Span] {
        &self.evidence
    }
}

impl Part for Relationship {
    type Key = super::RelationshipKey;
    fn key(&self) -> Self::Key {
        Self::key(self)
    }
    fn is_assumed(&self) -> bool {
        self.assumed
    }
    fn evidence(&self) -> &[Span] {
        &self.evidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
