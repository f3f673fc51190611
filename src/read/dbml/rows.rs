//! Sample rows.

use super::column::value;
use super::model::{Column, Element, Model, Records, Table, Value};
use super::reader::span_of;
use super::syntax::{Cursor, split};
use super::table::qualified;
use super::token::Token;
use crate::base::Span;
use crate::design::Stage;
use crate::pg::{Builtin, TypeFamily};
use crate::read::postgres::is_expression;
use crate::read::translation::Translation;
use crate::sql::{ident, literal};

/// Reads lines of values with commas between them; nothing between two commas is null.
pub fn read(body: &[Token], t: &mut Translation) -> Vec<(Span, Vec<Value>)> {
    let (mut cursor, mut rows) = (Cursor::new(body), Vec::new());
    while cursor.peek().is_some() {
        let line = cursor.line();
        let span = span_of(line);
        let mut values = Vec::new();
        for part in split(line, ',') {
            match value(part) {
                Some(it) => values.push(it),
                None => {
                    t.misread(span_of(part), "a value is a number, `'text'`, `true`, `false`, `null` or an expression between backticks");
                    values.push(Value::Null);
                }
            }
        }
        if line.last().is_some_and(|it| it.is(',')) {
            values.push(Value::Null);
        }
        rows.push((span, values));
    }
    rows
}

/// Writes them.
pub fn write(model: &Model, t: &mut Translation) {
    for records in &model.records {
        match model.table(&records.table) {
            Some(table) => insert(model, table, records, t),
            None => {
                let name = records.table.join(".");
                t.misread(
                    records.span,
                    format!("there is no table `{name}`; define it, or take the rows out"),
                );
            }
        }
    }
}

fn insert(model: &Model, table: &Table, records: &Records, t: &mut Translation) {
    let columns: Vec<&Column> = match &records.columns {
        None => table.columns().collect(),
        Some(names) => {
            let missing = names.iter().find(|it| table.column(it).is_none());
            if let Some(name) = missing {
                return t.misread(records.span, format!("table `{}` has no column `{name}`", table.name.1));
            }
            names.iter().filter_map(|it| table.column(it)).collect()
        }
    };
    let names: Vec<String> = columns.iter().map(|it| ident(&it.name)).collect();
    let mut rows = Vec::new();
    for (span, values) in &records.rows {
        if values.len() != columns.len() {
            t.misread(*span, format!("a row of {} values for {} columns", values.len(), columns.len()));
            continue;
        }
        let row: Vec<String> =
            values.iter().zip(&columns).map(|(value, column)| written(model, value, column)).collect();
        let composite = table.indexes.iter().filter(|it| it.primary).flat_map(|it| &it.elements);
        let key: Vec<&Element> = composite.collect();
        let required = |it: &&Column| {
            let in_key = |key: &&Element| matches!(key, Element::Column(name) if *name == it.name);
            it.primary || it.not_null == Some(true) || key.iter().any(in_key)
        };
        if let Some((column, _)) =
            columns.iter().zip(&row).find(|(it, value)| required(it) && *value == "NULL")
        {
            t.misread(*span, format!("a row without a value for `{}`, which always has one", column.name));
            continue;
        }
        rows.push(format!("({})", row.join(", ")));
    }
    if rows.is_empty() {
        return;
    }
    let sql =
        format!("INSERT INTO {} ({}) VALUES {}", qualified(&table.name), names.join(", "), rows.join(", "));
    t.put_for(records.unit, Stage::Rows, records.span, sql);
}

fn written(model: &Model, value: &Value, column: &Column) -> String {
    let builtin = column.data_type.path.last().and_then(|it| Builtin::from_name(&it.to_lowercase()));
    let is_text = builtin.is_some_and(|it| matches!(it.family(), TypeFamily::Text | TypeFamily::Character));
    let is_bit = builtin == Some(Builtin::Bit) && column.data_type.arguments.is_empty() && !model.is_own;
    let is_truth = builtin == Some(Builtin::Boolean) || is_bit;
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Text(it) if it.is_empty() && !is_text => "NULL".to_owned(),
        Value::Text(it) => literal(it),
        Value::Word(it) if is_truth => match it.to_lowercase().as_str() {
            "1" | "t" | "y" | "true" | "yes" => "true".to_owned(),
            _ => "false".to_owned(),
        },
        Value::Word(it) if it.parse::<f64>().is_ok() && !is_text => it.clone(),
        Value::Word(it) => literal(it),
        Value::Expression(it) if is_expression(it) => it.clone(),
        Value::Expression(it) => literal(it),
    }
}
