//! Enums and models become types, tables and indexes.

use super::column::{self, Kind};
use super::model::{Schema, constraint_name, qualified};
use super::syntax::{Attribute, Block, Value};
use crate::base::Span;
use crate::design::Stage;
use crate::read::DiagnosticKind;
use crate::read::postgres::is_expression;
use crate::read::translation::Translation;
use crate::sql::{ident, literal};

/// Writes them.
pub fn write(schema: &Schema, t: &mut Translation) {
    for (unit, block) in &schema.enums {
        namespace(*unit, block, t);
        let values: Vec<String> = block.fields.iter().map(|it| literal(it.column_name())).collect();
        let sql = format!("CREATE TYPE {} AS ENUM ({})", qualified(&block.table_name()), values.join(", "));
        t.put_for(*unit, Stage::Types, block.span, sql);
    }
    for (unit, block) in &schema.models {
        namespace(*unit, block, t);
        table(schema, *unit, block, t);
    }
}

fn namespace(unit: usize, block: &Block, t: &mut Translation) {
    if let Some(name) = block.table_name().0 {
        t.put_for(
            unit,
            Stage::Namespaces,
            block.span,
            format!("CREATE SCHEMA IF NOT EXISTS {}", ident(&name)),
        );
    }
}

fn table(schema: &Schema, unit: usize, block: &Block, t: &mut Translation) {
    let name = block.table_name();
    let key = block.key();
    let mut items = Vec::new();
    for field in &block.fields {
        let is_key = key.iter().any(|it| it.name == field.name);
        match column::kind(schema, field) {
            Kind::Column(data_type) => {
                items.push(column::write(schema, block, field, &data_type, is_key, unit, t));
            }
            Kind::Relation => {}
            Kind::Unknown => {
                let named = field.type_name.as_deref().unwrap_or("no type");
                let message =
                    format!("field `{}` has `{named}`, which is no scalar, enum or model here", field.name);
                t.misread(field.span, message);
            }
        }
    }
    if !key.is_empty() {
        let single = block.fields.iter().find_map(|it| it.attribute("id"));
        let attribute = single.or_else(|| block.attribute("id"));
        let map = attribute.and_then(|it| it.named("map")).and_then(Value::text);
        let constraint = map.map_or_else(|| constraint_name(&[&name.1], "_pkey"), str::to_owned);
        let columns: Vec<String> = key.iter().map(|it| ident(it.column_name())).collect();
        items.push(format!("CONSTRAINT {} PRIMARY KEY ({})", ident(&constraint), columns.join(", ")));
    }
    t.put_for(
        unit,
        Stage::Tables,
        block.span,
        format!("CREATE TABLE {} ({})", qualified(&name), items.join(", ")),
    );
    for field in &block.fields {
        if let Some(attribute) = field.attribute("unique") {
            let element = element(&Value::Word(field.name.clone()), attribute, block);
            index(unit, block, attribute, element.into_iter().collect(), true, t);
        }
    }
    // Prisma makes unique indexes of several fields after the others.
    let (uniques, others): (Vec<_>, Vec<_>) = block.attributes.iter().partition(|it| it.name == "unique");
    for attribute in others.into_iter().chain(uniques) {
        match attribute.name.as_str() {
            "unique" | "index" => {
                let fields = attribute.argument("fields").map(Value::items).unwrap_or_default();
                let elements: Vec<Element> =
                    fields.iter().filter_map(|it| element(it, attribute, block)).collect();
                if elements.is_empty() || elements.len() < fields.len() {
                    let message = format!("`{}` has no field of one of these names", block.name);
                    t.misread(attribute.span, message);
                    continue;
                }
                index(unit, block, attribute, elements, attribute.name == "unique", t);
            }
            "fulltext" => {
                let why = DiagnosticKind::NoEquivalent {
                    what: "full-text index of columns".to_owned(),
                    instead: "index a `tsvector` with `GIN`".to_owned(),
                };
                t.keep(unit, attribute.span, why);
            }
            "id" | "map" | "schema" | "ignore" | "allow" | "deny" | "auth" | "shardKey" => {}
            other => {
                t.misread(attribute.span, format!("`@@{other}` is no attribute of a model; it is left out"));
            }
        }
    }
}

/// An element of an index: the column, and the element as SQL.
struct Element {
    column: String,
    sql: String,
}

/// `email(sort: Desc, ops: …)`
fn element(value: &Value, attribute: &Attribute, block: &Block) -> Option<Element> {
    let column = block.field(value.word()?)?.column_name().to_owned();
    let own: &[(Option<String>, Value)] = match value {
        Value::Call(_, arguments) => arguments,
        _ => &[],
    };
    let argument = |name: &str| own.iter().find(|it| it.0.as_deref() == Some(name)).map(|it| &it.1);
    let mut sql = ident(&column);
    match argument("ops") {
        Some(Value::Call(raw, arguments)) if raw == "raw" => {
            sql.extend(arguments.first().and_then(|it| it.1.text()).map(|it| format!(" {it}")));
        }
        Some(Value::Word(it)) => sql += &format!(" {}", column::operator_class(it)),
        _ => {}
    }
    let sort = argument("sort").or_else(|| attribute.named("sort"));
    if sort.and_then(Value::word) == Some("Desc") {
        sql += " DESC";
    }
    Some(Element { column, sql })
}

fn index(
    unit: usize,
    block: &Block,
    attribute: &Attribute,
    elements: Vec<Element>,
    unique: bool,
    t: &mut Translation,
) {
    let table = block.table_name();
    let map = attribute.named("map").and_then(Value::text);
    // Before version 3 the name in the database was called `name`; for a unique it is the client's since.
    let old = attribute.named("name").and_then(Value::text).filter(|_| !unique);
    let mut parts = vec![table.1.as_str()];
    parts.extend(elements.iter().map(|it| it.column.as_str()));
    let ending = if unique { "_key" } else { "_idx" };
    let name = map.or(old).map_or_else(|| constraint_name(&parts, ending), str::to_owned);
    let mut sql = String::from(if unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " });
    sql += &format!("{} ON {}", ident(&name), qualified(&table));
    sql.extend(attribute.named("type").and_then(Value::word).map(|it| format!(" USING {}", method(it))));
    let elements: Vec<String> = elements.into_iter().map(|it| it.sql).collect();
    sql += &format!(" ({})", elements.join(", "));
    if let Some(predicate) = attribute.named("where") {
        sql += &predicate_of(predicate, attribute.span, t);
    }
    t.put_for(unit, Stage::Indexes, attribute.span, sql);
}

fn method(name: &str) -> String {
    match name {
        "SpGist" => "spgist".to_owned(),
        other => ident(&other.to_lowercase()),
    }
}

/// `where: raw("…")`
fn predicate_of(value: &Value, span: Span, t: &mut Translation) -> String {
    if let Value::Call(raw, arguments) = value
        && raw == "raw"
        && let Some(words) = arguments.first().and_then(|it| it.1.text())
        && is_expression(words)
    {
        return format!(" WHERE {words}");
    }
    t.misread(span, "the index is made without its condition; write it as `where: raw(\"…\")`, in SQL");
    String::new()
}
