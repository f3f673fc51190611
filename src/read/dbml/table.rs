//! Value sets and tables become statements.

use super::model::{Column, Element, Enum, Index, Model, Table};
use super::reader::prefix;
use super::reference::referencing_type;
use super::{default, expression};
use crate::base::Span;
use crate::design::Stage;
use crate::pg::{Builtin, TypeFamily};
use crate::read::foreign_type::{Mapped, mapped};
use crate::read::postgres::is_type;
use crate::read::translation::{TableName, Translation};
use crate::sql::{ident, literal};

/// Writes SQL schemas, value sets, tables and indexes.
pub fn write(model: &Model, t: &mut Translation) {
    let mut namespaces: Vec<&String> = Vec::new();
    let tables = model.tables.iter().map(|it| (&it.name, it.unit, it.span));
    let enums = model.enums.iter().map(|it| (&it.name, it.unit, it.span));
    for (name, unit, span) in tables.chain(enums) {
        if let Some(namespace) = name.0.as_ref().filter(|it| !namespaces.contains(it)) {
            namespaces.push(namespace);
            t.put_for(unit, Stage::Namespaces, span, format!("CREATE SCHEMA {}", ident(namespace)));
        }
    }
    for it in &model.enums {
        enumeration(it, t);
    }
    let mut known = Known::default();
    for table in &model.tables {
        write_table(model, table, &mut known, t);
    }
}

/// Types that stand for others, each made once.
#[derive(Default)]
struct Known {
    extensions: Vec<&'static str>,
    domains: Vec<TableName>,
}

/// A name with its SQL schema.
pub fn qualified(name: &TableName) -> String {
    name.0.iter().chain([&name.1]).map(|it| ident(it)).collect::<Vec<_>>().join(".")
}

fn enumeration(it: &Enum, t: &mut Translation) {
    let name = qualified(&it.name);
    let values: Vec<String> = it.values.iter().map(|it| literal(&it.0)).collect();
    t.put_for(it.unit, Stage::Types, it.span, format!("CREATE TYPE {name} AS ENUM ({})", values.join(", ")));
    // A value of a type cannot have a comment of its own.
    let notes = it.values.iter().filter_map(|it| Some(format!("{}: {}", it.0, it.1.as_ref()?)));
    let notes = notes.collect::<Vec<_>>().join("\n");
    if !notes.is_empty() {
        t.put_for(
            it.unit,
            Stage::Comments,
            it.span,
            format!("COMMENT ON TYPE {name} IS {}", literal(&notes)),
        );
    }
}

fn write_table(model: &Model, table: &Table, known: &mut Known, t: &mut Translation) {
    let (name, unit) = (qualified(&table.name), table.unit);
    let composite = table.indexes.iter().find(|it| it.primary);
    let primary: Vec<&str> = table.columns().filter(|it| it.primary).map(|it| it.name.as_str()).collect();
    let mut items = Vec::new();
    let columns: Vec<&Column> = table.columns().filter(|it| !is_relation(model, it, t)).collect();
    for column in columns {
        let is_key = primary.len() == 1 && composite.is_none() && column.primary;
        items.push(write_column(model, table, column, is_key, known, t));
    }
    for (span, check, expression) in &table.checks {
        if let Some(sql) = expression::condition(*span, expression, t) {
            let named = check.as_ref().map(|it| format!("CONSTRAINT {} ", ident(it))).unwrap_or_default();
            items.push(format!("{named}CHECK ({sql})"));
        }
    }
    if let Some(index) = composite {
        items.push(format!("PRIMARY KEY ({})", index_elements(table, index, t)));
    } else if primary.len() > 1 {
        let names: Vec<String> = primary.iter().map(|it| ident(it)).collect();
        items.push(format!("PRIMARY KEY ({})", names.join(", ")));
    }
    t.put_for(unit, Stage::Tables, table.span, format!("CREATE TABLE {name} ({})", items.join(", ")));
    if let Some(note) = &table.note {
        t.put_for(unit, Stage::Comments, table.span, format!("COMMENT ON TABLE {name} IS {}", literal(note)));
    }
    for column in table.columns().filter(|it| row_type(model, it).is_none()) {
        if let Some(note) = &column.note {
            let column_name = ident(&column.name);
            let sql = format!("COMMENT ON COLUMN {name}.{column_name} IS {}", literal(note));
            t.put_for(unit, Stage::Comments, column.span, sql);
        }
    }
    for index in table.indexes.iter().filter(|it| !it.primary) {
        write_index(table, index, t);
    }
}

/// The table whose name a column has as its type, where no value set has it.
pub fn row_type<'m>(model: &'m Model, column: &Column) -> Option<&'m Table> {
    let path = &column.data_type.path;
    if model.enumeration(path).is_some() { None } else { model.table(path) }
}

/// Whether a column only names a table: generators write the fields of models so, which are no columns.
fn is_relation(model: &Model, column: &Column, t: &mut Translation) -> bool {
    let Some(table) = row_type(model, column) else { return false };
    let message = format!(
        "`{}` has the table `{}` as its type; a `Ref` says that they belong together",
        column.name, table.name.1
    );
    t.misread(column.span, message);
    true
}

fn write_index(table: &Table, index: &Index, t: &mut Translation) {
    let elements = index_elements(table, index, t);
    if elements.is_empty() {
        return;
    }
    // A comment needs a name to speak of.
    let name = index.name.clone().or_else(|| index.note.is_some().then(|| index_name(table, index)));
    let mut sql = String::from(if index.unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " });
    sql.extend(name.as_ref().map(|it| ident(it) + " "));
    sql += &format!("ON {} ", qualified(&table.name));
    sql.extend(method(index, t).map(|it| format!("USING {} ", ident(it))));
    sql += &format!("({elements})");
    t.put_for(table.unit, Stage::Indexes, index.span, sql);
    if let (Some(note), Some(name)) = (&index.note, name) {
        let name = qualified(&(table.name.0.clone(), name));
        let sql = format!("COMMENT ON INDEX {name} IS {}", literal(note));
        t.put_for(table.unit, Stage::Comments, index.span, sql);
    }
}

/// The access methods of PostgreSQL and of the extensions that our types come with.
///
/// Source: PostgreSQL manual, chapter "Index Types"; pgvector's README.
const METHODS: [&str; 8] = ["btree", "hash", "gin", "gist", "spgist", "brin", "hnsw", "ivfflat"];

/// How an index is kept, where PostgreSQL can keep it so.
fn method<'i>(index: &'i Index, t: &mut Translation) -> Option<&'i str> {
    let method = index.method.as_deref()?;
    let lower = method.to_lowercase();
    if !METHODS.contains(&lower.as_str()) {
        t.no_equivalent(index.span, format!("{method} index"), "a B-tree is made");
        return None;
    }
    if lower == "hash" && (index.unique || index.elements.len() > 1) {
        let what = "hash index that is unique or of several columns";
        t.no_equivalent(index.span, what, "a B-tree is made");
        return None;
    }
    Some(method)
}

fn index_name(table: &Table, index: &Index) -> String {
    let part = |it: &Element| match it {
        Element::Column(it) => it.clone(),
        Element::Expression(_) => "expr".to_owned(),
    };
    let parts: Vec<String> = index.elements.iter().map(part).collect();
    format!("{}_{}_idx", table.name.1, parts.join("_"))
}

fn index_elements(table: &Table, index: &Index, t: &mut Translation) -> String {
    let mut parts = Vec::new();
    for element in &index.elements {
        match element {
            Element::Column(it) => parts.push(ident(it)),
            Element::Expression(it) if let Some(column) = prefix_of(table, it) => {
                prefix(index.span, t);
                parts.push(ident(column));
            }
            Element::Expression(it) => {
                parts.extend(expression::indexed(index.span, it, t).map(|it| format!("({it})")));
            }
        }
    }
    parts.join(", ")
}

/// The column of `name(20)`, of which MySQL indexes so many characters.
fn prefix_of<'a>(table: &Table, expression: &'a str) -> Option<&'a str> {
    let (name, length) = expression.trim().strip_suffix(')')?.split_once('(')?;
    let name = name.trim();
    (length.trim().parse::<u32>().is_ok() && table.column(name).is_some()).then_some(name)
}

fn write_column(
    model: &Model,
    table: &Table,
    column: &Column,
    is_key: bool,
    known: &mut Known,
    t: &mut Translation,
) -> String {
    let mut data_type = column_type(model, table, column, known, t);
    let serial = data_type.to_lowercase().ends_with("serial");
    let whole =
        Builtin::from_name(&data_type.to_lowercase()).is_some_and(|it| it.family() == TypeFamily::Integer);
    // Other databases count in `number` and `numeric`; here only whole numbers can, and what references them is as they are.
    let counts = |it: &Column| it.increment;
    let references_count = data_type.starts_with("numeric")
        && model
            .referenced(table, column)
            .is_some_and(|(_, it)| counts(it) && it.data_type.path == column.data_type.path);
    if counts(column) && !serial && !whole || references_count {
        "bigint".clone_into(&mut data_type);
    }
    let mut sql = format!("{} {data_type}", ident(&column.name));
    if column.increment && !serial {
        sql += " GENERATED BY DEFAULT AS IDENTITY";
    }
    if column.unique {
        sql += " UNIQUE";
    }
    if is_key {
        sql += " PRIMARY KEY";
    }
    if column.not_null == Some(true) {
        sql += " NOT NULL";
    }
    let checks: Vec<String> =
        column.checks.iter().filter_map(|it| expression::condition(it.0, &it.1, t)).collect();
    match checks.as_slice() {
        [] => {}
        [one] => sql += &format!(" CHECK ({one})"),
        several => sql += &format!(" CHECK (({}))", several.join(") AND (")),
    }
    if let Some((span, value)) = column.default.as_ref().filter(|_| !column.increment)
        && let Some(value) =
            default::written(*span, value, &data_type, model.enumeration(&column.data_type.path), t)
    {
        sql += &format!(" DEFAULT {value}");
    }
    sql
}

fn column_type(
    model: &Model,
    table: &Table,
    column: &Column,
    known: &mut Known,
    t: &mut Translation,
) -> String {
    let data_type = &column.data_type;
    let brackets = "[]".repeat(data_type.dimensions);
    if let Some(it) = model.enumeration(&data_type.path) {
        return qualified(&it.name) + &brackets;
    }
    let Some(name) = data_type.path.last() else {
        return match model.referenced(table, column).filter(|it| !it.1.data_type.path.is_empty()) {
            Some((_, it)) => referencing_type(model, it),
            None => "text".to_owned(),
        };
    };
    let schema = match data_type.path.as_slice() {
        [schema, _] if schema != "pg_catalog" && schema != "public" => Some(schema.clone()),
        _ => None,
    };
    // A name with a schema is no built-in type's.
    if matches!(data_type.path.as_slice(), [schema, _] if schema != "pg_catalog") {
        return undefined(table, data_type.span, (schema, name.clone()), known, t) + &brackets;
    }
    // A type of several words or with brackets stands between quotes as a whole.
    let (base, inner, dimensions) = parts(name);
    let arguments = if data_type.arguments.is_empty() { inner } else { data_type.arguments.clone() };
    let brackets = brackets + &"[]".repeat(dimensions);
    // One bit is true or false in other databases; PostgreSQL's own takes no number.
    if base.eq_ignore_ascii_case("bit") && arguments.is_empty() && !model.is_own {
        t.once(data_type.span, name, "`boolean` holds its values");
        return "boolean".to_owned() + &brackets;
    }
    if base.eq_ignore_ascii_case("enum") && !arguments.is_empty() {
        return values(table, column, &arguments, known, t) + &brackets;
    }
    match mapped(&base, &arguments) {
        Mapped::Own(sql) => sql + &brackets,
        Mapped::Other(sql) => {
            t.once(data_type.span, name, &format!("`{sql}` holds its values"));
            sql + &brackets
        }
        Mapped::Extension(sql, extension) => {
            if !known.extensions.contains(&extension) {
                known.extensions.push(extension);
                let sql = format!("CREATE EXTENSION IF NOT EXISTS {}", ident(extension));
                t.put_for(table.unit, Stage::Namespaces, data_type.span, sql);
            }
            sql + &brackets
        }
        Mapped::Unknown if arguments.is_empty() && is_type(&ident(&base)) => {
            undefined(table, data_type.span, (None, base), known, t) + &brackets
        }
        Mapped::Unknown => {
            let message =
                format!("type `{name}` is not defined here; the column is `text` until you write another");
            t.misread(data_type.span, message);
            "text".to_owned() + &brackets
        }
    }
}

/// The type of a column that says its values itself, as in MySQL: `enum('a', 'b')`.
fn values(
    table: &Table,
    column: &Column,
    values: &[String],
    known: &mut Known,
    t: &mut Translation,
) -> String {
    let name = (table.name.0.clone(), format!("{}_{}", table.name.1, column.name));
    let sql = qualified(&name);
    if !known.domains.contains(&name) {
        let make = format!("CREATE TYPE {sql} AS ENUM ({})", values.join(", "));
        t.put_for(table.unit, Stage::Types, column.data_type.span, make);
        known.domains.push(name);
    }
    sql
}

/// A domain that stands for a type which the file does not define, so that its base can be written in one place.
fn undefined(table: &Table, span: Span, name: TableName, known: &mut Known, t: &mut Translation) -> String {
    let sql = qualified(&name);
    if !known.domains.contains(&name) {
        if let Some(schema) = &name.0 {
            let make = format!("CREATE SCHEMA IF NOT EXISTS {}", ident(schema));
            t.put_for(table.unit, Stage::Namespaces, span, make);
        }
        t.put_for(table.unit, Stage::Types, span, format!("CREATE DOMAIN {sql} AS text"));
        t.misread(
            span,
            format!("type `{}` is not defined here; a domain over `text` stands in for it", name.1),
        );
        known.domains.push(name);
    }
    sql
}

/// `character varying(20)[]` → its name, its arguments and the number of its brackets.
fn parts(name: &str) -> (String, Vec<String>, usize) {
    let bare = name.trim_end_matches(['[', ']']);
    let dimensions = name.get(bare.len()..).unwrap_or_default().matches('[').count();
    let Some((base, rest)) = bare.split_once('(') else {
        return (bare.trim().to_owned(), Vec::new(), dimensions);
    };
    let Some((inside, after)) = rest.split_once(')') else {
        return (bare.trim().to_owned(), Vec::new(), dimensions);
    };
    let arguments = inside.split(',').map(|it| it.trim().to_owned()).collect();
    (format!("{} {}", base.trim(), after.trim()).trim().to_owned(), arguments, dimensions)
}
