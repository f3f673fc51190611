//! Attributes as columns: the text's own words first, the meaning of the name for the rest.

use super::Proposer;
use crate::base::snake_case;
use crate::brief::reading::{Attribute, Entity};
use crate::brief::types::SEVERAL;
use crate::brief::types::type_of_name;
use crate::design::Table;
use crate::design::convention::add_column;
use crate::design::meaning::{Family, LooseKind, LooseType, Meaning, Uniqueness, meaning_of};
use crate::design::naming::{fitted, identifier};

impl Proposer {
    /// Adds the attribute's column unless the table has one of its name.
    pub(super) fn column(&mut self, table: &mut Table, entity: &Entity, attribute: &Attribute) {
        let meaning = meaning(entity, attribute);
        if table.column_named(&meaning.name).is_some() {
            return;
        }
        let origin = self.origin(&attribute.evidence, attribute.assumed, "usual for such a thing");
        let said_unique =
            attribute.unique && attribute.unique_in.is_none() && meaning.unique == Uniqueness::Exact;
        let uniques = table.uniques.len();
        add_column(&self.design, table, &mut self.ids, &meaning, origin.clone());
        if said_unique {
            for unique in table.uniques.iter_mut().skip(uniques) {
                unique.origin = origin.clone();
            }
        }
    }
}

/// What the column is, with what the text says of it.
fn meaning(entity: &Entity, attribute: &Attribute) -> Meaning {
    let values = labels(attribute.values.as_deref().unwrap_or(&[]));
    let stated = |kind: LooseKind| LooseType { kind, array: false, nullable: Some(attribute.nullable) };
    let mut found = if attribute.type_name == SEVERAL {
        let words = LooseType {
            kind: LooseKind::Family(Family::Text),
            array: true,
            nullable: Some(attribute.nullable),
        };
        meaning_of(&attribute.name, Some(&words), Some(&entity.name))
    } else if values.len() >= 2 {
        meaning_of(&attribute.name, Some(&stated(LooseKind::Values(values))), Some(&entity.name))
    } else {
        let by_name = meaning_of(&attribute.name, None, Some(&entity.name));
        let family = family(&attribute.type_name);
        // "A size in bytes" is no text, whatever sizes are.
        let by_text = attribute.type_name != "text" && attribute.type_name != type_of_name(&attribute.name);
        let said = matches!(family, Some(Family::Boolean))
            || by_name.sense.is_none()
            || by_name.reference.is_some()
            || by_text;
        match family.filter(|_| said) {
            Some(family) => {
                meaning_of(&attribute.name, Some(&stated(LooseKind::Family(family))), Some(&entity.name))
            }
            None => by_name,
        }
    };
    // A name that ends like a reference is none here: references are relationships.
    found.reference = None;
    found.name = identifier(&attribute.name);
    found.nullable = attribute.nullable || found.nullable && !attribute.unique && found.default.is_none();
    if attribute.unique {
        found.unique = if attribute.unique_in.is_some() { Uniqueness::Free } else { Uniqueness::Exact };
        if found.unique == Uniqueness::Exact {
            found.index = None;
        }
    }
    found
}

/// Values as labels of an enumerated type: `in progress` is `in_progress`; each once.
fn labels(values: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in values {
        let label = fitted(snake_case(value));
        if !label.is_empty() && !out.contains(&label) {
            out.push(label);
        }
    }
    out
}

fn family(type_name: &str) -> Option<Family> {
    Some(match type_name {
        "text" => Family::Text,
        "boolean" => Family::Boolean,
        "integer" => Family::Integer,
        "bigint" => Family::Long,
        "interval" => Family::Interval,
        "time" => Family::Time,
        "numeric" => Family::Decimal,
        "date" => Family::Date,
        "timestamptz" => Family::DateTime,
        "jsonb" => Family::Json,
        "uuid" => Family::Uuid,
        _ => return None,
    })
}
