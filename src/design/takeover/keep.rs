//! What stays of a record when another design has its own idea of it: where things came from, and what only this one holds.

use crate::design::member::Member;
use crate::design::{Id, PrimaryKey, Record, Table};

/// `new` with what `old` says besides the schema, and with the parts that only `old` has.
pub fn united(old: &Record, new: &Record) -> Record {
    kept_record(old, new, true)
}

/// `new` with what `old` says besides the schema; what only `old` has is gone, but for rows whose columns are there.
pub fn settled(old: &Record, new: &Record) -> Record {
    kept_record(old, new, false)
}

fn kept_record(old: &Record, new: &Record, whole: bool) -> Record {
    macro_rules! same_but_for_origin {
        ($($kind:ident)+) => {
            match (old, new) {
                (Record::Table(old), Record::Table(new)) => Record::Table(united_table(old, new, whole)),
                $((Record::$kind(old), Record::$kind(new)) => {
                    let mut told = new.clone();
                    if whole && told.comment.is_none() {
                        told.comment.clone_from(&old.comment);
                    }
                    let origin = std::mem::replace(&mut told.origin, old.origin.clone());
                    if told != *old {
                        told.origin = origin;
                    }
                    Record::$kind(told)
                })+
                _ => new.clone(),
            }
        };
    }
    same_but_for_origin! { Namespace EnumType Domain CompositeType RangeType Sequence View Function Extension }
}

/// With `whole`, the parts that only `old` has stay.
fn united_table(old: &Table, new: &Table, whole: bool) -> Table {
    let one = |old: &Option<PrimaryKey>, new: &Option<PrimaryKey>| match (old, new) {
        (Some(old), Some(new)) => Some(kept(old, new)),
        (Some(old), None) if whole => Some(old.clone()),
        (_, new) => new.clone(),
    };
    let mut table = Table {
        kind: old.kind,
        overrides: old.overrides.clone(),
        comment: if whole {
            new.comment.clone().or_else(|| old.comment.clone())
        } else {
            new.comment.clone()
        },
        seed: new.seed.clone().or_else(|| {
            old.seed.clone().filter(|it| whole || it.columns.iter().all(|it| new.column(*it).is_some()))
        }),
        primary_key: one(&old.primary_key, &new.primary_key),
        columns: list(&old.columns, &new.columns, whole),
        uniques: list(&old.uniques, &new.uniques, whole),
        foreign_keys: list(&old.foreign_keys, &new.foreign_keys, whole),
        checks: list(&old.checks, &new.checks, whole),
        exclusions: list(&old.exclusions, &new.exclusions, whole),
        indexes: list(&old.indexes, &new.indexes, whole),
        triggers: list(&old.triggers, &new.triggers, whole),
        policies: list(&old.policies, &new.policies, whole),
        ..new.clone()
    };
    table.origin = old.origin.clone();
    table
}

/// `new`, as of `old`'s origin where nothing else differs.
fn kept<T: Member>(old: &T, new: &T) -> T {
    let told = new.clone().with_origin_of(old);
    if told == *old { told } else { new.clone() }
}

/// In the new order; with `whole`, what only `old` has stands after what it stood after.
fn list<T: Member>(old: &[T], new: &[T], whole: bool) -> Vec<T> {
    let find = |list: &[T], id: Id| list.iter().position(|it| it.id() == id);
    let mut all: Vec<T> = new
        .iter()
        .map(|it| {
            find(old, it.id()).and_then(|at| old.get(at)).map_or_else(|| it.clone(), |old| kept(old, it))
        })
        .collect();
    if !whole {
        return all;
    }
    let mut previous: Option<Id> = None;
    for it in old {
        if find(&all, it.id()).is_none() {
            let at = previous.and_then(|id| find(&all, id)).map_or(0, |at| at + 1);
            all.insert(at, it.clone());
        }
        previous = Some(it.id());
    }
    all
}
