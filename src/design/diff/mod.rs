//! What differs between two designs (design.md: there is one `diff`).
//!
//! ```text
//! by id     records of the same document        ─┐
//! by name   new ids turned into old ones first  ─┴▶ pairs of records ▶ changes, kind by kind, in order of birth
//! ```
//! Properties are compared as the design file has them, so that a field that is added to a record is compared as well.

mod by_name;
mod collation;
mod gathered;
mod ids;
mod privileges;
mod queries;
mod sides;
mod spelling;
mod statements;
mod words;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{
    Aspect, Change, Column, ColumnValue, Design, Edit, EnumType, Id, Kind, Origin, Owner, Place, Record,
    Refused, Replaced, Table,
};
pub use by_name::Renames;
pub(super) use by_name::identified;
pub(crate) use by_name::renumbered;
pub use ids::each_id;
pub(crate) use queries::columns_of_view;
use sides::{Side, Source};

/// How records of two designs are told to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// By identity: two states of one document.
    ById,
    /// By name: two documents, or what was read from files. What got another name is removed and added.
    ByName,
}

impl Matching {
    /// By identity when the two look like states of one document: what has the same table's and column's name has the
    /// same identity, but for the few that were removed and made anew. Two files that were read one by one have the
    /// same numbers only as far as they begin alike.
    pub fn of(old: &Design, new: &Design) -> Self {
        const MADE_ANEW: usize = 10; // one in ten
        let (mut same, mut other) = (0_usize, 0_usize);
        for before in old.tables() {
            let Some(after) = new.table_named(before.namespace, &before.name) else { continue };
            for column in &before.columns {
                match after.column_named(&column.name) {
                    Some(it) if it.id == column.id && after.id == before.id => same += 1,
                    Some(_) => other += 1,
                    None => {}
                }
            }
        }
        let related =
            same > 0 || old.tables().any(|it| new.table(it.id).is_some()) || old.tables().len() == 0;
        if related && other * MADE_ANEW <= same { Self::ById } else { Self::ByName }
    }
}

/// Every difference, in a stable order; nothing for equal designs.
pub fn diff(old: &Design, new: &Design, matching: Matching) -> Vec<Change> {
    match matching {
        Matching::ById => {
            let edit = Edit::between(old, new);
            changes(&edit, &Side::of(Source::Design(old)), &Side::of(Source::Design(new)))
        }
        Matching::ByName => {
            let renumbered = renumbered(old, new, Renames::Ignored);
            let edit = between(old, &renumbered);
            changes(&edit, &Side::of(Source::Design(old)), &Side::of(Source::Records(&renumbered)))
        }
    }
}

/// What an edit does to a design, which it has not been applied to yet.
pub fn changes_of(design: &Design, edit: &Edit) -> Vec<Change> {
    let after = edit.records.iter().filter_map(|it| Some((it.id()?, it.after.as_ref()))).collect();
    changes(edit, &Side::of(Source::Design(design)), &Side::of(Source::Edited(design, after)))
}

/// The new design under the identities that the old one has for the same things.
///
/// # Errors
/// When the two do not go together: what should not happen, and is told rather than guessed at.
pub fn aligned(old: &Design, new: &Design, renames: Renames) -> Result<Design, Refused> {
    let mut aligned = old.clone();
    aligned.apply(&between(old, &renumbered(old, new, renames)))?;
    Ok(aligned)
}

fn between(old: &Design, new: &BTreeMap<Id, Record>) -> Edit {
    let changed = new.values().filter(|it| !old.holds(it));
    let mut records: Vec<Replaced> =
        changed.map(|it| Replaced { before: old.record(it.id()), after: Some(it.clone()) }).collect();
    let gone = old.record_ids().filter(|it| !new.contains_key(it));
    records.extend(gone.map(|it| Replaced { before: old.record(it), after: None }));
    Edit { records }
}

fn changes(edit: &Edit, old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let mut differ = Differ { old, new, found: Vec::new() };
    let mut replaced: Vec<&Replaced> = edit.records.iter().collect();
    replaced.sort_by_key(|it| (it.after.as_ref().or(it.before.as_ref()).map(rank), it.id()));
    for it in replaced {
        match (&it.before, &it.after) {
            (Some(before), Some(after)) => differ.record(before, after),
            (Some(before), None) => differ.gone(before),
            (None, Some(after)) => differ.came(after),
            (None, None) => {}
        }
    }
    differ.found
}

/// The order of kinds: first the design as a whole, then what others build on.
fn rank(record: &Record) -> (u8, Option<Kind>) {
    match record {
        Record::Title(_) => (0, None),
        Record::Conventions(_) => (1, None),
        Record::Load(_) => (2, None),
        other => (3, kind(other)),
    }
}

fn kind(record: &Record) -> Option<Kind> {
    Some(match record {
        Record::Title(_) | Record::Conventions(_) | Record::Load(_) => return None,
        Record::Table(_) => Kind::Table,
        Record::Namespace(_) => Kind::Namespace,
        Record::EnumType(_) => Kind::EnumType,
        Record::Domain(_) => Kind::Domain,
        Record::CompositeType(_) => Kind::CompositeType,
        Record::RangeType(_) => Kind::RangeType,
        Record::Sequence(_) => Kind::Sequence,
        Record::View(_) => Kind::View,
        Record::Function(_) => Kind::Function,
        Record::Extension(_) => Kind::Extension,
        Record::Verbatim(_) => Kind::Verbatim,
        Record::Placement(_) => Kind::Placement,
        Record::Area(_) => Kind::Area,
        Record::Note(_) => Kind::Note,
        Record::Brief(_) => Kind::Brief,
        Record::Story(_) => Kind::Story,
        Record::AccessPattern(_) => Kind::AccessPattern,
        Record::Decision(_) => Kind::Decision,
        Record::Snapshot(_) => Kind::Snapshot,
    })
}

/// Properties that have changes of their own.
const APART: &[&str] = &["id", "name", "comment", "origin"];

struct Differ<'a, 'old, 'new> {
    old: &'a Side<'old>,
    new: &'a Side<'new>,
    found: Vec<Change>,
}

impl Differ<'_, '_, '_> {
    fn came(&mut self, record: &Record) {
        let place = |id| Place { id, name: self.new.name(id), of: None };
        match kind(record) {
            Some(kind) => self.found.push(Change::added(kind, place(record.id()))),
            None => self.singular(&blank(record), record),
        }
    }

    fn gone(&mut self, record: &Record) {
        let place = |id| Place { id, name: self.old.name(id), of: None };
        match kind(record) {
            Some(kind) => self.found.push(Change::removed(kind, place(record.id()))),
            None => self.singular(record, &blank(record)),
        }
    }

    fn record(&mut self, before: &Record, after: &Record) {
        let Some(kind) = kind(after) else { return self.singular(before, after) };
        let id = after.id();
        let at = Place { id, name: self.new.name(id), of: None };
        let was = self.old.name(id);
        if was != at.name {
            self.found.push(Change::renamed(kind, at.clone(), was));
        }
        let owner = Owner { id, name: at.name.clone() };
        if let (Record::Table(before), Record::Table(after)) = (before, after) {
            return self.table(&at, before, after);
        }
        let (one, two) = (contents(before), contents(after));
        match (before, after) {
            (Record::EnumType(before), Record::EnumType(after)) => {
                self.values(&at, before, after);
                self.properties(kind, &at, &one, &two, &["values"]);
            }
            (Record::Domain(before), Record::Domain(after)) => {
                self.properties(kind, &at, &one, &two, &["checks"]);
                self.members(Kind::DomainCheck, &owner, &before.checks, &after.checks);
            }
            (Record::View(before), Record::View(after)) => {
                self.properties(kind, &at, &one, &two, &["indexes", "triggers"]);
                self.members(Kind::Index, &owner, &before.indexes, &after.indexes);
                self.members(Kind::Trigger, &owner, &before.triggers, &after.triggers);
            }
            _ => self.properties(kind, &at, &one, &two, &[]),
        }
    }

    /// The records that exist once.
    fn singular(&mut self, before: &Record, after: &Record) {
        match (before, after) {
            (Record::Title(from), Record::Title(to)) if from != to => {
                self.found.push(Change::TitleChanged { from: from.clone(), to: to.clone() });
            }
            (Record::Conventions(_), Record::Conventions(_)) if before != after => {
                let aspects = self.aspects(&contents(before), &contents(after), &[]);
                self.found.push(Change::ConventionsChanged { aspects });
            }
            (Record::Load(_), Record::Load(_)) if before != after => {
                let aspects = self.aspects(&contents(before), &contents(after), &[]);
                self.found.push(Change::LoadChanged { aspects });
            }
            _ => {}
        }
    }

    fn table(&mut self, at: &Place, before: &Table, after: &Table) {
        let owner = Owner { id: at.id, name: at.name.clone() };
        let (one, two) = (shell(before), shell(after));
        if one != two {
            self.properties(Kind::Table, at, &contents(&one), &contents(&two), &[]);
        }
        self.columns(at, &owner, &before.columns, &after.columns);
        self.members(Kind::PrimaryKey, &owner, before.primary_key.as_slice(), after.primary_key.as_slice());
        self.members(Kind::Unique, &owner, &before.uniques, &after.uniques);
        self.members(Kind::ForeignKey, &owner, &before.foreign_keys, &after.foreign_keys);
        self.members(Kind::Check, &owner, &before.checks, &after.checks);
        self.members(Kind::Exclusion, &owner, &before.exclusions, &after.exclusions);
        self.members(Kind::Index, &owner, &before.indexes, &after.indexes);
        self.members(Kind::Trigger, &owner, &before.triggers, &after.triggers);
        self.members(Kind::Policy, &owner, &before.policies, &after.policies);
    }

    fn columns(&mut self, at: &Place, owner: &Owner, before: &[Column], after: &[Column]) {
        self.each(Kind::Column, owner, before, after, |differ, at, one, two| {
            if one.data_type != two.data_type {
                let (from, to) =
                    (differ.old.type_words(&one.data_type), differ.new.type_words(&two.data_type));
                differ.found.push(Change::ColumnTypeChanged { at: at.clone(), from, to });
            }
            if one.nullable != two.nullable {
                differ
                    .found
                    .push(Change::ColumnNullabilityChanged { at: at.clone(), nullable: two.nullable });
            }
            let plain = |it: &ColumnValue| matches!(it, ColumnValue::Given | ColumnValue::Default(_));
            let is_default = plain(&one.value) && plain(&two.value);
            if is_default && one.value != two.value {
                let default = |it: &Column| it.value.default_expression().map(str::to_owned);
                let (from, to) = (default(one), default(two));
                differ.found.push(Change::ColumnDefaultChanged { at: at.clone(), from, to });
            }
            let apart: &[&str] =
                if is_default { &["type", "nullable", "value"] } else { &["type", "nullable"] };
            differ.properties(Kind::Column, at, &contents(one), &contents(two), apart);
        });
        if let Some((from, to)) = reordered(before, after, |it| it.id.into(), |it| it.name.clone()) {
            self.found.push(Change::ColumnsReordered { at: at.clone(), from, to });
        }
    }

    fn members<T: Member>(&mut self, kind: Kind, owner: &Owner, before: &[T], after: &[T]) {
        self.each(kind, owner, before, after, |differ, at, one, two| {
            differ.properties(kind, at, &contents(one), &contents(two), &[]);
        });
        if let Some((from, to)) = reordered(before, after, Member::id, |it| it.name().to_owned()) {
            let aspect = Aspect {
                what: format!("order of {}", kind.words()),
                from: from.join(", "),
                to: to.join(", "),
            };
            let at = Place { id: owner.id, name: owner.name.clone(), of: None };
            let owner = if kind == Kind::DomainCheck { Kind::Domain } else { self.owner_kind(owner.id) };
            self.found.push(Change::changed(owner, at, vec![aspect]));
        }
    }

    fn owner_kind(&self, id: Id) -> Kind {
        if self.new.is_view(id) { Kind::View } else { Kind::Table }
    }

    /// Members that went, that came, and that are in both but differ.
    fn each<T: Member>(
        &mut self,
        kind: Kind,
        owner: &Owner,
        before: &[T],
        after: &[T],
        mut differs: impl FnMut(&mut Self, &Place, &T, &T),
    ) {
        if before == after {
            return;
        }
        let place = |it: &T| Place { id: it.id(), name: it.name().to_owned(), of: Some(owner.clone()) };
        let find = |list: &[T], id: Id| list.iter().position(|it| it.id() == id);
        for member in before {
            if find(after, member.id()).is_none() {
                self.found.push(Change::removed(kind, place(member)));
            }
        }
        for member in after {
            let at = place(member);
            let Some(old) = find(before, member.id()).and_then(|it| before.get(it)) else {
                self.found.push(Change::added(kind, at));
                continue;
            };
            if old.name() != member.name() {
                self.found.push(Change::renamed(kind, at.clone(), old.name().to_owned()));
            }
            if old != member {
                differs(self, &at, old, member);
            }
        }
    }

    fn values(&mut self, at: &Place, before: &EnumType, after: &EnumType) {
        for value in before.values.iter().filter(|it| !after.values.contains(it)) {
            self.found.push(Change::EnumValueRemoved { at: at.clone(), value: value.clone() });
        }
        for (index, value) in after.values.iter().enumerate().filter(|it| !before.values.contains(it.1)) {
            let after = index.checked_sub(1).and_then(|it| after.values.get(it)).cloned();
            self.found.push(Change::EnumValueAdded { at: at.clone(), value: value.clone(), after });
        }
        let common = |list: &[String], other: &[String]| -> Vec<String> {
            list.iter().filter(|it| other.contains(it)).cloned().collect()
        };
        let (from, to) = (common(&before.values, &after.values), common(&after.values, &before.values));
        if from != to {
            self.found.push(Change::EnumValuesReordered { at: at.clone(), from, to });
        }
    }

    /// Comment, origin, and every property that is not told `apart`.
    fn properties(&mut self, kind: Kind, at: &Place, one: &Contents, two: &Contents, apart: &[&str]) {
        let aspects = self.aspects(one, two, apart);
        if !aspects.is_empty() {
            self.found.push(Change::changed(kind, at.clone(), aspects));
        }
        let text = |it: &Contents| it.get("comment").and_then(Value::as_str).map(str::to_owned);
        let (from, to) = (text(one), text(two));
        if from != to {
            self.found.push(Change::CommentChanged { kind, at: at.clone(), from, to });
        }
        let origin = |it: &Contents| -> Origin {
            it.get("origin").and_then(|it| serde_json::from_str(&it.to_string()).ok()).unwrap_or_default()
        };
        if one.get("origin") != two.get("origin") {
            let (from, to) = (origin(one), origin(two));
            self.found.push(Change::OriginChanged { kind, at: at.clone(), from, to });
        }
    }

    fn aspects(&self, one: &Contents, two: &Contents, apart: &[&str]) -> Vec<Aspect> {
        let keys: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
        let told = |key: &str| APART.contains(&key) || apart.contains(&key);
        let differing = keys.into_iter().filter(|key| !told(key) && one.get(*key) != two.get(*key));
        differing
            .map(|key| Aspect {
                what: key.replace('_', " "),
                from: one.get(key).map_or_else(String::new, |it| self.old.words(key, it)),
                to: two.get(key).map_or_else(String::new, |it| self.new.words(key, it)),
            })
            .collect()
    }
}

/// A table without its members.
fn shell(table: &Table) -> Table {
    Table {
        id: table.id,
        namespace: table.namespace,
        name: table.name.clone(),
        kind: table.kind,
        comment: table.comment.clone(),
        columns: Vec::new(),
        primary_key: None,
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        exclusions: Vec::new(),
        indexes: Vec::new(),
        triggers: Vec::new(),
        policies: Vec::new(),
        row_security: table.row_security,
        unlogged: table.unlogged,
        partitioning: table.partitioning.clone(),
        partition_of: table.partition_of.clone(),
        inherits: table.inherits.clone(),
        storage_parameters: table.storage_parameters.clone(),
        access_method: table.access_method.clone(),
        tablespace: table.tablespace.clone(),
        replica_identity: table.replica_identity,
        cluster_on: table.cluster_on.clone(),
        seed: table.seed.clone(),
        overrides: table.overrides.clone(),
        origin: table.origin.clone(),
    }
}

/// A record or part as the design file has it; what is as if unsaid is not there.
type Contents = serde_json::Map<String, Value>;

fn contents(it: &impl Serialize) -> Contents {
    match value(it) {
        // A record stands under the name of its kind.
        Ok(Value::Object(map)) if map.len() == 1 && map.values().all(Value::is_object) => {
            match map.into_iter().next() {
                Some((_, Value::Object(inner))) => inner,
                _ => Contents::new(),
            }
        }
        Ok(Value::Object(map)) => map,
        _ => Contents::new(),
    }
}

/// In the page by way of text, as designs are kept there: a second way of writing each type would weigh on its module.
#[cfg(target_arch = "wasm32")]
fn value(it: &impl Serialize) -> serde_json::Result<Value> {
    serde_json::to_string(it).and_then(|it| serde_json::from_str(&it))
}

#[cfg(not(target_arch = "wasm32"))]
fn value(it: &impl Serialize) -> serde_json::Result<Value> {
    serde_json::to_value(it)
}

/// The record of this kind that says nothing, for those that exist once.
fn blank(record: &Record) -> Record {
    match record {
        Record::Title(_) => Record::Title(String::new()),
        Record::Conventions(_) => Record::Conventions(super::Conventions::default()),
        Record::Load(_) => Record::Load(super::Load::default()),
        other => other.clone(),
    }
}

/// The names of what is in both lists, in both orders, when these differ.
fn reordered<T>(
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> Id,
    name: impl Fn(&T) -> String,
) -> Option<(Vec<String>, Vec<String>)> {
    let ids = |list: &[T]| list.iter().map(&id).collect::<BTreeSet<_>>();
    let (old, new) = (ids(before), ids(after));
    let order = |list: &[T], other: &BTreeSet<Id>| -> Vec<Id> {
        list.iter().map(&id).filter(|it| other.contains(it)).collect()
    };
    if order(before, &new) == order(after, &old) {
        return None;
    }
    let names = |list: &[T], other: &BTreeSet<Id>| -> Vec<String> {
        list.iter().filter(|it| other.contains(&id(it))).map(&name).collect()
    };
    Some((names(before, &new), names(after, &old)))
}

/// A part of a record that has an identity and a name.
trait Member: PartialEq + Serialize {
    fn id(&self) -> Id;
    fn name(&self) -> &str;
}

macro_rules! members {
    ($($kind:ident)+) => {$(
        impl Member for super::$kind {
            fn id(&self) -> Id {
                self.id.into()
            }

            fn name(&self) -> &str {
                &self.name
            }
        }
    )+};
}

members! { Column PrimaryKey Unique ForeignKey Check Exclusion Index Trigger Policy DomainCheck }
