//! `ALTER TABLE`, in both dialects' words.

use super::cursor::{Cursor, span_of, split};
use super::definition;
use super::indexes::Kind;
use super::model::{Column, Constraint, Element};
use super::statement::{Known, Script, Waiting};
use super::table;
use super::token::{self, Token};
use super::value::{suited, value};
use crate::base::Span;
use crate::read::postgres::object_name;
use crate::sql::{ident, literal};

/// Reads what follows `ALTER TABLE`.
pub fn alter(script: &mut Script, cursor: &mut Cursor, span: Span) {
    let _ = cursor.eat("if exists") || cursor.eat("only");
    let Some(name) = cursor.last_name() else { return };
    let name = script.name_of(&name);
    for part in cursor.parts() {
        action(script, &name, part, span);
    }
}

fn action(script: &mut Script, table: &str, tokens: &[Token], statement: Span) {
    let span = span_of(tokens);
    let mut cursor = Cursor::new(tokens);
    let name = ident(table);
    if cursor.eat("add") {
        let known = script.table(table).cloned().unwrap_or_default();
        if !cursor.sees("column")
            && let Some(it) = definition::constraint(&mut cursor, script.dialect)
        {
            return add_constraint(script, &known, table, &it, span);
        }
        let _ = cursor.eat("column") && cursor.eat("if not exists");
        match cursor.parentheses() {
            Some(columns) => {
                for part in split(columns) {
                    match definition::constraint(&mut Cursor::new(part), script.dialect) {
                        Some(it) => {
                            let known = script.table(table).cloned().unwrap_or_default();
                            add_constraint(script, &known, table, &it, span_of(part));
                        }
                        None => add_column(script, table, part),
                    }
                }
            }
            None => add_column(script, table, cursor.rest()),
        }
    } else if cursor.eat("drop primary key") {
        if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
            known.key.clear();
        }
        let key = ident(&object_name(table, None, "pkey"));
        script.put(span, format!("ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {key}"));
    } else if cursor.eat("drop foreign key") || cursor.eat("drop constraint") || cursor.eat("drop check") {
        let Some(it) = cursor.last_name() else { return };
        let before = script.foreign_keys.len();
        let is_it = |waiting: &Waiting| {
            waiting.table == table
                && waiting.fk.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&it))
        };
        script.foreign_keys.retain(|waiting| !is_it(waiting));
        if script.foreign_keys.len() == before && !script.drop_index(Some(table), &it, span) {
            script.put(span, format!("ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {}", ident(&it)));
        }
    } else if cursor.eat("drop index") || cursor.eat("drop key") {
        let _ = cursor.eat("if exists");
        if let Some(it) = cursor.last_name() {
            script.drop_index(Some(table), &it, span);
        }
    } else if cursor.eat("drop") {
        let _ = cursor.eat("column") && cursor.eat("if exists");
        if let Some(column) = cursor.last_name() {
            drop_column(script, table, &column, span);
        }
    } else if cursor.eat("modify") {
        cursor.eat("column");
        change(script, table, cursor.rest());
    } else if cursor.eat("change") {
        cursor.eat("column");
        let Some(old) = cursor.name() else { return };
        let rest = cursor.rest();
        if let Some(new) = rest.first().filter(|it| it.value != old) {
            rename_column(script, table, &old, &new.value, span);
        }
        change(script, table, rest);
    } else if cursor.eat("rename column") {
        if let (Some(old), true, Some(new)) = (cursor.name(), cursor.eat("to"), cursor.name()) {
            rename_column(script, table, &old, &new, span);
        }
    } else if cursor.eat("rename index") || cursor.eat("rename key") {
        if let (Some(old), true, Some(new)) = (cursor.name(), cursor.eat("to"), cursor.name())
            && let Some(index) = script.indexes.take(Some(table), &old)
        {
            let own = script.add_index(table, Some(&new), index.columns, index.kind);
            script.put(span, format!("ALTER INDEX {} RENAME TO {}", ident(&index.own), ident(&own)));
        }
    } else if cursor.eat("rename") {
        let _ = cursor.eat("to") || cursor.eat("as");
        if let Some(new) = cursor.last_name() {
            rename_table(script, table, &new, span);
        }
    } else if cursor.eat("alter") {
        cursor.eat("column");
        let Some(column) = cursor.name() else { return };
        if cursor.eat("drop default") {
            script.put(span, format!("ALTER TABLE {name} ALTER COLUMN {} DROP DEFAULT", ident(&column)));
        } else if cursor.eat("set default") {
            let known = script.table(table).cloned().unwrap_or_default();
            let data_type = known.column(&column).map_or("", |it| it.1.as_str());
            let tokens = cursor.rest();
            match value(tokens, data_type).and_then(|it| suited(&it, data_type)) {
                Some(value) => {
                    let column = ident(&column);
                    let sql = format!("ALTER TABLE {name} ALTER COLUMN {column} SET DEFAULT {value}");
                    script.put(span, sql);
                }
                None => {
                    let instead = "the column has none; it is no value of its type";
                    script.t.no_equivalent(span_of(tokens), "this default", instead);
                }
            }
        }
    } else if cursor.eat("comment") {
        cursor.eat_sign('=');
        if let Some(it) = cursor.take().filter(|it| it.kind == token::Kind::Text) {
            script.put(span, format!("COMMENT ON TABLE {name} IS {}", literal(&it.value)));
        }
    } else {
        let storage = [
            "engine",
            "auto_increment",
            "enable",
            "disable",
            "convert",
            "default",
            "character",
            "collate",
            "row_format",
        ];
        if !storage.iter().any(|it| cursor.sees(it)) {
            let what = tokens.first().map_or("", |it| it.value.as_str()).to_uppercase();
            script.t.no_equivalent(
                statement,
                format!("ALTER TABLE … {what}"),
                "it is left out; write it in PostgreSQL's words",
            );
        }
    }
}

/// Gives a table another name.
pub fn rename_table(script: &mut Script, from: &str, to: &str, span: Span) {
    let from = script.name_of(from);
    script.put(span, format!("ALTER TABLE {} RENAME TO {}", ident(&from), ident(to)));
    if let Some(known) = script.tables.remove(&from.to_lowercase()) {
        if !known.key.is_empty() {
            let [old, new] = [&from, to].map(|it| ident(&object_name(it, None, "pkey")));
            script.put(span, format!("ALTER TABLE {} RENAME CONSTRAINT {old} TO {new}", ident(to)));
        }
        script.tables.insert(to.to_lowercase(), Known { name: to.to_owned(), ..known });
    }
    for (old, index) in script.indexes.rename_table(&from, to) {
        let [old, new] = [&old, &index.own].map(|it| ident(it));
        script.put(
            span,
            match index.kind {
                Kind::Constraint => format!("ALTER TABLE {} RENAME CONSTRAINT {old} TO {new}", ident(to)),
                Kind::Plain | Kind::Unique => format!("ALTER INDEX {old} RENAME TO {new}"),
            },
        );
    }
    for waiting in &mut script.foreign_keys {
        for name in [&mut waiting.table, &mut waiting.fk.table] {
            if name.eq_ignore_ascii_case(&from) {
                to.clone_into(name);
            }
        }
    }
    if let Some(rows) = script.rows.remove(&from) {
        script.rows.insert(to.to_owned(), rows);
    }
    if let Some(enums) = script.enums.remove(&from) {
        script.enums.insert(to.to_owned(), enums);
    }
}

fn rename_column(script: &mut Script, table: &str, old: &str, new: &str, span: Span) {
    let written = script.table(table).and_then(|it| it.column(old)).map_or(old, |it| &it.0).to_owned();
    if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
        let lists = [&mut known.key, &mut known.generated, &mut known.required, &mut known.defaults];
        let names = lists.into_iter().flatten().chain(known.columns.iter_mut().map(|it| &mut it.0));
        names.filter(|it| it.eq_ignore_ascii_case(old)).for_each(|it| new.clone_into(it));
    }
    script.indexes.rename_column(table, old, new);
    if let Some(rows) = script.rows.get_mut(table) {
        rows.rename_column(old, new);
    }
    for waiting in &mut script.foreign_keys {
        let own = waiting.table.eq_ignore_ascii_case(table);
        let far = waiting.fk.table.eq_ignore_ascii_case(table);
        let own = waiting.fk.columns.iter_mut().filter(|_| own);
        let far = waiting.fk.to.iter_mut().filter(|_| far);
        own.chain(far).filter(|it| it.eq_ignore_ascii_case(old)).for_each(|it| new.clone_into(it));
    }
    script.put(
        span,
        format!("ALTER TABLE {} RENAME COLUMN {} TO {}", ident(table), ident(&written), ident(new)),
    );
}

/// MySQL takes the column out of its indexes, PostgreSQL the indexes with it.
fn drop_column(script: &mut Script, table: &str, column: &str, span: Span) {
    let written = script.table(table).and_then(|it| it.column(column)).map_or(column, |it| &it.0).to_owned();
    let is_it = |it: &String| it.eq_ignore_ascii_case(column);
    let mut key = Vec::new();
    if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
        known.columns.retain(|it| !is_it(&it.0));
        if known.key.iter().any(is_it) {
            key.extend(known.key.iter().filter(|it| !is_it(it)).map(|it| ident(it)));
        }
        for list in [&mut known.key, &mut known.generated, &mut known.required, &mut known.defaults] {
            list.retain(|it| !is_it(it));
        }
    }
    script.foreign_keys.retain(|it| !(it.table == table && it.fk.columns.iter().any(is_it)));
    script.put(span, format!("ALTER TABLE {} DROP COLUMN {}", ident(table), ident(&written)));
    if !key.is_empty() {
        script.put(span, format!("ALTER TABLE {} ADD PRIMARY KEY ({})", ident(table), key.join(", ")));
    }
    for index in script.indexes.take_with(table, column) {
        let left: Vec<String> = index.columns.iter().filter(|it| !is_it(it)).cloned().collect();
        if left.is_empty() {
            continue;
        }
        let kind = if index.kind == Kind::Plain { Kind::Plain } else { Kind::Unique };
        let list = left.iter().map(|it| ident(it)).collect::<Vec<_>>().join(", ");
        let own = ident(&script.add_index(table, Some(&index.name), left, kind));
        let unique = if kind == Kind::Unique { "UNIQUE " } else { "" };
        script.put(span, format!("CREATE {unique}INDEX {own} ON {} ({list})", ident(table)));
    }
}

fn add_constraint(script: &mut Script, known: &Known, table: &str, it: &Constraint, span: Span) {
    match it {
        Constraint::Primary(elements) => {
            let own = |it: &Element| it.column.as_ref().map(|it| known.own_name(it));
            let key: Vec<String> = elements.iter().filter_map(own).collect();
            let names: Vec<String> = key.iter().map(|it| ident(it)).collect();
            if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
                known.key = key;
            }
            script.put(span, format!("ALTER TABLE {} ADD PRIMARY KEY ({})", ident(table), names.join(", ")));
        }
        Constraint::Check(name, tokens) => {
            if let Some(sql) = table::check_sql(script, known, name.as_deref(), tokens) {
                script.put(span, format!("ALTER TABLE {} ADD {sql}", ident(table)));
            }
        }
        other => table::constraint(script, table, other, span),
    }
}

fn add_column(script: &mut Script, table: &str, tokens: &[Token]) {
    let Some(column) = definition::column(tokens, script.dialect) else {
        return script.t.misread(span_of(tokens), "a column reads `name type …`");
    };
    let sql = table::type_of(script, table, &column);
    if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
        known.columns.push((column.name.clone(), sql.clone()));
        known.column_is(&column, column.counts);
    }
    let known = script.table(table).cloned().unwrap_or_default();
    let written = table::column_sql(script, &known, &column, &sql, column.counts);
    script.put(column.span, format!("ALTER TABLE {} ADD COLUMN {written}", ident(table)));
    for check in table::column_checks(script, &known, &column, &sql) {
        script.put(column.span, format!("ALTER TABLE {} ADD {check}", ident(table)));
    }
    if column.primary {
        script.put(
            column.span,
            format!("ALTER TABLE {} ADD PRIMARY KEY ({})", ident(table), ident(&column.name)),
        );
    }
    table::after_column(script, table, &column);
}

/// `MODIFY`: the column as it is to be.
fn change(script: &mut Script, table: &str, tokens: &[Token]) {
    let Some(column) = definition::column(tokens, script.dialect) else {
        return script.t.misread(span_of(tokens), "a column reads `name type …`");
    };
    let known = script.table(table).cloned().unwrap_or_default();
    let before = known.column(&column.name).map(|it| it.1.clone());
    let is_enum = column.data_type.name == "enum";
    if is_enum && before.as_deref() == Some(ident(&format!("{table}_{}", column.name)).as_str()) {
        // The values of a type that is there: those that are new come last.
        for value in &column.data_type.arguments {
            let name = ident(&format!("{table}_{}", column.name));
            script.put(column.span, format!("ALTER TYPE {name} ADD VALUE IF NOT EXISTS {}", literal(value)));
        }
    }
    let same_enum = is_enum && before.is_some_and(|it| it == ident(&format!("{table}_{}", column.name)));
    let sql = if same_enum {
        ident(&format!("{table}_{}", column.name))
    } else {
        table::type_of(script, table, &column)
    };
    if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
        known
            .columns
            .iter_mut()
            .filter(|it| it.0.eq_ignore_ascii_case(&column.name))
            .for_each(|it| it.1.clone_from(&sql));
        known.column_is(&column, column.counts);
    }
    let (name, own) = (ident(table), ident(&column.name));
    if !same_enum {
        script.put(column.span, format!("ALTER TABLE {name} ALTER COLUMN {own} TYPE {sql}"));
    }
    let nullness = if column.not_null { "SET NOT NULL" } else { "DROP NOT NULL" };
    script.put(column.span, format!("ALTER TABLE {name} ALTER COLUMN {own} {nullness}"));
    counts_or_default(script, &known, table, &column, &sql);
    table::after_column(script, table, &column);
}

/// A dump adds `AUTO_INCREMENT` to a column that is there.
fn counts_or_default(script: &mut Script, known: &Known, table: &str, column: &Column, sql: &str) {
    let (name, own) = (ident(table), ident(&column.name));
    if column.counts {
        script.put(
            column.span,
            format!("ALTER TABLE {name} ALTER COLUMN {own} ADD GENERATED BY DEFAULT AS IDENTITY"),
        );
        return;
    }
    let written = table::column_sql(script, known, column, sql, false);
    let default = written.split_once(" DEFAULT ").map(|it| it.1.to_owned());
    let action = default.map_or_else(|| "DROP DEFAULT".to_owned(), |it| format!("SET DEFAULT {it}"));
    script.put(column.span, format!("ALTER TABLE {name} ALTER COLUMN {own} {action}"));
}
