//! What is declared has the last word in a reading.

use super::super::lexicon::{last_word, lexicon};
use super::super::model::{attribute, junction, keep_ends};
use super::super::reading::{
    Attribute, Entity, EntityKind, OnDelete, Reading, Relationship, RelationshipKind,
};
use super::{Declared, Link, Table};
use crate::base::{Span, one_of};

/// From how many tables on the text has told its model, so that what it only names besides is talk.
const MODEL: usize = 3;

/// Why something is doubted in a text that lists its tables.
const NOT_LISTED: &str = "the text lists its tables, and this is none of them";

/// Takes the tables, their fields and references in. Linear in the reading for each table.
pub fn settle(reading: &mut Reading, declared: &Declared) {
    if declared.tables.is_empty() && declared.links.is_empty() {
        return;
    }
    let is_table = |name: &str| declared.tables.iter().any(|it| it.name == name);
    let is_there = |name: &str| is_table(name) || reading.entities.iter().any(|it| it.name == name);
    let are_there = |it: &&Link| is_there(&it.from) && is_there(&it.to);
    let links: Vec<&Link> = declared.links.iter().filter(are_there).collect();
    let in_table = |it: &Span| declared.tables.iter().any(|of| it.is_within(of.region));
    let in_link = |it: &Span| links.iter().any(|of| it.is_within(of.span));
    let is_declared = |all: &[Span]| !all.is_empty() && all.iter().all(|it| in_table(it) || in_link(it));
    let is_end = |name: &str| links.iter().any(|it| it.from == name || it.to == name);
    let refers = |name: &str| links.iter().any(|it| it.from == name);
    reading.relationships.retain(|it| {
        // Whose references are written down has no others.
        let both = is_table(&it.from) && is_table(&it.to);
        let known = both && (refers(&it.from) || refers(&it.to));
        !(known && it.assumed || (known || !both) && is_declared(&it.evidence))
    });
    for entity in &mut reading.entities {
        // What a sentence says besides is not lost for the relationship that it tells.
        let kept = |it: &Span| links.iter().any(|of| !of.columns.is_empty() && it.is_within(of.span));
        let is_known = |it: &Span| in_table(it) || kept(it);
        entity.attributes.retain(|it| it.evidence.is_empty() || !it.evidence.iter().all(is_known));
    }
    reading.entities.retain(|it| is_table(&it.name) || is_end(&it.name) || !is_declared(&it.evidence));
    // "Core entities" and "database tables" are what such sections are called.
    let is_word = |name: &str| {
        let word = last_word(name);
        one_of(word, "relationship relation")
            || !declared.tables.is_empty() && one_of(word, "entity model collection schema database")
    };
    reading.entities.retain(|it| is_table(&it.name) || !it.assumed || !is_word(&it.name));
    for table in &declared.tables {
        take(reading, table);
    }
    let told = declared.tables.iter().filter(|it| !it.fields.is_empty()).count();
    if told >= MODEL || declared.tables.len() > MODEL {
        reading.entities.retain(|it| is_table(&it.name) || !is_short_name(&it.name, declared));
        for entity in reading.entities.iter_mut().filter(|it| !is_table(&it.name) && !it.assumed) {
            entity.assumed = true;
            NOT_LISTED.clone_into(&mut entity.reason);
        }
    }
    for tie in &mut reading.relationships {
        tie.assumed |= refers(&tie.from);
    }
    for link in links {
        tie(reading, link);
    }
    keep_ends(reading);
}

/// "The assignment" of a text that declares training assignments is one of these.
fn is_short_name(name: &str, declared: &Declared) -> bool {
    declared.tables.iter().filter(|it| last_word(&it.name) == name).count() == 1
}

fn take(reading: &mut Reading, table: &Table) {
    let own: Vec<Attribute> =
        table.fields.iter().map(|it| attribute(it.item.name.clone(), &it.item)).collect();
    let known = reading.entities.iter_mut().find(|it| it.name == table.name);
    let Some(entity) = known else {
        // A log that is only named is machinery.
        if own.is_empty() && lexicon().technical(&table.name).is_some() {
            return;
        }
        reading.entities.push(Entity {
            name: table.name.clone(),
            kind: EntityKind::Core,
            description: String::new(),
            assumed: false,
            evidence: vec![table.span],
            attributes: own,
            reason: String::new(),
            rows: Vec::new(),
        });
        return;
    };
    entity.assumed = false;
    entity.reason.clear();
    if own.is_empty() {
        return;
    }
    entity.attributes.retain(|it| !it.assumed && own.iter().all(|own| own.name != it.name));
    let more = std::mem::replace(&mut entity.attributes, own);
    entity.attributes.extend(more);
}

fn tie(reading: &mut Reading, link: &Link) {
    let same = |it: &Relationship| {
        it.is_between(&link.from, &link.to)
            && (it.role == link.role || it.kind == link.kind && link.role.is_none())
    };
    // A key that is written down says more than that both are told of together.
    let one = link.kind == RelationshipKind::ManyToOne;
    let (mut at, mut is_known) = (0, false);
    while let Some(known) = reading.relationships.get_mut(at) {
        let untold =
            |via: &mut String| one && reading.entities.iter().any(|it| it.name == *via && !it.is_told());
        if !same(known) {
            at += 1;
        } else if let Some(via) = known.via.take_if(untold) {
            reading.relationships.remove(at);
            reading.entities.retain(|it| it.name != via);
        } else {
            known.assumed &= is_known;
            is_known = true;
            at += 1;
        }
    }
    if is_known {
        return;
    }
    let joined = link.kind == RelationshipKind::ManyToMany
        && reading.entities.iter().any(|it| {
            let refers = |to: &str| {
                reading.relationships.iter().any(|tie| {
                    tie.from == it.name && tie.to == to && tie.kind != RelationshipKind::ManyToMany
                })
            };
            refers(&link.from) && refers(&link.to)
        });
    if joined {
        return;
    }
    let via = (link.kind == RelationshipKind::ManyToMany)
        .then(|| junction(reading, &link.from, &link.to, link.span, REASON));
    for entity in reading.entities.iter_mut().filter(|it| Some(&it.name) == via.as_ref()) {
        entity.attributes.extend(link.columns.iter().map(|it| attribute(it.item.name.clone(), &it.item)));
    }
    let on_delete = match (&via, link.nullable) {
        (Some(_), _) => OnDelete::Cascade,
        (None, true) => OnDelete::SetNull,
        (None, false) => OnDelete::Restrict,
    };
    reading.relationships.push(Relationship {
        role: link.role.clone(),
        kind: link.kind,
        via,
        nullable: link.nullable,
        on_delete,
        ..Relationship::said(&link.from, &link.to, REASON, link.span)
    });
}

/// Why two tables are tied whose model is written down.
const REASON: &str = "the text's own model says so";
