//! One sentence for each entity: the text's own definition, or what it belongs to and has.

use super::concepts::Concepts;
use super::fact::{Fact, Facts};
use super::knowledge::with_article;
use super::reading::{Attribute, Entity, EntityKind, Reading, Relationship, RelationshipKind};
use crate::base::{plural, without_end};

/// A sentence names at most so many attributes.
const NAMED: usize = 5;

/// Describes every entity that has no description yet; comes last, when all is known.
pub fn describe(reading: &mut Reading, text: &str, facts: &Facts, concepts: &Concepts) {
    let sentences: Vec<String> = reading
        .entities
        .iter()
        .map(|it| defined(it, text, facts, concepts).unwrap_or_else(|| composed(it, reading)))
        .collect();
    for (entity, sentence) in reading.entities.iter_mut().zip(sentences) {
        if entity.description.is_empty() {
            entity.description = sentence;
        }
    }
}

/// Describes anew what was described by what it belonged to and had, of a reading of which something was taken since.
pub fn retell(reading: &mut Reading, was: &Reading) {
    let composed_of = |it: &Entity| {
        let old = was.entities.iter().find(|old| old.name == it.name)?;
        (old.description == composed(old, was)).then(|| composed(it, reading))
    };
    let sentences: Vec<Option<String>> = reading.entities.iter().map(composed_of).collect();
    for (entity, sentence) in reading.entities.iter_mut().zip(sentences) {
        if let Some(sentence) = sentence {
            entity.description = sentence;
        }
    }
}

/// "A berth is a place where one boat lies": the text's words.
fn defined(entity: &Entity, text: &str, facts: &Facts, concepts: &Concepts) -> Option<String> {
    let says = facts.all.iter().find_map(|it| match it {
        Fact::Defined { of, says } if concepts.entity(of) == Some(entity.name.as_str()) => Some(says),
        _ => None,
    })?;
    let words: Vec<&str> = says.of(text).split_whitespace().collect();
    let said = words.join(" ").replace(['*', '`', '_'], "");
    let said = said.trim_end_matches(['.', ',', ';', ':']);
    (!said.is_empty()).then(|| format!("{} is {said}.", beginning(entity)))
}

/// "A task belongs to a project and has a title and due date; it names a creator."
fn composed(entity: &Entity, reading: &Reading) -> String {
    let mine = |it: &&Relationship| {
        it.from == entity.name && it.kind != RelationshipKind::ManyToMany && it.to != entity.name
    };
    let name = beginning(entity);
    if entity.kind == EntityKind::Junction
        && let Some(joins) = reading.relationships.iter().find(|it| it.via.as_deref() == Some(&entity.name))
    {
        let with = match attributes(entity) {
            Some(list) => format!(", with {list}"),
            None => String::new(),
        };
        return format!("Joins {} and {}{with}.", with_article(&joins.from), with_article(&joins.to));
    }
    let wholes: Vec<String> = reading
        .relationships
        .iter()
        .filter(mine)
        .filter(|it| it.role.is_none())
        .map(|it| with_article(&it.to))
        .collect();
    let roles: Vec<String> = reading
        .relationships
        .iter()
        .filter(mine)
        .filter_map(|it| {
            let role = with_article(without_end(it.role.as_deref()?, "_id"));
            let by = role.ends_with(" by");
            (!by).then(|| if it.nullable { format!("perhaps {role}") } else { role })
        })
        .collect();
    let several: Vec<String> = reading
        .relationships
        .iter()
        .filter(|it| it.kind == RelationshipKind::ManyToMany && it.from == entity.name)
        .map(|it| plural(&it.to).replace('_', " "))
        .collect();
    let parts: Vec<String> = reading
        .relationships
        .iter()
        .filter(|it| it.to == entity.name && it.from != entity.name && it.kind == RelationshipKind::ManyToOne)
        .map(|it| plural(&it.from).replace('_', " "))
        .collect();
    let mut says: Vec<String> = Vec::new();
    if !wholes.is_empty() {
        says.push(format!("belongs to {}", row(&wholes)));
    }
    if let Some(list) = attributes(entity) {
        says.push(format!("has {list}"));
    } else if wholes.is_empty() && !parts.is_empty() {
        says.push(format!("is referred to by {}", row(&parts)));
    }
    if !several.is_empty() {
        says.push(format!("may have several {}", row(&several)));
    }
    if !roles.is_empty() {
        says.push(format!("names {}", row(&roles)));
    }
    if says.is_empty() {
        return format!("{name} is named without saying what is kept of it.");
    }
    format!("{name} {}.", row(&says))
}

/// "A berth": an article is plain letters, and what makes capitals of all others weighs 4 KB.
fn beginning(entity: &Entity) -> String {
    let mut name = with_article(&entity.name);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// "a title, description and due date"; none without attributes.
fn attributes(entity: &Entity) -> Option<String> {
    let named = |it: &&Attribute| it.type_name != "boolean";
    let mut names: Vec<String> =
        entity.attributes.iter().filter(named).map(|it| it.name.replace('_', " ")).collect();
    let first = names.first_mut()?;
    *first = with_article(first);
    if names.len() > NAMED {
        names.truncate(NAMED - 1);
        names.push("more".to_owned());
    }
    Some(row(&names))
}

/// `a, b and c`.
fn row(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
