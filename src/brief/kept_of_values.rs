//! What is kept of each value of a property: "a vehicle has a type: car, van or truck; each type has a daily rate". Such values are
//! rows of a table of their own, each with its name.

use super::fact::{Fact, Facts};
use super::items::Item;
use super::knowledge::assumed;
use super::model::give;
use super::phrases::Det;
use super::reading::{Attribute, Entity, EntityKind, Reading, Relationship};
use crate::base::one_of;

/// Columns by which a row is known.
const NAMES: &str = "name title code label symbol number";

/// Makes such tables, and names the rows of those that the text has already. Linear in facts, times the columns of the reading.
pub fn read(reading: &mut Reading, facts: &Facts) {
    for fact in &facts.all {
        let Fact::Owns { owner, item, .. } = fact else { continue };
        if owner.det != Det::Each || owner.key == item.name || item.many {
            continue;
        }
        let ends_in = |name: &str| name.strip_suffix(owner.key.as_str()).is_some_and(|it| it.ends_with('_'));
        let is_set = |it: &Attribute| it.values.is_some() && (it.name == owner.key || ends_in(&it.name));
        let holders = |it: &&Entity| it.attributes.iter().any(is_set);
        let mut holders = reading.entities.iter().filter(holders);
        let holder = holders.next().filter(|_| holders.next().is_none()).map(|it| it.name.clone());
        let table = holder.as_ref().map(|it| format!("{it}_{}", owner.key));
        let is_table = |it: &&Entity| it.name == owner.key || table.as_ref() == Some(&it.name);
        let known = reading.entities.iter().find(is_table);
        // A table that is known for other things than its values is no list of them.
        let is_value = || facts.all.iter().any(|it| names_values(it, &owner.key));
        let is_list = known.is_some_and(|it| it.kind == EntityKind::Lookup || is_value());
        let table = match (known.map(|it| it.name.clone()), table, holder) {
            (Some(known), ..) if is_list => known,
            (None, Some(table), Some(holder)) => {
                let reason = format!("something is kept of each {}", owner.key.replace('_', " "));
                let entity = Entity {
                    kind: EntityKind::Lookup,
                    evidence: vec![owner.span],
                    ..assumed(&table, &reason)
                };
                reading.entities.push(Entity { assumed: false, ..entity });
                let mut tie = Relationship::said(&holder, &table, reason, owner.span);
                for entity in reading.entities.iter_mut().filter(|it| it.name == holder) {
                    tie.nullable = entity.attributes.iter().any(|it| is_set(it) && it.nullable);
                    entity.attributes.retain(|it| !is_set(it));
                }
                reading.relationships.push(tie);
                table
            }
            _ => continue,
        };
        let is_named = |it: &Attribute| one_of(&it.name, NAMES);
        let is_called = |it: &Entity| it.name == table && it.attributes.iter().any(is_named);
        if !reading.entities.iter().any(is_called) {
            give(reading, &table, &Item { unique: true, ..Item::named("name", owner.span) });
        }
        if !is_list {
            give(reading, &table, item);
        }
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
        check(text, "tax_class", &["name", "percentage"], "product");
    }

    #[test]
    fn what_is_said_of_each_thing_makes_no_table() {
        let reading = read(
            "A lamp has a colour (red, green). Each lamp has a watt number. Each street has a name and lamps.",
        );
        assert!(reading.entities.iter().all(|it| !it.name.contains("colour")), "{:?}", reading.entities);
    }
}
