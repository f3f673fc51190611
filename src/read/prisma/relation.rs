//! Relations become foreign keys, and tables of pairs.

use super::column::{self, Kind};
use super::model::{Schema, constraint_name, qualified};
use super::syntax::{Attribute, Block, Field, Value};
use crate::design::Stage;
use crate::read::translation::{TableName, Translation};
use crate::sql::ident;

/// Writes them.
pub fn write(schema: &Schema, t: &mut Translation) {
    for (unit, block) in &schema.models {
        for field in &block.fields {
            if !matches!(column::kind(schema, field), Kind::Relation) {
                continue;
            }
            let Some(other) = field.type_name.as_deref().and_then(|it| schema.model(it)) else { continue };
            let attribute = field.attribute("relation");
            match attribute.filter(|it| it.named("fields").is_some()) {
                Some(_) if schema.without_foreign_keys => {}
                Some(attribute) => foreign_key(*unit, block, attribute, other, t),
                None if field.list => pairs(schema, *unit, block, field, other, t),
                None => {}
            }
        }
    }
}

fn foreign_key(unit: usize, block: &Block, attribute: &Attribute, other: &Block, t: &mut Translation) {
    let columns = |block: &Block, name: &str| -> Option<Vec<String>> {
        let names = attribute.named(name)?.items();
        names.iter().map(|it| Some(block.field(it.word()?)?.column_name().to_owned())).collect()
    };
    let Some(from) = columns(block, "fields") else {
        return t
            .misread(attribute.span, format!("`fields` names a field that `{}` does not have", block.name));
    };
    let Some(to) = columns(other, "references") else {
        return t.misread(
            attribute.span,
            format!("`references` names a field that `{}` does not have", other.name),
        );
    };
    let table = block.table_name();
    let mut parts = vec![table.1.as_str()];
    parts.extend(from.iter().map(String::as_str));
    let map = attribute.named("map").and_then(Value::text);
    let name = map.map_or_else(|| constraint_name(&parts, "_fkey"), str::to_owned);
    // Source: "Referential action defaults" of Prisma's manual; `referential_arity` in its engine asks the fields.
    let items = attribute.named("fields").map(Value::items).unwrap_or_default();
    let fields = items.iter().filter_map(|it| block.field(it.word()?));
    let may_be_missing = fields.clone().count() > 0 && fields.clone().all(|it| it.optional);
    let on_delete =
        action(attribute, "onDelete").unwrap_or(if may_be_missing { "SET NULL" } else { "RESTRICT" });
    let on_update = action(attribute, "onUpdate").unwrap_or("CASCADE");
    let sql = format!(
        "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {on_delete} ON UPDATE {on_update}",
        qualified(&table),
        ident(&name),
        names(&from),
        qualified(&other.table_name()),
        names(&to),
    );
    t.put_for(unit, Stage::Constraints, attribute.span, sql);
}

fn action(attribute: &Attribute, name: &str) -> Option<&'static str> {
    Some(match attribute.named(name)?.word()? {
        "Cascade" => "CASCADE",
        "Restrict" => "RESTRICT",
        "NoAction" => "NO ACTION",
        "SetNull" => "SET NULL",
        "SetDefault" => "SET DEFAULT",
        _ => return None,
    })
}

fn names(columns: &[String]) -> String {
    columns.iter().map(|it| ident(it)).collect::<Vec<_>>().join(", ")
}

/// The name of a relation, where it is written.
fn relation_name(field: &Field) -> Option<&str> {
    let attribute = field.attribute("relation")?;
    attribute.argument("name").and_then(Value::text)
}

/// Two lists that answer each other are a many-to-many relation, whose table Prisma makes: `_AToB` with the columns `A`
/// and `B`, the models in the order of their names.
fn pairs(schema: &Schema, unit: usize, block: &Block, field: &Field, other: &Block, t: &mut Translation) {
    let answers = |it: &&Field| {
        it.list
            && it.type_name.as_deref() == Some(&block.name)
            && relation_name(it) == relation_name(field)
            && (block.name != other.name || it.name != field.name)
    };
    let Some(answer) = other.fields.iter().find(answers) else {
        // A list that one field answers is the many side of a foreign key.
        let is_answered = other.fields.iter().any(|it| {
            it.type_name.as_deref() == Some(&block.name) && relation_name(it) == relation_name(field)
        });
        if !is_answered {
            let message = format!(
                "`{}` has no field that answers this relation; add one of type `{}`",
                other.name, block.name
            );
            t.misread(field.span, message);
        }
        return;
    };
    // Each pair once: from the side that comes first.
    if (&other.name, &answer.name) < (&block.name, &field.name) {
        return;
    }
    let keys = (block.key(), other.key());
    let ([a], [b]) = (keys.0.as_slice(), keys.1.as_slice()) else {
        let message =
            "a many-to-many relation needs models with an `@id` of one field; make a model of the pairs";
        return t.misread(field.span, message);
    };
    let Kind::Column(type_a) = column::kind(schema, a) else { return };
    let Kind::Column(type_b) = column::kind(schema, b) else { return };
    let default = format!("{}To{}", block.name, other.name);
    let name = format!("_{}", relation_name(field).unwrap_or(&default));
    let table: TableName = (block.table_name().0, name.clone());
    let of = |ending: &str| ident(&constraint_name(&[&name], ending));
    let written = qualified(&table);
    let sql = format!(
        r#"CREATE TABLE {written} ("A" {type_a} NOT NULL, "B" {type_b} NOT NULL, CONSTRAINT {} PRIMARY KEY ("A", "B"))"#,
        of("_AB_pkey")
    );
    t.put_for(unit, Stage::Tables, field.span, sql);
    let sql = format!(r#"CREATE INDEX {} ON {written} ("B")"#, of("_B_index"));
    t.put_for(unit, Stage::Indexes, field.span, sql);
    t.junctions.push(table);
    if schema.without_foreign_keys {
        return;
    }
    for (column, ending, to, key) in [("A", "_A_fkey", block, a), ("B", "_B_fkey", other, b)] {
        let sql = format!(
            "ALTER TABLE {written} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE CASCADE ON UPDATE CASCADE",
            of(ending),
            ident(column),
            qualified(&to.table_name()),
            ident(key.column_name())
        );
        t.put_for(unit, Stage::Constraints, field.span, sql);
    }
}
