//! How likely it is that what has one of something will have several, for each many-to-one: of a hundred models, so many have it so.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::knowledge::with_article;
use super::lexicon::{last_word, lexicon};
use super::questions::MOST;
use super::reading::{
    EntityKind, OnDelete, Question, QuestionSubject, Reading, Relationship, RelationshipKind,
};
use crate::base::{Clip as _, Span, lower, one_of, plural, sort_by};

/// How likely what has one of something is to have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Several {
    /// Chance in per cent.
    pub likelihood: u8,
    /// Why.
    pub why: SeveralWhy,
}

/// Why what has one of something is likely, or hardly, to have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeveralWhy {
    /// The text has it so.
    Told,
    /// It is in one whole.
    Part,
    /// It is a moment.
    Once,
    /// Things and work are.
    Shared,
    /// As people do.
    People,
    /// A tag, a language.
    Fits,
    /// Nothing speaks for several.
    Mostly,
    /// A language model says so.
    Model,
}

impl SeveralWhy {
    /// All of them.
    const ALL: [Self; 8] = [
        Self::Told,
        Self::Part,
        Self::Once,
        Self::Shared,
        Self::People,
        Self::Fits,
        Self::Mostly,
        Self::Model,
    ];

    /// In words, as they are written down.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Told => "the text says that it is one",
            Self::Part => "a part is in one whole",
            Self::Once => "what happens once mostly involves one",
            Self::Shared => "it is often shared",
            Self::People => "people often have several",
            Self::Fits => "things often fit several",
            Self::Mostly => "mostly it is one",
            Self::Model => "by the language model",
        }
    }
}

impl Serialize for SeveralWhy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.words())
    }
}

impl<'de> Deserialize<'de> for SeveralWhy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        let known = Self::ALL.into_iter().find(|it| it.words() == words);
        known.ok_or_else(|| D::Error::custom("no reason that is known"))
    }
}

/// From this chance in per cent on it is asked.
pub const LIKELY: u8 = 30;

/// Words by which a text itself says that there is one.
const ONE: [&str; 4] = ["exactly one ", "only one ", "a single ", "at most one "];

/// What the ends of a reference are.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// Happens, is agreed or is written down at a moment.
    Happening,
    Person,
    /// What people are members of.
    Group,
    /// Sorts things: a type, a category.
    Class,
    Thing,
}

impl End {
    fn of(key: &str) -> Self {
        let word = last_word(key);
        if one_of(word, "type kind category class level grade topic label genre") {
            Self::Class
        } else if lexicon().is_person(key) {
            Self::Person
        } else if lexicon().happens(key) {
            Self::Happening
        } else if lexicon().containers.contains(word) {
            Self::Group
        } else {
            Self::Thing
        }
    }
}

/// Tells it of each many-to-one. Linear in relationships, times those of one thing.
pub fn tell(reading: &mut Reading, text: &str) {
    for at in 0..reading.relationships.len() {
        let told = reading.relationships.get(at).and_then(|it| several(reading, it, text));
        if let Some(it) = reading.relationships.get_mut(at) {
            it.several = told;
        }
    }
}

fn several(reading: &Reading, it: &Relationship, text: &str) -> Option<Several> {
    use SeveralWhy::{Fits, Mostly, Once, Part, People, Shared, Told};
    let of = reading.entities.iter().find(|entity| entity.name == it.from)?;
    if it.kind != RelationshipKind::ManyToOne || it.from == it.to || of.kind == EntityKind::Junction {
        return None;
    }
    let role = it.role.as_deref().unwrap_or(&it.to);
    let (from, to) = (End::of(&it.from), End::of(&it.to));
    let is_pair = || {
        let mine = reading.relationships.iter().filter(|other| other.from == it.from && other.via.is_none());
        from != End::Person && !of.is_told() && mine.take(3).count() == 2
    };
    let says_one = |at: &Span| {
        let said = lower(text.clip(at.range()));
        ONE.iter().any(|it| said.contains(it))
    };
    let listed: Option<u8> = lexicon().several.get(last_word(role)).and_then(|it| it.parse().ok());
    let (likelihood, why) = if it.evidence.iter().any(says_one) {
        (2, Told)
    } else if it.on_delete == OnDelete::Cascade || last_word(&it.from) == "line" {
        (3, Part)
    } else if is_pair() {
        (5, Once)
    } else {
        match (from, to, listed) {
            (End::Happening, _, Some(share)) if share < 85 && role != "assignee" => (share / 3, Once),
            (_, End::Person, Some(share)) => (share, Shared),
            (End::Person, _, Some(share)) => (share.max(45), People),
            (_, _, Some(share)) => (share, Fits),
            (End::Happening, ..) => (8, Once),
            (End::Person, End::Group, None) => (40, People),
            (End::Person, End::Person, None) => (20, Mostly),
            (End::Person, _, None) => (45, People),
            (_, End::Person, None) => (20, Mostly),
            (_, End::Class, None) => (22, Mostly),
            (_, End::Group, None) => (12, Mostly),
            (_, _, None) => (15, Mostly),
        }
    };
    Some(Several { likelihood, why })
}

/// Asks it of what is likely, the likeliest first; of what several refer to, of the first alone. `is_noun`: whether a role stands for
/// what has it, as "assignee" does and "home" does not.
pub fn ask(reading: &mut Reading, is_noun: impl Fn(&str) -> bool) {
    let mut asked: Vec<(&str, String)> = Vec::new();
    let mut all: Vec<(u8, Question)> = Vec::new();
    for (at, relationship) in reading.relationships.iter().enumerate() {
        let Some(Several { likelihood, why }) = relationship.several else { continue };
        let role = match &relationship.role {
            None => relationship.to.clone(),
            Some(role) if is_noun(role) => role.clone(),
            Some(role) => format!("{role}_{}", relationship.to),
        };
        let of = (relationship.to.as_str(), role.clone());
        if likelihood < LIKELY || asked.contains(&of) {
            continue;
        }
        asked.push(of);
        let (from, to) = (relationship.from.replace('_', " "), role.replace('_', " "));
        let (one, several) = (with_article(&relationship.from), plural(&to));
        all.push((
            likelihood,
            Question {
                text: format!(
                    "Can {one} have several {several}? ({likelihood} % likely later: {})",
                    why.words()
                ),
                options: vec![format!("one {to} per {from}"), format!("several {several} per {from}")],
                evidence: relationship.evidence.clone(),
                subject: QuestionSubject::HiddenManyToMany { relationship: at, likelihood },
            },
        ));
    }
    sort_by(&mut all, |one, other| other.0.cmp(&one.0));
    reading.questions.extend(all.into_iter().map(|it| it.1).take(MOST));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::read_by_rules;

    #[track_caller]
    fn check(text: &str, ends: (&str, &str), fits: impl Fn(u8) -> bool) {
        let reading = read_by_rules(text);
        let mut all = reading.relationships.iter();
        let found = all.find(|it| (it.from.as_str(), it.to.as_str()) == ends);
        let told = found.and_then(|it| it.several.as_ref()).unwrap_or_else(|| panic!("{text}: {reading:?}"));
        assert!(fits(told.likelihood), "{text}: {told:?}");
    }

    #[test]
    fn each_reference_is_as_likely_to_become_several_as_such_mostly_are() {
        let orders = "A customer has a name. An order has a date and belongs to a customer. An order has order lines. An order line has a quantity.";
        check(orders, ("order", "customer"), |it| it <= 10);
        check(orders, ("order_line", "order"), |it| it < 5);
        let people = "An employee has a name and works in one department. A department has a name.";
        check(people, ("employee", "department"), |it| (30..50).contains(&it));
        let books = "A book has a title and an author. An author has a name.";
        check(books, ("book", "author"), |it| it >= 50);
        let only = "A book has a title and exactly one author. An author has a name.";
        check(only, ("book", "author"), |it| it < 5);
    }

    #[test]
    fn of_what_several_refer_to_it_is_asked_once() {
        let several = || Some(Several { likelihood: 40, why: SeveralWhy::Shared });
        let refers =
            |it: &str, to: &str| Relationship { several: several(), ..Relationship::assumed(it, to, "") };
        let mut reading = Reading {
            relationships: vec![refers("dog", "owner"), refers("message", "owner"), refers("user", "branch")],
            ..Reading::default()
        };
        reading.relationships[2].role = Some("home".to_owned());
        ask(&mut reading, |it| it != "home");
        let asked: Vec<&str> = reading.questions.iter().map(|it| it.parts().0).collect();
        assert_eq!(asked, ["Can a dog have several owners?", "Can a user have several home branches?"]);
    }

    #[test]
    fn each_reason_is_written_down_as_it_is_told() {
        for why in SeveralWhy::ALL {
            let written = serde_json::to_string(&why).expect("a text");
            assert_eq!(serde_json::from_str::<SeveralWhy>(&written).expect("the same"), why);
        }
        assert!(serde_json::from_str::<SeveralWhy>("\"a whim\"").is_err());
    }

    #[test]
    fn what_stands_for_a_pair_is_not_asked() {
        let reading = read_by_rules(
            "Students enrol in courses. A student has a name. A course has a title. An enrolment belongs to a student and a course.",
        );
        assert!(reading.questions.iter().all(|it| !it.text.contains("enrolment")), "{:?}", reading.questions);
    }
}
