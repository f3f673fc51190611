//! Columns that go to a table that is there, their values by the reference between the two.

use super::act::table_of;
use super::relate::reference_of;
use super::removal::remove_column;
use super::{ASKED, Asking, NotDone, carried};
use crate::design::naming::Derived;
use crate::design::{Check, Column, ColumnId, Edit, ForeignKey, Index, Scope, Table, TableId};
use crate::sql::mentions;

/// `move loyalty points of orders to customers`
pub fn move_columns(
    asking: &mut Asking,
    from: &Table,
    columns: &[ColumnId],
    into: TableId,
) -> Result<(), NotDone> {
    let into = table_of(asking, into)?.clone();
    if into.id == from.id {
        return Err(NotDone::AlreadySo { what: format!("they are columns of `{}`", into.name) });
    }
    let taken =
        columns.iter().filter_map(|it| from.column(*it)).find(|it| into.column_named(&it.name).is_some());
    if let Some(taken) = taken {
        return Err(NotDone::Taken { name: format!("{}.{}", into.name, taken.name) });
    }
    let (there, here) = between(from, &into).ok_or_else(|| NotDone::Impossible {
        why: format!(
            "no one reference leads between `{}` and `{}`, so that nothing tells which row gets which value",
            from.name, into.name
        ),
    })?;
    if columns.contains(&here) {
        return Err(NotDone::Impossible { why: format!("by it `{}` is found", into.name) });
    }
    // Each row there has one here, and so has its value.
    let has_one = into.foreign_keys.iter().any(|it| it.columns == [there]) && !into.is_nullable(there);
    let (pairs, edit) = bring(asking, from, &into, columns, has_one);
    let first = asking.parts.len();
    let names = from.column_names(columns).collect::<Vec<_>>().join(", ");
    asking.part(format!("Add {names} to {}", into.name), ASKED, edit)?;
    for pair in pairs {
        let after = table_of(asking, into.id)?;
        let rows = carried::followed(asking, (from, pair.0), (after, pair.1), (there, here));
        asking.carry(first, rows);
    }
    columns.iter().try_for_each(|it| remove_column(asking, from.id, *it))
}

/// The columns by which the rows of two tables find each other, that of `into` first.
pub fn between(from: &Table, into: &Table) -> Option<(ColumnId, ColumnId)> {
    let key = |table: &Table, of: &Table, column: ColumnId| {
        let fk = table.foreign_keys.iter().find(|it| it.columns == [column] && it.references == of.id)?;
        fk.ref_columns.first().copied().filter(|_| fk.ref_columns.len() == 1)
    };
    let (there, here) = (reference_of(from, into), reference_of(into, from));
    match (there, here) {
        (Some(own), None) => Some((key(from, into, own)?, own)),
        (None, Some(own)) => Some((own, key(into, from, own)?)),
        (None, None) | (Some(_), Some(_)) => None,
    }
}

/// Columns of one table as columns of another, with their references, indexes and checks; gives which became which.
pub fn bring(
    asking: &Asking,
    from: &Table,
    into: &Table,
    columns: &[ColumnId],
    keeps_required: bool,
) -> (Vec<(ColumnId, ColumnId)>, Edit) {
    let mut ids = asking.after.ids();
    let mut after = into.clone();
    let mut pairs: Vec<(ColumnId, ColumnId)> = Vec::new();
    for column in columns.iter().filter_map(|it| from.column(*it)) {
        let id: ColumnId = ids.take();
        pairs.push((column.id, id));
        let end = before_scaffold(&after);
        let nullable = column.nullable || !keeps_required;
        after.columns.insert(end, Column { id, nullable, not_null: None, ..column.clone() });
    }
    let all = |of: &[ColumnId]| -> Option<Vec<ColumnId>> {
        of.iter().map(|it| pairs.iter().find(|pair| pair.0 == *it).map(|it| it.1)).collect()
    };
    let taken = |it: &str| asking.after.named(Scope::Relation(into.namespace), it).next().is_some();
    for fk in from.foreign_keys.iter().filter(|it| it.references != into.id && it.references != from.id) {
        let Some(columns) = all(&fk.columns) else { continue };
        let name = Derived::ForeignKey.name(&into.name, from.column_names(&fk.columns));
        let index = Derived::Index.free_name(&into.name, from.column_names(&fk.columns), taken);
        after.indexes.push(Index::over(ids.take(), index, &columns));
        after.foreign_keys.push(ForeignKey { id: ids.take(), name, columns, ..fk.clone() });
    }
    for check in &from.checks {
        let said: Vec<String> = mentions(&check.expression).iter().map(|it| it.last().name.clone()).collect();
        let of_from: Vec<ColumnId> =
            from.columns.iter().filter(|it| said.contains(&it.name)).map(|it| it.id).collect();
        if !of_from.is_empty() && all(&of_from).is_some() {
            let name = Derived::Check.name(&into.name, from.column_names(&of_from));
            after.checks.push(Check { id: ids.take(), name, ..check.clone() });
        }
    }
    let edit = if after == *into { Edit::default() } else { Edit::default().put(&asking.after, after) };
    (pairs, edit)
}

/// The place among a table's columns before what conventions put at its end.
fn before_scaffold(table: &Table) -> usize {
    use crate::design::{ConventionKind, Origin};
    let of_convention =
        |it: &Origin| matches!(it, Origin::Convention(kind) if *kind != ConventionKind::SurrogateKey);
    table.columns.iter().rposition(|it| !of_convention(&it.origin)).map_or(0, |it| it + 1)
}
