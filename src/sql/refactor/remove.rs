//! Removing tables and columns with what cannot be without them.

use crate::base::Gather as _;
use std::collections::BTreeSet;

use super::rename::{at_foreign_column, at_own_column};
use super::sharing;
use crate::design::{
    Column, ColumnId, ColumnValue, Design, Edit, Function, FunctionBody, Id, Index, IndexElement, IndexKey,
    IndexParent, Record, ReplicaIdentity, Table, TableId, TriggerFunction,
};
use crate::sql::needs::Names;
use crate::sql::{Role, mentions};

/// Removes a table with all that cannot be without it: foreign keys that reference it (their columns stay), views and
/// functions that must have it, its partitions and heirs, sequences that it owns, its placement.
pub fn remove_table(design: &Design, id: TableId) -> Edit {
    remove_tables(design, &BTreeSet::from([id]))
}

/// Removes several tables at once, each as [`remove_table`] does.
pub fn remove_tables(design: &Design, tables: &BTreeSet<TableId>) -> Edit {
    let names = Names::of(design);
    let gone = closure(design, &names, tables.iter().map(|it| Id::from(*it)).collect());
    without(design, &names, &gone, Edit::default())
}

/// Removes a column with what names it: keys, indexes, checks, foreign keys of both sides, policies and triggers, views
/// and functions that must have it, the same column of all partitions and heirs that share it. A table that it divides
/// into partitions is no longer partitioned.
pub fn remove_column(design: &Design, table: TableId, column: ColumnId) -> Edit {
    let Some(old) = design.table(table) else { return Edit::default() };
    let Some(name) = old.column(column).map(|it| it.name.clone()) else { return Edit::default() };
    let names = Names::of(design);
    let family = sharing(design, table, &name);
    let divides = |table: &Table| {
        table.partitioning.iter().flat_map(|it| &it.keys).any(|it| names_column(it, table, &name))
    };
    let mut gone = BTreeSet::new();
    for whole in family.iter().filter(|it| divides(it)) {
        let parts =
            design.tables().filter(|it| it.partition_of.as_ref().is_some_and(|it| it.table == whole.id));
        gone.extend(parts.map(|it| Id::from(it.id)));
    }
    for sequence in design.sequences() {
        let is_owner = |it: (TableId, ColumnId)| {
            family
                .iter()
                .any(|table| table.id == it.0 && table.column(it.1).is_some_and(|it| it.name == name))
        };
        if sequence.owned_by.is_some_and(is_owner) {
            gone.insert(sequence.id.into());
        }
    }
    gone.extend(
        design.views().filter(|it| reads_column(&it.query, &family, &name)).map(|it| Id::from(it.id)),
    );
    let must_have = |it: &&Function| must_exist(it).is_some_and(|text| reads_column(text, &family, &name));
    gone.extend(design.functions().filter(must_have).map(|it| Id::from(it.id)));
    let gone = closure(design, &names, gone);

    let mut after = design.clone();
    let mut edit = Edit::default();
    let columns: BTreeSet<ColumnId> =
        family.iter().filter_map(|it| it.column_named(&name)).map(|it| it.id).gather();
    for old in design.tables().filter(|it| !gone.contains(&Id::from(it.id))) {
        let mut new = old.clone();
        new.foreign_keys.retain(|fk| !fk.ref_columns.iter().any(|it| columns.contains(it)));
        if let Some(column) = family.iter().find(|it| it.id == old.id).and_then(|it| it.column_named(&name)) {
            strip_column(&mut new, column);
            if divides(old) {
                new.partitioning = None;
            }
        }
        if new != *old {
            edit = edit.put(design, new);
        }
    }
    // What is left to take along is asked of the design without the column.
    if after.apply(&edit).is_err() {
        after = design.clone();
    }
    edit.then(without(&after, &names, &gone, Edit::default()))
}

/// What has to go with `gone`.
fn closure(design: &Design, names: &Names<'_>, mut gone: BTreeSet<Id>) -> BTreeSet<Id> {
    let mut open: Vec<Id> = gone.iter().copied().collect();
    // What must exist before each view and function, by their texts.
    let views = design.views().map(|it| (Id::from(it.id), names.read(&it.query)));
    let functions = design.functions().map(|it| (Id::from(it.id), function_needs(names, it)));
    let by_text: Vec<(Id, Vec<Id>)> = views.chain(functions).collect();
    while let Some(next) = open.pop() {
        let users = design.users_of(next).filter(|it| match design.record(*it) {
            Some(Record::Table(table)) => falls_with(&table, next),
            Some(Record::Area(_) | Record::AccessPattern(_)) | None => false,
            Some(_) => true,
        });
        let readers = by_text.iter().filter(|it| it.1.contains(&next)).map(|it| it.0);
        let more: Vec<Id> = users.chain(readers).collect();
        open.extend(more.into_iter().filter(|it| gone.insert(*it)));
    }
    gone
}

/// What a function cannot be created without. A procedural body looks its tables up only when it runs.
fn function_needs(names: &Names<'_>, function: &Function) -> Vec<Id> {
    let mut found: Vec<Id> = function.reads.clone();
    for text in function.arguments.iter().map(|it| &it.data_type).chain(&function.returns) {
        found.extend(names.types(text));
    }
    match (&function.body, must_exist(function)) {
        (_, Some(text)) => found.extend(names.read(text)),
        (FunctionBody::Text(text), None) => found.extend(names.row_types(text)),
        (FunctionBody::Sql(_) | FunctionBody::Library { .. }, None) => {}
    }
    found
}

/// The body whose names must exist when the function is created.
fn must_exist(function: &Function) -> Option<&str> {
    match &function.body {
        FunctionBody::Sql(text) => Some(text),
        FunctionBody::Text(text) => (function.language == "sql").then_some(text),
        FunctionBody::Library { .. } => None,
    }
}

/// Whether a table is nothing without the one that goes: a partition of it, or an heir.
fn falls_with(table: &Table, gone: Id) -> bool {
    let above = table.partition_of.iter().map(|it| it.table).chain(table.inherits.iter().copied());
    above.into_iter().any(|it| Id::from(it) == gone)
}

/// The edit that removes `gone`, after all that stays has let go of it.
fn without(design: &Design, names: &Names<'_>, gone: &BTreeSet<Id>, mut edit: Edit) -> Edit {
    for table in design.tables().filter(|it| !gone.contains(&Id::from(it.id))) {
        let new = let_go(table, names, gone);
        if new != *table {
            edit = edit.put(design, new);
        }
    }
    for area in design.areas() {
        let mut new = area.clone();
        new.tables.retain(|it| !gone.contains(&Id::from(*it)));
        edit = edit.put(design, new);
    }
    gone.iter().fold(edit, |edit, id| edit.remove(design, *id))
}

/// A table without what refers to, calls or reads something that goes.
fn let_go(table: &Table, names: &Names<'_>, gone: &BTreeSet<Id>) -> Table {
    let mut new = table.clone();
    let calls = |text: &str| names.called(text).iter().any(|it| gone.contains(it));
    let reads = |text: &str| names.read(text).iter().any(|it| gone.contains(it));
    // A column that holds rows of what goes.
    for column in table.columns.iter().filter(|it| it.data_type.uses().is_some_and(|it| gone.contains(&it))) {
        strip_column(&mut new, column);
    }
    new.foreign_keys.retain(|it| !gone.contains(&Id::from(it.references)));
    new.triggers.retain(|it| match it.function {
        TriggerFunction::Function(id) => !gone.contains(&Id::from(id)),
        TriggerFunction::Other(_) => true,
    });
    new.policies.retain(|it| !it.using.iter().chain(&it.with_check).any(|it| reads(it)));
    new.checks.retain(|it| !calls(&it.expression));
    for column in &mut new.columns {
        match &column.value {
            ColumnValue::Default(text) | ColumnValue::Generated { expression: text, .. }
                if calls(text) || takes_from(text, names, gone) =>
            {
                column.value = ColumnValue::Given;
            }
            _ => {}
        }
    }
    retain_indexes(&mut new, |index| {
        let expressions = index.elements.iter().filter_map(expression_of);
        !expressions.chain(index.predicate.as_deref()).any(calls)
    });
    new
}

/// Whether a default takes its value from a sequence that goes.
fn takes_from(text: &str, names: &Names<'_>, gone: &BTreeSet<Id>) -> bool {
    mentions(text).iter().any(|it| it.in_text && names.sequences(it).iter().any(|it| gone.contains(it)))
}

fn expression_of(element: &IndexElement) -> Option<&str> {
    match &element.key {
        IndexKey::Column(_) => None,
        IndexKey::Expression(text) => Some(text),
    }
}

/// Takes a column out of its table, with every part of the table that names it.
pub fn strip_column(table: &mut Table, column: &Column) {
    let id = column.id;
    let whole = table.clone();
    let names_it = |text: &str| names_column(text, &whole, &column.name);
    let has = |columns: &[ColumnId]| columns.contains(&id);
    let element = |it: &IndexElement| match &it.key {
        IndexKey::Column(key) => *key == id,
        IndexKey::Expression(text) => names_it(text),
    };
    table.columns.retain(|it| it.id != id);
    for it in &mut table.columns {
        if matches!(&it.value, ColumnValue::Generated { expression, .. } if names_it(expression)) {
            it.value = ColumnValue::Given;
        }
    }
    if let Some(key) = &mut table.primary_key {
        key.include.retain(|it| *it != id);
    }
    table.primary_key = table.primary_key.take().filter(|it| !has(&it.columns));
    table.uniques.iter_mut().for_each(|it| it.include.retain(|it| *it != id));
    table.uniques.retain(|it| !has(&it.columns));
    table.foreign_keys.retain(|it| !has(&it.columns));
    table.checks.retain(|it| !names_it(&it.expression));
    table.exclusions.iter_mut().for_each(|it| it.include.retain(|it| *it != id));
    table.exclusions.retain(|it| {
        !(it.elements.iter().any(|it| element(&it.0)) || it.predicate.iter().any(|it| names_it(it)))
    });
    table.indexes.iter_mut().for_each(|it| it.include.retain(|it| *it != id));
    retain_indexes(table, |it| {
        !(it.elements.iter().any(element) || it.predicate.iter().any(|it| names_it(it)))
    });
    table.policies.retain(|it| !it.using.iter().chain(&it.with_check).any(|it| names_it(it)));
    table.triggers.retain(|it| !has(&it.update_of) && !it.condition.iter().any(|it| names_it(it)));
    if let Some(seed) = &mut table.seed
        && let Some(at) = seed.columns.iter().position(|it| *it == id)
    {
        seed.columns.remove(at);
        for row in seed.rows.iter_mut().filter(|it| at < it.len()) {
            row.remove(at);
        }
        if seed.columns.is_empty() {
            table.seed = None;
        }
    }
}

/// Keeps the indexes that may stay; what rests on one that goes, or on a key that went, lets go of it.
fn retain_indexes(table: &mut Table, stays: impl Fn(&Index) -> bool) {
    table.indexes.retain(stays);
    let keys: Vec<_> =
        table.primary_key.iter().map(|it| it.id).chain(table.uniques.iter().map(|it| it.id)).collect();
    let stands = match table.replica_identity {
        ReplicaIdentity::Index(id) => table.indexes.iter().any(|it| it.id == id),
        ReplicaIdentity::Constraint(id) => keys.contains(&id),
        ReplicaIdentity::Default | ReplicaIdentity::Full | ReplicaIdentity::Nothing => true,
    };
    if !stands {
        table.replica_identity = ReplicaIdentity::Default;
    }
    let names = table.indexes.iter().map(|it| &it.name).chain(table.uniques.iter().map(|it| &it.name));
    let mut names = names
        .chain(table.primary_key.iter().map(|it| &it.name))
        .chain(table.exclusions.iter().map(|it| &it.name));
    if table.cluster_on.as_ref().is_some_and(|wanted| !names.any(|it| it == wanted)) {
        table.cluster_on = None;
    }
    let indexes: Vec<_> = table.indexes.iter().map(|it| it.id).collect();
    for index in &mut table.indexes {
        if let Some(IndexParent::Index(id)) = index.attached_to
            && indexes.contains(&id)
        {
            index.attached_to = None;
        }
    }
}

/// Whether an expression over a row of the table names its column.
pub fn names_column(text: &str, table: &Table, column: &str) -> bool {
    mentions(text).iter().any(|it| at_own_column(it, &table.name, column).is_some())
}

/// Whether a query that names one of the tables names the column too.
pub fn reads_column(text: &str, tables: &[&Table], column: &str) -> bool {
    let all = mentions(text);
    let read = tables
        .iter()
        .filter(|table| all.iter().any(|it| it.role == Role::Relation && it.last().name == table.name));
    let mut read = read.peekable();
    read.peek().is_some()
        && read.any(|table| all.iter().any(|it| at_foreign_column(it, &table.name, column, true).is_some()))
}
