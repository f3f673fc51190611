//! Tables, their columns, keys and indexes as PostgreSQL statements.

use super::Dialect;
use super::cursor::{Cursor, span_of, split};
use super::definition;
use super::expression::{expression, is_immutable};
use super::model::{Column, Constraint, Element, IndexKind, Item};
use super::rows;
use super::statement::{Known, Script, Waiting};
use super::token::{Kind, Token};
use super::types::{Type, data_type};
use crate::base::Span;
use crate::design::Stage;
use crate::sql::{ident, literal};

/// `CREATE TABLE name (items) options`
pub fn create(script: &mut Script, cursor: &mut Cursor, span: Span) {
    cursor.eat("if not exists");
    let Some(name) = cursor.last_name() else { return };
    // SQLite's own tables.
    if name.to_lowercase().starts_with("sqlite_") {
        return;
    }
    if cursor.eat("like") {
        if let Some(other) = cursor.last_name() {
            let other = script.name_of(&other);
            let known = script.table(&other).cloned().unwrap_or_default();
            script.tables.insert(name.to_lowercase(), Known { name: name.clone(), ..known });
            script.put(span, format!("CREATE TABLE {} (LIKE {} INCLUDING ALL)", ident(&name), ident(&other)));
        }
        return;
    }
    let Some(body) = cursor.parentheses() else {
        let what = "table without columns of its own";
        return script.t.no_equivalent(span, what, "write its columns");
    };
    let options = cursor.rest();
    let without_rowid = options.windows(2).any(|it| it[0].says("without") && it[1].says("rowid"));
    let head = Span { start: span.start, end: span_of(body).start.max(span.start) };
    let mut items = Vec::new();
    for part in split(body) {
        match definition::item(part, script.dialect) {
            Some(item) => items.push(item),
            None => script
                .t
                .misread(span_of(part), "this is no column, key or check that is known; it is left out"),
        }
    }
    let key = primary_key(&items);
    let counts = |column: &Column| {
        // SQLite numbers the rows of a key that is one `INTEGER`.
        let is_rowid =
            script.dialect == Dialect::Sqlite && !without_rowid && column.data_type.name == "integer";
        column.counts || column.data_type.name == "serial" || is_rowid && key == [column.name.clone()]
    };
    let counting: Vec<String> = columns(&items).filter(|it| counts(it)).map(|it| it.name.clone()).collect();
    let mut known =
        Known { name: name.clone(), columns: Vec::new(), key: key.clone(), generated: Vec::new() };
    let mut types = Vec::new();
    for column in columns(&items) {
        let sql = type_of(script, &name, column);
        known.columns.push((column.name.clone(), sql.clone()));
        if column.generated.is_some() {
            known.generated.push(column.name.clone());
        }
        types.push(sql);
    }
    script.tables.insert(name.to_lowercase(), known.clone());
    let mut parts = Vec::new();
    for (column, sql) in columns(&items).zip(&types) {
        let is_counting = counting.contains(&column.name);
        parts.push(column_sql(script, &known, column, sql, is_counting));
        let checks = column_checks(script, &known, column, sql);
        parts.extend(checks);
    }
    if !key.is_empty() {
        let names: Vec<String> = key.iter().map(|it| ident(it)).collect();
        parts.push(format!("PRIMARY KEY ({})", names.join(", ")));
    }
    for item in &items {
        if let Item::Constraint(Constraint::Check(check, tokens)) = item {
            parts.extend(check_sql(script, &known, check.as_deref(), tokens));
        }
    }
    script.put(head, format!("CREATE TABLE {} ({})", ident(&name), parts.join(", ")));
    for item in &items {
        match item {
            Item::Column(column) => after_column(script, &name, column),
            Item::Constraint(it) => constraint(script, &name, it, head),
        }
    }
    table_options(script, &name, options, head);
}

fn columns<'i, 't>(items: &'i [Item<'t>]) -> impl Iterator<Item = &'i Column<'t>> {
    items.iter().filter_map(|it| match it {
        Item::Column(it) => Some(&**it),
        Item::Constraint(_) => None,
    })
}

fn primary_key(items: &[Item]) -> Vec<String> {
    let of_column = columns(items).find(|it| it.primary).map(|it| vec![it.name.clone()]);
    let of_table = items.iter().find_map(|it| match it {
        Item::Constraint(Constraint::Primary(elements)) => {
            Some(elements.iter().filter_map(|it| it.column.clone()).collect())
        }
        _ => None,
    });
    of_column.or(of_table).unwrap_or_default()
}

/// `COMMENT`, partitions, and what only the other database's storage knows.
fn table_options(script: &mut Script, name: &str, options: &[Token], span: Span) {
    let at = options.iter().position(|it| it.says("comment"));
    let comment =
        at.and_then(|it| options.get(it + 1..)).and_then(|it| it.iter().find(|it| it.kind == Kind::Text));
    if let Some(comment) = comment.filter(|it| !it.value.is_empty()) {
        script.put(span, format!("COMMENT ON TABLE {} IS {}", ident(name), literal(&comment.value)));
    }
    if let Some(token) = options.iter().find(|it| it.says("partition")) {
        let how = "the table is made without partitions; `PARTITION BY` in PostgreSQL needs each partition as a table";
        script.t.no_equivalent(token.span, "list of partitions", how);
    }
}

/// The type of a column; an enumeration becomes a type of its own.
pub fn type_of(script: &mut Script, table: &str, column: &Column) -> String {
    // MariaDB writes JSON as a text with a check.
    let is_json = |tokens: &[Token]| tokens.first().is_some_and(|it| it.says("json_valid"));
    if column.checks.iter().any(|it| is_json(it.1)) {
        return "jsonb".to_owned();
    }
    match data_type(&column.data_type, script.dialect) {
        Type::Plain(sql) => {
            let written = &column.data_type.name;
            if sql == "bytea" && written.contains("geom") || written.starts_with("multi") {
                script.t.once(column.type_span, written, "the bytes are kept; PostGIS has a type for them");
            }
            sql
        }
        Type::Set(_) => "text[]".to_owned(),
        Type::Enum(values) => {
            let name = format!("{table}_{}", column.name);
            let values: Vec<String> = values.iter().map(|it| literal(it)).collect();
            script.put(
                column.type_span,
                format!("CREATE TYPE {} AS ENUM ({})", ident(&name), values.join(", ")),
            );
            ident(&name)
        }
    }
}

/// A column as `CREATE TABLE` has it, without its checks.
pub fn column_sql(script: &mut Script, table: &Known, column: &Column, sql: &str, counts: bool) -> String {
    let mut out = format!("{} {sql}", ident(&column.name));
    if let Some((span, collation)) = &column.collation {
        let folds = collation.to_lowercase().contains("_ci") || collation.eq_ignore_ascii_case("nocase");
        if folds {
            let how = "texts that differ in case only are different; use `citext` where they should be equal";
            script.t.once(*span, "comparison without regard to case", how);
        }
    }
    if let Some(tokens) = column.generated {
        match expression(tokens, &|it| name_in(table, it)) {
            Ok(it) if is_immutable(&it) => out += &format!(" GENERATED ALWAYS AS ({it}) STORED"),
            Ok(it) | Err(it) => {
                let how = format!("the column is made without `{it}`; write it in PostgreSQL's words");
                script.t.no_equivalent(span_of(tokens), "this generated column", how);
            }
        }
        return out;
    }
    if counts {
        out += " GENERATED BY DEFAULT AS IDENTITY";
    }
    if column.not_null || column.data_type.name == "serial" {
        out += " NOT NULL";
    }
    if let Some(tokens) = column.default.filter(|_| !counts)
        && let Some(it) = default(script, table, column, tokens, sql)
    {
        out += &format!(" DEFAULT {it}");
    }
    out
}

/// The default of a column.
fn default(
    script: &mut Script,
    table: &Known,
    column: &Column,
    tokens: &[Token],
    sql: &str,
) -> Option<String> {
    let is_text = sql == "text" || sql.starts_with("varchar") || sql.starts_with("char") || sql == "text[]";
    match tokens {
        [one] if one.says("null") => None,
        [one] if matches!(one.kind, Kind::Text | Kind::Double) => {
            let values: &[String] = &column.data_type.arguments;
            let is_other = column.data_type.name == "enum" && !values.contains(&one.value);
            if is_other
                || one.value.starts_with("0000-00-00")
                || one.value.is_empty() && !is_text && sql != "bytea"
            {
                let what = format!("default `'{}'`", one.value);
                script.t.no_equivalent(one.span, what, "the column has none; it is no value of its type");
                return None;
            }
            Some(rows::written(tokens, sql))
        }
        [one] if matches!(one.kind, Kind::Number | Kind::Bits | Kind::Bytes) => {
            Some(rows::written(tokens, sql))
        }
        _ => match expression(tokens, &|it| name_in(table, it)) {
            Ok(it) if it.eq_ignore_ascii_case("null") => None,
            Ok(it) if sql == "boolean" && (it == "0" || it == "1") => Some((it == "1").to_string()),
            Ok(it) if crate::read::postgres::is_type(&format!("text DEFAULT {it}")) => Some(it),
            Ok(it) => Some(format!("({it})")),
            Err(it) => {
                let how = format!("the column has none; write `{it}` in PostgreSQL's words");
                script.t.no_equivalent(span_of(tokens), "this default", how);
                None
            }
        },
    }
}

fn name_in(table: &Known, word: &str) -> Option<(String, bool)> {
    table.column(word).map(|it| (it.0.clone(), it.1 == "boolean"))
}

/// The checks that a column's type and its own words ask for.
pub fn column_checks(script: &mut Script, table: &Known, column: &Column, sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    let name = ident(&column.name);
    if column.data_type.unsigned && !column.counts && sql != "boolean" {
        found.push(format!("CHECK ({name} >= 0)"));
    }
    if let Type::Set(values) = data_type(&column.data_type, script.dialect) {
        let values: Vec<String> = values.iter().map(|it| literal(it)).collect();
        found.push(format!("CHECK ({name} <@ ARRAY[{}]::text[])", values.join(", ")));
    }
    for (check, tokens) in &column.checks {
        if !tokens.first().is_some_and(|it| it.says("json_valid")) {
            found.extend(check_sql(script, table, check.as_deref(), tokens));
        }
    }
    found
}

/// A check in PostgreSQL's words.
pub fn check_sql(script: &mut Script, table: &Known, name: Option<&str>, tokens: &[Token]) -> Option<String> {
    let named = name.map(|it| format!("CONSTRAINT {} ", ident(it))).unwrap_or_default();
    match expression(tokens, &|it| name_in(table, it)) {
        Ok(it) => Some(format!("{named}CHECK ({it})")),
        Err(it) => {
            let how = format!("the check is left out; write `{it}` in PostgreSQL's words");
            script.t.no_equivalent(span_of(tokens), "this check", how);
            None
        }
    }
}

/// What a column asks for once its table is there.
pub fn after_column(script: &mut Script, table: &str, column: &Column) {
    let name = ident(&column.name);
    if let Some(comment) = column.comment.as_ref().filter(|it| !it.is_empty()) {
        script.put(column.span, format!("COMMENT ON COLUMN {}.{name} IS {}", ident(table), literal(comment)));
    }
    if column.unique || column.data_type.name == "serial" {
        script.put(column.span, format!("ALTER TABLE {} ADD UNIQUE ({name})", ident(table)));
    }
    if let Some(fk) = &column.references {
        let (table, fk, unit) = (table.to_owned(), fk.clone(), script.unit);
        script.foreign_keys.push(Waiting { table, fk, unit });
    }
    if let Some(span) = column.on_update {
        on_update(script, table, &column.name, span);
    }
}

/// `ON UPDATE CURRENT_TIMESTAMP` is a trigger.
fn on_update(script: &mut Script, table: &str, column: &str, span: Span) {
    let function = format!("set_{column}");
    if script.functions.insert(function.clone()) {
        let sql = format!(
            "CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    NEW.{} := CURRENT_TIMESTAMP;\n    RETURN NEW;\nEND\n$$",
            ident(&function),
            ident(column)
        );
        script.t.put_for(script.unit, Stage::Functions, span, sql);
    }
    let sql = format!(
        "CREATE TRIGGER {} BEFORE UPDATE ON {} FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {}()",
        ident(&function),
        ident(table),
        ident(&function)
    );
    script.t.put_for(script.unit, Stage::Triggers, span, sql);
}

/// A key, index or foreign key of a table that is there.
pub fn constraint(script: &mut Script, table: &str, it: &Constraint, span: Span) {
    match it {
        Constraint::Primary(_) | Constraint::Check(..) => {}
        Constraint::Unique(name, elements) => {
            let plain: Option<Vec<String>> =
                elements.iter().map(|it| it.column.as_ref().map(|it| ident(it))).collect();
            match plain {
                Some(columns) => {
                    told_prefixes(script, elements);
                    let name = name.as_ref().map(|it| script.index_name(table, it));
                    let named = name.map(|it| format!("CONSTRAINT {} ", ident(&it))).unwrap_or_default();
                    script.put(
                        span,
                        format!("ALTER TABLE {} ADD {named}UNIQUE ({})", ident(table), columns.join(", ")),
                    );
                }
                None => index(script, table, IndexKind::Plain, true, name.clone(), elements, &[], span),
            }
        }
        Constraint::Index(kind, name, elements) => {
            index(script, table, *kind, false, name.clone(), elements, &[], span);
        }
        Constraint::Foreign(fk) => {
            let (table, fk, unit) = (table.to_owned(), fk.clone(), script.unit);
            script.foreign_keys.push(Waiting { table, fk, unit });
        }
    }
}

fn told_prefixes(script: &mut Script, elements: &[Element]) {
    for span in elements.iter().filter_map(|it| it.prefix) {
        script.t.once(span, "index of the beginning of a column", "the whole column is indexed");
    }
}

/// `CREATE INDEX`
#[allow(clippy::too_many_arguments)]
pub fn index(
    script: &mut Script,
    table: &str,
    kind: IndexKind,
    unique: bool,
    name: Option<String>,
    elements: &[Element],
    predicate: &[Token],
    span: Span,
) {
    let known = script.table(table).cloned().unwrap_or_default();
    told_prefixes(script, elements);
    let mut parts = Vec::new();
    for element in elements {
        let sql = match &element.column {
            Some(it) => ident(known.column(it).map_or(it.as_str(), |it| it.0.as_str())),
            None => match expression(element.expression, &|it| name_in(&known, it)) {
                Ok(it) if is_immutable(&it) => format!("({it})"),
                Ok(it) | Err(it) => {
                    let how = format!("the index is left out; write `{it}` in PostgreSQL's words");
                    return script.t.no_equivalent(span, "this index", how);
                }
            },
        };
        parts.push(if element.descending { sql + " DESC" } else { sql });
    }
    let columns: Vec<String> = elements.iter().filter_map(|it| it.column.clone()).collect();
    let name = name.unwrap_or_else(|| format!("{table}_{}_idx", columns.join("_")));
    let name = ident(&script.index_name(table, &name));
    let table = ident(table);
    let sql = match kind {
        IndexKind::Plain => {
            let mut sql = format!(
                "CREATE {}INDEX {name} ON {table} ({})",
                if unique { "UNIQUE " } else { "" },
                parts.join(", ")
            );
            if !predicate.is_empty() {
                match expression(predicate, &|it| name_in(&known, it)) {
                    Ok(it) => sql += &format!(" WHERE {it}"),
                    Err(it) => {
                        let how = format!("the index is left out; write `{it}` in PostgreSQL's words");
                        return script.t.no_equivalent(span_of(predicate), "this condition", how);
                    }
                }
            }
            sql
        }
        IndexKind::FullText => {
            let texts: Vec<String> = parts.iter().map(|it| format!("coalesce({it}, '')")).collect();
            let how =
                "an index of `to_tsvector('simple', …)` is made; queries have to name the same expression";
            script.t.once(span, "FULLTEXT index", how);
            format!(
                "CREATE INDEX {name} ON {table} USING gin (to_tsvector('simple'::regconfig, {}))",
                texts.join(" || ' ' || ")
            )
        }
        IndexKind::Spatial => {
            let is_shape =
                |it: &&String| known.column(it).is_some_and(|it| it.1 == "point" || it.1 == "polygon");
            if columns.iter().filter(is_shape).count() < columns.len() {
                return script.t.no_equivalent(
                    span,
                    "SPATIAL index of this type",
                    "it is left out; PostGIS has one",
                );
            }
            format!("CREATE INDEX {name} ON {table} USING gist ({})", parts.join(", "))
        }
    };
    script.put(span, sql);
}

/// A foreign key, now that all tables are there.
pub fn foreign_key(script: &mut Script, waiting: &Waiting) {
    let fk = &waiting.fk;
    let (from, to) = (script.table(&waiting.table).cloned(), script.table(&fk.table).cloned());
    let (Some(from), Some(to)) = (from, to) else {
        let message = format!("there is no table `{}` for this reference; create it as well", fk.table);
        return script.t.misread(fk.span, message);
    };
    let names = |table: &Known, names: &[String]| {
        let name = |it: &String| ident(table.column(it).map_or(it.as_str(), |it| it.0.as_str()));
        names.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let columns = if fk.to.is_empty() { &to.key } else { &fk.to };
    let named = fk.name.as_ref().map(|it| format!("CONSTRAINT {} ", ident(it))).unwrap_or_default();
    let sql = format!(
        "ALTER TABLE {} ADD {named}FOREIGN KEY ({}) REFERENCES {} ({}){}",
        ident(&from.name),
        names(&from, &fk.columns),
        ident(&to.name),
        names(&to, columns),
        fk.clauses
    );
    script.t.put_for(waiting.unit, Stage::Constraints, fk.span, sql);
}
