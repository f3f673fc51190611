//! `INSERT`: rows become part of the design when they are few.

use super::cursor::{Cursor, split};
use super::definition;
use super::expression::expression;
use super::statement::{Known, Script};
use super::token::{Kind, Token};
use crate::base::Span;
use crate::design::Stage;
use crate::read::DiagnosticKind;
use crate::sql::{ident, literal};

/// The rows of a table.
#[derive(Debug, Default)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// Statements, as long as the rows are few.
    pub statements: Vec<(usize, Span, String)>,
    /// Where the first ones stand.
    pub span: Span,
}

/// Reads `INSERT INTO table (columns) VALUES (…), (…)`.
pub fn read(script: &mut Script, cursor: &mut Cursor, span: Span) {
    let most = script.most_rows;
    while let Some(token) = cursor.peek() {
        let ends = token.says("into");
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
        let why = DiagnosticKind::LeftOut { what: "rows of a query" };
        return script.t.say(span, why);
    }
    let mut rows = Vec::new();
    let mut count = 0;
    while let Some(values) = cursor.parentheses() {
        count += 1;
        if count <= most {
            let values: Vec<String> = split(values)
                .iter()
                .zip(&columns)
                .map(|(value, column)| written(value, type_of(&table, column)))
                .collect();
            rows.push(format!("({})", values.join(", ")));
        }
        cursor.eat_sign(',');
    }
    let unit = script.unit;
    let known = script.rows.entry(table.name.clone()).or_insert_with(|| Rows { span, ..Rows::default() });
    known.count += count;
    if known.count <= most && !rows.is_empty() {
        let names: Vec<String> = columns
            .iter()
            .map(|it| ident(table.column(it).map_or(it.as_str(), |it| it.0.as_str())))
            .collect();
        let sql =
            format!("INSERT INTO {} ({}) VALUES {}", ident(&table.name), names.join(", "), rows.join(", "));
        known.statements.push((unit, span, sql));
    }
}

/// Adds the rows of a table where they are few, and counts them otherwise.
pub fn write(script: &mut Script, table: &str, rows: &Rows, most: usize) {
    if rows.count > most {
        let why = DiagnosticKind::RowsLeftOut { table: table.to_owned(), rows: rows.count };
        return script.t.say(rows.span, why);
    }
    for (unit, span, sql) in &rows.statements {
        script.t.put_for(*unit, Stage::Rows, *span, sql.clone());
    }
}

fn type_of<'t>(table: &'t Known, column: &str) -> &'t str {
    table.column(column).map_or("", |it| it.1.as_str())
}

/// A value as PostgreSQL's type takes it.
pub fn written(tokens: &[Token], data_type: &str) -> String {
    let truth = |it: bool| it.to_string();
    match tokens {
        [one] => match one.kind {
            Kind::Text | Kind::Double if one.value.starts_with("0000-00-00") => "NULL".to_owned(),
            Kind::Text | Kind::Double if data_type == "boolean" => truth(one.value.contains('1')),
            Kind::Text | Kind::Double if data_type == "text[]" => array(&one.value),
            Kind::Text | Kind::Double if data_type == "bytea" => literal(&format!("\\x{}", hex(&one.value))),
            Kind::Text | Kind::Double => literal(&one.value),
            Kind::Number if data_type == "boolean" => truth(one.value != "0"),
            Kind::Number => one.value.clone(),
            Kind::Bits if data_type == "boolean" => truth(one.value.contains('1')),
            Kind::Bits => format!("B{}", literal(&one.value)),
            Kind::Bytes => literal(&format!("\\x{}", one.value)),
            _ => expression(tokens, &|_| None).unwrap_or_else(|_| "NULL".to_owned()),
        },
        // `_binary 'text'`
        [word, one] if word.value.starts_with('_') => written(std::slice::from_ref(one), data_type),
        _ => expression(tokens, &|_| None).unwrap_or_else(|_| "NULL".to_owned()),
    }
}

fn hex(text: &str) -> String {
    text.bytes().map(|it| format!("{it:02x}")).collect::<Vec<_>>().concat()
}

/// `a,b` as an array.
pub fn array(text: &str) -> String {
    let quoted = |it: &str| format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\""));
    let parts: Vec<String> = text.split(',').filter(|it| !it.is_empty()).map(quoted).collect();
    literal(&format!("{{{}}}", parts.join(",")))
}
