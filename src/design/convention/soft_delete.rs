//! Deletion by mark: `deleted_at`, and indexes and uniqueness over live rows alone.

use crate::base::Gather as _;
use std::collections::BTreeSet;

use super::column::{comment_of, insert_scaffold, take_back};
use super::draft::Draft;
use super::settings::Settings;
use crate::design::{
    Column, ColumnId, ConstraintId, ConventionKind, DataType, Deferral, Index, IndexId, Narrowed, Origin,
    ReplicaIdentity, Table, TableId, Unique,
};
use crate::pg::Builtin;

const MADE: Origin = Origin::Convention(ConventionKind::SoftDelete);
const COLUMN: &str = "deleted_at";
const LIVE: &str = "deleted_at IS NULL";

/// Whether an index is one of live rows by this convention.
pub fn is_of_live_rows(index: &Index) -> bool {
    index.narrowed.is_some()
}

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    if settings.soft_delete { add(draft, id, settings) } else { remove(draft, id) }
}

/// Narrows what conventions have added since soft deletion came.
pub fn narrow_made(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let made = |it: &Table| it.columns.iter().any(|it| it.name == COLUMN && it.origin == MADE);
    if settings.soft_delete && draft.table(id).is_some_and(made) {
        narrow(draft, id, |origin| matches!(origin, Origin::Convention(_)));
    }
}

fn add(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let Some(table) = draft.table(id) else { return };
    if table.column_named(COLUMN).is_some() {
        // Only what is not a person's: what they have widened again stays wide.
        narrow(draft, id, |origin| *origin != Origin::Hand);
        return;
    }
    let column = Column {
        nullable: true,
        comment: comment_of(COLUMN).filter(|_| settings.comments).map(str::to_owned),
        origin: MADE,
        ..Column::new(draft.ids.take(), COLUMN, DataType::builtin(Builtin::TimestampTz))
    };
    if let Some(table) = draft.table_mut(id) {
        insert_scaffold(table, column);
    }
    narrow(draft, id, |_| true);
}

/// Gives unique constraints and indexes, and the ordinary indexes that conventions made, the predicate of live rows.
/// A unique constraint that a foreign key references, that is deferred or that the table is identified by must stay.
fn narrow(draft: &mut Draft<'_>, id: TableId, wanted: impl Fn(&Origin) -> bool) {
    let Some(table) = draft.table(id) else { return };
    let referenced = referenced_keys(draft, id);
    let is_referenced =
        |columns: &[ColumnId]| referenced.contains(&columns.iter().copied().gather::<BTreeSet<_>>());
    let mut next = table.clone();
    for index in &mut next.indexes {
        let of_convention = matches!(index.origin, Origin::Convention(_));
        let is_key = index.unique && index.plain_columns().is_some_and(|it| is_referenced(&it));
        let identifies = table.replica_identity == ReplicaIdentity::Index(index.id);
        let fits = index.predicate.is_none() && index.attached_to.is_none() && !is_key && !identifies;
        if fits && (index.unique || of_convention && index.method == "btree") && wanted(&index.origin) {
            index.predicate = Some(LIVE.to_owned());
            index.narrowed = Some(Narrowed::Predicate);
        }
    }
    let stays = |it: &Unique| {
        it.without_overlaps
            || it.deferral != Deferral::NotDeferrable
            || is_referenced(&it.columns)
            || table.replica_identity == ReplicaIdentity::Constraint(it.id)
            || table.cluster_on.as_ref() == Some(&it.name)
            || !wanted(&it.origin)
    };
    let (kept, narrowed): (Vec<_>, Vec<_>) = next.uniques.into_iter().partition(stays);
    next.uniques = kept;
    next.indexes.extend(narrowed.into_iter().map(index_of));
    if next != *table {
        draft.put(next);
    }
}

/// The sets of columns that foreign keys reference, which must be unique over all rows.
fn referenced_keys(draft: &Draft<'_>, id: TableId) -> BTreeSet<BTreeSet<ColumnId>> {
    let users = draft.users_of(id).into_iter().filter_map(|it| draft.table(TableId(it.0)));
    let fks = users.flat_map(|it| &it.foreign_keys).filter(|it| it.references == id);
    fks.map(|it| it.ref_columns.iter().copied().gather()).gather()
}

fn index_of(unique: Unique) -> Index {
    Index {
        unique: true,
        include: unique.include,
        nulls_not_distinct: unique.nulls_not_distinct,
        predicate: Some(LIVE.to_owned()),
        storage_parameters: unique.storage_parameters,
        comment: unique.comment,
        narrowed: Some(Narrowed::Constraint),
        origin: unique.origin,
        ..Index::over(IndexId(unique.id.0), unique.name, &unique.columns)
    }
}

/// The constraint that an index stands for; nothing where it is not over columns any more.
fn unique_of(index: &Index) -> Option<Unique> {
    Some(Unique {
        id: ConstraintId(index.id.0),
        name: index.name.clone(),
        columns: index.plain_columns()?,
        nulls_not_distinct: index.nulls_not_distinct,
        include: index.include.clone(),
        storage_parameters: index.storage_parameters.clone(),
        comment: index.comment.clone(),
        origin: index.origin.clone(),
        ..Unique::default()
    })
}

fn remove(draft: &mut Draft<'_>, id: TableId) {
    let Some(table) = draft.table(id) else { return };
    let mut next = table.clone();
    for index in std::mem::take(&mut next.indexes) {
        match (index.narrowed, unique_of(&index)) {
            (Some(Narrowed::Constraint), Some(unique)) => {
                // Constraints stand in the order in which they came; so this one finds its place again.
                let at = next.uniques.iter().position(|it| it.id > unique.id).unwrap_or(next.uniques.len());
                next.uniques.insert(at, unique);
            }
            (Some(_), _) => next.indexes.push(Index { predicate: None, narrowed: None, ..index }),
            (None, _) => next.indexes.push(index),
        }
    }
    if next != *table {
        draft.put(next);
    }
    take_back(draft, id, COLUMN, ConventionKind::SoftDelete);
}
