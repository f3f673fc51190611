//! The type of an attribute, from the text's own words first and the meaning of its name then.

use super::items::Item;
use super::lexicon::lexicon;
use crate::design::meaning::meaning_of;

/// The type of an item as a PostgreSQL type, or `enum` for a set of values.
pub fn type_of(item: &Item) -> String {
    if item.boolean {
        return "boolean".to_owned();
    }
    if item.values.len() >= 2 {
        return "enum".to_owned();
    }
    type_of_name(&item.name).to_owned()
}

/// The type that a name alone suggests.
pub fn type_of_name(name: &str) -> &'static str {
    let ends = |list: &[&str]| list.iter().any(|it| name.ends_with(it));
    if ends(&["_at"]) {
        return "timestamptz";
    }
    if ends(&["_on", "_until", "_from", "_to", "_by_date"]) || name.starts_with("date_of") {
        return "date";
    }
    if ends(&["_count"]) || name.starts_with("number_of") {
        return "integer";
    }
    if name.starts_with("is_") || name.starts_with("has_") {
        return "boolean";
    }
    match lexicon().attribute(name) {
        Some("enum") => "text",
        // What our own words do not know, the meanings of column names may.
        None => {
            meaning_of(name, None, None).data_type.as_builtin().map_or("text", crate::pg::Builtin::short_name)
        }
        Some("integer") => "integer",
        Some("numeric") => "numeric",
        Some("date") => "date",
        Some("timestamptz") => "timestamptz",
        Some("boolean") => "boolean",
        Some(_) => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_nouns_give_types() {
        for (name, kind) in [
            ("finished_at", "timestamptz"),
            ("issued_on", "date"),
            ("seat_count", "integer"),
            ("daily_rate", "numeric"),
            ("due_date", "date"),
            ("title", "text"),
        ] {
            assert_eq!(type_of_name(name), kind, "{name}");
        }
    }
}
