//! Fields become columns.

use super::model::{Schema, qualified};
use super::syntax::{Attribute, Block, Field, Value};
use crate::base::snake_case;
use crate::design::Stage;
use crate::read::foreign_type::{Mapped, mapped};
use crate::read::postgres::{is_expression, is_type};
use crate::read::translation::Translation;
use crate::sql::{Role, ident, literal, mentions};

/// What a field is in the database.
pub enum Kind {
    /// A column of this type, without brackets.
    Column(String),
    /// The end of a relation.
    Relation,
    /// Nothing that is known.
    Unknown,
}

/// What a field is.
pub fn kind(schema: &Schema, field: &Field) -> Kind {
    let Some(type_name) = &field.type_name else { return Kind::Unknown };
    if let Some(it) = schema.enumeration(type_name) {
        return Kind::Column(qualified(&it.table_name()));
    }
    if schema.model(type_name).is_some() {
        return Kind::Relation;
    }
    if schema.types.contains(type_name) {
        return Kind::Column("jsonb".to_owned());
    }
    let native = field.attributes.iter().find_map(|it| native(it, type_name));
    // Source: "Default type mappings" of Prisma's PostgreSQL connector.
    let default = match type_name.as_str() {
        "String" => "text",
        "Boolean" => "boolean",
        "Int" => "integer",
        "BigInt" => "bigint",
        "Float" => "double precision",
        "Decimal" => "numeric(65,30)",
        "DateTime" => "timestamp(3)",
        "Json" => "jsonb",
        "Bytes" => "bytea",
        "Unsupported" => {
            return field.value.as_ref().and_then(Value::text).map_or(Kind::Unknown, unsupported);
        }
        _ => return Kind::Unknown,
    };
    Kind::Column(native.unwrap_or_else(|| default.to_owned()))
}

fn unsupported(name: &str) -> Kind {
    if is_type(name) { Kind::Column(name.to_owned()) } else { Kind::Unknown }
}

/// `@db.VarChar(20)`: a type of the database. Those of other databases become PostgreSQL's.
fn native(attribute: &Attribute, type_name: &str) -> Option<String> {
    let name = attribute.name.split_once('.')?.1;
    let arguments: Vec<String> = attribute
        .arguments
        .iter()
        .filter_map(|it| match &it.value {
            Value::Number(it) | Value::Word(it) => Some(it.clone()),
            _ => None,
        })
        .collect();
    let word = match name {
        "DoublePrecision" => "double precision".to_owned(),
        "VarBit" => "bit varying".to_owned(),
        "JsonB" => "jsonb".to_owned(),
        "ByteA" => "bytea".to_owned(),
        "Timestamptz" => "timestamptz".to_owned(),
        "Timetz" => "timetz".to_owned(),
        _ => match name.strip_prefix("Unsigned") {
            Some(rest) => format!("{} unsigned", rest.to_lowercase()),
            None => name.to_lowercase(),
        },
    };
    match mapped(&word, &arguments) {
        // A bit is true or false in other databases.
        Mapped::Own(it) if it == "bit(1)" && type_name == "Boolean" => Some("boolean".to_owned()),
        Mapped::Own(it) | Mapped::Other(it) | Mapped::Extension(it, _) => Some(it),
        Mapped::Unknown => None,
    }
}

/// The extension of a field's type, where it has one.
pub fn extension(field: &Field) -> Option<&'static str> {
    let native = field.attributes.iter().find_map(|it| it.name.split_once('.'))?;
    match mapped(native.1, &[]) {
        Mapped::Extension(_, extension) => Some(extension),
        _ => None,
    }
}

/// The column of a field, as `CREATE TABLE` has it.
pub fn write(
    schema: &Schema,
    model: &Block,
    field: &Field,
    data_type: &str,
    is_key: bool,
    unit: usize,
    t: &mut Translation,
) -> String {
    let default = field.attribute("default").and_then(|it| it.argument("value").map(|value| (it, value)));
    let counts = matches!(default, Some((_, Value::Call(name, _))) if name == "autoincrement");
    let mut sql = ident(field.column_name());
    if let Some(extension) = extension(field) {
        let make = format!("CREATE EXTENSION IF NOT EXISTS {}", ident(extension));
        t.put_for(unit, Stage::Namespaces, field.span, make);
    }
    sql += match data_type {
        "integer" if counts => " serial",
        "bigint" if counts => " bigserial",
        "smallint" if counts => " smallserial",
        _ => " ",
    };
    if !(counts && sql.ends_with("serial")) {
        sql += data_type;
    }
    if field.list {
        sql += "[]";
    }
    if !(field.optional || field.list) || is_key {
        sql += " NOT NULL";
    }
    if field.attribute("updatedAt").is_some() {
        t.once(field.span, "@updatedAt", "Prisma's client sets it, the database does not");
    }
    if let Some(words) = generated(model, default.map(|it| it.1)) {
        return format!("{sql} GENERATED ALWAYS AS ({words}) STORED");
    }
    if let Some((attribute, value)) = default.filter(|_| !counts)
        && let Some(value) = default_value(schema, field, attribute, value, data_type, t)
    {
        sql += &format!(" DEFAULT {value}");
    }
    sql
}

/// What a column is computed of: introspection has no other word for it than a default, but no default sees a column.
fn generated<'v>(model: &Block, default: Option<&'v Value>) -> Option<&'v str> {
    let Some(Value::Call(name, arguments)) = default else { return None };
    let words =
        arguments.first().filter(|_| name == "dbgenerated")?.1.text().filter(|it| is_expression(it))?;
    let is_column = |name: &str| model.fields.iter().any(|it| it.column_name() == name);
    mentions(words)
        .iter()
        .any(|it| {
            it.role == Role::Other && !it.in_text && it.parts.last().is_some_and(|it| is_column(&it.name))
        })
        .then_some(words)
}

fn default_value(
    schema: &Schema,
    field: &Field,
    attribute: &Attribute,
    value: &Value,
    data_type: &str,
    t: &mut Translation,
) -> Option<String> {
    match value {
        Value::Call(name, arguments) if name == "dbgenerated" => {
            let words = arguments.first().and_then(|it| it.1.text()).filter(|it| !it.is_empty())?;
            if is_expression(words) {
                let is_bare = is_type(&format!("text DEFAULT {words}"));
                return Some(if is_bare { words.to_owned() } else { format!("({words})") });
            }
            t.misread(
                attribute.span,
                format!("`{words}` is no expression of PostgreSQL; write it in PostgreSQL's words"),
            );
            None
        }
        Value::Call(name, _) => match name.as_str() {
            "now" => Some("CURRENT_TIMESTAMP".to_owned()),
            "uuid" | "cuid" | "ulid" | "nanoid" | "auto" => {
                t.once(
                    attribute.span,
                    &format!("{name}()"),
                    "Prisma's client makes the value, the database does not",
                );
                None
            }
            other => {
                let known = "`now()`, `autoincrement()`, `uuid()`, `cuid()`, `ulid()`, `nanoid()` and `dbgenerated(\"…\")`";
                t.misread(attribute.span, format!("`{other}()` gives no default; {known} do"));
                None
            }
        },
        Value::List(items) => {
            let items: Vec<String> = items.iter().filter_map(|it| constant(schema, field, it)).collect();
            Some(format!("ARRAY[{}]::{data_type}[]", items.join(", ")))
        }
        other => constant(schema, field, other),
    }
}

fn constant(schema: &Schema, field: &Field, value: &Value) -> Option<String> {
    let type_name = field.type_name.as_deref().unwrap_or_default();
    match value {
        Value::Text(it) if type_name == "Bytes" => Some(literal(&format!("\\x{}", hex(it)))),
        Value::Text(it) => Some(literal(it)),
        Value::Number(it) => Some(it.clone()),
        Value::Word(it) if it == "true" || it == "false" => Some(it.clone()),
        Value::Word(it) => {
            let value = schema.enumeration(type_name)?.field(it)?;
            Some(literal(value.column_name()))
        }
        Value::Call(..) | Value::List(_) => None,
    }
}

/// Base64 as hexadecimal digits; signs that are no part of it are passed over.
fn hex(base64: &str) -> String {
    let digit = |it: u8| match it {
        b'A'..=b'Z' => Some(u32::from(it - b'A')),
        b'a'..=b'z' => Some(u32::from(it - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(it - b'0') + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut bits, mut count, mut out) = (0_u32, 0, String::new());
    for value in base64.bytes().filter_map(digit) {
        bits = (bits << 6 | value) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out += &format!("{:02x}", (bits >> count) & 0xff);
        }
    }
    out
}

/// An operator class by the name that Prisma gives it: `JsonbPathOps` is `jsonb_path_ops`.
pub fn operator_class(name: &str) -> String {
    let pairs = [
        ("min_max", "minmax"),
        ("timestamp_tz", "timestamptz"),
        ("time_tz", "timetz"),
        ("ts_vector", "tsvector"),
        ("ts_query", "tsquery"),
        ("var_bit", "varbit"),
    ];
    let name = snake_case(name);
    // Digits belong to the word before them.
    let name = ["2", "4", "8"].iter().fold(name, |name, it| name.replace(&format!("_{it}"), it));
    pairs.iter().fold(name, |name, (from, to)| name.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operator_classes_have_postgresqls_names() {
        for (name, expected) in [
            ("JsonbPathOps", "jsonb_path_ops"),
            ("InetOps", "inet_ops"),
            ("Int4MinMaxOps", "int4_minmax_ops"),
            ("Float8MinMaxMultiOps", "float8_minmax_multi_ops"),
            ("TimestampTzBloomOps", "timestamptz_bloom_ops"),
            ("TsVectorOps", "tsvector_ops"),
        ] {
            assert_eq!(operator_class(name), expected);
        }
        assert_eq!(hex("aGVsbG8="), "68656c6c6f");
    }
}
