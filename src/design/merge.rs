//! Carrying an edit over to a design in which other things have changed meanwhile.

use super::member::Member;
use super::{Design, Edit, Id, Record, Replaced, Table};

impl Edit {
    /// The same change on `design` as it is now: of a record that was changed otherwise, only what this edit
    /// itself changes is replaced. Tables are carried over member by member, other records as a whole.
    #[must_use]
    pub fn rebased(&self, design: &Design) -> Self {
        let mut records = Vec::new();
        for replaced in &self.records {
            let Some(id) = replaced.id() else { continue };
            let current = design.record(id);
            let after = match (&replaced.before, &replaced.after, &current) {
                (_, None, _) => None,
                (Some(before), Some(after), Some(now)) if before != now => Some(merged(before, after, now)),
                (_, Some(after), _) => Some(after.clone()),
            };
            if current != after {
                records.push(Replaced { before: current, after });
            }
        }
        Self { records }
    }
}

/// `now` with what leads from `before` to `after`.
fn merged(before: &Record, after: &Record, now: &Record) -> Record {
    match (before, after, now) {
        (Record::Table(before), Record::Table(after), Record::Table(now)) => {
            Record::Table(merged_table(before, after, now))
        }
        _ => after.clone(),
    }
}

fn merged_table(before: &Table, after: &Table, now: &Table) -> Table {
    macro_rules! take {
        ($($field:ident)+) => {
            Table {
                id: now.id,
                columns: list(&before.columns, &after.columns, &now.columns),
                uniques: list(&before.uniques, &after.uniques, &now.uniques),
                foreign_keys: list(&before.foreign_keys, &after.foreign_keys, &now.foreign_keys),
                checks: list(&before.checks, &after.checks, &now.checks),
                exclusions: list(&before.exclusions, &after.exclusions, &now.exclusions),
                indexes: list(&before.indexes, &after.indexes, &now.indexes),
                triggers: list(&before.triggers, &after.triggers, &now.triggers),
                policies: list(&before.policies, &after.policies, &now.policies),
                $($field: if before.$field == after.$field { now.$field.clone() } else { after.$field.clone() },)+
            }
        };
    }
    take! {
        namespace name kind comment primary_key row_security unlogged partitioning partition_of inherits
        storage_parameters access_method tablespace replica_identity cluster_on seed overrides origin
    }
}

/// Members added, changed and removed between `before` and `after`, done to `now`; an added one comes after the
/// member that it follows in `after`.
fn list<T: Member>(before: &[T], after: &[T], now: &[T]) -> Vec<T> {
    let find = |list: &[T], id: Id| list.iter().find(|it| it.id() == id).cloned();
    let gone = |it: &T| find(before, it.id()).is_some() && find(after, it.id()).is_none();
    let mut result: Vec<T> = now.iter().filter(|it| !gone(it)).cloned().collect();
    for (index, member) in after.iter().enumerate() {
        match find(before, member.id()) {
            Some(old) if old == *member => {}
            _ => match result.iter_mut().find(|it| it.id() == member.id()) {
                Some(place) => *place = member.clone(),
                None => {
                    let previous = index.checked_sub(1).and_then(|it| after.get(it)).map(Member::id);
                    let at = previous.and_then(|id| result.iter().position(|it| it.id() == id));
                    let at = at.map_or(if index == 0 { 0 } else { result.len() }, |it| it + 1);
                    result.insert(at, member.clone());
                }
            },
        }
    }
    result
}
