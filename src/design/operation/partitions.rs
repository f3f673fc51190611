//! What an edit does to the columns of a partitioned table, done to its partitions as well, as PostgreSQL does.

use super::super::{Column, Design, Edit, IdSource, Record, Replaced, Table};

/// The edit with the partitions of every table that it changes.
pub fn followed(design: &Design, mut edit: Edit) -> Edit {
    let own = edit.records.iter().filter_map(|it| it.after.as_ref()).flat_map(Record::all_ids);
    let next = own.map(|it| it.0 + 1).max().unwrap_or_default().max(design.ids().peek());
    let mut ids = IdSource::starting_at(next);
    let mut at = 0;
    // Partitions may be partitioned: what is put at the end is looked at as well.
    while let Some(replaced) = edit.records.get(at).cloned() {
        at += 1;
        let (Some(Record::Table(before)), Some(Record::Table(after))) = (replaced.before, replaced.after)
        else {
            continue;
        };
        if before.columns == after.columns {
            continue;
        }
        let is_of = |it: &&Table| it.partition_of.as_ref().is_some_and(|it| it.table == after.id);
        for partition in design.tables().filter(is_of) {
            // What the edit does to the partition itself stands.
            let is_told = |it: &Replaced| it.id() == Some(partition.id.into());
            let told = edit.records.iter().position(is_told);
            let mut changed = match told.and_then(|at| edit.records.get(at)).map(|it| it.after.as_ref()) {
                None => partition.clone(),
                Some(Some(Record::Table(it))) => it.clone(),
                Some(_) => continue,
            };
            let was = changed.clone();
            for column in &after.columns {
                follow(&mut changed, before.column(column.id), column, &mut ids);
            }
            if changed == was {
                continue;
            }
            match told.and_then(|at| edit.records.get_mut(at)) {
                Some(it) => it.after = Some(Record::Table(changed)),
                None => edit = edit.put(design, changed),
            }
        }
    }
    edit
}

fn follow(partition: &mut Table, old: Option<&Column>, new: &Column, ids: &mut IdSource) {
    match old {
        None if partition.column_named(&new.name).is_none() => {
            let inherited = partition.columns.iter().any(|it| it.inherited);
            partition.columns.push(Column { id: ids.take(), inherited, not_null: None, ..new.clone() });
        }
        Some(old) if old != new => {
            for it in partition.columns.iter_mut().filter(|it| it.name == old.name) {
                if old.data_type != new.data_type {
                    it.data_type = new.data_type.clone();
                }
                if old.nullable != new.nullable {
                    it.nullable = new.nullable;
                }
                if old.value != new.value {
                    it.value = new.value.clone();
                }
            }
        }
        _ => {}
    }
}
