//! Builders of columns become columns.
//!
//! Source: Drizzle's manual, "PostgreSQL column types", "MySQL column types", "SQLite column types"; the SQL of
//! `drizzle-kit export`.

use super::evaluate::{Core, World};
use super::value::{Built, Part, Value};
use crate::base::{Span, snake_case};
use crate::design::Stage;
use crate::pg::{Builtin, Indexed};
use crate::read::foreign;
use crate::read::foreign_type::{Mapped, mapped};
use crate::read::postgres::{is_expression, is_type};
use crate::sql::{ident, literal};

/// A column as it is written.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the database.
    pub name: String,
    /// The builder with its calls.
    pub built: Built,
    /// Its type with brackets.
    pub data_type: String,
    /// How many brackets.
    pub dimensions: usize,
}

impl Column {
    /// What operator classes are asked for; nothing where the type is an extension's.
    pub fn indexed(&self) -> Option<Indexed> {
        if self.dimensions > 0 {
            return Some(Indexed::Array);
        }
        if matches!(self.built.head, Value::Enum(_)) {
            return Some(Indexed::Enum);
        }
        let base = self.data_type.split('(').next().unwrap_or_default();
        Builtin::from_name(base).map(Indexed::Builtin)
    }
}

impl World<'_, '_> {
    /// The name of a column in the database, by its property.
    pub fn column_name(&self, table: usize, property: &str) -> String {
        let Some(table) = self.tables.get(table) else { return property.to_owned() };
        let built = table.columns.iter().find(|it| it.0 == property).map(|it| &it.1);
        match built {
            Some(Value::Built(it)) => self.named(property, it),
            _ => property.to_owned(),
        }
    }

    fn named(&self, property: &str, built: &Built) -> String {
        match built.text() {
            Some(it) => it.to_owned(),
            None if self.snake_case => snake_case(property),
            None => property.to_owned(),
        }
    }

    /// The columns of a table; what is none is told of.
    pub fn columns(&mut self, index: usize) -> Vec<Column> {
        let Some(table) = self.tables.get(index).cloned() else { return Vec::new() };
        let mut found = Vec::new();
        for (property, value) in &table.columns {
            let Value::Built(built) = value else {
                let message = format!(
                    "column `{property}` of `{}` is not built by a function that these files declare",
                    table.name
                );
                self.t.misread(table.span, message);
                continue;
            };
            let name = self.named(property, built);
            let dimensions = built.calls.iter().filter(|it| it.0 == "array").count();
            let base = self.data_type(&table.name, &name, table.core, built);
            let data_type = base + &"[]".repeat(dimensions);
            found.push(Column { name, built: (**built).clone(), data_type, dimensions });
        }
        found
    }

    fn data_type(&mut self, table: &str, column: &str, core: Core, built: &Built) -> String {
        match &built.head {
            Value::Enum(index) => {
                let named = self.enums.get(*index).map(|it| (it.schema.clone(), it.name.clone()));
                return named
                    .map_or_else(|| "text".to_owned(), |it| super::table::qualified(it.0.as_deref(), &it.1));
            }
            Value::Built(custom) => return self.custom_type(custom, core, built),
            _ => {}
        }
        let option = |name: &str| built.option(name).and_then(Value::words);
        let with = |base: &str, arguments: &[Option<&str>]| {
            let given: Vec<&str> = arguments.iter().flatten().copied().collect();
            if given.is_empty() { base.to_owned() } else { format!("{base}({})", given.join(", ")) }
        };
        let zone = built.option("withTimezone").is_some_and(Value::is_true);
        let precision = option("precision").or_else(|| option("fsp"));
        let mode = option("mode");
        let unsigned = built.option("unsigned").is_some_and(Value::is_true);
        match (built.name(), core) {
            ("integer" | "int", Core::Sqlite) => match mode {
                Some("boolean") => "boolean".to_owned(),
                Some("timestamp" | "timestamp_ms") => "timestamptz".to_owned(),
                _ => "bigint".to_owned(),
            },
            ("text", Core::Sqlite) if mode == Some("json") => "jsonb".to_owned(),
            ("blob", Core::Sqlite) => match mode {
                Some("json") => "jsonb".to_owned(),
                Some("bigint") => "bigint".to_owned(),
                _ => "bytea".to_owned(),
            },
            ("real", Core::Sqlite) => "double precision".to_owned(),
            ("mysqlEnum", _) => {
                let values =
                    built.arguments.iter().find(|it| matches!(it, Value::Array(_))).map(Value::array);
                let values: Vec<String> =
                    values.unwrap_or_default().iter().filter_map(Value::text).map(literal).collect();
                let name = ident(&format!("{table}_{column}"));
                let sql = format!("CREATE TYPE {name} AS ENUM ({})", values.join(", "));
                self.t.put_for(self.unit, Stage::Types, built.span, sql);
                name
            }
            ("timestamp", Core::MySql) => with("timestamptz", &[precision]),
            ("datetime", Core::MySql) => with("timestamp", &[precision]),
            ("json", Core::MySql) => "jsonb".to_owned(),
            ("float", Core::MySql) => "real".to_owned(),
            ("int" | "tinyint" | "smallint" | "mediumint" | "bigint", Core::MySql) => {
                let name =
                    if unsigned { format!("{} unsigned", built.name()) } else { built.name().to_owned() };
                plain(&name, &[])
            }
            ("serial", Core::MySql) => "bigserial".to_owned(),
            ("varchar" | "char", _) => with(built.name(), &[option("length")]),
            ("numeric" | "decimal", _) => with("numeric", &[option("precision"), option("scale")]),
            ("timestamp", _) => with(if zone { "timestamptz" } else { "timestamp" }, &[precision]),
            ("time", _) => with(if zone { "timetz" } else { "time" }, &[precision]),
            ("interval", _) => {
                let fields = option("fields").map(|it| format!(" {it}")).unwrap_or_default();
                with(&format!("interval{fields}"), &[precision])
            }
            ("doublePrecision", _) => "double precision".to_owned(),
            ("bit" | "vector" | "halfvec" | "sparsevec", _) => {
                let base = with(built.name(), &[option("dimensions")]);
                self.extension(built);
                base
            }
            ("geometry", _) => {
                self.extension(built);
                let srid = option("srid").map(|it| format!(", {it}")).unwrap_or_default();
                format!("geometry({}{srid})", option("type").unwrap_or("point"))
            }
            (name, _) => {
                if let Mapped::Unknown = mapped(name, &[]) {
                    let message = format!(
                        "`{}` is not declared in these files; give that file as well. The column is `text`",
                        head(built)
                    );
                    self.t.misread(built.span, message);
                    return "text".to_owned();
                }
                plain(name, &[])
            }
        }
    }

    /// The database of a table that a function makes which these files do not declare: `createTable("users", { … })`.
    pub fn undeclared_creator(&mut self, name: &str, arguments: &[Value], span: Span) -> Option<Core> {
        let [Value::Text(table), Value::Object(columns), ..] = arguments else { return None };
        let is_built = columns.iter().any(|it| matches!(it.1, Value::Built(_)));
        if !is_built || !name.to_lowercase().contains("table") {
            return None;
        }
        let message = format!(
            "`{name}` is not declared in these files; give that file as well. The table is `{table}`"
        );
        self.t.misread(span, message);
        Some(self.tables.first().map_or(Core::Postgres, |it| it.core))
    }

    fn extension(&mut self, built: &Built) {
        if let Mapped::Extension(_, extension) = mapped(built.name(), &[]) {
            let sql = format!("CREATE EXTENSION IF NOT EXISTS {}", ident(extension));
            self.t.put_for(self.unit, Stage::Namespaces, built.span, sql);
        }
    }

    /// `customType({ dataType() { return "…" } })`
    fn custom_type(&mut self, custom: &Built, core: Core, built: &Built) -> String {
        let options = Value::Object(built.options().to_vec());
        let data_type = match custom.option("dataType") {
            Some(Value::Function(it)) => self.apply(it, vec![options]),
            _ => Value::Unknown,
        };
        let foreign = |it: &str| match core {
            Core::Postgres => None,
            Core::MySql => foreign::type_of(it, foreign::Dialect::MySql),
            Core::Sqlite => foreign::type_of(it, foreign::Dialect::Sqlite),
        };
        if let Some(own) = data_type.text().and_then(foreign) {
            return own;
        }
        match data_type.text() {
            Some(it) if is_type(it) => {
                let (base, rest) = it.split_once('(').map_or((it, ""), |it| it);
                if let Mapped::Extension(_, extension) = mapped(base, &[]) {
                    let sql = format!("CREATE EXTENSION IF NOT EXISTS {}", ident(extension));
                    self.t.put_for(self.unit, Stage::Namespaces, built.span, sql);
                    return it.to_owned();
                }
                let arguments: Vec<String> =
                    rest.trim_end_matches(')').split(',').map(|it| it.trim().to_owned()).collect();
                let arguments: Vec<String> = arguments.into_iter().filter(|it| !it.is_empty()).collect();
                match mapped(base, &arguments) {
                    Mapped::Other(it) => it,
                    _ => it.to_owned(),
                }
            }
            _ => {
                self.t.misread(
                    custom.span,
                    "the type that `dataType` gives cannot be told; the column is `text`",
                );
                "text".to_owned()
            }
        }
    }

    /// The SQL of a template.
    pub fn sql(&self, parts: &[Part]) -> Option<String> {
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Text(it) => out += it,
                Part::Value(value) => match value {
                    Value::Column(table, property) => out += &ident(&self.column_name(*table, property)),
                    Value::Table(index) => {
                        let table = self.tables.get(*index)?;
                        out += &super::table::qualified(table.schema.as_deref(), &table.name);
                    }
                    Value::Text(it) => out += &literal(it),
                    Value::Number(it) => out += it,
                    Value::Boolean(it) => out += &it.to_string(),
                    Value::Sql(parts) => out += &self.sql(parts)?,
                    Value::Enum(index) => {
                        let it = self.enums.get(*index)?;
                        out += &super::table::qualified(it.schema.as_deref(), &it.name);
                    }
                    _ => return None,
                },
            }
        }
        Some(out.trim().to_owned())
    }

    /// The SQL of a template or of a function that gives one.
    pub fn sql_of(&mut self, value: &Value) -> Option<String> {
        match value {
            Value::Sql(parts) => self.sql(parts),
            Value::Text(it) => Some(it.clone()),
            Value::Function(it) => {
                let value = self.apply(it, Vec::new());
                self.sql_of(&value)
            }
            _ => None,
        }
    }

    /// A column as `CREATE TABLE` has it.
    pub fn column_sql(&mut self, column: &Column, core: Core) -> String {
        let built = &column.built;
        let mut out = format!("{} {}", ident(&column.name), column.data_type);
        let has = |name: &str| built.call(name).is_some();
        let counts = has("autoincrement")
            || built.call("primaryKey").and_then(<[Value]>::first).is_some_and(|it| {
                it.object()
                    .is_some_and(|it| super::value::get(it, "autoIncrement").is_some_and(Value::is_true))
            });
        let is_rowid = core == Core::Sqlite && has("primaryKey") && column.data_type == "bigint";
        if counts || is_rowid {
            out += " GENERATED BY DEFAULT AS IDENTITY";
        }
        for (method, words) in
            [("generatedAlwaysAsIdentity", "ALWAYS"), ("generatedByDefaultAsIdentity", "BY DEFAULT")]
        {
            if let Some(arguments) = built.call(method) {
                let options = arguments.first().and_then(Value::object).unwrap_or_default();
                out += &format!(" GENERATED {words} AS IDENTITY{}", sequence_options(options, true));
            }
        }
        if let Some(arguments) = built.call("generatedAlwaysAs") {
            match arguments.first().and_then(|it| self.sql_of(it)).filter(|it| is_expression(it)) {
                Some(it) => out += &format!(" GENERATED ALWAYS AS ({it}) STORED"),
                None => self.t.misread(built.span, "the expression of this generated column cannot be told"),
            }
        }
        if has("primaryKey") && !has("unique") {
            out += " PRIMARY KEY";
        }
        if has("notNull") {
            out += " NOT NULL";
        }
        if let Some(default) = self.default(column, core) {
            out += &format!(" DEFAULT {default}");
        }
        out
    }

    fn default(&mut self, column: &Column, core: Core) -> Option<String> {
        let built = &column.built;
        if built.call("defaultNow").is_some() {
            return Some("now()".to_owned());
        }
        if built.call("defaultRandom").is_some() {
            return Some("gen_random_uuid()".to_owned());
        }
        let value = built.call("default")?.first()?.clone();
        let is_json = column.data_type == "jsonb" || column.data_type == "json";
        let found = match &value {
            Value::Null => return None,
            Value::Sql(_) => {
                let sql = self.sql_of(&value).and_then(|it| own_words(&it, core, &column.data_type));
                sql.map(|it| if is_type(&format!("text DEFAULT {it}")) { it } else { format!("({it})") })
            }
            Value::Array(items) if column.dimensions > 0 => array(items).map(|it| literal(&it)),
            // drizzle-kit writes a text as it is, whatever the type.
            Value::Text(it) if is_json && serde_json::from_str::<serde_json::Value>(it).is_ok() => {
                Some(format!("{}::{}", literal(it), column.data_type))
            }
            other if is_json => {
                other.json().map(|it| format!("{}::{}", literal(&it.to_string()), column.data_type))
            }
            Value::Text(it) => Some(literal(it)),
            Value::Number(it) => Some(it.clone()),
            Value::Boolean(it) => Some(it.to_string()),
            Value::Built(it) if it.name() == "Date" => it.text().map(literal),
            _ => None,
        };
        if found.is_none() {
            let what = "the value of this default is not declared in these files; write it as a constant or as sql`…`";
            self.t.misread(built.span, what);
        }
        found
    }
}

/// An expression of a table's database in PostgreSQL's words, where it has them.
fn own_words(words: &str, core: Core, data_type: &str) -> Option<String> {
    let translated = match core {
        Core::Postgres => Some(words.to_owned()),
        // SQLite counts the seconds of a moment that is one here.
        Core::Sqlite
            if data_type == "timestamptz"
                && (words.contains("unixepoch") || words.contains("strftime('%s'")) =>
        {
            Some("CURRENT_TIMESTAMP".to_owned())
        }
        Core::Sqlite => foreign::expression_of(words, foreign::Dialect::Sqlite),
        Core::MySql => foreign::expression_of(words, foreign::Dialect::MySql),
    };
    translated.filter(|it| is_expression(it))
}

fn plain(name: &str, arguments: &[String]) -> String {
    match mapped(name, arguments) {
        Mapped::Own(it) | Mapped::Other(it) | Mapped::Extension(it, _) => it,
        Mapped::Unknown => "text".to_owned(),
    }
}

fn head(built: &Built) -> &str {
    match &built.head {
        Value::Name(it) | Value::Method(_, it) => it,
        _ => "the function",
    }
}

/// `{"a","b"}`
fn array(items: &[Value]) -> Option<String> {
    let item = |it: &Value| match it {
        Value::Text(it) => Some(format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\""))),
        Value::Number(it) => Some(it.clone()),
        Value::Boolean(it) => Some(it.to_string()),
        Value::Array(items) => array(items),
        _ => None,
    };
    Some(format!("{{{}}}", items.iter().map(item).collect::<Option<Vec<_>>>()?.join(",")))
}

/// Options of a sequence; those of an identity column stand between parentheses, with its name.
pub fn sequence_options(options: &[(String, Value)], between: bool) -> String {
    let words = [
        ("increment", "INCREMENT BY"),
        ("minValue", "MINVALUE"),
        ("maxValue", "MAXVALUE"),
        ("startWith", "START WITH"),
        ("cache", "CACHE"),
    ];
    let mut found: Vec<String> = Vec::new();
    if let Some(name) = super::value::get(options, "name").and_then(Value::text).filter(|_| between) {
        found.push(format!("SEQUENCE NAME {}", ident(name)));
    }
    for (option, word) in words {
        let value = super::value::get(options, option).and_then(Value::words);
        // A number alone: anything else is no option of a sequence.
        found.extend(value.filter(|it| it.parse::<i64>().is_ok()).map(|it| format!("{word} {it}")));
    }
    if super::value::get(options, "cycle").is_some_and(Value::is_true) {
        found.push("CYCLE".to_owned());
    }
    match (found.is_empty(), between) {
        (true, _) => String::new(),
        (false, true) => format!(" ({})", found.join(" ")),
        (false, false) => format!(" {}", found.join(" ")),
    }
}
