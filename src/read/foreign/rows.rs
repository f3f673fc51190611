//! `INSERT`: rows become part of the design when they are few. They are written when all is read, so that they are rows of
//! the tables as these came to be.

use std::collections::BTreeMap;

use super::cursor::{Cursor, split};
use super::definition;
use super::statement::{Known, Script};
use super::token::Token;
use super::value::value;
use crate::base::Span;
use crate::design::Stage;
use crate::read::DiagnosticKind;
use crate::sql::ident;

/// The rows of a table.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// They themselves, as long as they are few.
    pub few: Vec<Row>,
    /// Where the first ones stand.
    pub span: Span,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Row {
    unit: usize,
    span: Span,
    /// Columns with their values as written.
    values: Vec<(String, Vec<Token>)>,
    /// It takes the place of one with the same key.
    replaces: bool,
}

impl Rows {
    /// A column has another name.
    pub fn rename_column(&mut self, old: &str, new: &str) {
        let names = self.few.iter_mut().flat_map(|it| &mut it.values).map(|it| &mut it.0);
        names.filter(|it| it.eq_ignore_ascii_case(old)).for_each(|it| new.clone_into(it));
    }

    fn add(&mut self, row: Row, most: usize) {
        self.count += 1;
        if self.count > most {
            self.few = Vec::new();
        } else {
            self.few.push(row);
        }
    }
}

/// Reads `INSERT INTO table (columns) VALUES (…), (…)`.
pub fn read(script: &mut Script, cursor: &mut Cursor, span: Span) {
    let most = script.most_rows;
    let mut replaces = cursor.sees("replace");
    while let Some(token) = cursor.peek() {
        let ends = token.says("into");
        replaces |= token.says("replace");
        cursor.take();
        if ends {
            break;
        }
    }
    let Some(name) = cursor.last_name() else { return };
    let Some(table) = script.table(&name).cloned() else { return };
    let columns: Vec<String> = match cursor.parentheses() {
        Some(it) => definition::names(it),
        None => {
            let given = table.columns.iter().filter(|it| !table.generated.contains(&it.0));
            given.map(|it| it.0.clone()).collect()
        }
    };
    if !(cursor.eat("values") || cursor.eat("value")) {
        return copied(script, &table, &columns, cursor, span);
    }
    let unit = script.unit;
    let known = script.rows.entry(table.name.clone()).or_insert_with(|| Rows { span, ..Rows::default() });
    while let Some(values) = cursor.parentheses() {
        let values = if known.count < most { split(values) } else { Vec::new() };
        let values = columns.iter().cloned().zip(values.into_iter().map(<[Token]>::to_vec)).collect();
        known.add(Row { unit, span, values, replaces }, most);
        cursor.eat_sign(',');
    }
}

/// `INSERT INTO table (columns) SELECT a, b FROM other`: the rows that are known of the other table.
fn copied(script: &mut Script, table: &Known, columns: &[String], cursor: &mut Cursor, span: Span) {
    let most = script.most_rows;
    let tokens = cursor.rest();
    let from = tokens.iter().position(|it| it.says("from"));
    let source = from.and_then(|it| tokens.get(it + 1..)).and_then(|it| Cursor::new(it).last_name());
    let Some(source) = source.and_then(|it| script.table(&it).map(|it| it.name.clone())) else {
        return script.t.say(span, DiagnosticKind::LeftOut { what: "rows of a query" });
    };
    // A table without rows gives none.
    let Some(rows) = script.rows.get(&source).cloned() else { return };
    let list = tokens.get(1..from.unwrap_or(1)).unwrap_or_default();
    let is_simple = |it: &&[Token]| matches!(it, [_]);
    let all_of_it = from.is_some_and(|it| tokens.len() == it + 2);
    let parts = split(list);
    let is_all = matches!(list, [star] if star.is('*'));
    if !all_of_it || !is_all && !parts.iter().all(is_simple) {
        return script.t.say(span, DiagnosticKind::LeftOut { what: "rows of a query" });
    }
    let value_of = |row: &Row, part: &[Token]| match part {
        [name] if name.is_name() && !name.says("null") => {
            let found = row.values.iter().find(|it| it.0.eq_ignore_ascii_case(&name.value));
            found.map(|it| it.1.clone()).unwrap_or_default()
        }
        other => other.to_vec(),
    };
    let unit = script.unit;
    let known = script.rows.entry(table.name.clone()).or_insert_with(|| Rows { span, ..Rows::default() });
    for row in &rows.few {
        let values: Vec<(String, Vec<Token>)> = if is_all {
            columns.iter().cloned().zip(row.values.iter().map(|it| it.1.clone())).collect()
        } else {
            columns.iter().cloned().zip(parts.iter().map(|it| value_of(row, it))).collect()
        };
        let values = values.into_iter().filter(|it| !it.1.is_empty()).collect();
        known.add(Row { unit, span, values, replaces: false }, most);
    }
    known.count += rows.count - rows.few.len();
}

/// `UPDATE`, `DELETE`, `TRUNCATE`: rows that all go are gone; other changes of rows that are there are told.
pub fn change(script: &mut Script, cursor: &mut Cursor, span: Span) {
    let removes = cursor.eat("delete from") || cursor.eat("truncate table") || cursor.eat("truncate");
    if !removes {
        cursor.take();
    }
    let Some(name) = cursor.last_name() else { return };
    let name = script.name_of(&name);
    if !script.rows.contains_key(&name) {
        return;
    }
    if removes && cursor.peek().is_none() {
        script.rows.remove(&name);
    } else {
        script.t.say(span, DiagnosticKind::LeftOut { what: "a change of rows" });
    }
}

/// Adds the rows of a table where they are few, and counts them otherwise.
pub fn write(script: &mut Script, table: &str, rows: &Rows, most: usize) {
    let left_out = |rows: usize| DiagnosticKind::RowsLeftOut { table: table.to_owned(), rows };
    if rows.count > most {
        return script.t.say(rows.span, left_out(rows.count));
    }
    let Some(table) = script.table(table).cloned() else { return };
    let mut written: Vec<(&Row, Vec<(String, String)>)> = Vec::new();
    let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut lost = 0;
    for row in &rows.few {
        let Some(values) = values(&table, row) else {
            lost += 1;
            continue;
        };
        let key: Option<Vec<String>> = table
            .key
            .iter()
            .map(|it| values.iter().find(|value| value.0 == *it).map(|it| it.1.clone()))
            .collect();
        let key = key.filter(|it| !it.is_empty());
        match key.as_ref().and_then(|it| places.get(it)).and_then(|it| written.get_mut(*it)) {
            Some(place) if row.replaces => *place = (row, values),
            Some(_) => {}
            None => {
                places.extend(key.map(|it| (it, written.len())));
                written.push((row, values));
            }
        }
    }
    if lost > 0 {
        script.t.say(rows.span, left_out(lost));
    }
    let columns = |values: &[(String, String)]| values.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
    for group in written.chunk_by(|a, b| a.0.unit == b.0.unit && columns(&a.1) == columns(&b.1)) {
        let Some((row, values)) = group.first() else { continue };
        let names: Vec<String> = values.iter().map(|it| ident(&it.0)).collect();
        let list = |values: &[(String, String)]| {
            format!("({})", values.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(", "))
        };
        let all: Vec<String> = group.iter().map(|it| list(&it.1)).collect();
        let (name, names, all) = (ident(&table.name), names.join(", "), all.join(", "));
        let sql = format!("INSERT INTO {name} ({names}) VALUES {all}");
        script.t.put_for(row.unit, Stage::Rows, row.span, sql);
    }
}

/// The values of a row as its table's columns take them; nothing where one of them does not.
fn values(table: &Known, row: &Row) -> Option<Vec<(String, String)>> {
    let mut values = Vec::new();
    for (name, tokens) in &row.values {
        // Columns that are dropped since are no columns.
        let Some((column, data_type)) = table.column(name) else { continue };
        let value = value(tokens, data_type)?;
        if value == "NULL" && table.required.contains(column) {
            return None;
        }
        values.push((column.clone(), value));
    }
    let is_given = |it: &String| values.iter().any(|value| value.0 == *it);
    table.required.iter().filter(|it| !table.defaults.contains(*it)).all(is_given).then_some(values)
}
