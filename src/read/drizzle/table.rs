//! Types, tables, indexes, constraints and policies as PostgreSQL statements.

use super::column::{Column, sequence_options};
use super::evaluate::{Core, TableValue, World};
use super::value::{Built, Value, get};
use crate::base::Span;
use crate::design::Stage;
use crate::pg::{MAX_NAME_BYTES, takes};
use crate::read::DiagnosticKind;
use crate::read::postgres::is_expression;
use crate::sql::{ident, literal};

/// A name with its SQL schema; `public` is none.
pub fn qualified(schema: Option<&str>, name: &str) -> String {
    match schema.filter(|it| *it != "public") {
        Some(schema) => format!("{}.{}", ident(schema), ident(name)),
        None => ident(name),
    }
}

/// The name of a column's own unique constraint, where it has one.
fn unique_name(table: &str, column: &Column) -> Option<String> {
    let arguments = column.built.call("unique")?;
    let given = arguments.first().and_then(Value::text).map(str::to_owned);
    Some(given.unwrap_or_else(|| format!("{table}_{}_unique", column.name)))
}

/// The name cut to what PostgreSQL keeps of it.
fn cut(name: &str) -> &str {
    name.get(..name.floor_char_boundary(MAX_NAME_BYTES)).unwrap_or(name)
}

impl World<'_, '_> {
    fn put(&mut self, stage: Stage, span: Span, sql: String) {
        self.t.put_for(self.unit, stage, span, sql);
    }

    /// Writes all that was built.
    pub fn write(&mut self) {
        for schema in std::mem::take(&mut self.schemas) {
            self.unit = self.t.unit();
            if schema.name != "public" {
                self.put(
                    Stage::Namespaces,
                    schema.span,
                    format!("CREATE SCHEMA IF NOT EXISTS {}", ident(&schema.name)),
                );
            }
        }
        for it in self.enums.clone() {
            self.unit = self.t.unit();
            let values = match it.arguments.first() {
                Some(Value::Object(items)) => {
                    items.iter().filter_map(|it| it.1.text()).map(literal).collect()
                }
                Some(other) => other.array().iter().filter_map(Value::text).map(literal).collect::<Vec<_>>(),
                None => Vec::new(),
            };
            if values.is_empty() {
                self.t
                    .misread(it.span, format!("the values of `{}` are not declared in these files", it.name));
            }
            let name = qualified(it.schema.as_deref(), &it.name);
            self.put(Stage::Types, it.span, format!("CREATE TYPE {name} AS ENUM ({})", values.join(", ")));
        }
        for it in std::mem::take(&mut self.sequences) {
            self.unit = self.t.unit();
            let options = it.arguments.first().and_then(Value::object).unwrap_or_default();
            let name = qualified(it.schema.as_deref(), &it.name);
            let sql = format!("CREATE SEQUENCE {name}{}", sequence_options(options, false));
            self.put(Stage::Tables, it.span, sql);
        }
        for index in 0..self.tables.len() {
            self.unit = self.t.unit();
            self.write_table(index);
        }
        for view in std::mem::take(&mut self.views) {
            self.unit = self.t.unit();
            self.write_view(&view);
        }
    }

    fn write_table(&mut self, index: usize) {
        let Some(table) = self.tables.get(index).cloned() else { return };
        let name = qualified(table.schema.as_deref(), &table.name);
        let columns = self.columns(index);
        let mut items: Vec<String> = Vec::new();
        for column in &columns {
            items.push(self.column_sql(column, table.core));
        }
        for column in &columns {
            let constraint = unique_name(&table.name, column);
            if let (Some(arguments), Some(constraint)) = (column.built.call("unique"), constraint) {
                // PostgreSQL makes one of the two and takes the name that is written.
                if column.built.call("primaryKey").is_some() {
                    items.push(format!(
                        "CONSTRAINT {} PRIMARY KEY ({})",
                        ident(cut(&constraint)),
                        ident(&column.name)
                    ));
                    continue;
                }
                let options = arguments.get(1).and_then(Value::object).unwrap_or_default();
                let nulls = get(options, "nulls").and_then(Value::text) == Some("not distinct");
                let constraint = self.free_name(&table, constraint);
                items.push(unique(&constraint, nulls, &[ident(&column.name)]));
            }
        }
        let extras = self.extras(index, &table);
        for extra in &extras {
            items.extend(self.inline(&table, extra));
        }
        self.put(Stage::Tables, table.span, format!("CREATE TABLE {name} ({})", items.join(", ")));
        if table.row_security || extras.iter().any(|it| it.name() == "pgPolicy") {
            self.put(Stage::Policies, table.span, format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
        }
        for column in &columns {
            self.reference(&table, column);
        }
        for extra in &extras {
            self.separate(&table, &columns, extra);
        }
    }

    /// What the third argument gives: an array, or an object whose names say nothing.
    fn extras(&mut self, index: usize, table: &TableValue) -> Vec<Built> {
        let value = match &table.extra {
            Some(Value::Function(it)) => self.apply(it, vec![Value::Table(index)]),
            Some(other) => other.clone(),
            None => return Vec::new(),
        };
        let values: Vec<Value> = match value {
            Value::Array(items) => items,
            Value::Object(items) => items.into_iter().map(|it| it.1).collect(),
            _ => {
                self.t.misread(
                    table.span,
                    "what this function gives cannot be told; write an array of indexes and constraints",
                );
                Vec::new()
            }
        };
        let mut found = Vec::new();
        for value in values {
            match value {
                Value::Built(it) => found.push((*it).clone()),
                Value::Array(items) => found.extend(items.into_iter().filter_map(|it| match it {
                    Value::Built(it) => Some((*it).clone()),
                    _ => None,
                })),
                _ => self
                    .t
                    .misread(table.span, "an index or constraint here is not built by Drizzle's functions"),
            }
        }
        found
    }

    /// The names of columns.
    fn names(&self, values: &[Value]) -> Vec<String> {
        let name = |it: &Value| match it {
            Value::Column(table, property) => Some(self.column_name(*table, property)),
            _ => None,
        };
        values.iter().filter_map(name).collect()
    }

    /// In MySQL two tables may have indexes of one name; here the second gets its table's name before it.
    fn free_name(&mut self, table: &TableValue, name: String) -> String {
        if table.core != Core::MySql || self.taken.insert(name.clone()) {
            name
        } else {
            format!("{}_{name}", table.name)
        }
    }

    /// A constraint that stands in `CREATE TABLE`.
    fn inline(&mut self, table: &TableValue, extra: &Built) -> Option<String> {
        match extra.name() {
            "primaryKey" => {
                let columns = match extra.option("columns") {
                    Some(it) => self.names(it.array()),
                    None => self.names(&extra.arguments),
                };
                let given = extra.option("name").and_then(Value::text).map(str::to_owned);
                let name = given.unwrap_or_else(|| format!("{}_{}_pk", table.name, columns.join("_")));
                Some(format!("CONSTRAINT {} PRIMARY KEY ({})", ident(cut(&name)), list(&columns)))
            }
            "unique" => {
                let columns = self.names(extra.call("on").unwrap_or_default());
                let name = extra.text().map(str::to_owned);
                let name = name.unwrap_or_else(|| format!("{}_{}_unique", table.name, columns.join("_")));
                let name = self.free_name(table, name);
                let columns: Vec<String> = columns.iter().map(|it| ident(it)).collect();
                Some(unique(&name, extra.call("nullsNotDistinct").is_some(), &columns))
            }
            "check" => {
                let sql =
                    extra.arguments.get(1).and_then(|it| self.sql_of(it)).filter(|it| is_expression(it));
                if sql.is_none() {
                    self.t.misread(
                        extra.span,
                        "the condition of this check cannot be told; write it as sql`…`",
                    );
                }
                Some(format!("CONSTRAINT {} CHECK ({})", ident(cut(extra.text()?)), sql?))
            }
            _ => None,
        }
    }

    /// What is made once the table is there.
    fn separate(&mut self, table: &TableValue, columns: &[Column], extra: &Built) {
        match extra.name() {
            "primaryKey" | "unique" | "check" => {}
            "index" | "uniqueIndex" => self.index(table, columns, extra),
            "foreignKey" => self.foreign_key(table, extra),
            "pgPolicy" => self.policy(table, extra),
            other => {
                let message =
                    format!("`{other}` is no index or constraint of Drizzle that is known; it is left out");
                self.t.misread(extra.span, message);
            }
        }
    }

    fn index(&mut self, table: &TableValue, columns: &[Column], extra: &Built) {
        let using = extra.call("using").unwrap_or_default();
        let method = using.first().and_then(Value::text).map(str::to_owned);
        let elements: Vec<Value> = match extra.call("on").or_else(|| extra.call("onOnly")) {
            Some(it) => it.to_vec(),
            None => using.iter().skip(1).cloned().collect(),
        };
        let (mut parts, mut names) = (Vec::new(), Vec::new());
        for element in &elements {
            match self.element(element, columns) {
                Some((sql, name)) => {
                    parts.push(sql);
                    names.extend(name);
                }
                None => {
                    return self.t.misread(extra.span, "an index is over columns and sql`…`; it is left out");
                }
            }
        }
        let given = extra.text().map(str::to_owned);
        let name = given.unwrap_or_else(|| format!("{}_{}_index", table.name, names.join("_")));
        let name = self.free_name(table, name);
        let mut sql = format!(
            "CREATE {}INDEX {} ON {}{}",
            if extra.name() == "uniqueIndex" { "UNIQUE " } else { "" },
            ident(cut(&name)),
            if extra.call("onOnly").is_some() { "ONLY " } else { "" },
            qualified(table.schema.as_deref(), &table.name)
        );
        sql.extend(method.map(|it| format!(" USING {}", ident(&it))));
        sql += &format!(" ({})", parts.join(", "));
        if let Some(options) = extra.call("with").and_then(<[Value]>::first).and_then(Value::object) {
            let options: Vec<String> = options
                .iter()
                .filter_map(|it| Some(format!("{} = {}", ident(&it.0), it.1.words()?)))
                .collect();
            sql += &format!(" WITH ({})", options.join(", "));
        }
        if let Some(arguments) = extra.call("where") {
            match arguments.first().and_then(|it| self.sql_of(it)).filter(|it| is_expression(it)) {
                Some(it) => sql += &format!(" WHERE {it}"),
                None => {
                    return self.t.misread(
                        extra.span,
                        "the condition of this index cannot be told; write it as sql`…`",
                    );
                }
            }
        }
        self.put(Stage::Indexes, extra.span, sql);
    }

    /// `t.a.desc().nullsLast().op("…")`, or an expression.
    fn element(&mut self, value: &Value, columns: &[Column]) -> Option<(String, Option<String>)> {
        let (head, calls): (&Value, &[(String, Vec<Value>)]) = match value {
            Value::Built(it) => (&it.head, &it.calls),
            other => (other, &[]),
        };
        let (mut sql, name) = match head {
            Value::Column(table, property) => {
                let name = self.column_name(*table, property);
                (ident(&name), Some(name))
            }
            Value::Sql(parts) => {
                let words = self.sql(parts)?;
                // An expression may bring its order and operator class along.
                let is_plain = is_expression(&words);
                (if is_plain && !words.starts_with('(') { format!("({words})") } else { words }, None)
            }
            _ => return None,
        };
        if let Some(it) =
            calls.iter().find(|it| it.0 == "op").and_then(|it| it.1.first()).and_then(Value::text)
        {
            match columns.iter().find(|column| name.as_ref() == Some(&column.name)) {
                // What `drizzle-kit pull` wrote in its earlier versions.
                Some(column) if column.indexed().is_some_and(|of| !takes(it, of)) => {
                    let message =
                        format!("`{it}` takes no `{}`; the index has the type's own class", column.data_type);
                    self.t.misread(column.built.span, message);
                }
                _ => sql += &format!(" {it}"),
            }
        }
        let has = |method: &str| calls.iter().any(|it| it.0 == method);
        if has("desc") {
            sql += " DESC";
        }
        // Drizzle puts nulls last unless it is told otherwise; PostgreSQL puts them first when it descends.
        if has("nullsFirst") {
            sql += " NULLS FIRST";
        } else if has("nullsLast") || has("desc") {
            sql += " NULLS LAST";
        }
        Some((sql, name))
    }

    /// `references(() => users.id, { onDelete: "cascade" })`
    fn reference(&mut self, table: &TableValue, column: &Column) {
        let Some(arguments) = column.built.call("references").map(<[Value]>::to_vec) else { return };
        let target = match arguments.first() {
            Some(Value::Function(it)) => self.apply(it, Vec::new()),
            _ => Value::Unknown,
        };
        let Value::Column(other, property) = target else {
            let message = format!(
                "what `{}` references is not declared in these files; give that file as well",
                column.name
            );
            return self.t.misread(column.built.span, message);
        };
        let to = vec![self.column_name(other, &property)];
        let options = arguments.get(1).and_then(Value::object).unwrap_or_default();
        let actions = actions(get(options, "onDelete"), get(options, "onUpdate"));
        self.add_foreign_key(
            table,
            None,
            std::slice::from_ref(&column.name),
            other,
            &to,
            &actions,
            column.built.span,
        );
    }

    fn foreign_key(&mut self, table: &TableValue, extra: &Built) {
        let from = extra.option("columns").map(|it| self.names(it.array())).unwrap_or_default();
        let foreign = extra.option("foreignColumns").map(Value::array).unwrap_or_default().to_vec();
        let to = self.names(&foreign);
        let Some(Value::Column(other, _)) = foreign.first() else {
            return self.t.misread(
                extra.span,
                "the table that this foreign key references is not declared in these files",
            );
        };
        let first = |name: &str| extra.call(name).and_then(<[Value]>::first);
        let actions = actions(first("onDelete"), first("onUpdate"));
        let name = extra.option("name").and_then(Value::text).map(str::to_owned);
        self.add_foreign_key(table, name, &from, *other, &to, &actions, extra.span);
    }

    #[allow(clippy::too_many_arguments)]
    fn add_foreign_key(
        &mut self,
        table: &TableValue,
        name: Option<String>,
        from: &[String],
        other: usize,
        to: &[String],
        actions: &str,
        span: Span,
    ) {
        let Some(other) = self.tables.get(other).cloned() else { return };
        let name = name.unwrap_or_else(|| {
            format!("{}_{}_{}_{}_fk", table.name, from.join("_"), other.name, to.join("_"))
        });
        let sql = format!(
            "ALTER TABLE {} ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}){actions}",
            qualified(table.schema.as_deref(), &table.name),
            ident(cut(&name)),
            list(from),
            qualified(other.schema.as_deref(), &other.name),
            list(to)
        );
        self.put(Stage::Constraints, span, sql);
    }

    fn policy(&mut self, table: &TableValue, extra: &Built) {
        let Some(name) = extra.text() else { return };
        let option = |name: &str| extra.option(name).and_then(Value::text);
        let mut sql =
            format!("CREATE POLICY {} ON {}", ident(name), qualified(table.schema.as_deref(), &table.name));
        if option("as") == Some("restrictive") {
            sql += " AS RESTRICTIVE";
        }
        if let Some(it) =
            option("for").filter(|it| ["all", "select", "insert", "update", "delete"].contains(it))
        {
            sql += &format!(" FOR {}", it.to_uppercase());
        }
        let role = |it: &Value| match it {
            Value::Text(it)
                if ["public", "current_user", "session_user", "current_role"].contains(&it.as_str()) =>
            {
                Some(it.clone())
            }
            Value::Text(it) => Some(ident(it)),
            Value::Built(it) => it.text().map(ident),
            _ => None,
        };
        let roles: Vec<String> = match extra.option("to") {
            Some(Value::Array(items)) => items.iter().filter_map(role).collect(),
            Some(one) => role(one).into_iter().collect(),
            None => Vec::new(),
        };
        if !roles.is_empty() {
            sql += &format!(" TO {}", roles.join(", "));
        }
        for (property, words) in [("using", "USING"), ("withCheck", "WITH CHECK")] {
            let Some(value) = extra.option(property).cloned() else { continue };
            match self.sql_of(&value).filter(|it| is_expression(it)) {
                Some(it) => sql += &format!(" {words} ({it})"),
                None => {
                    return self.t.misread(
                        extra.span,
                        "the condition of this policy cannot be told; write it as sql`…`",
                    );
                }
            }
        }
        self.put(Stage::Policies, extra.span, sql);
    }

    fn write_view(&mut self, view: &Built) {
        let Some(name) = view.text().map(str::to_owned) else { return };
        if view.call("existing").is_some() {
            return;
        }
        let schema = view.call("schema").and_then(<[Value]>::first).and_then(Value::text).map(str::to_owned);
        let query = view.call("as").and_then(<[Value]>::first).and_then(|it| match it {
            Value::Sql(parts) => self.sql(parts),
            _ => None,
        });
        let Some(query) = query else {
            let why = DiagnosticKind::NoEquivalent {
                what: format!("view `{name}` of a query builder"),
                instead: "write its query as sql`…`".to_owned(),
            };
            return self.t.keep(self.unit, view.span, why);
        };
        let kind = if view.name().contains("Materialized") { "MATERIALIZED VIEW" } else { "VIEW" };
        let sql = format!("CREATE {kind} {} AS {query}", qualified(schema.as_deref(), &name));
        self.put(Stage::Views, view.span, sql);
    }
}

fn list(names: &[String]) -> String {
    names.iter().map(|it| ident(it)).collect::<Vec<_>>().join(", ")
}

fn unique(name: &str, nulls_not_distinct: bool, columns: &[String]) -> String {
    let nulls = if nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    format!("CONSTRAINT {} UNIQUE{nulls} ({})", ident(cut(name)), columns.join(", "))
}

fn actions(on_delete: Option<&Value>, on_update: Option<&Value>) -> String {
    let known = |it: &&str| ["cascade", "restrict", "no action", "set null", "set default"].contains(it);
    let mut out = String::new();
    for (words, value) in [(" ON DELETE ", on_delete), (" ON UPDATE ", on_update)] {
        if let Some(it) = value.and_then(Value::text).filter(known) {
            out += words;
            out += &it.to_uppercase();
        }
    }
    out
}
