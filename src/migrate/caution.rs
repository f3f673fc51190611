//! What to heed before a migration is run on tables with rows.

use super::rows::{self, Fill};
use crate::design::{Change, Column, ColumnValue, Design, Flow, Id, Table, TableId};
use crate::sql::refactor::names_column;
use crate::sql::{ident, qualified_name};

/// What to try before a change, and what it may do.
pub(super) fn caution(
    (before, after): (&Design, &Design),
    change: &Change,
    (there, back): (&[Flow], &[Flow]),
    checks: &mut Vec<String>,
    risks: &mut Vec<String>,
) {
    let Some((_, place)) = change.at() else { return };
    let owner = place.of.as_ref().map_or(place.id, |it| it.id);
    let id = TableId::from(owner);
    // A table that is new has no rows to think of, nor has one that goes with all that belongs to it.
    let (Some(old), new) = (before.table(id), after.table(id)) else { return };
    let table = qualified_name(before, old.namespace, &old.name);
    match change {
        // What becomes of rows that are taken along is told with them.
        Change::TableRemoved(_) if rows::reads(there, id, None) => {}
        Change::TableRemoved(_) => {
            checks.push(format!("SELECT count(*) FROM {table}; -- rows that are lost"));
            risks.push(format!(
                "`{}` and its rows are gone; going back brings the table, not the rows.",
                old.name
            ));
        }
        Change::TableRenamed { from, .. } => {
            risks.push(format!("What still reads `{from}` fails as soon as this has run."));
        }
        Change::ColumnRenamed { from, .. } => {
            risks.push(format!("What still reads `{}.{from}` fails as soon as this has run.", old.name));
        }
        Change::ColumnRemoved(_) if new.is_some() => {
            let Some(column) = old.columns.iter().find(|it| Id::from(it.id) == place.id) else { return };
            if !rows::reads(there, id, Some(column.id)) {
                let name = ident(&column.name);
                checks.push(format!(
                    "SELECT count(*) FROM {table} WHERE {name} IS NOT NULL; -- values that are lost"
                ));
                risks.push(format!(
                    "The values of `{}.{}` are gone; going back brings the column, not the values{}.",
                    old.name,
                    column.name,
                    on_the_way_back((before, after), old, column, back)
                ));
            }
        }
        Change::ColumnAdded(_) => {
            let Some(new) = new else { return };
            let Some(column) = new.columns.iter().find(|it| Id::from(it.id) == place.id) else { return };
            let is_open = !column.nullable && column.value == ColumnValue::Given && !new.is_key(column.id);
            if !is_open || rows::writes(there, id, column.id) {
                return;
            }
            let name = format!("`{}.{}`", old.name, column.name);
            match rows::fill(before, after, new, column) {
                Some(Fill::Placed(text)) => risks.push(format!(
                    "{name} is required, and the rows that are there have none: they get {text}. Put what is right in its place."
                )),
                Some(Fill::Through { of, .. }) => {
                    let of = after.table(of).map(|it| it.name.clone()).unwrap_or_default();
                    risks.push(format!("{name} of the rows that are there is that of their `{of}`."));
                }
                None => {
                    checks.push(format!("SELECT count(*) FROM {table}; -- must be 0"));
                    risks.push(format!(
                        "{name} is required and nothing says what it is in the rows that are there: with rows the migration stops at SET NOT NULL. Fill it before that."
                    ));
                }
            }
        }
        Change::ColumnTypeChanged { from, to, .. } => {
            let column = old.columns.iter().find(|it| Id::from(it.id) == place.id);
            let column = column.map_or_else(String::new, |it| ident(&it.name));
            checks.push(format!("SELECT {column}::{to} FROM {table}; -- fails on what does not convert"));
            risks.push(format!(
                "`{}.{}` goes from {from} to {to}: the table may be written anew, and nobody reads or writes it meanwhile.",
                old.name, place.name
            ));
        }
        Change::ColumnNullabilityChanged { nullable: false, .. } => {
            let now = new.and_then(|it| it.columns.iter().find(|it| Id::from(it.id) == place.id));
            let was = old.columns.iter().find(|it| Id::from(it.id) == place.id);
            let name = was.map_or_else(String::new, |it| ident(&it.name));
            if let Some(text) = now.and_then(|it| it.value.default_expression()) {
                checks.push(format!(
                    "SELECT count(*) FROM {table} WHERE {name} IS NULL; -- get {text}, and going back leaves it"
                ));
            } else {
                checks.push(format!("SELECT count(*) FROM {table} WHERE {name} IS NULL; -- must be 0"));
            }
            risks.push(format!("The whole of `{}` is read under a lock that keeps everybody out.", old.name));
        }
        Change::UniqueAdded(_) | Change::PrimaryKeyAdded(_) => {
            if let Some(columns) = new.and_then(|it| key(it, place.id)) {
                checks.push(format!(
                    "SELECT {columns}, count(*) FROM {table} GROUP BY {columns} HAVING count(*) > 1; -- must give no row"
                ));
            }
            risks.push(format!(
                "Writing to `{}` waits while the index of `{}` is built.",
                old.name, place.name
            ));
        }
        Change::CheckAdded(_) => {
            let check = new.and_then(|it| it.checks.iter().find(|it| Id::from(it.id) == place.id));
            // A column that is not there yet has nothing to count; its rows have no value, which no check refuses.
            let is_countable = |expression: &str| {
                new.is_some_and(|new| {
                    let added = new.columns.iter().filter(|it| old.column(it.id).is_none());
                    !added.into_iter().any(|it| names_column(expression, new, &it.name))
                })
            };
            if let Some(check) = check.filter(|it| is_countable(&it.expression)) {
                checks.push(format!(
                    "SELECT count(*) FROM {table} WHERE NOT ({}); -- must be 0",
                    check.expression
                ));
            }
        }
        Change::ForeignKeyAdded(_) => {
            if let Some((query, referenced)) = new.and_then(|it| orphans(after, it, place.id)) {
                let is_there = new.is_some_and(|new| {
                    let fk = new.foreign_keys.iter().find(|it| Id::from(it.id) == place.id);
                    fk.is_some_and(|it| it.columns.iter().all(|it| old.column(*it).is_some()))
                });
                if is_there {
                    checks.push(format!("{query}; -- must be 0"));
                }
                risks.push(format!(
                    "Writing to `{}` and `{referenced}` waits while the rows are checked.",
                    old.name
                ));
            }
        }
        Change::IndexAdded(_) => {
            risks.push(format!(
                "Writing to `{}` waits while `{}` is built; CREATE INDEX CONCURRENTLY, outside a transaction, lets it go on.",
                old.name, place.name
            ));
        }
        _ => {}
    }
}

/// What becomes of a required column of rows that are there when it comes back.
fn on_the_way_back(
    (before, after): (&Design, &Design),
    table: &Table,
    column: &Column,
    back: &[Flow],
) -> String {
    let is_open = !column.nullable && column.value == ColumnValue::Given && !table.is_key(column.id);
    if !is_open || rows::writes(back, table.id, column.id) {
        return String::new();
    }
    match rows::fill(after, before, table, column) {
        Some(Fill::Placed(text)) => format!(": the rows get {text}"),
        Some(Fill::Through { .. }) => String::new(),
        None => ", and is refused where there are rows, since it is required".to_owned(),
    }
}

fn key(table: &Table, id: Id) -> Option<String> {
    let unique = table.uniques.iter().find(|it| Id::from(it.id) == id).map(|it| &it.columns);
    let primary = table.primary_key.as_ref().filter(|it| Id::from(it.id) == id).map(|it| &it.columns);
    let columns: Vec<String> = table.column_names(unique.or(primary)?).map(ident).collect();
    Some(columns.join(", "))
}

/// The query that counts rows which reference nothing, and the name of what they would reference.
fn orphans(design: &Design, table: &Table, id: Id) -> Option<(String, String)> {
    let fk = table.foreign_keys.iter().find(|it| Id::from(it.id) == id)?;
    let referenced = design.table(fk.references)?;
    let own: Vec<String> = table.column_names(&fk.columns).map(ident).collect();
    let theirs: Vec<String> = referenced.column_names(&fk.ref_columns).map(ident).collect();
    let pairs: Vec<String> = own.iter().zip(&theirs).map(|(a, b)| format!("r.{b} = t.{a}")).collect();
    let present: Vec<String> = own.iter().map(|it| format!("t.{it} IS NOT NULL")).collect();
    let (from, to) = (
        qualified_name(design, table.namespace, &table.name),
        qualified_name(design, referenced.namespace, &referenced.name),
    );
    let query = format!(
        "SELECT count(*) FROM {from} t WHERE {} AND NOT EXISTS (SELECT 1 FROM {to} r WHERE {})",
        present.join(" AND "),
        pairs.join(" AND ")
    );
    Some((query, referenced.name.clone()))
}
