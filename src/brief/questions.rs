//! What the text leaves open: hidden many-to-many, and value sets that may grow.

use super::knowledge::with_article;
use super::lexicon::lexicon;
use super::reading::{EntityKind, Question, QuestionSubject, Reading, RelationshipKind};
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
pub fn ask(reading: &mut Reading) {
    let mut hidden: Vec<(u8, Question)> = Vec::new();
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
        let Some((_, likelihood, why)) = found else { continue };
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
