//! PlantUML's entity relationship diagrams in information engineering notation.
//!
//! Source: <https://plantuml.com/ie-diagram>, and for names and packages <https://plantuml.com/class-diagram>.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::words::{crows_foot, keys_of};
use crate::design::{Column, Design, Table, TableId};
use crate::layout::card::type_text;
use crate::layout::diagram::ends_of;

/// Writes the tables of a design, those of an area in a package, its enumerated types, and the relationships.
pub fn plantuml(design: &Design) -> String {
    let mut out = String::from("@startuml\n");
    if !design.title().is_empty() {
        let _ = writeln!(out, "title {}", plain(design.title()));
    }
    out.push_str("hide circle\nskinparam linetype ortho\n");
    let mut packed: BTreeSet<TableId> = BTreeSet::new();
    for area in design.areas() {
        let _ = writeln!(out, "\npackage \"{}\" {{", plain(&area.name));
        // A table stands in one area.
        for table in area.tables.iter().filter_map(|it| design.table(*it)) {
            if packed.insert(table.id) {
                entity(&mut out, design, table, "  ");
            }
        }
        out.push_str("}\n");
    }
    for table in design.tables().filter(|it| !packed.contains(&it.id)) {
        out.push('\n');
        entity(&mut out, design, table, "");
    }
    for it in design.enums() {
        let name = design.relation_name(it.namespace, &it.name);
        let _ = writeln!(out, "\nenum \"{}\" as e{} {{", plain(&name), it.id.0);
        for value in &it.values {
            let _ = writeln!(out, "  {}", member(value));
        }
        out.push_str("}\n");
    }
    let mut relationships = String::new();
    for (table, fk) in design.foreign_keys().filter(|it| design.table(it.1.references).is_some()) {
        let (here, there) = ends_of(table, fk);
        let names: Vec<&str> = table.column_names(&fk.columns).collect();
        let (from, to) = (fk.references.0, table.id.0);
        let label = plain(&names.join(", "));
        let _ = writeln!(relationships, "t{from} {} t{to} : {label}", crows_foot(there, "--", here));
    }
    if !relationships.is_empty() {
        out.push('\n');
        out.push_str(&relationships);
    }
    out.push_str("@enduml\n");
    out
}

/// The key above a line, the rest below it; a star stands before what must be given.
fn entity(out: &mut String, design: &Design, table: &Table, indent: &str) {
    let name = design.relation_name(table.namespace, &table.name);
    let _ = writeln!(out, "{indent}entity \"{}\" as t{} {{", plain(&name), table.id.0);
    let (key, rest): (Vec<&Column>, Vec<&Column>) = table.columns.iter().partition(|it| table.is_key(it.id));
    for column in key {
        let _ = writeln!(out, "{indent}  {}", attribute(design, table, column));
    }
    let _ = writeln!(out, "{indent}  --");
    for column in rest {
        let _ = writeln!(out, "{indent}  {}", attribute(design, table, column));
    }
    let _ = writeln!(out, "{indent}}}");
}

fn attribute(design: &Design, table: &Table, column: &Column) -> String {
    let mut out = String::new();
    if !table.is_nullable(column.id) {
        out.push_str("* ");
    }
    let _ = write!(out, "{} : {}", member(&column.name), plain(&type_text(design, &column.data_type)));
    for it in keys_of(table, column) {
        let _ = write!(out, " <<{it}>>");
    }
    out
}

/// A name at the begin of a line, between quotes where it is no plain word: signs there are visibilities, lines and braces.
fn member(name: &str) -> String {
    let is_plain = name.chars().all(|it| it.is_alphanumeric() || it == '_') && !name.contains("__");
    if is_plain { name.to_owned() } else { format!("\"{}\"", plain(name)) }
}

/// A text on one line without the signs that would end it, or change how it is written.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .replace('"', "'")
        .replace('\\', "/")
        .replace("__", "~__")
        .replace("**", "~**")
        .replace("//", "~//")
        .replace("--", "~--")
        .replace('<', "~<")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, postgres};

    #[test]
    fn tables_types_and_relationships_are_written() {
        let sql = "create type state as enum ('open', 'not yet');
            create table customer (id bigint primary key, email text unique, \"first name\" varchar(80));
            create table \"order\" (id bigint primary key, state state not null, customer_id bigint references customer);";
        let design = postgres(sql, &Options::default()).tree.design;
        let id = |name: &str| design.tables().find(|it| it.name == name).map(|it| it.id.0).unwrap();
        let (customer, order, state) = (id("customer"), id("order"), design.enums().next().unwrap().id.0);
        let expected = format!(
            "@startuml
hide circle
skinparam linetype ortho

entity \"customer\" as t{customer} {{
  * id : bigint <<PK>>
  --
  email : text <<UK>>
  \"first name\" : varchar(80)
}}

entity \"order\" as t{order} {{
  * id : bigint <<PK>>
  --
  * state : state
  customer_id : bigint <<FK>>
}}

enum \"state\" as e{state} {{
  open
  \"not yet\"
}}

t{customer} |o--o{{ t{order} : customer_id
@enduml
"
        );
        assert_eq!(plantuml(&design), expected);
    }
}
