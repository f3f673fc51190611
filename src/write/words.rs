//! What Mermaid and PlantUML write alike, and the data dictionary with them.

use crate::design::{Column, Table};
use crate::layout::diagram::{Cardinality, End, Optionality};

/// The line of a relationship from the referenced to the referencing table, with what stands at its ends.
pub fn crows_foot(referenced: End, line: &str, referencing: End) -> String {
    let left = match (referenced.cardinality, referenced.optionality) {
        (Cardinality::One, Optionality::Mandatory) => "||",
        (Cardinality::One, Optionality::Optional) => "|o",
        (Cardinality::Many, Optionality::Mandatory) => "}|",
        (Cardinality::Many, Optionality::Optional) => "}o",
    };
    let right = match (referencing.cardinality, referencing.optionality) {
        (Cardinality::One, Optionality::Mandatory) => "||",
        (Cardinality::One, Optionality::Optional) => "o|",
        (Cardinality::Many, Optionality::Mandatory) => "|{",
        (Cardinality::Many, Optionality::Optional) => "o{",
    };
    format!("{left}{line}{right}")
}

/// Of which keys a column is a part: of the primary key, of a foreign key, a unique constraint of its own.
pub fn keys_of(table: &Table, column: &Column) -> Vec<&'static str> {
    let is_reference = table.foreign_keys.iter().any(|it| it.columns.contains(&column.id));
    let is_unique = table.uniques.iter().any(|it| it.columns == [column.id]);
    let all = [(table.is_key(column.id), "PK"), (is_reference, "FK"), (is_unique, "UK")];
    all.into_iter().filter(|it| it.0).map(|it| it.1).collect()
}
