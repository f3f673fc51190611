//! What is kept of each value of a property: "a vehicle has a type: car, van or truck; each type has a daily rate". Such values are
//! rows of a table of their own, each with its name.

use super::fact::{Fact, Facts};
use super::items::Item;
use super::knowledge::assumed;
use super::model::give;
use super::phrases::Det;
use super::reading::{Attribute, Entity, EntityKind, Reading, Relationship};
use crate::base::one_of;

/// Why there is such a table.
const REASON: &str = "something is kept of each of the values";

/// Columns by which a row is known.
pub const NAMES: &str = "name title code label symbol number";

/// Makes such tables, and names the rows of those that the text has already. Linear in facts, times the columns of the reading.
pub fn read(reading: &mut Reading, facts: &Facts) {
    for fact in &facts.all {
        let Fact::Owns { owner, item, .. } = fact else { continue };
        let key = owner.key.as_str();
        // States stay where they are: what moves through them is told of the thing.
        if owner.det != Det::Each || item.many || one_of(key, "status state") {
            continue;
        }
        if let Some(known) = reading.entities.iter().find(|it| it.name == key) {
            let is_list =
                known.kind == EntityKind::Lookup || facts.all.iter().any(|it| names_values(it, key));
            if is_list && !known.attributes.iter().any(|it| one_of(&it.name, NAMES)) {
                give(reading, key, &Item { unique: true, ..Item::named("name", owner.span) });
            }
            if is_list && one_of(key, "type kind") {
                call_after_whole(reading, key);
            }
        } else if let Some((holder, table, set)) = taken(reading, key) {
            let tie = Relationship::said(&holder, &table, REASON, owner.span);
            reading.relationships.push(Relationship { nullable: set.nullable, ..tie });
            let name = Attribute {
                name: "name".to_owned(),
                type_name: "text".to_owned(),
                values: None,
                unique: true,
                ..set
            };
            reading.entities.push(Entity {
                kind: EntityKind::Lookup,
                assumed: false,
                evidence: vec![owner.span],
                attributes: vec![name],
                ..assumed(&table, REASON)
            });
            give(reading, &table, item);
        } else if let Some(table) =
            reading.entities.iter().find(|it| it.reason == REASON && it.name.ends_with(key))
        {
            give(reading, &table.name.clone(), item);
        }
    }
}

/// Takes the one property of that name, with values, out of what has it: what had it, the name of the table, the property. Not if there is
/// such a table already.
fn taken(reading: &mut Reading, key: &str) -> Option<(String, String, Attribute)> {
    let mut found = None;
    for (nth, entity) in reading.entities.iter().enumerate() {
        for (at, column) in entity.attributes.iter().enumerate() {
            if column.name == key && column.values.is_some() && found.replace((nth, at)).is_some() {
                return None;
            }
        }
    }
    let (nth, at) = found?;
    let holder = reading.entities.get(nth)?.name.clone();
    let table = format!("{holder}_{key}");
    if reading.entities.iter().any(|it| it.name == table) {
        return None;
    }
    let set = reading.entities.get_mut(nth)?.attributes.remove(at);
    Some((holder, table, set))
}

/// Types that only vehicles have are vehicle types.
fn call_after_whole(reading: &mut Reading, key: &str) {
    let mut ties = reading.relationships.iter_mut().filter(|it| it.from == key || it.to == key);
    let (Some(tie), None) = (ties.next(), ties.next()) else { return };
    let name = format!("{}_{key}", tie.from);
    let is_spoken_of =
        reading.entities.iter().any(|it| it.name == name) || reading.rules.iter().any(|it| it.entity == key);
    if tie.to != key || tie.via.is_some() || is_spoken_of {
        return;
    }
    tie.to.clone_from(&name);
    if let Some(table) = reading.entities.iter_mut().find(|it| it.name == key) {
        table.name = name;
    }
}

/// Whether a statement tells the values of a property.
fn names_values(fact: &Fact, key: &str) -> bool {
    match fact {
        Fact::Owns { item, .. } => item.name == key && item.values.len() > 1,
        Fact::Values { name: Some(name), .. } => name.replace(' ', "_") == key,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    #[track_caller]
    fn check(text: &str, table: &str, columns: &[&str], from: &str) {
        let reading = read(text);
        let found = reading.entities.iter().find(|it| it.name == table);
        let found: Vec<&str> =
            found.iter().flat_map(|it| &it.attributes).map(|it| it.name.as_str()).collect();
        assert_eq!(found, columns, "{text}");
        assert!(reading.relationships.iter().any(|it| it.from == from && it.to == table), "{text}");
    }

    #[test]
    fn values_of_which_something_is_kept_are_rows() {
        let text = "We rent vehicles. Each vehicle has a type: car, van or truck. Each type has a price.";
        check(text, "vehicle_type", &["name", "price"], "vehicle");
        let text =
            "Every product has a tax class: standard, reduced or zero. Each tax class has a percentage.";
        check(text, "tax_class", &["percentage", "name"], "product");
        let text = "A room has a number and a type (single, double, suite). Each type has a price per night.";
        check(text, "room_type", &["price", "name"], "room");
    }

    #[test]
    fn what_is_said_of_each_thing_makes_no_table() {
        let reading = read(
            "A lamp has a colour (red, green). Each lamp has a watt number. Each street has a name and lamps.",
        );
        assert!(reading.entities.iter().all(|it| !it.name.contains("colour")), "{:?}", reading.entities);
    }
}
