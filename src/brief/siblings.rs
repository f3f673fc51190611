//! What columns are, seen beside the others of their table and in the words of the text: a time beside a date is one of that day.

use super::declared::{Declared, Table};
use super::fact::{Fact, Facts};
use super::item_values::is_unit;
use super::items::Item;
use super::lexicon::last_word;
use super::reading::{Attribute, Reading};
use super::types::{SEVERAL, type_of_name};
use crate::base::{Span, lower, one_of, plural};

/// Gives columns the names and types that the others of their table and the words of the text call for. A type that the text states
/// stays.
pub fn settle(reading: &mut Reading, text: &str, facts: &Facts, declared: &Declared) {
    let of_stated = |it: &Item| it.stated.is_some().then_some(it.span);
    let owned = facts.all.iter().filter_map(|it| match it {
        Fact::Owns { item, .. } => of_stated(item),
        _ => None,
    });
    let fields = declared.tables.iter().flat_map(Table::items);
    let stated: Vec<Span> = owned.chain(fields.filter_map(|it| of_stated(&it))).collect();
    for entity in &mut reading.entities {
        let columns = &mut entity.attributes;
        let names: Vec<String> = columns.iter().map(|it| it.name.clone()).collect();
        let has = |name: &str| names.iter().any(|it| it == name);
        let is_file = last_word(&entity.name) == "attachment"
            || ["file", "file_name", "mime_type"].into_iter().any(has);
        for column in columns {
            let is_free = !column.evidence.iter().any(|it| stated.contains(it));
            if column.type_name == SEVERAL || is_counted(column, text) {
                call_several(column, &names, is_free);
            }
            let Attribute { name, type_name, .. } = column;
            let of_day = || has("date") || has(&name.replace("time", "date"));
            if is_free && type_name == "timestamptz" && last_word(name) == "time" && of_day() {
                "time".clone_into(type_name);
            } else if is_free && is_file && name == "size" {
                "bigint".clone_into(type_name);
            } else if is_free && type_name == SEVERAL && last_word(name) == "pages" {
                "integer".clone_into(type_name);
            }
        }
    }
}

/// Names a column by the plural, unless another has that name; of as many hours as they are there may be parts.
fn call_several(column: &mut Attribute, names: &[String], is_free: bool) {
    let several = plural(&column.name);
    if names.contains(&several) {
        return;
    }
    column.name = several;
    if is_free && column.type_name != SEVERAL {
        type_of_name(&column.name).clone_into(&mut column.type_name);
    }
}

/// Whether the text writes the unit that the column is a number of in the plural: "the hours worked", "the number of seats".
fn is_counted(it: &Attribute, text: &str) -> bool {
    let unit = last_word(&it.name);
    let written = |at: &Span| lower(at.of(text)).contains(&plural(unit));
    one_of(&it.type_name, "integer smallint numeric")
        && (is_unit(unit) || one_of(unit, "guest seat credit page"))
        && it.evidence.iter().any(written)
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    #[track_caller]
    fn check(text: &str, of: &str, expected: &[(&str, &str)]) {
        let reading = read(text);
        let entity = reading.entities.iter().find(|it| it.name == of).expect(text);
        let columns = entity.attributes.iter().map(|it| (it.name.as_str(), it.type_name.as_str()));
        let found: Vec<_> = columns.filter(|it| expected.iter().any(|told| told.0 == it.0)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_time_beside_a_date_is_one_of_that_day() {
        let concert = "A concert has a title, a date, a start time and an end time.";
        check(concert, "concert", &[("date", "date"), ("start_time", "time"), ("end_time", "time")]);
        let stated = "A concert has: title (text), date (date), start time (timestamp).";
        check(stated, "concert", &[("start_time", "timestamptz")]);
        check("A ride has a number and a start time.", "ride", &[("start_time", "timestamptz")]);
    }

    #[test]
    fn the_size_of_a_file_is_a_number_of_bytes() {
        let files = "Attachments have a file name, a size and a note.";
        check(files, "attachment", &[("file_name", "text"), ("size", "bigint")]);
        check("Shirts have a name, a size and a price.", "shirt", &[("size", "text")]);
    }

    #[test]
    fn hours_are_as_many_as_they_are() {
        check("A shift has a title, a place and the hours worked.", "shift", &[("hours_worked", "numeric")]);
        check("A job has a title and a number of hours.", "job", &[("number_of_hours", "numeric")]);
    }
}
