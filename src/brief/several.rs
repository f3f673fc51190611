//! How likely it is that what has one of something will have several, for each many-to-one: of a hundred models, so many have it so.

use super::knowledge::with_article;
use super::lexicon::{last_word, lexicon};
use super::questions::MOST;
use super::reading::{
    EntityKind, OnDelete, Question, QuestionSubject, Reading, Relationship, RelationshipKind, Several,
};
use crate::base::{Clip as _, Span, lower, one_of, plural, sort_by};

/// From this chance in per cent on it is asked.
pub const LIKELY: u8 = 30;

/// Words by which a text itself says that there is one, at each end a blank.
const ONE: [&str; 5] = [" exactly one ", " only one ", " a single ", " at most one ", " one and the same "];

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
    let all: Vec<Option<Several>> =
        reading.relationships.iter().map(|it| several(reading, it, text)).collect();
    for (relationship, several) in reading.relationships.iter_mut().zip(all) {
        relationship.several = several;
    }
}

fn several(reading: &Reading, it: &Relationship, text: &str) -> Option<Several> {
    let of = reading.entities.iter().find(|entity| entity.name == it.from)?;
    if it.kind != RelationshipKind::ManyToOne || it.from == it.to || of.kind == EntityKind::Junction {
        return None;
    }
    let told = |likelihood, why: &str| Some(Several { likelihood, why: why.to_owned() });
    let says_one = |at: &Span| {
        let said = format!(" {} ", lower(text.clip(at.range())));
        ONE.iter().any(|it| said.contains(it))
    };
    if it.evidence.iter().any(says_one) {
        return told(2, "the text says that it is one");
    }
    if it.on_delete == OnDelete::Cascade || last_word(&it.from) == "line" {
        return told(3, "a part is in one whole");
    }
    let role = it.role.as_deref().unwrap_or(&it.to);
    let (from, to) = (End::of(&it.from), End::of(&it.to));
    let mine = reading.relationships.iter().filter(|other| other.from == it.from && other.via.is_none());
    if from != End::Person && !of.is_told() && mine.take(3).count() == 2 {
        return told(5, "it stands for a pair of things");
    }
    let listed = lexicon().several.get(last_word(role)).and_then(|it| it.parse().ok());
    match (from, to, listed) {
        (End::Happening, _, Some(share)) if share < 85 && role != "assignee" => {
            told(share / 3, "what happens once mostly involves one")
        }
        (_, End::Person, Some(share)) => told(share, "it is often shared"),
        (End::Person, _, Some(share)) => told(share.max(45), "people often have several"),
        (_, _, Some(share)) => told(share, "things often fit several"),
        (End::Happening, ..) => told(8, "what happens once mostly involves one"),
        (End::Person, End::Group, None) => told(40, "people move between such, and are in several"),
        (End::Person, End::Person, None) => told(20, "people mostly have one who answers for them"),
        (End::Person, _, None) => told(45, "people often have several"),
        (_, End::Person, None) => told(20, "one mostly answers for a thing"),
        (_, End::Class, None) => told(22, "most things fit one, some several"),
        (_, End::Group, None) => told(12, "things stay where they are"),
        (_, _, None) => told(15, "most things have one of another"),
    }
}

/// Asks it of what is likely, the likeliest first; of what several refer to, of the first alone. `is_noun`: whether a role stands for
/// what has it, as "assignee" does and "home" does not.
pub fn ask(reading: &mut Reading, is_noun: impl Fn(&str) -> bool) {
    let mut asked: Vec<(&str, String)> = Vec::new();
    let mut all: Vec<(u8, Question)> = Vec::new();
    for (at, relationship) in reading.relationships.iter().enumerate() {
        let Some(Several { likelihood, why }) = &relationship.several else { continue };
        let role = match &relationship.role {
            None => relationship.to.clone(),
            Some(role) if is_noun(role) => role.clone(),
            Some(role) => format!("{role}_{}", relationship.to),
        };
        let of = (relationship.to.as_str(), role.clone());
        if *likelihood < LIKELY || asked.contains(&of) {
            continue;
        }
        asked.push(of);
        let (from, to) = (relationship.from.replace('_', " "), role.replace('_', " "));
        let (one, several) = (with_article(&relationship.from), plural(&to));
        all.push((
            *likelihood,
            Question {
                text: format!("Can {one} have several {several}? ({likelihood} % likely later: {why})"),
                options: vec![format!("one {to} per {from}"), format!("several {several} per {from}")],
                evidence: relationship.evidence.clone(),
                subject: QuestionSubject::HiddenManyToMany { relationship: at, likelihood: *likelihood },
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
        assert!(fits(told.likelihood) && !told.why.is_empty(), "{text}: {told:?}");
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
        let several = || Some(Several { likelihood: 40, why: "it is often shared".to_owned() });
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
    fn what_stands_for_a_pair_is_not_asked() {
        let reading = read_by_rules(
            "Students enrol in courses. A student has a name. A course has a title. An enrolment belongs to a student and a course.",
        );
        assert!(reading.questions.iter().all(|it| !it.text.contains("enrolment")), "{:?}", reading.questions);
    }
}
