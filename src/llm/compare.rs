//! What the offline reader and a model found, side by side; and one reading of both, as a person picks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::singular;
use crate::brief::{Attribute, Entity, Reading, Relationship, RelationshipKind};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The offline reader.
    Reader,
    /// The model.
    Model,
}

/// How the two stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Both found it.
    Agreed,
    /// One alone found it.
    Only(Side),
    /// Both found it, and not the same.
    Conflict,
}

/// What is taken of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// As the reader has it.
    Reader,
    /// As the model has it.
    Model,
    /// Of an entity what either has; where they differ, as the reader has it.
    Both,
    /// Neither.
    Neither,
}

/// An entity or a relationship, with what each side says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// What a pick names it by: `entity:task`, `relationship:task>user:assignee`.
    pub key: String,
    /// For people.
    pub name: String,
    /// How the two stand to each other.
    pub state: State,
    /// What the reader says, in words; empty where it says nothing.
    pub reader: String,
    /// The same of the model.
    pub model: String,
    /// Where they differ, in words.
    pub differences: Vec<String>,
    /// What is taken unless a person picks.
    pub usual: Pick,
}

/// Everything that either found, entities first, in the reader's order and then in the model's.
pub fn compare(reader: &Reading, model: &Reading) -> Vec<Compared> {
    let entities = pairs(&reader.entities, &model.entities, |it| singular(&it.name));
    let mut rows: Vec<Compared> =
        entities.into_iter().filter_map(|(one, other)| entity(one, other)).collect();
    rows.extend(
        relationship_pairs(reader, model).into_iter().filter_map(|(one, other)| relationship(one, other)),
    );
    rows
}

/// The reading that these picks give; what is not picked is taken as usual.
pub fn merged(reader: &Reading, model: &Reading, picks: &BTreeMap<String, Pick>) -> Reading {
    let rows = compare(reader, model);
    let pick = |key: &str| {
        let usual = rows.iter().find(|it| it.key == key).map(|it| it.usual);
        picks.get(key).copied().or(usual).unwrap_or(Pick::Neither)
    };
    let mut merged = Reading {
        stories: reader.stories.clone(),
        left_out: reader.left_out.clone(),
        load: reader.load.clone(),
        ..Reading::default()
    };
    for (one, other) in pairs(&reader.entities, &model.entities, |it| singular(&it.name)) {
        let Some(name) = one.or(other).map(|it| &it.name) else { continue };
        let taken = match (pick(&entity_key(name)), one, other) {
            (Pick::Both, Some(one), Some(other)) => Some(united(one, other)),
            (Pick::Model, _, Some(other)) => {
                // The other relationships of the reading know it by the reader's name.
                Some(Entity { name: name.clone(), ..other.clone() })
            }
            (Pick::Reader | Pick::Both, Some(one), _) => Some(one.clone()),
            (Pick::Both, None, Some(other)) => Some(other.clone()),
            _ => None,
        };
        merged.entities.extend(taken);
    }
    let names: BTreeMap<String, String> =
        merged.entities.iter().map(|it| (singular(&it.name), it.name.clone())).collect();
    for (one, other) in relationship_pairs(reader, model) {
        let Some(known) = one.or(other) else { continue };
        let taken = match pick(&relationship_key(known)) {
            Pick::Reader | Pick::Both => one.or(other),
            Pick::Model => other,
            Pick::Neither => None,
        };
        merged.relationships.extend(taken.and_then(|it| renamed(it, &names)));
    }
    // A junction whose relationship was not taken joins nothing.
    let used: BTreeSet<&String> = merged.relationships.iter().filter_map(|it| it.via.as_ref()).collect();
    let ends: BTreeSet<&String> = merged.relationships.iter().flat_map(|it| [&it.from, &it.to]).collect();
    let is_used = |it: &Entity| {
        it.kind != crate::brief::EntityKind::Junction || used.contains(&it.name) || ends.contains(&it.name)
    };
    merged.entities.retain(is_used);
    let is_there = |name: &str| merged.entities.iter().any(|it| it.name == name);
    let rules = reader.rules.iter().filter(|it| is_there(&it.entity)).cloned().collect();
    let access = reader.access.iter().filter(|it| is_there(&it.entity)).cloned().collect();
    let isolated = reader.isolated.clone().filter(|(name, _)| is_there(name));
    let tenant = reader.tenant.clone().filter(|(name, _)| is_there(name));
    let constraints = reader.constraints.clone();
    Reading { rules, access, isolated, tenant, identity: reader.identity, constraints, ..merged }
}

/// The relationship among the entities that were taken, if they all were.
fn renamed(relationship: &Relationship, names: &BTreeMap<String, String>) -> Option<Relationship> {
    let known = |name: &str| names.get(&singular(name)).cloned();
    let via = match &relationship.via {
        Some(via) => Some(known(via)?),
        None => None,
    };
    Some(Relationship {
        from: known(&relationship.from)?,
        to: known(&relationship.to)?,
        via,
        ..relationship.clone()
    })
}

/// Things of both sides that are the same thing, in the reader's order, then what only the model has.
fn pairs<'a, T>(
    reader: &'a [T],
    model: &'a [T],
    key: impl Fn(&T) -> String,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut theirs: BTreeMap<String, &T> = BTreeMap::new();
    for it in model {
        theirs.entry(key(it)).or_insert(it);
    }
    let mut seen = BTreeSet::new();
    let mut all: Vec<(Option<&T>, Option<&T>)> = Vec::new();
    for it in reader {
        let key = key(it);
        all.push((Some(it), theirs.get(&key).copied()));
        seen.insert(key);
    }
    all.extend(model.iter().filter(|it| seen.insert(key(it))).map(|it| (None, Some(it))));
    all
}

/// Relationships of the same two entities in the same role; then those of the same two that are alone on both sides.
fn relationship_pairs<'a>(
    reader: &'a Reading,
    model: &'a Reading,
) -> Vec<(Option<&'a Relationship>, Option<&'a Relationship>)> {
    let exact = pairs(&reader.relationships, &model.relationships, |it| {
        format!("{}:{}", ends(it), it.role.as_deref().unwrap_or_default())
    });
    let (mut all, mut lonely): (Vec<_>, Vec<_>) =
        exact.into_iter().partition(|it| it.0.is_some() || it.1.is_none());
    for pair in &mut all {
        let (Some(one), None) = *pair else { continue };
        let same = |it: &Relationship| ends(it) == ends(one);
        let alone_here = reader.relationships.iter().filter(|it| same(it)).count() == 1;
        let mut candidates = lonely.iter().enumerate().filter(|it| it.1.1.is_some_and(same));
        let (first, second) = (candidates.next().map(|it| it.0), candidates.next());
        if let (true, Some(at), None) = (alone_here, first, second) {
            pair.1 = lonely.remove(at).1;
        }
    }
    all.extend(lonely);
    all
}

/// The two entities, whichever holds the key.
fn ends(relationship: &Relationship) -> String {
    let mut ends = [singular(&relationship.from), singular(&relationship.to)];
    ends.sort();
    ends.join(" ")
}

fn entity_key(name: &str) -> String {
    format!("entity:{}", singular(name))
}

fn relationship_key(it: &Relationship) -> String {
    format!("relationship:{}>{}:{}", it.from, it.to, it.role.as_deref().unwrap_or_default())
}

fn entity(one: Option<&Entity>, other: Option<&Entity>) -> Option<Compared> {
    let known = one.or(other)?;
    let mut differences = Vec::new();
    let mut is_conflict = false;
    if let (Some(one), Some(other)) = (one, other) {
        if one.kind != other.kind {
            is_conflict = true;
            differences.push(format!("kind: {} or {}", kind(one), kind(other)));
        }
        for mine in &one.attributes {
            let theirs = other.attributes.iter().find(|it| it.name == mine.name);
            if let Some(theirs) = theirs.filter(|it| type_of(it) != type_of(mine)) {
                is_conflict = true;
                differences.push(format!("{}: {} or {}", mine.name, type_of(mine), type_of(theirs)));
            }
        }
        let lacks = |one: &Entity, other: &Entity| {
            let names = one.attributes.iter().map(|it| it.name.as_str());
            let missing = names.filter(|name| other.attributes.iter().all(|it| it.name != *name));
            missing.collect::<Vec<_>>().join(", ")
        };
        let of_reader = lacks(one, other);
        let of_model = lacks(other, one);
        differences.extend((!of_reader.is_empty()).then(|| format!("only the reader: {of_reader}")));
        differences.extend((!of_model.is_empty()).then(|| format!("only the model: {of_model}")));
    }
    let words = |it: &Entity| {
        let names: Vec<&str> = it.attributes.iter().map(|it| it.name.as_str()).collect();
        format!(
            "{}: {}",
            kind(it),
            if names.is_empty() { "no attributes".to_owned() } else { names.join(", ") }
        )
    };
    let state = state(one.is_some(), other.is_some(), is_conflict);
    Some(Compared {
        key: entity_key(&known.name),
        name: known.name.clone(),
        state,
        reader: one.map(words).unwrap_or_default(),
        model: other.map(words).unwrap_or_default(),
        differences,
        usual: usual(state),
    })
}

fn relationship(one: Option<&Relationship>, other: Option<&Relationship>) -> Option<Compared> {
    let known = one.or(other)?;
    let mut differences = Vec::new();
    if let (Some(one), Some(other)) = (one, other) {
        let is_turned = one.kind != RelationshipKind::ManyToMany
            && other.kind != RelationshipKind::ManyToMany
            && singular(&one.from) != singular(&other.from);
        if one.kind != other.kind || is_turned {
            differences.push(format!("{} or {}", arrow(one), arrow(other)));
        } else if one.kind != RelationshipKind::ManyToMany {
            if one.nullable != other.nullable {
                differences.push(format!("{} or {}", presence(one), presence(other)));
            }
            if one.on_delete != other.on_delete {
                differences.push(format!("on delete {} or {}", deletion(one), deletion(other)));
            }
        }
    }
    let words = |it: &Relationship| {
        let of_key = match it.kind {
            RelationshipKind::ManyToMany => format!("through {}", it.via.as_deref().unwrap_or("a junction")),
            RelationshipKind::ManyToOne | RelationshipKind::OneToOne => {
                format!("{}, on delete {}", presence(it), deletion(it))
            }
        };
        format!("{}, {of_key}", arrow(it))
    };
    let state = state(one.is_some(), other.is_some(), !differences.is_empty());
    let role = known.role.as_ref().map_or_else(String::new, |it| format!(" as {it}"));
    Some(Compared {
        key: relationship_key(known),
        name: format!("{} and {}{role}", known.from, known.to),
        state,
        reader: one.map(words).unwrap_or_default(),
        model: other.map(words).unwrap_or_default(),
        differences,
        usual: usual(state),
    })
}

fn state(reader: bool, model: bool, is_conflict: bool) -> State {
    match (reader, model) {
        (true, true) if is_conflict => State::Conflict,
        (true, true) => State::Agreed,
        (true, false) => State::Only(Side::Reader),
        (false, _) => State::Only(Side::Model),
    }
}

fn usual(state: State) -> Pick {
    match state {
        State::Agreed => Pick::Both,
        State::Only(Side::Reader) | State::Conflict => Pick::Reader,
        State::Only(Side::Model) => Pick::Model,
    }
}

/// The reader's entity with what only the model has.
fn united(one: &Entity, other: &Entity) -> Entity {
    let mut united = one.clone();
    let is_new = |it: &&Attribute| one.attributes.iter().all(|mine| mine.name != it.name);
    united.attributes.extend(other.attributes.iter().filter(is_new).cloned());
    united
}

fn kind(it: &Entity) -> &'static str {
    match it.kind {
        crate::brief::EntityKind::Core => "core",
        crate::brief::EntityKind::Lookup => "lookup",
        crate::brief::EntityKind::Junction => "junction",
        crate::brief::EntityKind::Infrastructure => "infrastructure",
    }
}

fn type_of(it: &Attribute) -> String {
    match &it.values {
        Some(values) if values.len() >= 2 => {
            let mut values: Vec<String> = values.iter().map(|it| crate::base::snake_case(it)).collect();
            values.sort();
            values.join("/")
        }
        _ => it.type_name.clone(),
    }
}

fn arrow(it: &Relationship) -> String {
    match it.kind {
        RelationshipKind::ManyToOne => format!("many {} to one {}", it.from, it.to),
        RelationshipKind::OneToOne => format!("one {} to one {}", it.from, it.to),
        RelationshipKind::ManyToMany => format!("many {} to many {}", it.from, it.to),
    }
}

fn presence(it: &Relationship) -> &'static str {
    if it.nullable { "optional" } else { "required" }
}

fn deletion(it: &Relationship) -> &'static str {
    match it.on_delete {
        crate::brief::OnDelete::Cascade => "cascade",
        crate::brief::OnDelete::SetNull => "set null",
        crate::brief::OnDelete::Restrict => "restrict",
    }
}
