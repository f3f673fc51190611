//! Answers about entities and relationships, as the reading that the offline reader would have given.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::evidence::Quoted;
use super::fault::{Fault, cleaned, is_plain};
use crate::base::{plural, singular};
use crate::brief::{
    Attribute, Entity, EntityKind, LeftOut, OnDelete, Reading, Relationship, RelationshipKind, Several,
    SeveralWhy, ask_of_several,
};
use crate::design::Design;

/// What conventions add to every table; a model that lists it as well is not corrected for it.
const SCAFFOLDING: &[&str] =
    &["id", "created_at", "updated_at", "deleted_at", "created_by", "updated_by", "version"];

const MOST_OF_SENTENCE: usize = 300;

#[derive(Deserialize)]
struct Entities {
    entities: Vec<ToldEntity>,
    left_out: Vec<ToldLeftOut>,
}

#[derive(Deserialize)]
struct ToldEntity {
    name: String,
    kind: EntityKind,
    description: String,
    reason: String,
    quotes: Vec<String>,
    attributes: Vec<ToldAttribute>,
}

#[derive(Deserialize)]
struct ToldAttribute {
    name: String,
    #[serde(rename = "type")]
    type_name: String,
    nullable: bool,
    unique: bool,
    values: Option<Vec<String>>,
    quotes: Vec<String>,
}

#[derive(Deserialize)]
struct ToldLeftOut {
    name: String,
    reason: String,
}

#[derive(Deserialize)]
struct Relationships {
    relationships: Vec<ToldRelationship>,
}

#[derive(Deserialize)]
struct ToldRelationship {
    from: String,
    to: String,
    role: Option<String>,
    kind: RelationshipKind,
    via: Option<String>,
    nullable: bool,
    on_delete: OnDelete,
    reason: String,
    many_likelihood: u8,
    quotes: Vec<String>,
}

fn typed<T: serde::de::DeserializeOwned>(answer: serde_json::Value) -> Result<T, Vec<Fault>> {
    let fault =
        |it: serde_json::Error| vec![Fault::Schema { at: "answer".to_owned(), message: it.to_string() }];
    serde_json::from_value(answer).map_err(fault)
}

/// The entities of an answer that fits its schema.
pub(super) fn entities(answer: serde_json::Value, brief: &str) -> Result<Reading, Vec<Fault>> {
    let told: Entities = typed(answer)?;
    let (mut quoted, mut faults) = (Quoted::of(brief), Vec::new());
    let names: BTreeSet<&str> = told.entities.iter().map(|it| it.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut reading = Reading::default();
    for (nth, entity) in told.entities.iter().enumerate() {
        let at = format!("entities[{nth}].name");
        if !is_plain(&entity.name) {
            faults.push(Fault::Name { at, name: cleaned(&entity.name, 80) });
            continue;
        }
        if !seen.insert(singular(&entity.name)) {
            faults.push(Fault::Twice { name: entity.name.clone() });
            continue;
        }
        let mut attributes: Vec<Attribute> = Vec::new();
        for (place, told) in entity.attributes.iter().enumerate() {
            let at = format!("entities[{nth}].attributes[{place}]");
            match attribute(told, &at, &names, &mut quoted) {
                Ok(Some(it)) if attributes.iter().any(|other| other.name == it.name) => {
                    faults.push(Fault::Twice { name: format!("{}.{}", entity.name, it.name) });
                }
                Ok(it) => attributes.extend(it),
                Err(fault) => faults.push(fault),
            }
        }
        let evidence = quoted.spans(&entity.quotes);
        reading.entities.push(Entity {
            name: entity.name.clone(),
            kind: entity.kind,
            description: cleaned(&entity.description, MOST_OF_SENTENCE),
            assumed: evidence.is_empty(),
            evidence,
            attributes,
            reason: cleaned(&entity.reason, MOST_OF_SENTENCE),
            rows: Vec::new(),
        });
    }
    reading.left_out = told.left_out.iter().map(|it| left_out(it, &mut quoted)).collect();
    if faults.is_empty() && reading.entities.is_empty() {
        faults.push(Fault::Nothing { why: String::new() });
    }
    if faults.is_empty() { Ok(reading) } else { Err(faults) }
}

fn left_out(told: &ToldLeftOut, quoted: &mut Quoted) -> LeftOut {
    LeftOut {
        name: cleaned(&told.name, 60),
        reason: cleaned(&told.reason, MOST_OF_SENTENCE),
        evidence: quoted.spans(std::slice::from_ref(&told.name)),
    }
}

/// The attribute; none where conventions add it anyway.
fn attribute(
    told: &ToldAttribute,
    at: &str,
    entities: &BTreeSet<&str>,
    quoted: &mut Quoted,
) -> Result<Option<Attribute>, Fault> {
    if !is_plain(&told.name) {
        return Err(Fault::Name { at: format!("{at}.name"), name: cleaned(&told.name, 80) });
    }
    if SCAFFOLDING.contains(&told.name.as_str()) {
        return Ok(None);
    }
    let contradiction = |message: String| Err(Fault::Contradiction { at: at.to_owned(), message });
    if told.name.strip_suffix("_id").is_some_and(|it| entities.contains(it)) {
        return contradiction(format!("`{}` is a reference; references are asked for later", told.name));
    }
    let values: Option<Vec<String>> = told.values.as_ref().filter(|it| !it.is_empty()).map(|all| {
        let mut values: Vec<String> =
            all.iter().map(|it| cleaned(it, 60)).filter(|it| !it.is_empty()).collect();
        let mut seen = BTreeSet::new();
        values.retain(|it| seen.insert(it.clone()));
        values
    });
    if told.type_name == "enum" && values.as_ref().is_none_or(|it| it.len() < 2) {
        return contradiction("an `enum` has at least two `values`".to_owned());
    }
    let evidence = quoted.spans(&told.quotes);
    Ok(Some(Attribute {
        name: told.name.clone(),
        type_name: told.type_name.clone(),
        nullable: told.nullable,
        values,
        assumed: evidence.is_empty(),
        evidence,
        unique: told.unique,
        unique_in: None,
    }))
}

/// The reading so far with the relationships of an answer that fits its schema. Tables of the design may be related as well.
pub(super) fn relationships(
    answer: serde_json::Value,
    found: &Reading,
    design: &Design,
    brief: &str,
) -> Result<Reading, Vec<Fault>> {
    let told: Relationships = typed(answer)?;
    let (mut quoted, mut faults) = (Quoted::of(brief), Vec::new());
    let mut reading = found.clone();
    reading.relationships.clear();
    reading.questions.clear();
    let mut seen = BTreeSet::new();
    for (nth, told) in told.relationships.iter().enumerate() {
        let at = |field: &str| format!("relationships[{nth}].{field}");
        let mut is_known = true;
        for (field, name) in [("from", &told.from), ("to", &told.to)] {
            if !knows(&mut reading, design, name) {
                faults.push(Fault::NoEntity { at: at(field), name: cleaned(name, 80) });
                is_known = false;
            }
        }
        let plain = [("role", told.role.as_ref()), ("via", told.via.as_ref())];
        for (field, name) in plain.into_iter().filter_map(|(field, name)| Some((field, name?))) {
            if !is_plain(name) {
                faults.push(Fault::Name { at: at(field), name: cleaned(name, 80) });
                is_known = false;
            }
        }
        if !is_known {
            continue;
        }
        match relationship(told, nth, &mut quoted) {
            Ok(it) if !seen.insert(it.key()) => {
                faults.push(Fault::Twice { name: format!("{} to {}", it.from, it.to) });
            }
            Ok(it) => {
                join(&mut reading, &it);
                reading.relationships.push(it);
            }
            Err(fault) => faults.push(fault),
        }
    }
    ask_of_several(&mut reading, |_| true);
    if faults.is_empty() { Ok(reading) } else { Err(faults) }
}

/// Whether there is such an entity; a table of the design becomes one that adds nothing.
fn knows(reading: &mut Reading, design: &Design, name: &str) -> bool {
    if reading.entities.iter().any(|it| it.name == name) {
        return true;
    }
    let is_there =
        design.tables().any(|it| it.namespace.is_none() && (it.name == name || it.name == plural(name)));
    if is_there {
        reading.entities.push(Entity {
            name: name.to_owned(),
            kind: EntityKind::Core,
            description: String::new(),
            assumed: false,
            evidence: Vec::new(),
            attributes: Vec::new(),
            reason: "a table that is there".to_owned(),
            rows: Vec::new(),
        });
    }
    is_there
}

fn relationship(told: &ToldRelationship, nth: usize, quoted: &mut Quoted) -> Result<Relationship, Fault> {
    let is_many = told.kind == RelationshipKind::ManyToMany;
    if !is_many && told.on_delete == OnDelete::SetNull && !told.nullable {
        let message = "`set null` needs `nullable`".to_owned();
        return Err(Fault::Contradiction { at: format!("relationships[{nth}]"), message });
    }
    let evidence = quoted.spans(&told.quotes);
    let role = told.role.clone().filter(|it| *it != told.to);
    let via = is_many.then(|| told.via.clone().unwrap_or_else(|| format!("{}_{}", told.from, told.to)));
    Ok(Relationship {
        from: told.from.clone(),
        to: told.to.clone(),
        role,
        kind: told.kind,
        via,
        nullable: told.nullable && !is_many,
        on_delete: told.on_delete,
        assumed: evidence.is_empty(),
        reason: cleaned(&told.reason, MOST_OF_SENTENCE).trim_end_matches('.').to_owned(),
        evidence,
        several: (told.kind == RelationshipKind::ManyToOne)
            .then_some(Several { likelihood: told.many_likelihood, why: SeveralWhy::Model }),
    })
}

/// Adds the junction of a many-to-many that was not listed.
fn join(reading: &mut Reading, relationship: &Relationship) {
    let Some(via) = &relationship.via else { return };
    if reading.entities.iter().all(|it| it.name != *via) {
        reading.entities.push(Entity {
            name: via.clone(),
            kind: EntityKind::Junction,
            description: format!("Joins each {} to its {}.", relationship.from, plural(&relationship.to)),
            assumed: relationship.assumed,
            evidence: relationship.evidence.clone(),
            attributes: Vec::new(),
            reason: relationship.reason.clone(),
            rows: Vec::new(),
        });
    }
}
