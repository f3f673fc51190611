//! `ALTER TABLE`, in both dialects' words.

use super::cursor::{Cursor, span_of, split};
use super::definition;
use super::model::{Column, Constraint};
use super::statement::{Known, Script};
use super::table;
use super::token::{Kind, Token};
use crate::base::Span;
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
                    add_column(script, table, part);
                }
            }
            None => add_column(script, table, cursor.rest()),
        }
    } else if cursor.eat("drop primary key") {
        script.put(
            span,
            format!("ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {}", ident(&format!("{table}_pkey"))),
        );
    } else if cursor.eat("drop foreign key") || cursor.eat("drop constraint") || cursor.eat("drop check") {
        let Some(it) = cursor.last_name() else { return };
        let before = script.foreign_keys.len();
        script
            .foreign_keys
            .retain(|waiting| !(waiting.table == table && waiting.fk.name.as_ref() == Some(&it)));
        if script.foreign_keys.len() == before {
            script.put(span, format!("ALTER TABLE {name} DROP CONSTRAINT {}", ident(&it)));
        }
    } else if cursor.eat("drop index") || cursor.eat("drop key") {
        if let Some(it) = cursor.last_name() {
            script.put(span, format!("ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {}", ident(&it)));
            script.put(span, format!("DROP INDEX IF EXISTS {}", ident(&it)));
        }
    } else if cursor.eat("drop") {
        let _ = cursor.eat("column") && cursor.eat("if exists");
        if let Some(column) = cursor.last_name() {
            if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
                known.columns.retain(|it| !it.0.eq_ignore_ascii_case(&column));
            }
            script.put(span, format!("ALTER TABLE {name} DROP COLUMN {}", ident(&column)));
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
        if let (Some(old), true, Some(new)) = (cursor.name(), cursor.eat("to"), cursor.name()) {
            script.put(span, format!("ALTER INDEX {} RENAME TO {}", ident(&old), ident(&new)));
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
            let value = super::rows::written(cursor.rest(), data_type);
            script
                .put(span, format!("ALTER TABLE {name} ALTER COLUMN {} SET DEFAULT {value}", ident(&column)));
        }
    } else if cursor.eat("comment") {
        cursor.eat_sign('=');
        if let Some(it) = cursor.take().filter(|it| it.kind == Kind::Text) {
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
        script.tables.insert(to.to_lowercase(), Known { name: to.to_owned(), ..known });
    }
    for waiting in &mut script.foreign_keys {
        for name in [&mut waiting.table, &mut waiting.fk.table] {
            if name.eq_ignore_ascii_case(&from) {
                to.clone_into(name);
            }
        }
    }
    if let Some(rows) = script.rows.remove(&from) {
        // Their statements name the old table; the count is what matters from here on.
        script.rows.insert(to.to_owned(), super::rows::Rows { statements: Vec::new(), ..rows });
    }
}

fn rename_column(script: &mut Script, table: &str, old: &str, new: &str, span: Span) {
    if let Some(known) = script.tables.get_mut(&table.to_lowercase()) {
        let renamed = known.columns.iter_mut().filter(|it| it.0.eq_ignore_ascii_case(old));
        renamed.for_each(|it| new.clone_into(&mut it.0));
    }
    script.put(span, format!("ALTER TABLE {} RENAME COLUMN {} TO {}", ident(table), ident(old), ident(new)));
}

fn add_constraint(script: &mut Script, known: &Known, table: &str, it: &Constraint, span: Span) {
    match it {
        Constraint::Primary(elements) => {
            let key: Vec<String> = elements.iter().filter_map(|it| it.column.clone()).collect();
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
        known.columns.iter_mut().filter(|it| it.0 == column.name).for_each(|it| it.1.clone_from(&sql));
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
