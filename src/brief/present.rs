//! What an edited brief tells anew and a design has already: by hand, or because it was taken over before.

use std::collections::BTreeSet;

use crate::base::Gather as _;
use crate::design::{BaseType, Check, ColumnId, Design, Record, Table, TableId};

/// `after` without what it adds to `before` and `design` has by the same name, so that it is not added twice.
pub(super) fn without_present(design: &Design, before: &Design, after: Design) -> Design {
    let is_new = |name: &str| before.table_named(None, name).is_none();
    let gone: BTreeSet<TableId> = after
        .tables()
        .filter(|it| is_new(&it.name) && design.table_named(None, &it.name).is_some())
        .map(|it| it.id)
        .gather();
    let mut records: Vec<Record> = Vec::new();
    for record in after.records() {
        match record {
            Record::Table(it) if gone.contains(&it.id) => {}
            Record::Table(mut it) => {
                let (ours, old) = (design.table_named(None, &it.name), before.table_named(None, &it.name));
                if let (Some(ours), Some(old)) = (ours, old) {
                    strip(&mut it, ours, old);
                }
                it.foreign_keys.retain(|fk| !gone.contains(&fk.references));
                records.push(Record::Table(it));
            }
            other => records.push(other),
        }
    }
    let used: BTreeSet<BaseType> = records
        .iter()
        .filter_map(|it| if let Record::Table(it) = it { Some(&it.columns) } else { None })
        .flatten()
        .map(|it| it.data_type.base.clone())
        .gather();
    records.retain(|it| match it {
        Record::EnumType(it) => {
            let has = |of: &Design| of.enums().any(|other| other.name == it.name);
            used.contains(&BaseType::Enum(it.id)) || has(before) || !has(design)
        }
        _ => true,
    });
    Design::assemble(records).unwrap_or(after)
}

/// Takes out the columns that are new and there already, with what is said of them.
fn strip(told: &mut Table, ours: &Table, old: &Table) {
    let is_present = |name: &str| old.column_named(name).is_none() && ours.column_named(name).is_some();
    let (names, ids): (Vec<String>, Vec<ColumnId>) =
        told.columns.iter().filter(|it| is_present(&it.name)).map(|it| (it.name.clone(), it.id)).unzip();
    if ids.is_empty() {
        return;
    }
    let is_of = |columns: &[ColumnId]| columns.iter().any(|it| ids.contains(it));
    let mentions = |it: &Check| {
        let mut words = it.expression.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
        words.any(|word| names.iter().any(|name| name == word))
    };
    told.columns.retain(|it| !ids.contains(&it.id));
    told.foreign_keys.retain(|it| !is_of(&it.columns));
    told.uniques.retain(|it| !is_of(&it.columns));
    told.indexes.retain(|it| !it.plain_columns().is_some_and(|it| is_of(&it)));
    told.checks.retain(|it| !mentions(it));
}
