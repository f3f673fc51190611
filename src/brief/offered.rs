//! What some of a kind keep besides: asked, and told wholly, so that a yes adds it with its ties to what is there.

use super::kinds::{Found, are_sisters, attributes, pair, reached, refer, sort};
use super::knowledge::{assumed, assumed_attribute};
use super::lexicon::{Perhaps, normal};
use super::reading::{Attribute, Entity, Further, Question, QuestionSubject, Reading};
use crate::base::Span;

/// Why what an answer adds is there.
const CHOSEN: &str = "chosen as an answer";

/// Asks for what some of the kind keep and the text does not tell of.
pub fn ask(reading: &mut Reading, found: &Found) {
    let evidence: Vec<Span> = found.name.iter().map(|it| it.span).collect();
    for more in &found.kind.perhaps {
        let what = more.what;
        let told = |it: &Entity| !it.assumed && normal(what).starts_with(&normal(&it.name));
        if reading.entities.iter().any(told) {
            continue;
        }
        let Some(further) = further(reading, found, more, &evidence) else { continue };
        reading.questions.push(Question {
            text: format!("Should it also cover {what}?"),
            options: vec!["no, not now".to_owned(), format!("yes, {what} as well")],
            evidence: evidence.clone(),
            subject: QuestionSubject::Further(further),
        });
    }
}

/// What there is more of in a reading that covers it; none where nothing is, or where it would stand apart.
fn further(reading: &Reading, found: &Found, more: &Perhaps, evidence: &[Span]) -> Option<Further> {
    let mut with = reading.clone();
    let mut names = found.names.clone();
    for table in &more.tables {
        // What the prompt does without gets nothing.
        if found.kind.tables.iter().any(|it| it.name == table.name) {
            continue;
        }
        let known =
            with.entities.iter().find(|it| it.name == table.name || are_sisters(&it.name, table.name));
        let name = match known {
            Some(it) => it.name.clone(),
            None => {
                with.entities.push(Entity { kind: sort(table), ..assumed(table.name, CHOSEN) });
                attributes(&mut with, table.name, table);
                table.name.to_owned()
            }
        };
        names.insert(table.name, name);
    }
    for table in &more.tables {
        let Some(name) = names.get(table.name) else { continue };
        let is_present = found.names.contains_key(table.name);
        if let Some(entity) = with.entities.iter_mut().find(|it| is_present && it.name == *name) {
            for usual in &table.attributes {
                if entity.attributes.iter().all(|it| it.name != usual.name) {
                    // Asked for: a table that is there gets it too.
                    let told =
                        Attribute { assumed: false, evidence: evidence.to_vec(), ..assumed_attribute(usual) };
                    entity.attributes.push(told);
                }
            }
        }
        for reference in &table.references {
            if let Some(to) = names.get(reference.to) {
                refer(&mut with, name, to, reference);
            }
        }
    }
    for (one, other) in &more.pairs {
        if let (Some(one), Some(other)) = (names.get(one), names.get(other)) {
            pair(&mut with, one, other);
        }
    }
    between(reading, &with, more.what)
}

/// What the one reading has and the other lacks.
fn between(reading: &Reading, with: &Reading, what: &str) -> Option<Further> {
    let mut further = Further { what: what.to_owned(), ..Further::default() };
    for entity in &with.entities {
        match reading.entities.iter().find(|it| it.name == entity.name) {
            None => further.entities.push(Entity { reason: CHOSEN.to_owned(), ..entity.clone() }),
            Some(known) => {
                let added = entity.attributes.iter().skip(known.attributes.len());
                further.attributes.extend(added.map(|it| (entity.name.clone(), it.clone())));
            }
        }
    }
    let added = with.relationships.iter().skip(reading.relationships.len());
    further.relationships.extend(added.cloned());
    let is_known = |name: &String| reading.entities.iter().any(|it| it.name == *name);
    let is_whole = further.entities.iter().all(|it| reached(with, &it.name).iter().any(is_known));
    let adds = [further.entities.len(), further.attributes.len(), further.relationships.len()];
    let is_something = adds.iter().any(|it| *it > 0);
    (is_whole && is_something).then_some(further)
}
