//! References become foreign keys, and tables of pairs.

use super::model::{Column, End, Model, Reference, Table};
use super::table::qualified;
use crate::design::Stage;
use crate::read::foreign_type::{Mapped, mapped};
use crate::read::translation::{TableName, Translation};
use crate::sql::ident;

/// Writes the foreign keys.
pub fn write(model: &Model, t: &mut Translation) {
    let mut made: Vec<TableName> = Vec::new();
    for reference in &model.references {
        let Some((left, right)) = both(model, reference, t) else { continue };
        match reference.sign.as_str() {
            "<>" => pairs(model, reference, left, right, &mut made, t),
            "<" => foreign_key(reference, right, &reference.right, left, &reference.left, t),
            ">" => foreign_key(reference, left, &reference.left, right, &reference.right, t),
            _ => {
                let (from, from_end, to, to_end) = if reference.inline {
                    (left, &reference.left, right, &reference.right)
                } else {
                    (right, &reference.right, left, &reference.left)
                };
                if !is_unique(from, from_end) {
                    let how = "the foreign key is made; mark its column `unique` to hold each row to one";
                    t.no_equivalent(reference.span, "one-to-one reference", how);
                }
                foreign_key(reference, from, from_end, to, to_end, t);
            }
        }
    }
}

/// The tables of both ends, where they and their columns are there.
fn both<'m>(model: &'m Model, it: &Reference, t: &mut Translation) -> Option<(&'m Table, &'m Table)> {
    let mut found = Vec::new();
    for end in [&it.left, &it.right] {
        let Some(table) = model.table(&end.table) else {
            t.misread(
                it.span,
                format!("there is no table `{}`; define it, or take the reference out", end.table.join(".")),
            );
            continue;
        };
        let missing = end.columns.iter().find(|it| table.column(it).is_none());
        match missing {
            Some(name) => t.misread(it.span, format!("table `{}` has no column `{name}`", table.name.1)),
            None => found.push(table),
        }
    }
    if it.left.columns.len() != it.right.columns.len() {
        t.misread(it.span, "both ends of a reference need as many columns");
        return None;
    }
    match found.as_slice() {
        [left, right] => Some((left, right)),
        _ => None,
    }
}

/// Whether each row of the table has other values in these columns.
fn is_unique(table: &Table, end: &End) -> bool {
    let within =
        |names: &[&str]| !names.is_empty() && names.iter().all(|it| end.columns.iter().any(|e| e == it));
    let keys: Vec<&str> = table.columns().filter(|it| it.primary).map(|it| it.name.as_str()).collect();
    let of_index = |it: &super::model::Index| {
        let names: Option<Vec<&str>> = it
            .elements
            .iter()
            .map(|it| match it {
                super::model::Element::Column(it) => Some(it.as_str()),
                super::model::Element::Expression(_) => None,
            })
            .collect();
        (it.unique || it.primary) && names.is_some_and(|it| within(&it))
    };
    within(&keys)
        || table.columns().any(|it| it.unique && within(&[it.name.as_str()]))
        || table.indexes.iter().any(of_index)
}

fn names(columns: &[String]) -> String {
    columns.iter().map(|it| ident(it)).collect::<Vec<_>>().join(", ")
}

fn foreign_key(it: &Reference, from: &Table, from_end: &End, to: &Table, to_end: &End, t: &mut Translation) {
    if !is_unique(to, to_end) && is_unique(from, from_end) {
        let how =
            format!("the foreign key is made the other way, since `{}` is the one with a key", from.name.1);
        t.no_equivalent(it.span, "reference to columns without a key", how);
        return add(it, to, to_end, from, from_end, t);
    }
    add(it, from, from_end, to, to_end, t);
}

fn add(it: &Reference, from: &Table, from_end: &End, to: &Table, to_end: &End, t: &mut Translation) {
    let named = it.name.as_ref().map(|it| format!("CONSTRAINT {} ", ident(it))).unwrap_or_default();
    let mut sql = format!(
        "ALTER TABLE {} ADD {named}FOREIGN KEY ({}) REFERENCES {} ({})",
        qualified(&from.name),
        names(&from_end.columns),
        qualified(&to.name),
        names(&to_end.columns)
    );
    sql.extend(it.on_delete.as_ref().map(|it| format!(" ON DELETE {it}")));
    sql.extend(it.on_update.as_ref().map(|it| format!(" ON UPDATE {it}")));
    t.put_for(it.unit, Stage::Constraints, it.span, sql);
}

/// A table that holds the pairs: named after both tables, its columns after table and column.
fn pairs(
    model: &Model,
    it: &Reference,
    left: &Table,
    right: &Table,
    made: &mut Vec<TableName>,
    t: &mut Translation,
) {
    let base = (left.name.0.clone(), format!("{}_{}", left.name.1, right.name.1));
    let is_taken = |it: &TableName| made.contains(it) || model.tables.iter().any(|table| table.name == *it);
    let mut name = base.clone();
    let mut count = 1;
    while is_taken(&name) {
        name.1 = format!("{}({count})", base.1);
        count += 1;
    }
    made.push(name.clone());
    let mut columns: Vec<(String, String)> = Vec::new();
    for (table, end) in [(left, &it.left), (right, &it.right)] {
        for column in end.columns.iter().filter_map(|it| table.column(it)) {
            let base = format!("{}_{}", table.name.1, column.name);
            let mut name = base.clone();
            let mut count = 1;
            while columns.iter().any(|it| it.0 == name) {
                name = format!("{base}({count})");
                count += 1;
            }
            columns.push((name, referencing_type(model, column)));
        }
    }
    let written: Vec<String> = columns.iter().map(|it| format!("{} {}", ident(&it.0), it.1)).collect();
    let all: Vec<String> = columns.iter().map(|it| it.0.clone()).collect();
    let table = qualified(&name);
    let sql = format!("CREATE TABLE {table} ({}, PRIMARY KEY ({}))", written.join(", "), names(&all));
    t.put_for(it.unit, Stage::Tables, it.span, sql);
    let (ones, others) = all.split_at(it.left.columns.len().min(all.len()));
    for (columns, to, end) in [(ones, left, &it.left), (others, right, &it.right)] {
        let sql = format!(
            "ALTER TABLE {table} ADD FOREIGN KEY ({}) REFERENCES {} ({})",
            names(columns),
            qualified(&to.name),
            names(&end.columns)
        );
        t.put_for(it.unit, Stage::Constraints, it.span, sql);
    }
    t.junctions.push(name);
}

/// The type of a column that holds values of this one: a serial one holds plain numbers.
pub fn referencing_type(model: &Model, column: &Column) -> String {
    if let Some(it) = model.enumeration(&column.data_type.path) {
        return qualified(&it.name);
    }
    let name = column.data_type.path.last().map(|it| it.to_lowercase()).unwrap_or_default();
    match name.as_str() {
        "serial" | "serial4" => "integer".to_owned(),
        "bigserial" | "serial8" => "bigint".to_owned(),
        "smallserial" | "serial2" => "smallint".to_owned(),
        _ => match mapped(&name, &column.data_type.arguments) {
            Mapped::Own(it) | Mapped::Other(it) | Mapped::Extension(it, _) => it,
            Mapped::Unknown => ident(column.data_type.path.last().map_or("text", |it| it.as_str())),
        },
    }
}
