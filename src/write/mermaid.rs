//! Mermaid's entity relationship diagrams, which documentation sites and code hosts draw.
//!
//! Source: <https://mermaid.js.org/syntax/entityRelationshipDiagram.html>.

use std::fmt::Write as _;

use super::words::{crows_foot, keys_of};
use crate::design::{Column, Design, ForeignKey, Table};
use crate::layout::card::type_text;
use crate::layout::diagram::ends_of;

/// Writes the tables of a design with their columns, and the relationships between them.
pub fn mermaid(design: &Design) -> String {
    let mut out = String::new();
    if !design.title().is_empty() {
        // The title stands in YAML, in which a text between quotes may hold anything but these.
        let _ = writeln!(out, "---\ntitle: \"{}\"\n---", plain(design.title()));
    }
    out.push_str("erDiagram\n");
    for table in design.tables() {
        let _ = writeln!(out, "    {} {{", entity(design, table));
        for column in &table.columns {
            let _ = writeln!(out, "        {}", attribute(design, table, column));
        }
        out.push_str("    }\n");
    }
    for (table, fk) in design.foreign_keys() {
        let Some(referenced) = design.table(fk.references) else { continue };
        let (here, there) = ends_of(table, fk);
        let names: Vec<&str> = table.column_names(&fk.columns).collect();
        let line = if is_identifying(table, fk) { "--" } else { ".." };
        let _ = writeln!(
            out,
            "    {} {} {} : \"{}\"",
            entity(design, referenced),
            crows_foot(there, line, here),
            entity(design, table),
            plain(&names.join(", ")),
        );
    }
    out
}

/// Whether the referencing rows are parts of the referenced one: their key holds its key.
fn is_identifying(table: &Table, fk: &ForeignKey) -> bool {
    fk.columns.iter().all(|it| table.is_key(*it))
}

/// A table's name between quotes, since many are words of Mermaid.
fn entity(design: &Design, table: &Table) -> String {
    format!("\"{}\"", plain(&design.relation_name(table.namespace, &table.name)))
}

/// `bigint order_id PK, FK "what it means"`
fn attribute(design: &Design, table: &Table, column: &Column) -> String {
    let keys = keys_of(table, column);
    let mut out = format!("{} {}", word(&type_text(design, &column.data_type)), word(&column.name));
    if !keys.is_empty() {
        let _ = write!(out, " {}", keys.join(", "));
    }
    if let Some(comment) = &column.comment {
        let _ = write!(out, " \"{}\"", plain(comment));
    }
    out
}

/// What may stand for a type or a column: a letter, then letters, digits, `-`, `_`, brackets and parentheses. Other signs become `_`.
fn word(text: &str) -> String {
    let is_fit = |it: char| {
        it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '(' | ')' | '[' | ']') || it >= '\u{c0}'
    };
    let mut out: String = text.chars().map(|it| if is_fit(it) { it } else { '_' }).collect();
    if !out.starts_with(|it: char| it.is_alphabetic() || it == '_') {
        out.insert(0, '_');
    }
    out
}

/// A text on one line without the signs that would end it or mean something within quotes.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .map(|it| if matches!(it, '"' | '\\' | '%' | '`' | '#' | ';') { '\'' } else { it })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, postgres};

    #[test]
    fn tables_columns_and_relationships_are_written() {
        let sql = "create schema crm;
            create table customer (id bigint primary key, email text unique, \"first name\" varchar(80));
            create table crm.order (id bigint primary key, price numeric(12,2), customer_id bigint not null references customer, note_id uuid);
            create table line (order_id bigint references crm.order, place int, primary key (order_id, place));
            comment on column customer.email is 'Where \"bills\" go; 100 % of them';";
        let design = postgres(sql, &Options::default()).tree.design;
        let expected = r#"erDiagram
    "customer" {
        bigint id PK
        text email UK "Where 'bills' go' 100 ' of them"
        varchar(80) first_name
    }
    "crm.order" {
        bigint id PK
        numeric(12_2) price
        bigint customer_id FK
        uuid note_id
    }
    "line" {
        bigint order_id PK, FK
        integer place PK
    }
    "customer" ||..o{ "crm.order" : "customer_id"
    "crm.order" ||--o{ "line" : "order_id"
"#;
        assert_eq!(mermaid(&design), expected);
    }
}
