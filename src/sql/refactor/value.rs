//! Other names for values of an enumerated type, in what is compared with them.

use super::remove::names_column;
use super::texts::{self, Place};
use crate::design::{BaseType, Column, ColumnValue, Design, Edit, EnumId, EnumType, Table};
use crate::pg::{TokenKind, TypeFamily, tokens};
use crate::sql::literal;

/// Which values have another name in `after`: those in whose place a new one stands. Nothing where values came, went or moved.
fn renamed(before: &EnumType, after: &EnumType) -> Vec<(String, String)> {
    let pairs = || before.values.iter().zip(&after.values).filter(|(old, new)| old != new);
    let is_rename = before.values.len() == after.values.len()
        && pairs().all(|(old, new)| !after.values.contains(old) && !before.values.contains(new));
    if is_rename { pairs().map(|(old, new)| (literal(old), literal(new))).collect() } else { Vec::new() }
}

/// What PostgreSQL does by itself when a value gets another name, for a type that now is as in `design` and was as in `before`:
/// defaults, rows, checks, predicates and policies of its columns follow. A text that names a column besides that could hold the
/// same words stays as it is, and so do views and functions.
pub fn rename_values(design: &Design, before: &EnumType) -> Edit {
    let pairs =
        design.enums().find(|it| it.id == before.id).map(|it| renamed(before, it)).unwrap_or_default();
    if pairs.is_empty() {
        return Edit::default();
    }
    let changed = design.tables().filter_map(|table| {
        let mut new = table.clone();
        rename_in(&mut new, before.id, &pairs);
        (new != *table).then_some(new)
    });
    changed.fold(Edit::default(), |edit, table| edit.put(design, table))
}

fn rename_in(table: &mut Table, id: EnumId, pairs: &[(String, String)]) {
    let is_of = |it: &Column| it.data_type.base == BaseType::Enum(id);
    let old = table.clone();
    if !old.columns.iter().any(is_of) {
        return;
    }
    for column in table.columns.iter_mut().filter(|it| is_of(it)) {
        if let ColumnValue::Default(text) = &mut column.value {
            *text = replaced(text, pairs);
        }
    }
    if let Some(seed) = &mut table.seed {
        let at: Vec<bool> = seed.columns.iter().map(|it| old.column(*it).is_some_and(is_of)).collect();
        for row in &mut seed.rows {
            row.iter_mut().zip(&at).filter(|it| *it.1).for_each(|it| *it.0 = replaced(it.0, pairs));
        }
    }
    texts::table(table, &mut |place, text| {
        let named = || old.columns.iter().filter(|it| names_column(text, &old, &it.name));
        if place == Place::Row && named().any(is_of) && named().all(|it| is_of(it) || !holds_words(it)) {
            *text = replaced(text, pairs);
        }
    });
}

/// Whether a column may hold the words of a value.
fn holds_words(column: &Column) -> bool {
    match &column.data_type.base {
        BaseType::Builtin(it) => matches!(it.family(), TypeFamily::Text | TypeFamily::Character),
        _ => true,
    }
}

/// The text with each literal of an old value as the new one.
fn replaced(text: &str, pairs: &[(String, String)]) -> String {
    let one = |token: crate::pg::Token| {
        let written = token.span.of(text);
        let new = pairs.iter().find(|it| token.kind == TokenKind::Text && it.0 == written);
        new.map_or(written, |it| it.1.as_str())
    };
    tokens(text).map(one).collect()
}
