//! Second ones of tables, tables by themselves as SQL, and tables that come from elsewhere.

use crate::base::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use super::rename::{rename_table, renamed_alone};
use crate::design::{
    Design, Edit, Id, NamespaceId, Origin, Record, Renames, Scope, Table, TableId, each_id, naming,
    renumbered,
};
use crate::sql::{Options, ddl};

/// A second one of each table, beside the first: with all that belongs to it, names that are free, and references among
/// the copies where the originals reference each other. Gives the copy of each.
pub fn copy_tables(design: &Design, tables: &BTreeSet<TableId>) -> (BTreeMap<TableId, TableId>, Edit) {
    let mut ids = design.ids();
    let mut given: BTreeSet<String> = BTreeSet::new();
    let mut exchange: BTreeMap<u32, u32> = BTreeMap::new();
    let originals: Vec<&Table> = tables.iter().filter_map(|it| design.table(*it)).collect();
    for table in &originals {
        exchange.extend(table.all_ids().into_iter().map(|it| (it.0, ids.take::<Id>().0)));
    }
    let mut copies = Vec::new();
    for table in originals.iter().copied() {
        let name = naming::free(table.name.clone(), |name| is_taken(design, &given, table.namespace, name));
        given.insert(name.clone());
        let mut copy = renamed_alone(design, table, &name);
        copy.origin = Origin::Hand;
        free_names(&mut copy, &mut given, design);
        let mut record = Record::Table(copy);
        each_id(&mut record, &mut |it| *it = exchange.get(it).copied().unwrap_or(*it));
        copies.push(record);
    }
    let pairs = originals.iter().filter_map(|it| Some((it.id, TableId(*exchange.get(&it.id.0)?))));
    (pairs.collect(), Edit::adding(copies))
}

/// Tables as SQL by themselves: with the types and functions that they use, and with their references, also to tables
/// that are not written.
pub fn sql_of(design: &Design, tables: &BTreeSet<TableId>) -> String {
    let Some(part) = part(design, tables) else { return String::new() };
    let written = ddl(&part, &Options::of(design));
    let is_written = |it: &Id| tables.contains(&TableId(it.0)) || part.table(TableId(it.0)).is_none();
    let mut text = String::new();
    let mut from = 0;
    for (span, _) in written.map.iter().filter(|it| !is_written(&it.1)) {
        let statement = written.text.get(from..span.start as usize).unwrap_or_default();
        text.push_str(statement);
        let rest = written.text.get(span.end as usize..).unwrap_or_default();
        let end = rest.find(|it: char| it != ';' && !it.is_whitespace()).unwrap_or(rest.len());
        from = span.end as usize + end;
    }
    text.push_str(written.text.get(from..).unwrap_or_default());
    text
}

/// A design of these tables and what they use. Tables that they reference are there with what is referenced, no more.
pub fn part(design: &Design, tables: &BTreeSet<TableId>) -> Option<Design> {
    let mut records: BTreeMap<Id, Record> = BTreeMap::new();
    let mut open: Vec<Id> = tables.iter().map(|it| Id::from(*it)).collect();
    while let Some(id) = open.pop() {
        if records.contains_key(&id) {
            continue;
        }
        let Some(mut record) = design.record(id) else { continue };
        match &mut record {
            Record::Table(table) if !tables.contains(&table.id) => *table = stub(design, table),
            Record::Table(table) => {
                table.inherits.retain(|it| tables.contains(it));
                table.partition_of = table.partition_of.take().filter(|it| tables.contains(&it.table));
            }
            Record::Function(it) => it.reads.clear(),
            _ => {}
        }
        open.extend(record.uses());
        records.insert(id, record);
    }
    let extensions = design.extensions().map(|it| Record::Extension(it.clone()));
    let conventions = Record::Conventions(design.conventions().clone());
    Design::assemble(records.into_values().chain(extensions).chain([conventions])).ok()
}

/// What others reference of a table: its keys and their columns.
fn stub(design: &Design, table: &Table) -> Table {
    let keys = design.foreign_keys().filter(|it| it.1.references == table.id);
    let referenced: BTreeSet<_> = keys.flat_map(|it| it.1.ref_columns.iter().copied()).gather();
    let within = |it: &[crate::design::ColumnId]| it.iter().all(|it| referenced.contains(it));
    let columns = table.columns.iter().filter(|it| referenced.contains(&it.id)).cloned();
    Table {
        id: table.id,
        namespace: table.namespace,
        name: table.name.clone(),
        columns: columns.collect(),
        primary_key: table.primary_key.clone().filter(|it| within(&it.columns)),
        uniques: table.uniques.iter().filter(|it| within(&it.columns)).cloned().collect(),
        indexes: table
            .indexes
            .iter()
            .filter(|it| it.unique && it.plain_columns().is_some_and(|it| within(&it)))
            .cloned()
            .collect(),
        ..Table::default()
    }
}

/// The tables of another design, and what they use, as an addition to this one: under names that are free here. What this
/// design has under the same name, types and functions and the tables of `known`, is used as it is.
pub fn bring_in(design: &Design, other: &Design, known: &BTreeSet<TableId>) -> (Vec<TableId>, Edit) {
    let mut other = other.clone();
    let mut given: BTreeSet<String> = BTreeSet::new();
    let coming: Vec<TableId> = other.tables().map(|it| it.id).filter(|it| !known.contains(it)).collect();
    for id in &coming {
        let Some(table) = other.table(*id) else { continue };
        let space = other.namespace_name(table.namespace).to_owned();
        let here = design.namespaces().find(|it| it.name == space).map(|it| it.id);
        let own = table.name.clone();
        let is_elsewhere =
            |name: &str| name != own && is_taken(&other, &BTreeSet::new(), table.namespace, name);
        let taken = |name: &str| is_taken(design, &given, here, name) || is_elsewhere(name);
        let name = naming::free(own.clone(), taken);
        given.insert(name.clone());
        let mut edit = if name == own { Edit::default() } else { rename_table(&other, *id, &name) };
        let mut after = other.clone();
        if after.apply(&edit).is_ok()
            && let Some(mut table) = after.table(*id).cloned()
        {
            free_names(&mut table, &mut given, design);
            edit = edit.then(Edit::default().put(&after, table));
            // What is refused keeps its name, and the addition is then refused with the reason.
            let _ = other.apply(&edit);
        }
    }
    let all = renumbered(design, &other, Renames::Ignored);
    let is_new = |it: &Record| it.is_schema() && !design.has(it.id());
    let new: Vec<Record> = all.into_values().filter(is_new).collect();
    let tables = new.iter().filter_map(|it| match it {
        Record::Table(it) => Some(it.id),
        _ => None,
    });
    (tables.collect(), Edit::adding(new.clone()))
}

fn is_taken(design: &Design, given: &BTreeSet<String>, namespace: Option<NamespaceId>, name: &str) -> bool {
    let scopes = [Scope::Relation(namespace), Scope::Type(namespace)];
    given.contains(name) || scopes.into_iter().any(|scope| design.named(scope, name).next().is_some())
}

/// Gives a table's keys and indexes names that neither `design` nor `given` has, and adds them to `given`.
fn free_names(table: &mut Table, given: &mut BTreeSet<String>, design: &Design) {
    let namespace = table.namespace;
    let keys = table.primary_key.iter_mut().map(|it| &mut it.name);
    let uniques = table.uniques.iter_mut().map(|it| &mut it.name);
    let exclusions = table.exclusions.iter_mut().map(|it| &mut it.name);
    let indexes = table.indexes.iter_mut().map(|it| &mut it.name);
    for name in keys.chain(uniques).chain(exclusions).chain(indexes) {
        let free = naming::free(name.clone(), |it| is_taken(design, given, namespace, it));
        if table.cluster_on.as_ref() == Some(name) {
            table.cluster_on = Some(free.clone());
        }
        given.insert(free.clone());
        *name = free;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::EnumType;
    use crate::design::operation::{Drawn, add_table, connect};

    /// Authors with books, of which reviews are written.
    fn library() -> (Design, Vec<TableId>) {
        let mut design = Design::new();
        let mut tables = Vec::new();
        for name in ["author", "book", "review"] {
            let (id, edit) = add_table(&design, None, name);
            design.apply(&edit).expect("valid");
            tables.push(id);
        }
        for (from, to) in [(1, 0), (2, 1)] {
            let end = |at: usize| Drawn { table: tables[at], column: None };
            let (_, edit) = connect(&design, end(from), end(to)).expect("a key is there");
            design.apply(&edit).expect("valid");
        }
        (design, tables)
    }

    fn names(design: &Design) -> Vec<&str> {
        design.tables().map(|it| it.name.as_str()).collect()
    }

    #[test]
    fn copies_reference_each_other_and_what_their_originals_reference() {
        let (mut design, tables) = library();
        let (copies, edit) = copy_tables(&design, &tables[1..].iter().copied().collect());
        design.apply(&edit).expect("valid");
        assert_eq!(names(&design), ["author", "book", "review", "book_2", "review_2"]);
        let references = |it: TableId| design.table(it).map(|it| it.foreign_keys[0].references);
        assert_eq!(references(copies[&tables[1]]), Some(tables[0]));
        assert_eq!(references(copies[&tables[2]]), Some(copies[&tables[1]]));
        assert!(design.violations().is_empty());
        let copy = design.table(copies[&tables[1]]).expect("there");
        assert_eq!(copy.primary_key.as_ref().map(|it| it.name.as_str()), Some("pk_book_2"));
        let again = copy_tables(&design, &[tables[1]].into());
        design.apply(&again.1).expect("valid");
        assert_eq!(names(&design).last(), Some(&"book_3"));
    }

    #[test]
    fn sql_of_tables_has_their_references_and_not_the_tables_that_are_referenced() {
        let (design, tables) = library();
        let sql = sql_of(&design, &[tables[1]].into());
        assert!(sql.contains("CREATE TABLE book ("), "{sql}");
        assert!(sql.contains("REFERENCES author (id)"), "{sql}");
        assert!(!sql.contains("CREATE TABLE author") && !sql.contains("review"), "{sql}");
        assert_eq!(sql_of(&design, &BTreeSet::new()).trim(), "");
    }

    #[test]
    fn what_comes_from_elsewhere_uses_what_is_known_and_takes_free_names() {
        let (mut design, tables) = library();
        let mut other = part(&design, &[tables[1]].into()).expect("holds together");
        let mood = EnumType {
            id: other.ids().take(),
            name: "mood".into(),
            values: vec!["glad".into()],
            ..EnumType::default()
        };
        other.apply(&Edit::adding([mood])).expect("valid");
        let (added, edit) = bring_in(&design, &other, &[tables[0]].into());
        design.apply(&edit).expect("valid");
        assert_eq!(names(&design), ["author", "book", "review", "book_2"]);
        assert_eq!(design.table(added[0]).map(|it| it.foreign_keys[0].references), Some(tables[0]));
        assert_eq!(design.enums().len(), 1);
        assert!(design.violations().is_empty());
    }
}
