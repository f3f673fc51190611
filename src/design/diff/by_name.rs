//! The records of one design under the identities that those of the same name have in another.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::ids::each_id;
use super::{gathered, privileges, queries, spelling, statements};
use crate::design::takeover::{Renamed, renamed_columns, renamed_tables};
use crate::design::{
    ArgumentMode, ColumnId, Design, Domain, DomainId, FunctionArgument, Id, Index, IndexId, IndexKey,
    IndexParent, Record, Stage, Table, TableId, View, ViewId,
};
use crate::pg::argument_type;

/// What a record is told by: its kind, what it belongs to, and its name.
type Key = (&'static str, String, String);

/// A part of a record: its kind, its name, its identity.
type Member<'a> = (&'static str, &'a str, Id);

/// Every record of `new`, with the identities of `old` for what is in both and unused ones for the rest. What differs in
/// spelling alone is spelled as in `old`.
pub fn renumbered(old: &Design, new: &Design, renames: Renames) -> BTreeMap<Id, Record> {
    let mut renumbered = identified(old, new, renames);
    for (id, record) in &mut renumbered {
        if let Some(before) = old.record(*id) {
            spelling::adopt(&before, record);
        }
    }
    queries::adopt(old, new, &mut renumbered);
    privileges::adopt(old, new, &mut renumbered);
    gathered::adopt(&statements::in_order(old), &mut renumbered);
    come_with_those_above(old, &mut renumbered);
    // A statement that goes without saying is on both sides as soon as it is on one.
    renumbered.retain(|id, it| old.has(*id) || !goes_without_saying(it));
    for it in old.verbatims() {
        let record = Record::from(it.clone());
        if goes_without_saying(&record) {
            renumbered.entry(it.id.into()).or_insert(record);
        }
    }
    // What was known to be read of the old one may be gone.
    let there: BTreeSet<Id> = renumbered.keys().copied().collect();
    for record in renumbered.values_mut() {
        match record {
            Record::View(it) => it.reads.retain(|it| there.contains(it)),
            Record::Function(it) => it.reads.retain(|it| there.contains(it)),
            Record::Verbatim(it) => it.needs.retain(|it| there.contains(it)),
            _ => {}
        }
    }
    renumbered
}

/// A partition that is new gets the indexes that come with a new one of the table above, as those that were there do.
fn come_with_those_above(old: &Design, renumbered: &mut BTreeMap<Id, Record>) {
    let known: BTreeSet<IndexId> = old.tables().flat_map(|it| &it.indexes).map(|it| it.id).collect();
    let was_there = |it: &Table| old.table(it.id).is_some_and(|it| it.partitioning.is_some());
    let tables = renumbered.values().filter_map(|it| match it {
        Record::Table(it) if was_there(it) => Some(it),
        _ => None,
    });
    let above: BTreeSet<IndexId> = tables
        .flat_map(|it| &it.indexes)
        .filter(|it| !it.only && !known.contains(&it.id))
        .map(|it| it.id)
        .collect();
    for record in renumbered.values_mut() {
        if let Record::Table(it) = record {
            it.indexes
                .retain(|it| !matches!(it.attached_to, Some(IndexParent::Index(id)) if above.contains(&id)));
        }
    }
}

/// Every record of `new` as it is, with the identities of `old` for what is in both and unused ones for the rest.
pub fn identified(old: &Design, new: &Design, renames: Renames) -> BTreeMap<Id, Record> {
    let mut pairs = Pairs::default();
    pairs.records(&keys(old), &keys(new));
    pairs.owners(old, new);
    pairs.statements(old, new);
    if renames == Renames::Suspected {
        pairs.renamed(&renamed_tables(old, new));
        pairs.alone(&keys(old), &keys(new));
    }
    for after in new.tables() {
        if let Some(before) = pairs.old(after.id).and_then(|it| old.table(TableId(it.0))) {
            pairs.members(&of_table(before), &of_table(after));
            if renames == Renames::Suspected {
                pairs.renamed(&renamed_columns((old, before), (new, after)));
            }
            pairs.definitions(before, after);
        }
    }
    pairs.sequences(old, new);
    for after in new.views() {
        if let Some(before) = pairs.old(after.id).and_then(|it| old.view(ViewId(it.0))) {
            pairs.members(&of_view(before), &of_view(after));
        }
    }
    for after in new.domains() {
        if let Some(before) = pairs.old(after.id).and_then(|it| old.domain(DomainId(it.0))) {
            pairs.members(&of_domain(before), &of_domain(after));
        }
    }
    let mut ids = old.ids();
    ids.skip_to(new.ids().peek());
    let mut exchange = pairs.old_of;
    let exchanged = |mut record: Record| {
        each_id(&mut record, &mut |it| {
            let id = exchange.entry(Id(*it)).or_insert_with(|| ids.take());
            *it = id.0;
        });
        (record.id(), record)
    };
    new.records().map(exchanged).collect()
}

/// What becomes of things with a name that only one of the designs has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renames {
    /// They are removed and added.
    Ignored,
    /// Those that are much alike are taken for the same under another name.
    Suspected,
}

/// Which identity of the old design belongs to one of the new.
struct Pairs {
    old_of: BTreeMap<Id, Id>,
    /// Those of the old design that are paired.
    given: BTreeSet<Id>,
}

impl Default for Pairs {
    fn default() -> Self {
        let once = [Record::TITLE, Record::CONVENTIONS, Record::LOAD];
        Self { old_of: once.into_iter().map(|it| (it, it)).collect(), given: BTreeSet::new() }
    }
}

impl Pairs {
    fn put(&mut self, new: Id, old: Id) {
        self.old_of.insert(new, old);
        self.given.insert(old);
    }

    fn old(&self, new: impl Into<Id>) -> Option<Id> {
        self.old_of.get(&new.into()).copied()
    }

    fn records(&mut self, before: &BTreeMap<Key, Id>, after: &BTreeMap<Key, Id>) {
        for (key, new) in after {
            if let Some(old) = before.get(key) {
                self.put(*new, *old);
            }
        }
    }

    /// The only one of its kind that is gone, and the only one that came, are one under another name.
    fn alone(&mut self, before: &BTreeMap<Key, Id>, after: &BTreeMap<Key, Id>) {
        const KINDS: [&str; 6] = ["enum", "domain", "composite", "range", "function", "view"];
        for kind in KINDS {
            let of_kind = |it: &(&Key, &Id)| it.0.0 == kind;
            let gone = before.iter().filter(of_kind).map(|it| *it.1).filter(|it| !self.given.contains(it));
            let came = after.iter().filter(of_kind).map(|it| *it.1).filter(|it| self.old(*it).is_none());
            let (gone, came): (Vec<Id>, Vec<Id>) = (gone.collect(), came.collect());
            // A function that takes something else is another.
            let takes = |all: &BTreeMap<Key, Id>, id: &[Id]| {
                let key = all.iter().find(|it| Some(it.1) == id.first()).map(|it| it.0.2.as_str());
                key.and_then(|it| it.find('(').and_then(|at| it.get(at..))).unwrap_or_default().to_owned()
            };
            if kind == "function" && takes(before, &gone) != takes(after, &came) {
                continue;
            }
            if let ([gone], [came]) = (gone.as_slice(), came.as_slice()) {
                self.put(*came, *gone);
            }
        }
    }

    /// The sequence of a column is that of the same column.
    fn sequences(&mut self, old: &Design, new: &Design) {
        for after in new.sequences() {
            let Some((table, column)) = after.owned_by.filter(|_| self.old(after.id).is_none()) else {
                continue;
            };
            let owner = self.old(table).zip(self.old(column));
            let mut olds = old.sequences().filter(|it| !self.given.contains(&it.id.into()));
            let same = olds.find(|it| it.owned_by.map(|it| (it.0.into(), it.1.into())) == owner);
            if let Some(before) = same.filter(|_| owner.is_some()) {
                self.put(after.id.into(), before.id.into());
            }
        }
    }

    /// Statements that say who owns the same thing are the same, whatever they say of it.
    fn owners(&mut self, old: &Design, new: &Design) {
        let olds: BTreeMap<String, Id> =
            old.verbatims().filter_map(|it| Some((owned(&it.sql)?, it.id.into()))).collect();
        for it in new.verbatims() {
            if let Some(old) = owned(&it.sql).and_then(|it| olds.get(&it)) {
                self.put(it.id.into(), *old);
            }
        }
    }

    /// Statements that are kept as written and differ in spelling alone are the same.
    fn statements(&mut self, old: &Design, new: &Design) {
        let first_words =
            |it: &str| it.split_whitespace().take(2).collect::<Vec<_>>().join(" ").to_lowercase();
        let mut open: BTreeMap<String, Vec<(Id, Cow<'_, str>)>> = BTreeMap::new();
        for it in old.verbatims().filter(|it| !self.given.contains(&it.id.into())) {
            let shown = statements::shown(&it.sql);
            open.entry(first_words(&shown)).or_default().push((it.id.into(), shown));
        }
        for it in new.verbatims() {
            if self.old(it.id).is_some() {
                continue;
            }
            let shown = statements::shown(&it.sql);
            let Some(candidates) = open.get_mut(&first_words(&shown)) else { continue };
            let same = |before: &str| {
                statements::same(before, &shown) || queries::replacements_alike(old, before, new, &shown)
            };
            if let Some(at) = candidates.iter().position(|it| same(&it.1)) {
                self.put(it.id.into(), candidates.remove(at).0);
            }
        }
    }

    fn renamed(&mut self, renamed: &[Renamed]) {
        for it in renamed {
            self.put(it.new, it.old);
        }
    }

    fn members(&mut self, before: &[Member<'_>], after: &[Member<'_>]) {
        let by_name: BTreeMap<(&str, &str), Id> = before.iter().map(|it| ((it.0, it.1), it.2)).collect();
        for (kind, name, new) in after {
            if let Some(old) = by_name.get(&(*kind, *name)) {
                self.put(*new, *old);
            }
        }
    }

    /// Constraints and indexes whose names differ but that say the same about the same columns are the same.
    fn definitions(&mut self, before: &Table, after: &Table) {
        let left =
            |pairs: &Self| of_table(after).iter().any(|it| it.0 != "column" && pairs.old(it.2).is_none());
        if !left(self) {
            return;
        }
        let old_name = |id: ColumnId| {
            let old = self.old(id).and_then(|it| before.column(ColumnId(it.0)));
            old.or_else(|| after.column(id)).map_or("", |it| it.name.as_str())
        };
        let news = definitions(after, &old_name);
        let olds = definitions(before, &|id| before.column(id).map_or("", |it| it.name.as_str()));
        for (definition, new) in news {
            if self.old(new).is_some() {
                continue;
            }
            let same = olds.iter().find(|it| it.0 == definition && !self.given.contains(&it.1));
            if let Some((_, old)) = same {
                self.put(new, *old);
            }
        }
    }
}

/// What `ALTER … OWNER TO` is about. `ALTER TABLE` may be said of views and sequences as well.
pub fn owned(sql: &str) -> Option<String> {
    let words: Vec<&str> = sql.split_whitespace().collect();
    let is_to = |it: &[&str]| it[0].eq_ignore_ascii_case("owner") && it[1].eq_ignore_ascii_case("to");
    let at = words.windows(2).rposition(is_to)?;
    let is_kind = |it: &&&str| {
        const KINDS: [&str; 7] = ["alter", "foreign", "materialized", "only", "sequence", "table", "view"];
        KINDS.contains(&it.to_lowercase().as_str())
    };
    let name: Vec<&str> = words.get(..at)?.iter().skip_while(is_kind).copied().collect();
    Some(name.join(" ").replace('"', "").replace("public.", ""))
}

/// Whether a statement need not be said: who owns a thing when the other side does not tell, and settings of the session that
/// loads a script.
fn goes_without_saying(record: &Record) -> bool {
    match record {
        Record::Verbatim(it) => {
            owned(&it.sql).is_some()
                || it.stage == Stage::Prologue
                    && it.sql.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("set "))
        }
        _ => false,
    }
}

/// What each constraint and index of a table says, apart from its name.
fn definitions<'a>(
    table: &'a Table,
    name: &dyn Fn(ColumnId) -> &'a str,
) -> Vec<((&'static str, String), Id)> {
    let columns = |ids: &[ColumnId]| ids.iter().map(|it| name(*it)).collect::<Vec<_>>().join(",");
    let mut found: Vec<((&'static str, String), Id)> = Vec::new();
    found.extend(table.primary_key.iter().map(|it| (("primary key", String::new()), it.id.into())));
    found.extend(table.uniques.iter().map(|it| (("unique", columns(&it.columns)), it.id.into())));
    found.extend(table.foreign_keys.iter().map(|it| (("foreign key", columns(&it.columns)), it.id.into())));
    found.extend(table.checks.iter().map(|it| (("check", it.expression.clone()), it.id.into())));
    found.extend(table.indexes.iter().map(|it| (("index", elements(it, name)), it.id.into())));
    found
}

fn elements<'a>(index: &Index, name: &dyn Fn(ColumnId) -> &'a str) -> String {
    let element = |it: &IndexKey| match it {
        IndexKey::Column(id) => name(*id).to_owned(),
        IndexKey::Expression(text) => text.clone(),
    };
    let keys: Vec<String> = index.elements.iter().map(|it| element(&it.key)).collect();
    format!("{} {} ({}) {:?}", index.unique, index.method, keys.join(","), index.predicate)
}

fn of_table(it: &Table) -> Vec<Member<'_>> {
    let mut found: Vec<Member<'_>> = Vec::new();
    found.extend(it.columns.iter().map(|it| ("column", it.name.as_str(), Id::from(it.id))));
    found.extend(it.primary_key.iter().map(|it| ("primary key", it.name.as_str(), Id::from(it.id))));
    found.extend(it.uniques.iter().map(|it| ("unique", it.name.as_str(), Id::from(it.id))));
    found.extend(it.foreign_keys.iter().map(|it| ("foreign key", it.name.as_str(), Id::from(it.id))));
    found.extend(it.checks.iter().map(|it| ("check", it.name.as_str(), Id::from(it.id))));
    found.extend(it.exclusions.iter().map(|it| ("exclusion", it.name.as_str(), Id::from(it.id))));
    found.extend(it.indexes.iter().map(|it| ("index", it.name.as_str(), Id::from(it.id))));
    found.extend(it.triggers.iter().map(|it| ("trigger", it.name.as_str(), Id::from(it.id))));
    found.extend(it.policies.iter().map(|it| ("policy", it.name.as_str(), Id::from(it.id))));
    found
}

fn of_view(it: &View) -> Vec<Member<'_>> {
    let indexes = it.indexes.iter().map(|it| ("index", it.name.as_str(), Id::from(it.id)));
    let triggers = it.triggers.iter().map(|it| ("trigger", it.name.as_str(), Id::from(it.id)));
    indexes.chain(triggers).collect()
}

fn of_domain(it: &Domain) -> Vec<Member<'_>> {
    it.checks.iter().map(|it| ("check", it.name.as_str(), Id::from(it.id))).collect()
}

/// A type without `public`, which goes without saying.
pub fn unplaced(name: String) -> String {
    name.strip_prefix("public.").map(str::to_owned).unwrap_or(name)
}

/// Every record with an identity of its own, by what it is told by. Notes and statements may stand twice; the second
/// is then another.
fn keys(design: &Design) -> BTreeMap<Key, Id> {
    let mut ids: BTreeMap<Key, Id> = BTreeMap::new();
    let mut times: BTreeMap<Key, usize> = BTreeMap::new();
    let within = |namespace| design.namespace_name(namespace).to_owned();
    let mut add = |kind: &'static str, of: String, name: &str, id: Id| {
        let mut key = (kind, of, name.to_owned());
        if ids.contains_key(&key) {
            let again = times.entry(key.clone()).or_default();
            *again += 1;
            key.2 += &format!("'{again}");
            while ids.contains_key(&key) {
                key.2.push('\'');
            }
        }
        ids.insert(key, id);
    };
    let none = String::new;
    design.namespaces().for_each(|it| add("schema", none(), &it.name, it.id.into()));
    design.extensions().for_each(|it| add("extension", none(), &it.name, it.id.into()));
    design.enums().for_each(|it| add("enum", within(it.namespace), &it.name, it.id.into()));
    design.domains().for_each(|it| add("domain", within(it.namespace), &it.name, it.id.into()));
    design.composites().for_each(|it| add("composite", within(it.namespace), &it.name, it.id.into()));
    design.ranges().for_each(|it| add("range", within(it.namespace), &it.name, it.id.into()));
    design.sequences().for_each(|it| add("sequence", within(it.namespace), &it.name, it.id.into()));
    for it in design.functions() {
        // What goes out tells no function from another (manual, "Function Overloading"); of procedures it does.
        let tells = |argument: &&FunctionArgument| argument.mode != ArgumentMode::Out || it.procedure;
        let arguments = it.arguments.iter().filter(tells);
        let types: Vec<String> = arguments.map(|it| unplaced(argument_type(&it.data_type))).collect();
        add("function", within(it.namespace), &format!("{}({})", it.name, types.join(",")), it.id.into());
    }
    design.tables().for_each(|it| add("table", within(it.namespace), &it.name, it.id.into()));
    design.views().for_each(|it| add("view", within(it.namespace), &it.name, it.id.into()));
    design.verbatims().for_each(|it| add("statement", none(), &it.sql, it.id.into()));
    for it in design.placements() {
        let table = design.table(it.table);
        let (of, name) = table.map_or((none(), ""), |it| (within(it.namespace), it.name.as_str()));
        add("placement", of, name, it.id.into());
    }
    design.areas().for_each(|it| add("area", none(), &it.name, it.id.into()));
    design.notes().for_each(|it| add("note", none(), &it.text, it.id.into()));
    for it in design.briefs() {
        add("brief", none(), if it.title.is_empty() { &it.text } else { &it.title }, it.id.into());
    }
    design.stories().for_each(|it| add("story", it.actor.clone(), &it.goal, it.id.into()));
    design.access_patterns().for_each(|it| add("query", none(), &it.name, it.id.into()));
    design.decisions().for_each(|it| add("decision", none(), &it.title, it.id.into()));
    design.snapshots().for_each(|it| add("version", none(), &it.name, it.id.into()));
    ids
}
