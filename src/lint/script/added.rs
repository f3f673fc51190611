//! Columns and constraints as `CREATE TABLE` and `ALTER TABLE … ADD` write them.

use super::act::{Action, Added, ColumnAdded, Constraint};
use super::words::Words;
use crate::pg::TokenKind;

/// A type as it is written up to a place, in lower case, one space between words and none around signs.
pub fn type_text(w: &Words<'_>, end: usize) -> String {
    let mut text = String::new();
    for at in w.at..end {
        let word = w.written(at);
        let is_word = w.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word);
        if is_word && text.ends_with(|it: char| it.is_alphanumeric()) {
            text.push(' ');
        }
        text.push_str(&word.to_ascii_lowercase());
    }
    text
}

/// What `ADD` adds to a table.
pub fn added(w: &mut Words<'_>) -> Option<Action> {
    if let Some(it) = constraint(w) {
        return Some(Action::AddConstraint(it));
    }
    w.take("column");
    w.take("if not exists");
    column(w).map(Action::AddColumn)
}

fn constraint(w: &mut Words<'_>) -> Option<Added> {
    let start = w.at;
    let name = if w.take("constraint") { w.name() } else { None };
    let kind = if w.take("check") {
        Constraint::Check
    } else if w.take("foreign key") {
        Constraint::ForeignKey(String::new())
    } else if w.take("unique") {
        Constraint::Unique
    } else if w.take("primary key") {
        Constraint::PrimaryKey
    } else if w.take("exclude") {
        Constraint::Exclude
    } else if w.take("not null") {
        Constraint::NotNull
    } else {
        w.at = start;
        return None;
    };
    let text = w.rest().to_owned();
    let not_valid =
        w.find("valid").is_some_and(|at| w.written(at.wrapping_sub(1)).eq_ignore_ascii_case("not"));
    let _ = w.take("nulls not distinct") || w.take("nulls distinct");
    let using_index = if w.take("using index") { w.name() } else { None };
    let columns = match kind {
        Constraint::NotNull => w.name().into_iter().collect(),
        _ => {
            let parts = w.group().map(|it| it.parts()).unwrap_or_default();
            parts.into_iter().filter_map(|mut it| it.name()).collect()
        }
    };
    let kind = match kind {
        Constraint::ForeignKey(_) => {
            let mut after = *w;
            after.at = w.find("references").map_or(w.tokens.len(), |it| it + 1);
            Constraint::ForeignKey(after.name().unwrap_or_default())
        }
        other => other,
    };
    Some(Added { name, kind, not_valid, using_index, columns, text })
}

/// Words that end a column's type.
const AFTER_TYPE: &[&str] = &[
    "not",
    "null",
    "default",
    "constraint",
    "primary",
    "unique",
    "check",
    "references",
    "generated",
    "collate",
    "storage",
    "compression",
];

/// A column as it is defined; nothing where the words define a constraint.
pub fn column(w: &mut Words<'_>) -> Option<ColumnAdded> {
    let starts = ["constraint", "check", "unique", "primary", "foreign", "exclude", "like"];
    let is_word = w.tokens.get(w.at).is_some_and(|it| it.kind == TokenKind::Word);
    if is_word && starts.iter().any(|it| w.is(it)) {
        return None;
    }
    let name = w.name()?;
    let ends = |at: &usize| AFTER_TYPE.iter().any(|it| w.written(*at).eq_ignore_ascii_case(it));
    let end = (w.at..w.tokens.len()).find(ends).unwrap_or(w.tokens.len());
    let mut column = ColumnAdded { name, data_type: type_text(w, end), ..ColumnAdded::default() };
    w.at = end;
    while !w.is_done() {
        if w.take("not null") || w.take("primary key") {
            column.not_null = true;
        } else if w.take("default") {
            let start = w.at;
            // The first token belongs to the default whatever it is; then it goes on to the next clause.
            let mut end = start;
            let mut depth = 0_usize;
            while end < w.tokens.len() && (end == start || depth > 0 || !ends_default(w, end)) {
                match w.written(end) {
                    "(" | "[" => depth += 1,
                    ")" | "]" => depth = depth.saturating_sub(1),
                    _ => {}
                }
                end += 1;
            }
            let tokens = w.tokens.get(start..end).unwrap_or_default();
            column.default = Some(Words { text: w.text, tokens, at: 0 }.rest().to_owned());
            w.at = end;
        } else if w.take("generated") {
            w.take("always");
            w.take("by default");
            w.take("as");
            if w.take("identity") {
                column.identity = true;
            } else {
                w.group();
                column.generated = Some(w.take("stored"));
            }
        } else if w.take("references") {
            column.references = w.name();
        } else if w.take("unique") {
            column.unique = true;
        } else if w.take("check") {
            column.check = true;
            w.group();
        } else if w.group().is_none() {
            w.at += 1;
        }
    }
    Some(column)
}

fn ends_default(w: &Words<'_>, at: usize) -> bool {
    AFTER_TYPE.iter().any(|it| *it != "null" && w.written(at).eq_ignore_ascii_case(it))
}
