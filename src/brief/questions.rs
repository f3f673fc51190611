//! What the text leaves open: how two things are tied, hidden many-to-many, and value sets that may grow.

use super::knowledge::with_article;
use super::lexicon::lexicon;
use super::reading::{EntityKind, Question, QuestionSubject, Reading, Relationship, RelationshipKind};
use super::tied::Unclear;
use crate::base::{plural, sort_by};

/// At most so many questions of a kind: more are not read.
const MOST: usize = 12;

/// Roles and targets that tend to become several, with the chance in per cent and why.
const TENDS: &[(&str, u8, &str)] = &[
    ("assignee", 60, "work is often shared once teams grow"),
    ("category", 65, "things soon fit several categories"),
    ("tag", 90, "tags are made to be combined"),
    ("label", 85, "labels are made to be combined"),
    ("author", 55, "texts often have several authors"),
    ("skill", 80, "people have several skills"),
    ("language", 75, "people speak several languages"),
    ("genre", 70, "works fit several genres"),
    ("instructor", 50, "courses are often taught together"),
    ("teacher", 50, "classes are often taught together"),
    ("supplier", 55, "most goods can be bought from several suppliers"),
    ("role", 50, "people often hold several roles"),
    ("team", 45, "people often work in several teams"),
    ("organization", 40, "accounts often move between organizations"),
    ("department", 35, "people are sometimes shared between departments"),
    ("venue", 30, "long events use several venues"),
    ("artist", 60, "works are often made together"),
    ("contact", 40, "firms have several contacts"),
    ("owner", 35, "things are sometimes owned together"),
    ("doctor", 30, "care is often shared"),
    ("coach", 35, "teams often have several coaches"),
];

/// Adds the questions, likeliest first.
pub fn ask(reading: &mut Reading, unclear: &[Unclear]) {
    let how: Vec<Question> = unclear.iter().filter_map(|it| how_tied(reading, it)).take(MOST).collect();
    reading.questions.extend(how);
    let mut hidden: Vec<(u8, Question)> = Vec::new();
    let mut asked: Vec<&str> = Vec::new();
    for (at, relation) in reading.relationships.iter().enumerate() {
        if relation.kind != RelationshipKind::ManyToOne || relation.from == relation.to {
            continue;
        }
        let role = relation.role.as_deref().unwrap_or(&relation.to);
        let last = super::lexicon::last_word(role);
        // A thing stays in its house; people move between houses.
        let house = lexicon().containers.contains(relation.to.as_str());
        if house && relation.role.is_none() && !lexicon().is_person(&relation.from) {
            continue;
        }
        let found = TENDS.iter().find(|(word, _, _)| *word == role || *word == last);
        let Some((word, likelihood, why)) = found else { continue };
        // Where people go by the word, it is asked of what refers to them first: what holds of dogs and owners is no matter of messages.
        if relation.role.is_none() && lexicon().is_person(word) && asked.contains(word) {
            continue;
        }
        asked.push(word);
        let (from, to) = (relation.from.replace('_', " "), role.replace('_', " "));
        let one = with_article(&relation.from);
        let text = format!("Can {one} have several {}? ({likelihood} % likely later: {why})", plural(&to));
        let options = vec![format!("one {to} per {from}"), format!("several {} per {from}", plural(&to))];
        let evidence = relation.evidence.clone();
        hidden.push((
            *likelihood,
            Question {
                text,
                options,
                evidence,
                subject: QuestionSubject::HiddenManyToMany { relationship: at, likelihood: *likelihood },
            },
        ));
    }
    sort_by(&mut hidden, |one, other| other.0.cmp(&one.0));
    reading.questions.extend(hidden.into_iter().map(|(_, it)| it).take(MOST));
    let mut sets: Vec<Question> = Vec::new();
    for entity in reading.entities.iter().filter(|it| it.kind != EntityKind::Infrastructure) {
        for attribute in &entity.attributes {
            let grows = ["kind", "type", "category", "role"].iter().any(|it| attribute.name.ends_with(it));
            if !grows || attribute.values.is_none() {
                continue;
            }
            let (of, name) = (with_article(&entity.name), attribute.name.replace('_', " "));
            sets.push(Question {
                text: format!("Will somebody add further values to the {name} of {of} without a developer?"),
                options: vec![
                    "no, the set is fixed".to_owned(),
                    format!("yes, keep a table of {}", plural(&name)),
                ],
                evidence: attribute.evidence.clone(),
                subject: QuestionSubject::ValueSet {
                    entity: entity.name.clone(),
                    attribute: attribute.name.clone(),
                },
            });
        }
    }
    reading.questions.extend(sets.into_iter().take(MOST));
}

/// Asks how two things are tied; none where one of them is none, or where they are tied by now.
fn how_tied(reading: &Reading, unclear: &Unclear) -> Option<Question> {
    let Unclear { ends: [one, other], kinds, span } = unclear;
    let is_there = |name: &String| reading.entities.iter().any(|it| it.name == *name);
    if !is_there(one) || !is_there(other) || reading.relationships.iter().any(|it| it.is_between(one, other))
    {
        return None;
    }
    let [first, second] = [one, other].map(|it| plural(&it.replace('_', " ")));
    let option = |it: &Relationship| {
        let (from, to) = (it.from.replace('_', " "), it.to.replace('_', " "));
        match it.kind {
            RelationshipKind::ManyToOne => format!("one {to} per {from}"),
            RelationshipKind::OneToOne => format!("one {to} per {from}, and one {from} per {to}"),
            RelationshipKind::ManyToMany => {
                format!("several {} per {from}, and several {} per {to}", plural(&to), plural(&from))
            }
        }
    };
    let mut options = vec!["not at all".to_owned()];
    options.extend(kinds.iter().map(option));
    Some(Question {
        text: format!(
            "How do {first} and {second} belong together? (the text tells of both, and not clearly how)"
        ),
        options,
        evidence: vec![*span],
        subject: QuestionSubject::Tie(kinds.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::brief::knowledge::assumed;

    fn reading() -> Reading {
        let entity = |name| assumed(name, "");
        Reading { entities: vec![entity("bus_stop"), entity("line")], ..Reading::default() }
    }

    fn unclear() -> Unclear {
        let said = |from, to| Relationship::said(from, to, "both", Span::default());
        let many = Relationship {
            kind: RelationshipKind::ManyToMany,
            via: Some("bus_stop_line".to_owned()),
            ..said("bus_stop", "line")
        };
        let one = Relationship { kind: RelationshipKind::OneToOne, ..said("bus_stop", "line") };
        let kinds = vec![many, said("line", "bus_stop"), one];
        Unclear { ends: ["bus_stop".to_owned(), "line".to_owned()], kinds, span: Span::default() }
    }

    #[test]
    fn whether_people_share_is_asked_of_what_refers_to_them_first() {
        let mut reading = Reading {
            entities: ["dog", "owner", "message"].map(|it| assumed(it, "")).into(),
            ..Reading::default()
        };
        reading.relationships = ["dog", "message"].map(|it| Relationship::assumed(it, "owner", "")).into();
        ask(&mut reading, &[]);
        let [asked] = reading.questions.as_slice() else { panic!("{:?}", reading.questions) };
        assert!(asked.text.starts_with("Can a dog have several owners?"), "{asked:?}");
    }

    #[test]
    fn how_two_things_are_tied_is_asked_with_an_answer_for_each_kind() {
        let mut reading = reading();
        ask(&mut reading, &[unclear()]);
        let [asked] = reading.questions.as_slice() else { panic!("{:?}", reading.questions) };
        assert_eq!(asked.parts().0, "How do bus stops and lines belong together?");
        let wanted = [
            "not at all",
            "several lines per bus stop, and several bus stops per line",
            "one bus stop per line",
            "one line per bus stop, and one bus stop per line",
        ];
        assert_eq!(asked.options, wanted);
    }

    #[test]
    fn what_is_gone_or_tied_by_now_is_not_asked() {
        let mut alone = reading();
        alone.entities.pop();
        let mut tied = reading();
        tied.relationships.push(Relationship::assumed("line", "bus_stop", "its name says so"));
        for mut reading in [alone, tied] {
            ask(&mut reading, &[unclear()]);
            assert_eq!(reading.questions, []);
        }
    }
}
