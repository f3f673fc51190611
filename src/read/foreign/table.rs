//! Tables, their columns, keys and indexes as PostgreSQL statements.

use super::Dialect;
use super::cursor::{Cursor, span_of, split};
use super::definition;
use super::expression::{expression, is_immutable, unqualified};
use super::indexes;
use super::model::{Column, Constraint, Element, IndexKind, Item};
use super::statement::{Known, Script, Waiting};
use super::token::{Kind, Token};
use super::types::{Type, data_type};
use super::value::{Class, given_as, suited, value};
use crate::base::Span;
use crate::design::Stage;
use crate::sql::{ident, literal};

/// `CREATE TABLE name (items) options`
pub fn create(script: &mut Script, cursor: &mut Cursor, span: Span) {
    let if_not_exists = cursor.eat("if not exists");
    let Some(name) = cursor.last_name() else { return };
    // SQLite's own tables, and those that are there.
    if name.to_lowercase().starts_with("sqlite_") || if_not_exists && script.table(&name).is_some() {
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
        let found = definition::items(part, script.dialect);
        if found.is_empty() {
            let message = "this is no column, key or check that is known; it is left out";
            script.t.misread(span_of(part), message);
        }
        items.extend(found);
    }
    let key: Vec<String> = primary_key(&items).into_iter().map(|it| own_name(&items, it)).collect();
    let counts = |column: &Column| {
        // SQLite numbers the rows of a key that is one `INTEGER`.
        let is_rowid =
            script.dialect == Dialect::Sqlite && !without_rowid && column.data_type.name == "integer";
        column.counts || column.data_type.name == "serial" || is_rowid && key == [column.name.clone()]
    };
    let counting: Vec<String> = columns(&items).filter(|it| counts(it)).map(|it| it.name.clone()).collect();
    let mut known = Known { name: name.clone(), key: key.clone(), ..Known::default() };
    let mut types = Vec::new();
    for column in columns(&items) {
        let sql = type_of(script, &name, column);
        known.columns.push((column.name.clone(), sql.clone()));
        if column.generated.is_some() {
            known.generated.push(column.name.clone());
        }
        known.column_is(column, counting.contains(&column.name));
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

/// Names are the same in any case.
fn own_name(items: &[Item], name: String) -> String {
    columns(items).find(|it| it.name.eq_ignore_ascii_case(&name)).map_or(name, |it| it.name.clone())
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
            let made = script.enums.entry(table.to_owned()).or_default();
            if !made.insert(name.clone()) {
                script.put(column.type_span, format!("DROP TYPE IF EXISTS {}", ident(&name)));
            }
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
        let written = expression(&unqualified(tokens), &|it| name_in(table, it));
        match written.map(|it| given_as(it, sql)) {
            Ok(Some(it)) if rests(table, tokens, &it) => {
                out += &format!(" GENERATED ALWAYS AS ({it}) STORED");
            }
            Ok(None) => {
                let how = format!(
                    "what it takes from a document is a text, and no `{sql}` without a setting; the column holds what is written to it"
                );
                script.t.no_equivalent(span_of(tokens), "this generated column", how);
            }
            Ok(Some(it)) | Err(it) => {
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
    let no_value = |script: &mut Script, written: &str| {
        let what = format!("default `{written}`");
        script.t.no_equivalent(span_of(tokens), what, "the column has none; it is no value of its type");
        None
    };
    match tokens {
        [one] if one.says("null") => None,
        [one] if matches!(one.kind, Kind::Text | Kind::Double) => {
            let values: &[String] = &column.data_type.arguments;
            let is_other = column.data_type.name == "enum" && !values.contains(&one.value);
            match value(tokens, sql).filter(|it| it != "NULL" && !is_other) {
                Some(it) => Some(it),
                None => no_value(script, &format!("'{}'", one.value)),
            }
        }
        [one] if matches!(one.kind, Kind::Number | Kind::Bits | Kind::Bytes) => match value(tokens, sql) {
            Some(it) => Some(it),
            None => no_value(script, &one.value),
        },
        [sign, one] if one.kind == Kind::Number && (sign.is('-') || sign.is('+')) => match value(tokens, sql)
        {
            Some(it) => Some(it),
            None => no_value(script, &one.value),
        },
        _ => match expression(tokens, &|it| name_in(table, it)) {
            Ok(it) if it.eq_ignore_ascii_case("null") => None,
            Ok(it) => match suited(&it, sql) {
                Some(it) if crate::read::postgres::is_type(&format!("text DEFAULT {it}")) => Some(it),
                Some(it) => Some(format!("({it})")),
                None => no_value(script, &it),
            },
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

/// Whether a stored column or an index may rest on an expression. What a moment or a value of an enumeration looks like, and
/// which day it is, PostgreSQL leaves to settings and names.
fn rests(table: &Known, tokens: &[Token], sql: &str) -> bool {
    let is_text = sql.contains("::text") || sql.contains("AS text)");
    let is_part = ["extract(", "date("].iter().any(|it| sql.contains(it));
    let depends = |data_type: &str| match Class::of(data_type) {
        Class::Moment => is_text || is_part && data_type.starts_with("timestamptz"),
        Class::Other => is_text && !["jsonb", "uuid"].contains(&data_type),
        Class::Truth | Class::Number | Class::Bytes | Class::List | Class::Text(_) => false,
    };
    let mut named = tokens.iter().filter(|it| it.is_name()).filter_map(|it| table.column(&it.value));
    is_immutable(sql) && !named.any(|it| depends(&it.1))
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
    match expression(&unqualified(tokens), &|it| name_in(table, it)) {
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
        add_unique(script, table, None, vec![column.name.clone()], column.span);
    }
    if let Some(fk) = &column.references {
        let (table, fk, unit) = (table.to_owned(), fk.clone(), script.unit);
        script.foreign_keys.push(Waiting { table, fk, unit });
    }
    if let Some(span) = column.on_update {
        on_update(script, table, &column.name, span);
    }
}

fn add_unique(script: &mut Script, table: &str, name: Option<&str>, columns: Vec<String>, span: Span) {
    let list: Vec<String> = columns.iter().map(|it| ident(it)).collect();
    let own = ident(&script.add_index(table, name, columns, indexes::Kind::Constraint));
    script
        .put(span, format!("ALTER TABLE {} ADD CONSTRAINT {own} UNIQUE ({})", ident(table), list.join(", ")));
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
    let row = |side: &str| script.table(table).map_or_else(|| format!("{side}.*"), |it| it.row(side));
    let sql = format!(
        "CREATE TRIGGER {} BEFORE UPDATE ON {} FOR EACH ROW WHEN ({} IS DISTINCT FROM {}) EXECUTE FUNCTION {}()",
        ident(&function),
        ident(table),
        row("OLD"),
        row("NEW"),
        ident(&function)
    );
    script.t.put_for(script.unit, Stage::Triggers, span, sql);
}

/// A key, index or foreign key of a table that is there.
pub fn constraint(script: &mut Script, table: &str, it: &Constraint, span: Span) {
    match it {
        Constraint::Primary(_) | Constraint::Check(..) => {}
        Constraint::Unique(name, elements) => {
            let known = script.table(table).cloned().unwrap_or_default();
            let own = |it: &String| known.own_name(it);
            let plain: Option<Vec<String>> = elements.iter().map(|it| it.column.as_ref().map(own)).collect();
            match plain {
                Some(columns) => {
                    told_prefixes(script, elements);
                    add_unique(script, table, name.as_deref(), columns, span);
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
                Ok(it) if rests(&known, element.expression, &it) => format!("({it})"),
                Ok(it) | Err(it) => {
                    let how = format!("the index is left out; write `{it}` in PostgreSQL's words");
                    return script.t.no_equivalent(span, "this index", how);
                }
            },
        };
        parts.push(if element.descending { sql + " DESC" } else { sql });
    }
    let columns: Vec<String> = elements.iter().filter_map(|it| it.column.clone()).collect();
    let made = if unique { indexes::Kind::Unique } else { indexes::Kind::Plain };
    let name = ident(&script.add_index(table, name.as_deref(), columns.clone(), made));
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
    // MySQL indexes the columns of each foreign key where no index begins with them.
    let is_led = indexes::begins(&from.key, &fk.columns) || script.indexes.leads(&from.name, &fk.columns);
    if script.dialect == Dialect::MySql && !is_led {
        let own: Vec<String> = fk.columns.clone();
        let name = ident(&script.add_index(&from.name, fk.name.as_deref(), own, indexes::Kind::Plain));
        let sql = format!("CREATE INDEX {name} ON {} ({})", ident(&from.name), names(&from, &fk.columns));
        script.t.put_for(waiting.unit, Stage::Constraints, fk.span, sql);
    }
    // A key of the table may have the same name there.
    let name = fk.name.as_ref().filter(|it| !script.indexes.names_constraint(&from.name, it));
    let named = name.map(|it| format!("CONSTRAINT {} ", ident(it))).unwrap_or_default();
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
