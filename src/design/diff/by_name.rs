//! The records of one design under the identities that those of the same name have in another.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::exchanged;
use crate::design::{Design, Id, Index, IndexKey, Record, Table};

/// What a thing is told by: its kind, what it belongs to, and its name.
type Key = (&'static str, String, String);

/// Every record of `new`, with the identities of `old` for what is in both and unused ones for the rest.
pub fn renumbered(old: &Design, new: &Design) -> BTreeMap<Id, Record> {
    let by_key = |design: &Design| {
        let mut ids: BTreeMap<Key, Id> = BTreeMap::new();
        for record in design.records() {
            for (mut key, id) in keys(design, &record) {
                // Notes and statements may stand twice; the second is then another.
                while ids.contains_key(&key) {
                    key.2.push('\'');
                }
                ids.insert(key, id);
            }
        }
        ids
    };
    let (olds, news) = (by_key(old), by_key(new));
    let mut exchange: BTreeMap<Id, Id> = BTreeMap::new();
    let mut given: BTreeSet<Id> = BTreeSet::new();
    for (key, id) in &news {
        if let Some(old) = olds.get(key) {
            exchange.insert(*id, *old);
            given.insert(*old);
        }
    }
    pair_by_definition(old, new, &mut exchange, &mut given);
    let mut next = old.ids().peek().max(new.ids().peek());
    for id in news.values() {
        exchange.entry(*id).or_insert_with(|| {
            next += 1;
            Id(next)
        });
    }
    let exchange = |id: Id| exchange.get(&id).copied().unwrap_or(id);
    new.records().map(|it| exchanged(it, exchange)).map(|it| (it.id(), it)).collect()
}

/// Constraints and indexes whose names differ but that are over the same columns of the same table are the same.
fn pair_by_definition(old: &Design, new: &Design, exchange: &mut BTreeMap<Id, Id>, given: &mut BTreeSet<Id>) {
    for after in new.tables() {
        let Some(Id(before)) = exchange.get(&after.id.into()).copied() else { continue };
        let Some(before) = old.table(crate::design::TableId(before)) else { continue };
        let olds = definitions(before);
        for (definition, id) in definitions(after) {
            if exchange.contains_key(&id) {
                continue;
            }
            let same = olds.iter().find(|it| it.0 == definition && !given.contains(&it.1));
            if let Some((_, old)) = same {
                exchange.insert(id, *old);
                given.insert(*old);
            }
        }
    }
}

/// What each constraint and index of a table says, apart from its name.
fn definitions(table: &Table) -> Vec<((&'static str, String), Id)> {
    let columns = |ids: &[crate::design::ColumnId]| table.column_names(ids).collect::<Vec<_>>().join(",");
    let mut found: Vec<((&'static str, String), Id)> = Vec::new();
    found.extend(table.primary_key.iter().map(|it| (("primary key", String::new()), it.id.into())));
    found.extend(table.uniques.iter().map(|it| (("unique", columns(&it.columns)), it.id.into())));
    found.extend(table.foreign_keys.iter().map(|it| (("foreign key", columns(&it.columns)), it.id.into())));
    found.extend(table.checks.iter().map(|it| (("check", it.expression.clone()), it.id.into())));
    found.extend(table.indexes.iter().map(|it| (("index", elements(table, it)), it.id.into())));
    found
}

fn elements(table: &Table, index: &Index) -> String {
    let element = |it: &IndexKey| match it {
        IndexKey::Column(id) => table.column(*id).map(|it| it.name.clone()).unwrap_or_default(),
        IndexKey::Expression(text) => text.clone(),
    };
    let keys: Vec<String> = index.elements.iter().map(|it| element(&it.key)).collect();
    format!("{} {} ({}) {:?}", index.unique, index.method, keys.join(","), index.predicate)
}

/// The keys of a record and of its parts.
fn keys(design: &Design, record: &Record) -> Vec<(Key, Id)> {
    let id = record.id();
    let within = |namespace| design.namespace_name(namespace).to_owned();
    let one = |kind: &'static str, of: String, name: &str| vec![((kind, of, name.to_owned()), id)];
    match record {
        Record::Title(_) | Record::Conventions(_) | Record::Load(_) => {
            one("single", String::new(), &id.0.to_string())
        }
        Record::Table(it) => {
            let own = within(it.namespace);
            let of = format!("{own}.{}", it.name);
            let mut found = one("table", own, &it.name);
            found.extend(members(it, &of));
            found
        }
        Record::View(it) => {
            let own = within(it.namespace);
            let of = format!("{own}.{}", it.name);
            let mut found = one("view", own, &it.name);
            let mut add = |kind, name: &str, id| found.push(((kind, of.clone(), name.to_owned()), id));
            it.indexes.iter().for_each(|it| add("index", &it.name, it.id.into()));
            it.triggers.iter().for_each(|it| add("trigger", &it.name, it.id.into()));
            found
        }
        Record::Domain(it) => {
            let own = within(it.namespace);
            let of = format!("{own}.{}", it.name);
            let mut found = one("domain", own, &it.name);
            found
                .extend(it.checks.iter().map(|it| (("check", of.clone(), it.name.clone()), Id::from(it.id))));
            found
        }
        Record::Namespace(it) => one("schema", String::new(), &it.name),
        Record::EnumType(it) => one("enum", within(it.namespace), &it.name),
        Record::CompositeType(it) => one("composite", within(it.namespace), &it.name),
        Record::RangeType(it) => one("range", within(it.namespace), &it.name),
        Record::Sequence(it) => one("sequence", within(it.namespace), &it.name),
        Record::Function(it) => {
            let types: Vec<&str> = it.arguments.iter().map(|it| it.data_type.as_str()).collect();
            one("function", within(it.namespace), &format!("{}({})", it.name, types.join(",")))
        }
        Record::Extension(it) => one("extension", String::new(), &it.name),
        Record::Verbatim(it) => one("statement", String::new(), &it.sql),
        Record::Placement(it) => {
            let table = design.table(it.table);
            let name = table.map(|it| format!("{}.{}", within(it.namespace), it.name));
            one("placement", String::new(), &name.unwrap_or_default())
        }
        Record::Area(it) => one("area", String::new(), &it.name),
        Record::Note(it) => one("note", String::new(), &it.text),
        Record::Brief(it) if it.title.is_empty() => one("brief", String::new(), &it.text),
        Record::Brief(it) => one("brief", String::new(), &it.title),
        Record::Story(it) => one("story", it.actor.clone(), &it.goal),
        Record::AccessPattern(it) => one("query", String::new(), &it.name),
        Record::Decision(it) => one("decision", String::new(), &it.title),
        Record::Snapshot(it) => one("version", String::new(), &it.name),
    }
}

fn members(it: &Table, of: &str) -> Vec<(Key, Id)> {
    let mut found = Vec::new();
    let mut add = |kind, name: &str, id| found.push(((kind, of.to_owned(), name.to_owned()), id));
    it.columns.iter().for_each(|it| add("column", &it.name, it.id.into()));
    it.primary_key.iter().for_each(|it| add("primary key", &it.name, it.id.into()));
    it.uniques.iter().for_each(|it| add("unique", &it.name, it.id.into()));
    it.foreign_keys.iter().for_each(|it| add("foreign key", &it.name, it.id.into()));
    it.checks.iter().for_each(|it| add("check", &it.name, it.id.into()));
    it.exclusions.iter().for_each(|it| add("exclusion", &it.name, it.id.into()));
    it.indexes.iter().for_each(|it| add("index", &it.name, it.id.into()));
    it.triggers.iter().for_each(|it| add("trigger", &it.name, it.id.into()));
    it.policies.iter().for_each(|it| add("policy", &it.name, it.id.into()));
    found
}
