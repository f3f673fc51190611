//! `NOT NULL`, which PostgreSQL keeps as a constraint with a name since version 18.

use crate::design::{ColumnId, Enforcement, NotNull, TableId};
use crate::read::DiagnosticKind;

use super::builder::Builder;
use super::constraint::Options;
use super::{column, naming};

/// Reads `NOT NULL` of a table's column, in the tables below as well. One that is there already keeps its name.
pub fn add(
    b: &mut Builder,
    table: TableId,
    column: &str,
    name: Option<String>,
    options: Options,
) -> Result<(), DiagnosticKind> {
    let id = b.column(table, column)?;
    let below = if options.no_inherit { Vec::new() } else { b.with_heirs(table) };
    let there: Vec<_> = below.iter().map(|it| (*it, names(b, *it))).collect();
    set(b, table, id, name, options);
    let given = names(b, table).into_iter().find(|it| it.0 == id).map(|it| it.1);
    for heir in below.into_iter().filter(|it| *it != table) {
        let Ok(id) = b.column(heir, column) else { continue };
        if b.tables.get(&heir).is_some_and(|it| it.is_nullable(id)) {
            set(b, heir, id, given.clone(), options);
        }
    }
    for (heir, names) in there.into_iter().filter(|it| it.0 != table) {
        keep(b, heir, names);
    }
    Ok(())
}

/// Forbids nulls, and notes what the constraint says beyond that. The name that PostgreSQL would give goes without saying.
pub fn set(b: &mut Builder, table: TableId, id: ColumnId, name: Option<String>, options: Options) {
    let Some(owner) = b.tables.get(&table) else { return };
    let Some(called) = owner.column(id).map(|it| it.name.clone()) else { return };
    let name = name.unwrap_or_else(|| naming::object_name(&owner.name, Some(&called), "not_null"));
    let not_valid = options.enforcement != Enforcement::Valid;
    column::set(b, table, id, |it| {
        it.nullable = false;
        let comment = it.not_null.take().and_then(|it| it.comment);
        let not_null = NotNull { name: None, no_inherit: options.no_inherit, not_valid, comment };
        it.not_null = (not_null != NotNull::default()).then(|| Box::new(not_null));
    });
    keep(b, table, vec![(id, name)]);
}

/// The names of a table's constraints, each with its column.
pub fn names(b: &Builder, table: TableId) -> Vec<(ColumnId, String)> {
    let Some(owner) = b.tables.get(&table) else { return Vec::new() };
    let columns = owner.columns.iter().filter(|it| !owner.is_nullable(it.id));
    columns
        .map(|it| (it.id, owner.not_null_name(it, |id| b.tables.get(&id).map(|it| &**it)).into_owned()))
        .collect()
}

/// Gives the constraints of a table these names, whatever it and its columns are called now and whatever it is a part of.
pub fn keep(b: &mut Builder, table: TableId, names: Vec<(ColumnId, String)>) {
    for (id, name) in names {
        column::set(b, table, id, |it| {
            if let Some(not_null) = &mut it.not_null {
                not_null.name = None;
            }
        });
        let derived = b.tables.get(&table).and_then(|owner| {
            Some(owner.not_null_name(owner.column(id)?, |id| b.tables.get(&id).map(|it| &**it)).into_owned())
        });
        column::set(b, table, id, |it| {
            if derived.as_ref() != Some(&name) {
                it.not_null.get_or_insert_default().name = Some(name);
            }
            it.not_null.take_if(|it| **it == NotNull::default());
        });
    }
}

/// The columns of a table and of those below it whose constraint has this name.
pub fn named(b: &Builder, table: TableId, name: &str) -> Vec<(TableId, ColumnId)> {
    let own = names(b, table);
    let Some((column, _)) = own.into_iter().find(|it| it.1 == name) else { return Vec::new() };
    let called = b.tables.get(&table).and_then(|it| it.column(column)).map(|it| it.name.clone());
    let below = b.with_heirs(table).into_iter().filter(|it| *it != table);
    let below: Vec<_> = below.filter_map(|id| Some((id, b.column(id, called.as_deref()?).ok()?))).collect();
    [(table, column)].into_iter().chain(below).collect()
}

/// `DROP CONSTRAINT` of one: nulls are allowed again. Whether there is one of this name.
pub fn drop(b: &mut Builder, table: TableId, name: &str) -> bool {
    let found = named(b, table, name);
    for (table, id) in &found {
        column::set(b, *table, *id, |it| {
            it.nullable = true;
            it.not_null = None;
        });
    }
    !found.is_empty()
}

/// `RENAME CONSTRAINT` of one. Whether there is one of this name.
pub fn rename(b: &mut Builder, table: TableId, old: &str, new: &str) -> bool {
    let found = named(b, table, old);
    for (table, id) in found.iter().rev() {
        keep(b, *table, vec![(*id, new.to_owned())]);
    }
    // What is below follows what is above where both have the name.
    for (table, id) in &found {
        keep(b, *table, vec![(*id, new.to_owned())]);
    }
    !found.is_empty()
}

/// `VALIDATE CONSTRAINT` of one.
pub fn validate(b: &mut Builder, table: TableId, name: &str) {
    for (table, id) in named(b, table, name) {
        valid(b, table, id);
    }
}

/// Notes that a column has no nulls, which `SET NOT NULL` finds out as well.
pub fn valid(b: &mut Builder, table: TableId, id: ColumnId) {
    column::set(b, table, id, |it| {
        if let Some(not_null) = &mut it.not_null {
            not_null.not_valid = false;
        }
        it.not_null.take_if(|it| **it == NotNull::default());
    });
}

/// `ALTER CONSTRAINT … INHERIT` and `NO INHERIT` of one. Whether there is one of this name.
pub fn inherit(b: &mut Builder, table: TableId, name: &str, no_inherit: bool) -> bool {
    let found = named(b, table, name);
    let Some((_, id)) = found.first().copied() else { return false };
    column::set(b, table, id, |it| {
        it.not_null.get_or_insert_default().no_inherit = no_inherit;
        it.not_null.take_if(|it| **it == NotNull::default());
    });
    for (below, id) in found.into_iter().skip(1).filter(|_| !no_inherit) {
        let has_one = b.tables.get(&below).is_some_and(|it| !it.is_nullable(id));
        if !has_one {
            set(b, below, id, Some(name.to_owned()), Options::default());
        }
    }
    true
}
