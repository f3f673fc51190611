//! What is kept of each value of a property: "a vehicle has a type: car, van or truck; each type has a daily rate". Such values are
//! rows of a table of their own, each with its name.

use super::concepts::Concepts;
use super::fact::{Fact, Facts};
use super::items::Item;
use super::knowledge::assumed;
use super::lexicon::{last_word, lexicon};
use super::model::give;
use super::named_rows::NamedRows;
use super::phrases::Det;
use super::reading::{Attribute, Entity, EntityKind, Reading, Relationship};
use crate::base::{Span, lower, one_of};

/// Why there is such a table.
const REASON: &str = "something is kept of each of the values";

/// Columns by which a row is known.
pub const NAMES: &str = "name title code label symbol number";

/// What a property that sorts is called.
const SORTS: &str = "type kind category class";

/// Makes such tables, names the rows of those that the text has already, and keeps the names of all rows that it tells. Linear in facts,
/// times the columns of the reading.
pub fn read(reading: &mut Reading, text: &str, facts: &Facts, named: &[NamedRows], concepts: &Concepts) {
    for rows in named.iter().filter(|it| it.names.len() > 1) {
        name_rows(reading, rows, rows.written(text), concepts);
    }
    for fact in &facts.all {
        let Fact::Owns { owner, item, .. } = fact else { continue };
        let key = owner.key.as_str();
        // States stay where they are: what moves through them is told of the thing.
        if owner.det != Det::Each && !is_named(named, key) || item.many || one_of(key, "status state") {
            continue;
        }
        if let Some(known) = reading.entities.iter().find(|it| it.name == key) {
            let is_list = known.kind == EntityKind::Lookup
                || !known.rows.is_empty()
                || facts.all.iter().any(|it| names_values(it, key));
            if is_list {
                give_name(reading, key, owner.span);
            }
            if is_list && one_of(key, "type kind") {
                call_after_whole(reading, key);
            }
        } else if let Some((holder, table, set)) = taken(reading, key) {
            let tie = Relationship::said(&holder, &table, REASON, owner.span);
            reading.relationships.push(Relationship { nullable: set.nullable, ..tie });
            let told = named.iter().find(|it| last_word(&it.of) == last_word(key));
            let rows = told.map_or_else(|| set.values.clone().unwrap_or_default(), |it| it.written(text));
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
                rows,
                ..assumed(&table, REASON)
            });
            give(reading, &table, item);
        } else if let Some(table) =
            reading.entities.iter().find(|it| it.reason == REASON && it.name.ends_with(key))
        {
            give(reading, &table.name.clone(), item);
        }
    }
    list_values(reading);
}

/// Whether the text names the rows of what goes by the key.
fn is_named(named: &[NamedRows], key: &str) -> bool {
    named.iter().any(|it| it.of == key || last_word(&it.of) == key)
}

/// Gives the names to the thing that they are rows of, or to a property of that name as its values.
fn name_rows(reading: &mut Reading, rows: &NamedRows, names: Vec<String>, concepts: &Concepts) {
    let key = rows.of.as_str();
    let mut entity = concepts.resolve(key).unwrap_or(key);
    // "The library has kinds of media" gives it no property of that name.
    for thing in &mut reading.entities {
        thing.attributes.retain(|it| {
            it.values.is_some()
                || !it.name.contains("_of_")
                || !it.evidence.iter().any(|it| it.overlaps(rows.span))
        });
    }
    let is_there = |reading: &Reading, name: &str| reading.entities.iter().any(|it| it.name == name);
    let short = last_word(key);
    if short != key && !is_there(reading, key) && is_there(reading, short) {
        call(reading, short, key);
        entity = key;
    }
    if let Some(known) = reading.entities.iter_mut().find(|it| it.name == entity) {
        known.attributes.retain(|it| !it.assumed || !one_of(&it.name, SORTS));
        known.rows = names;
        // A list that is the same for all has none of its rows for somebody alone: "customers reach a tier".
        reading.relationships.retain_mut(|tie| {
            let refers = tie.from == entity && tie.via.is_none();
            if refers && !tie.assumed && lexicon().is_person(&tie.to) {
                std::mem::swap(&mut tie.from, &mut tie.to);
                tie.role = None;
            }
            !refers || !tie.assumed
        });
        give_name(reading, entity, rows.span);
        return;
    }
    let is_it = |it: &&mut Attribute| {
        it.values.is_none() && (it.name == key || last_word(&it.name) == key || it.name == last_word(key))
    };
    for attribute in reading.entities.iter_mut().flat_map(|it| &mut it.attributes).filter(is_it) {
        attribute.values = Some(names.iter().map(|it| lower(it)).collect());
        "enum".clone_into(&mut attribute.type_name);
    }
}

/// Gives a thing a name to tell its rows by, before all else that it has, unless it has one.
fn give_name(reading: &mut Reading, thing: &str, span: Span) {
    let Some(at) = reading.entities.iter().position(|it| it.name == thing) else { return };
    let Some(known) = reading.entities.get(at) else { return };
    if known.attributes.iter().any(|it| one_of(&it.name, NAMES)) {
        return;
    }
    give(reading, thing, &Item { unique: true, ..Item::named("name", span) });
    if let Some(known) = reading.entities.get_mut(at) {
        known.attributes.rotate_right(1);
    }
}

/// Gives a thing its full name, which nothing has, and takes the property of that name from what refers to it.
fn call(reading: &mut Reading, short: &str, name: &str) {
    for entity in &mut reading.entities {
        if entity.name == short {
            name.clone_into(&mut entity.name);
        }
        entity.attributes.retain(|it| it.name != name);
    }
    for tie in &mut reading.relationships {
        for end in [&mut tie.from, &mut tie.to] {
            if end == short {
                name.clone_into(end);
            }
        }
        // "A membership level" is no level in the role of a membership.
        tie.role = tie.role.take().filter(|it| tie.to != name || format!("{it}_{short}") != name);
    }
    for rule in reading.rules.iter_mut().filter(|it| it.entity == short) {
        name.clone_into(&mut rule.entity);
    }
}

/// What sorts a thing by values that have a table of their own: "a room has a type: single or double", beside room types. The table has them
/// as its rows, and the thing refers to it.
fn list_values(reading: &mut Reading) {
    for tie in &reading.relationships {
        let sort = tie.to.strip_prefix(&tie.from).and_then(|it| it.strip_prefix('_'));
        let Some(sort) = sort.filter(|it| one_of(it, SORTS)) else { continue };
        let find = |name: &str| reading.entities.iter().position(|it| it.name == *name);
        let Some((of, list)) = find(&tie.from).zip(find(&tie.to)) else { continue };
        let is_it =
            |it: &Attribute| it.values.is_some() && (it.name == sort || one_of(&it.name, "type kind"));
        let Some(of) = reading.entities.get_mut(of) else { continue };
        let Some(at) = of.attributes.iter().position(is_it) else { continue };
        let rows = of.attributes.remove(at).values.unwrap_or_default();
        if let Some(list) = reading.entities.get_mut(list).filter(|it| it.rows.is_empty()) {
            list.rows = rows;
        }
    }
}

/// Takes the one property of that name, with values, out of what has it: what had it, the name of the table, the property. Not if there is
/// such a table already.
fn taken(reading: &mut Reading, key: &str) -> Option<(String, String, Attribute)> {
    let mut found = None;
    for (nth, entity) in reading.entities.iter().enumerate() {
        for (at, column) in entity.attributes.iter().enumerate() {
            let is_it = column.name == key || column.name.contains('_') && last_word(&column.name) == key;
            if is_it && column.values.is_some() && found.replace((nth, at)).is_some() {
                return None;
            }
        }
    }
    let (nth, at) = found?;
    let holder = reading.entities.get(nth)?.name.clone();
    let column = reading.entities.get(nth)?.attributes.get(at)?.name.clone();
    let table = if column == key && !key.contains('_') { format!("{holder}_{key}") } else { column };
    if reading.entities.iter().any(|it| it.name == table) {
        return None;
    }
    let set = reading.entities.get_mut(nth)?.attributes.remove(at);
    Some((holder, table, set))
}

/// Types that only vehicles have are vehicle types.
fn call_after_whole(reading: &mut Reading, key: &str) {
    let mut ties = reading.relationships.iter().filter(|it| it.from == key || it.to == key);
    let (Some(tie), None) = (ties.next(), ties.next()) else { return };
    let name = format!("{}_{key}", tie.from);
    let is_spoken_of =
        reading.entities.iter().any(|it| it.name == name) || reading.rules.iter().any(|it| it.entity == key);
    if tie.to == key && tie.via.is_none() && !is_spoken_of {
        call(reading, key, &name);
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
        let text = "A room has a number and a type (single, double, suite). Each type has a price per night.";
        check(text, "room_type", &["name", "price"], "room");
    }

    #[test]
    fn what_is_said_of_each_thing_makes_no_table() {
        let reading = read(
            "A lamp has a colour (red, green). Each lamp has a watt number. Each street has a name and lamps.",
        );
        assert!(reading.entities.iter().all(|it| !it.name.contains("colour")), "{:?}", reading.entities);
    }
}
