//! Rules that change the shape: nesting, order, editing, history.

use super::concepts::Concepts;
use super::fact::{Fact, Facts, Rule as Said};
use super::knowledge::{assumed, user_of};
use super::reading::{
    Attribute, EntityKind, OnDelete, Reading, Relationship, RelationshipKind, Rule, RuleKind,
};
use super::sentences::Sentence;
use crate::base::{Span, one_of};

/// Whether a column follows from what a sentence says, and rests on no words for it: the one that holds an order, and that of an edit.
pub fn is_made(attribute: &Attribute) -> bool {
    let is_sentence = |it: &Span| it.range().len() > "positions".len();
    one_of(&attribute.name, "position edited_at") && attribute.evidence.iter().all(is_sentence)
}

/// Applies what the text rules to the entities of the reading.
pub fn rules(reading: &mut Reading, facts: &Facts, concepts: &Concepts, sentences: &[Sentence]) {
    for fact in &facts.all {
        let Fact::Rule { of, rule, span } = fact else { continue };
        let named = concepts.entity(of).map(str::to_owned);
        match rule {
            Said::Nested(levels) => {
                let whole = of.key.strip_prefix("sub").map(|it| it.trim_start_matches(['_', '-']).to_owned());
                let target = whole.filter(|it| concepts.chosen.contains(it)).or(named);
                if let Some(entity) = target.filter(|it| exists(reading, it)) {
                    nest(reading, &entity, *levels, *span);
                }
            }
            Said::Ordered => {
                // "A list consists of songs in order": neither is in order by itself.
                let via = named.as_deref().and_then(|it| joined_at(reading, it, *span));
                if let Some(entity) = via.or(named) {
                    add(reading, &entity, "position", "integer", false, *span);
                }
            }
            Said::Edited => {
                if let Some(entity) = named {
                    add(reading, &entity, "edited_at", "timestamptz", true, *span);
                }
            }
            Said::Immutable => {
                // What never changes cannot go with what it belongs to.
                let own = reading.relationships.iter_mut().filter(|it| Some(&it.from) == named.as_ref());
                own.for_each(|it| it.on_delete = OnDelete::Restrict);
                mark(reading, named, RuleKind::Immutable, *span);
            }
            Said::SoftDeleted => mark(reading, named, RuleKind::SoftDeleted, *span),
            Said::Logged => mark(reading, named, RuleKind::Logged, *span),
        }
    }
    super::deletion::read(reading, sentences);
    activity(reading, sentences);
}

/// Leaves out the columns that only say what a rule says: "subtasks, one level deep", "in a fixed order", "an edited label".
pub fn leave_what_they_say(reading: &mut Reading) {
    let Reading { entities, rules, .. } = reading;
    for entity in entities {
        let nests = rules.iter().any(|it| it.entity == entity.name && matches!(it.kind, RuleKind::Nested(_)));
        let inner = format!("sub{}", entity.name);
        let of = |name: &str| {
            entity.attributes.iter().find(|it| it.name == name).and_then(|it| it.evidence.first().copied())
        };
        let (ordered, edited) = (of("position"), of("edited_at"));
        entity.attributes.retain(|it| {
            let is_in =
                |rule: Option<Span>| rule.is_some_and(|rule| it.evidence.iter().all(|it| it.is_within(rule)));
            let is_order = one_of(super::lexicon::last_word(&it.name), "order sequence");
            let of_order = is_order && (is_in(ordered) || it.name.starts_with("in_"));
            let of_edit = is_in(edited) && it.name.starts_with("edited") && it.name != "edited_at";
            !(nests && it.name.replace('_', "").starts_with(&inner.replace('_', "")) || of_order || of_edit)
        });
    }
}

/// What joins a thing to others many-to-many by the words at a place.
fn joined_at(reading: &Reading, thing: &str, span: Span) -> Option<String> {
    let is_end = |it: &&Relationship| it.from == thing || it.to == thing;
    let mut all = reading.relationships.iter().filter(is_end);
    all.find_map(|it| it.via.clone().filter(|_| it.evidence.iter().any(|it| it.overlaps(span))))
}

fn exists(reading: &Reading, name: &str) -> bool {
    reading.entities.iter().any(|it| it.name == name)
}

fn mark(reading: &mut Reading, entity: Option<String>, kind: RuleKind, evidence: Span) {
    if let Some(entity) = entity.filter(|it| exists(reading, it)) {
        reading.rules.push(Rule { entity, kind, evidence });
    }
}

fn add(reading: &mut Reading, entity: &str, name: &str, type_name: &str, nullable: bool, span: Span) {
    let Some(entity) = reading.entities.iter_mut().find(|it| it.name == entity) else { return };
    if entity.attributes.iter().any(|it| it.name == name) {
        return;
    }
    let column = Attribute::assumed(name, type_name, nullable);
    entity.attributes.push(Attribute { assumed: false, evidence: vec![span], ..column });
}

/// Things of a kind under each other: a reference to the own table; `subtask` is no table then.
fn nest(reading: &mut Reading, entity: &str, levels: Option<u8>, span: Span) {
    let inner = format!("sub{entity}");
    let spaced = format!("sub_{entity}");
    let is_inner = |name: &str| name == inner || name == spaced;
    reading.entities.retain(|it| !is_inner(&it.name));
    reading.relationships.retain(|it| !is_inner(&it.from) && !is_inner(&it.to));
    reading.left_out.retain(|it| !is_inner(&it.name));
    if let Some(whole) = reading.entities.iter_mut().find(|it| it.name == entity) {
        whole.attributes.retain(|it| {
            !(it.name.contains("level") && it.evidence.iter().all(|it| span.cover(*it) == span))
        });
    }
    let known = reading.relationships.iter().any(|it| it.from == entity && it.to == entity);
    if !known {
        // Who has somebody above him stays when that one leaves.
        let (role, on_delete) = if super::lexicon::lexicon().is_person(entity) {
            ("manager", OnDelete::SetNull)
        } else {
            ("parent", OnDelete::Cascade)
        };
        reading.relationships.push(Relationship {
            from: entity.to_owned(),
            to: entity.to_owned(),
            role: Some(role.to_owned()),
            kind: RelationshipKind::ManyToOne,
            via: None,
            nullable: true,
            on_delete,
            assumed: false,
            reason: format!(
                "{} hang under each other; the topmost have no parent",
                crate::base::plural(entity).replace('_', " ")
            ),
            evidence: vec![span],
            several: None,
        });
    }
    let rule = Rule { entity: entity.to_owned(), kind: RuleKind::Nested(levels), evidence: span };
    match reading.rules.iter_mut().find(|it| it.entity == entity && matches!(it.kind, RuleKind::Nested(_))) {
        Some(known) if levels.is_some() => *known = rule,
        Some(_) => {}
        None => reading.rules.push(rule),
    }
}

/// An activity feed, or "every change is logged": one table of what happened, which is never changed.
fn activity(reading: &mut Reading, sentences: &[Sentence]) {
    let place = sentences.iter().find_map(|it| {
        let text: Vec<&str> = it.words.iter().map(|it| it.token.word.as_str()).collect();
        let text = text.join(" ");
        let feed = [
            "activity feed",
            "activity stream",
            "activity log",
            "activity history",
            "timeline of activity",
            "feed of activity",
            "news feed of",
        ]
        .iter()
        .any(|words| text.contains(words));
        (feed || super::logged::all_kept(it).is_some()).then_some(it.span)
    });
    let Some(place) = place else { return };
    let users = user_of(reading).map(str::to_owned);
    let collaborative =
        reading.entities.iter().any(|it| super::lexicon::lexicon().containers.contains(it.name.as_str()));
    if !collaborative {
        return;
    }
    let name = "activity";
    let is_named = |names: &[&str]| reading.entities.iter().position(|it| names.contains(&it.name.as_str()));
    let at =
        is_named(&[name]).or_else(|| is_named(&["activity_feed", "activity_log", "feed", "log", "change"]));
    match at {
        Some(at) => {
            let old = std::mem::replace(&mut reading.entities[at].name, name.to_owned());
            for relation in &mut reading.relationships {
                for end in [&mut relation.from, &mut relation.to] {
                    if *end == old {
                        name.clone_into(end);
                    }
                }
            }
        }
        None => {
            let mut entity = assumed(name, "the text wants every change to be seen later");
            entity.assumed = false;
            entity.evidence = vec![place];
            reading.entities.push(entity);
        }
    }
    // A change of which nothing is told is one of its rows.
    reading.entities.retain(|it| it.name != "change" || it.is_told());
    super::model::keep_ends(reading);
    reading.left_out.retain(|it| !one_of(it.name.as_str(), "activity activity_log activity_feed"));
    if let Some(entity) = reading.entities.iter_mut().find(|it| it.name == name) {
        entity.kind = EntityKind::Core;
        for (attribute, type_name, nullable) in [
            ("action", "text", false),
            ("subject_type", "text", false),
            ("subject_id", "uuid", false),
            ("changes", "jsonb", true),
        ] {
            if !entity.attributes.iter().any(|it| it.name == attribute) {
                entity.attributes.push(Attribute::assumed(attribute, type_name, nullable));
            }
        }
    }
    if let Some(user) = users
        && !reading.relationships.iter().any(|it| it.from == name && it.to == user)
    {
        reading.relationships.push(Relationship {
            role: Some("actor".to_owned()),
            nullable: true,
            ..Relationship::assumed(
                name,
                &user,
                "what happened keeps who did it; people who left are switched off, not deleted",
            )
        });
    }
    // What has happened in a house is kept as long as the house: its rows could not go with it, being kept from changing.
    let containers = &super::lexicon::lexicon().containers;
    for relation in reading.relationships.iter_mut().filter(|it| it.from == name) {
        if containers.contains(relation.to.as_str()) {
            relation.on_delete = OnDelete::Restrict;
        }
    }
    reading.rules.push(Rule { entity: name.to_owned(), kind: RuleKind::Immutable, evidence: place });
}
