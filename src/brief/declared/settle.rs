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
    if declared.tables.is_empty() {
        return;
    }
    let is_declared = |all: &[Span]| {
        let within = |it: &Span| {
            declared.tables.iter().any(|table| table.region.start <= it.start && it.end <= table.region.end)
        };
        !all.is_empty() && all.iter().all(within)
    };
    let is_table = |name: &str| declared.tables.iter().any(|it| it.name == name);
    let refers = |name: &str| declared.links.iter().any(|it| it.from == name);
    reading.relationships.retain(|it| {
        // Whose references are written down has no others.
        let both = is_table(&it.from) && is_table(&it.to);
        let known = both && (refers(&it.from) || refers(&it.to));
        !(known && it.assumed || (known || !both) && is_declared(&it.evidence))
    });
    for entity in &mut reading.entities {
        entity.attributes.retain(|it| !is_declared(&it.evidence));
    }
    reading.entities.retain(|it| is_table(&it.name) || !is_declared(&it.evidence));
    // "Core entities" and "database tables" are what such sections are called.
    let is_word = |name: &str| one_of(last_word(name), "entity model collection schema database");
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
    for link in &declared.links {
        let is_there = |name: &str| reading.entities.iter().any(|it| it.name == name);
        if is_there(&link.from) && is_there(&link.to) {
            tie(reading, link);
        }
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
    let untold = |via: &String| reading.entities.iter().any(|it| it.name == *via && !it.is_told());
    let one = link.kind == RelationshipKind::ManyToOne;
    let guessed =
        reading.relationships.iter().position(|it| one && same(it) && it.via.as_ref().is_some_and(untold));
    if let Some(via) = guessed.and_then(|it| reading.relationships.remove(it).via) {
        reading.entities.retain(|it| it.name != via);
    }
    if let Some(known) = reading.relationships.iter_mut().find(|it| same(it)) {
        known.assumed = false;
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
