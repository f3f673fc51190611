//! What columns are, seen beside the others of their table and in the words of the text: a time beside a date is one of that day.

use super::lexicon::last_word;
use super::reading::{Attribute, Reading};
use super::types::SEVERAL;
use crate::base::{Span, lower, one_of, plural};

/// Units that a number of goes by the plural of: "the hours worked". Source: own knowledge of English.
const UNITS: &str = "hour minute day week point mile guest seat credit page";

/// Gives columns the types and names that the others of their table and the words of the text call for.
pub fn settle(reading: &mut Reading, text: &str) {
    for entity in &mut reading.entities {
        let columns = &mut entity.attributes;
        let names: Vec<String> = columns.iter().map(|it| it.name.clone()).collect();
        let has = |name: &str| names.iter().any(|it| it == name);
        let is_file = last_word(&entity.name) == "attachment"
            || ["file", "file_name", "mime_type"].into_iter().any(has);
        for column in columns {
            let Attribute { name, type_name, .. } = column;
            let day = || has("date") || has(&name.replace("time", "date"));
            if type_name == "timestamptz" && last_word(name) == "time" && day() {
                "time".clone_into(type_name);
            } else if is_file && name == "size" {
                "bigint".clone_into(type_name);
            } else if type_name == SEVERAL || is_counted(column, text) {
                column.name = plural(&column.name);
            }
            // An hour is one of a day; hours are as many as they are, and parts of one.
            let hours = column.name.split('_').any(|it| it == "hours");
            if hours && one_of(&column.type_name, "integer smallint") {
                "numeric".clone_into(&mut column.type_name);
            }
        }
    }
}

/// Whether the text writes the unit that the column is a number of in the plural.
fn is_counted(it: &Attribute, text: &str) -> bool {
    let unit = last_word(&it.name);
    let written = |at: &Span| lower(at.of(text)).contains(&plural(unit));
    one_of(&it.type_name, "integer smallint numeric")
        && one_of(unit, UNITS)
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
