//! Surrogate keys: an `id` for every table that has no primary key, of the type that the convention names.

use super::draft::Draft;
use super::settings::Settings;
use crate::design::naming::Derived;
use crate::design::{
    Column, ColumnId, ColumnValue, ConventionKind, Conventions, DataType, IdSource, KeyStyle, Origin,
    PrimaryKey, Table, TableId,
};
use crate::pg::Builtin;

const MADE: Origin = Origin::Convention(ConventionKind::SurrogateKey);

/// The first version with `uuidv7()` (PostgreSQL 18 release notes).
const FIRST_WITH_UUIDV7: u8 = 18;

/// Gives a table without a primary key the one that the conventions ask for, on a column `id` that comes first;
/// a column of that name that is there already becomes the key as it is.
pub fn add_key(table: &mut Table, ids: &mut IdSource, conventions: &Conventions) {
    let settings = Settings::of(table, conventions);
    add(table, ids, &settings);
}

/// The type of a table's primary key, where it has exactly one column: what a referencing column must be of.
pub fn key_type(table: &Table) -> Option<&DataType> {
    match table.primary_key.as_ref()?.columns.as_slice() {
        [column] => table.column(*column).map(|it| &it.data_type),
        _ => None,
    }
}

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let Some(table) = draft.table(id) else { return };
    match &table.primary_key {
        None if table.partition_of.is_none() && table.inherits.is_empty() => {
            let mut ids = draft.ids.clone();
            let Some(table) = draft.table_mut(id) else { return };
            add(table, &mut ids, settings);
            draft.ids = ids;
        }
        None => {}
        Some(_) => restyle(draft, id, settings),
    }
}

fn add(table: &mut Table, ids: &mut IdSource, settings: &Settings) {
    if table.primary_key.is_some() {
        return;
    }
    let column = match table.column_named("id") {
        Some(column) => column.id,
        None => {
            let (data_type, value) = style(settings);
            let column = Column { value, origin: MADE, ..Column::new(ids.take(), "id", data_type) };
            let id = column.id;
            table.columns.insert(0, column);
            id
        }
    };
    table.primary_key = Some(PrimaryKey {
        id: ids.take(),
        name: Derived::PrimaryKey.name(&table.name, [""; 0]),
        columns: vec![column],
        origin: MADE,
        ..PrimaryKey::default()
    });
}

fn style(settings: &Settings) -> (DataType, ColumnValue) {
    let uuid = |function: &str| (DataType::builtin(Builtin::Uuid), ColumnValue::Default(function.to_owned()));
    match settings.key {
        KeyStyle::UuidV7 if settings.target >= FIRST_WITH_UUIDV7 => uuid("uuidv7()"),
        KeyStyle::UuidV4 | KeyStyle::UuidV7 => uuid("gen_random_uuid()"),
        KeyStyle::Identity => {
            let identity = ColumnValue::Identity { always: true, options: Box::default() };
            (DataType::builtin(Builtin::BigInt), identity)
        }
    }
}

/// Turns a key that a convention made into the style asked for, with every column that references it.
/// A key whose values stand in seed rows stays: the rows would not fit any more.
fn restyle(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let Some(column) = draft.table(id).and_then(made_key) else { return };
    let seeded =
        |table: &Table, column: ColumnId| table.seed.as_ref().is_some_and(|it| it.columns.contains(&column));
    let (data_type, value) = style(settings);
    let followers = followers(draft, id, column);
    let is_seeded =
        |(table, column): &(TableId, ColumnId)| draft.table(*table).is_some_and(|it| seeded(it, *column));
    if followers.iter().any(is_seeded) {
        return;
    }
    for (table, follower) in followers {
        let is_key = (table, follower) == (id, column);
        let Some(table) = draft.table(table) else { continue };
        let Some(current) = table.column(follower) else { continue };
        if current.data_type == data_type && (!is_key || current.value == value) {
            continue;
        }
        let table = table.id;
        let Some(column) =
            draft.table_mut(table).and_then(|it| it.columns.iter_mut().find(|it| it.id == follower))
        else {
            continue;
        };
        column.data_type.clone_from(&data_type);
        if is_key {
            column.value = value.clone();
        }
    }
}

/// The column of a key that is still as a convention made it.
fn made_key(table: &Table) -> Option<ColumnId> {
    let key = table.primary_key.as_ref()?;
    match key.columns.as_slice() {
        [id] if table.column(*id).is_some_and(|it| it.origin == MADE) => Some(*id),
        _ => None,
    }
}

/// The column itself and all that reference it, directly or through others.
fn followers(draft: &Draft<'_>, table: TableId, column: ColumnId) -> Vec<(TableId, ColumnId)> {
    let mut found = vec![(table, column)];
    let mut next = 0;
    while let Some((table, column)) = found.get(next).copied() {
        next += 1;
        for user in draft.users_of(table) {
            let Some(user) = draft.table(TableId(user.0)) else { continue };
            for fk in user.foreign_keys.iter().filter(|it| it.references == table) {
                for (from, to) in fk.columns.iter().zip(&fk.ref_columns) {
                    if *to == column && !found.contains(&(user.id, *from)) {
                        found.push((user.id, *from));
                    }
                }
            }
        }
    }
    found
}
