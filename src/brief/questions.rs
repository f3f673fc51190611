//! What the text leaves open: how two things are tied, hidden many-to-many, and value sets that may grow.

use super::knowledge::with_article;
use super::lexicon::lexicon;
use super::reading::{EntityKind, Question, QuestionSubject, Reading, Relationship, RelationshipKind};
use super::several;
use super::tied::Unclear;
use crate::base::plural;

/// At most so many questions of a kind: more are not read.
pub(super) const MOST: usize = 12;

/// From how likely on it is asked how two things are tied: of what is less likely, four in five are tied in no model (391 texts of our own
/// and the corpus).
const ASKED: f32 = 0.35;

/// Adds the questions, likeliest first.
pub fn ask(reading: &mut Reading, unclear: &[Unclear]) {
    let how: Vec<Question> = unclear.iter().filter_map(|it| how_tied(reading, it)).take(MOST).collect();
    reading.questions.extend(how);
    several::ask(reading, |it| lexicon().is_person(it) || lexicon().is_property(it));
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
    let Unclear { ends: [one, other], kinds, span, likely } = unclear;
    if *likely < ASKED {
        return None;
    }
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
        Unclear {
            ends: ["bus_stop".to_owned(), "line".to_owned()],
            kinds,
            span: Span::default(),
            likely: 0.5,
        }
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
