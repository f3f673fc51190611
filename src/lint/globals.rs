//! What is known of the whole design, kept up to date table by table: what each table adds is remembered, so that an edit
//! costs what it touches.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use super::facts::{ColumnFacts, Numbering, Role, TableFacts, is_deletion_mark};
use super::topics::{self, Topic, Topics};
use crate::base;
use crate::design::{Design, FunctionBody, NamespaceId, RowSecurity, Table, TableId};
use crate::pg::Builtin;

/// A part of what is known of the whole design, which a rule says that it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Which names tables have, and their keys.
    Names,
    /// What is usual in the design.
    Habits,
    /// The column of the tenant and the table that it references.
    Tenant,
    /// Which types columns of one name have.
    Types,
    /// Expected rows, and whether writes weigh.
    Rows,
    /// What functions, extensions and privileges do.
    Surroundings,
}

/// Among what a design provides: an extension that brings others along, or a statement that makes some.
pub const ANYTHING: &str = "*";

/// What is known of the whole design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Globals {
    /// How many tables there are, partitions and what belongs to tools left aside.
    pub tables: usize,
    /// Tables by their names in the singular, in order of identity.
    pub names: BTreeMap<String, Vec<TableId>>,
    /// What is usual.
    pub habits: Habits,
    /// The column that says whose rows they are, where there is more than one tenant.
    pub tenant: Option<String>,
    /// The table that it references.
    pub tenant_root: Option<TableId>,
    /// The types of columns of one name that are not all of a kind, by the name's number.
    pub types: BTreeMap<u64, Types>,
    /// Expected rows.
    pub rows: BTreeMap<TableId, u64>,
    /// Whether as much is written as is read, by what the design is asked to bear.
    pub writes_weigh: bool,
    /// Whether a function makes partitions, or an extension is there that does.
    pub makes_partitions: bool,
    /// The names of extensions and functions that the design makes, and [`ANYTHING`] where it may make others.
    pub provided: BTreeSet<String>,
    /// The statements that the design keeps as written, in lower case, that speak of privileges.
    pub grants: Vec<String>,
}

/// The types of columns of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types {
    /// The kind that most have.
    pub usual: u64,
    /// How many have it.
    pub count: usize,
    /// How many there are.
    pub all: usize,
    /// The first table in which it is of that kind.
    pub like: TableId,
}

/// What is usual in a design: answers, not counts, so that few edits change one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// Most tables have a comment.
    pub comments: bool,
    /// At least two tables are deleted by mark.
    pub marks_deleted: bool,
    /// Half of the entities, and at least one, say when a row was made.
    pub stamps: bool,
    /// Some table has row-level security.
    pub secures: bool,
    /// Some column says a currency.
    pub has_currency: bool,
    /// Eight of ten names of tables are in the singular.
    pub singular: bool,
    /// Seven of ten are in the plural.
    pub plural: bool,
}

/// What one table adds to what is known of all.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Share {
    name: String,
    singular: String,
    is_plural: bool,
    key: Option<Builtin>,
    namespace: Option<NamespaceId>,
    is_entity: bool,
    is_commented: bool,
    is_secured: bool,
    has_currency: bool,
    marks_deleted: bool,
    is_stamped: bool,
    /// Columns that alone reference another table.
    references: Vec<(String, TableId)>,
}

/// How many tables are so.
#[derive(Clone, Debug, Default)]
struct Counts {
    entities: usize,
    plural: usize,
    commented: usize,
    secured: usize,
    with_currency: usize,
    marking: usize,
    stamped: usize,
}

/// What taking a table anew may mean for others.
#[derive(Clone, Debug, Default)]
pub(super) struct Put {
    /// Something that is counted is different.
    pub is_noticed: bool,
    /// A name or a key is: what may be asked for to find the table, as it was and as it is.
    pub renamed: Vec<Asked>,
    /// Types of columns of one name are, where they are not all of a kind.
    pub retyped: bool,
}

/// A name that a rule asked for, hashed: two that are taken for one only mean that a rule is run in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked(u64);

impl Asked {
    /// Of a name in the singular.
    pub(super) fn of(singular: &str) -> Self {
        let mut hasher = Numbering::default();
        singular.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// The shares of all tables and their sum.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    shares: BTreeMap<TableId, Share>,
    counts: Counts,
    /// How many tables have a column of this name that references that table.
    shared: BTreeMap<(String, TableId), usize>,
    /// The numbers and kinds of each table's columns, in order.
    typed: BTreeMap<TableId, Vec<(u64, u64)>>,
    /// The tables with a column of this name and kind.
    kinds: BTreeMap<u64, Vec<(u64, Vec<TableId>)>>,
}

impl Sum {
    /// Takes a table anew; nothing of it is left where there are no facts.
    pub(super) fn put(
        &mut self,
        globals: &mut Globals,
        id: TableId,
        table: Option<(&Table, &TableFacts)>,
    ) -> Put {
        let new = table.and_then(|(table, facts)| Share::of(table, facts));
        let counted = table.filter(|_| new.is_some());
        let retyped = self.retype(globals, id, counted.map_or_else(Vec::new, |it| types(it.0, it.1)));
        if self.shares.get(&id) == new.as_ref() {
            return Put { retyped, ..Put::default() };
        }
        let old = self.shares.remove(&id);
        let is_renamed = old.as_ref().map(Share::naming) != new.as_ref().map(Share::naming);
        let names = old.iter().chain(&new).filter(|_| is_renamed).map(|it| Asked::of(&it.singular));
        let renamed = names.collect();
        if let Some(old) = old {
            self.add(globals, id, &old, false);
        }
        if let Some(new) = new {
            self.add(globals, id, &new, true);
            self.shares.insert(id, new);
        }
        Put { is_noticed: true, renamed, retyped }
    }

    /// Counts a table's columns by name and kind; tells whether names with several kinds have others now.
    fn retype(&mut self, globals: &mut Globals, id: TableId, new: Vec<(u64, u64)>) -> bool {
        let old = self.typed.get(&id).map_or(&[][..], Vec::as_slice);
        if old == new {
            return false;
        }
        let is_in = |all: &[(u64, u64)], it: &(u64, u64)| all.binary_search(it).is_ok();
        let gone: Vec<(u64, u64)> = old.iter().filter(|it| !is_in(&new, it)).copied().collect();
        let come: Vec<(u64, u64)> = new.iter().filter(|it| !is_in(old, it)).copied().collect();
        for (name, kind) in &gone {
            let Some(kinds) = self.kinds.get_mut(name) else { continue };
            if let Some((_, tables)) = kinds.iter_mut().find(|it| it.0 == *kind) {
                tables.retain(|it| *it != id);
            }
            kinds.retain(|it| !it.1.is_empty());
        }
        for (name, kind) in &come {
            let kinds = self.kinds.entry(*name).or_default();
            match kinds.iter_mut().find(|it| it.0 == *kind) {
                // Mostly the last: tables come in order.
                Some((_, tables)) => {
                    if let Err(at) = tables.binary_search(&id) {
                        tables.insert(at, id);
                    }
                }
                None => kinds.push((*kind, vec![id])),
            }
        }
        let mut retyped = false;
        for (name, _) in gone.iter().chain(&come) {
            let is = self.kinds.get(name).filter(|it| it.len() > 1).and_then(|it| Types::of(it));
            let was = match is {
                Some(it) => globals.types.insert(*name, it),
                None => globals.types.remove(name),
            };
            retyped |= was != is;
            if self.kinds.get(name).is_some_and(Vec::is_empty) {
                self.kinds.remove(name);
            }
        }
        self.typed.insert(id, new);
        retyped
    }

    /// Adds a share, or takes it away.
    fn add(&mut self, globals: &mut Globals, id: TableId, share: &Share, adds: bool) {
        let change = |count: &mut usize, is: bool| {
            if is {
                *count = if adds { *count + 1 } else { count.saturating_sub(1) };
            }
        };
        change(&mut globals.tables, true);
        let counts = &mut self.counts;
        change(&mut counts.entities, share.is_entity);
        change(&mut counts.plural, share.is_plural);
        change(&mut counts.commented, share.is_commented);
        change(&mut counts.secured, share.is_secured);
        change(&mut counts.with_currency, share.has_currency);
        change(&mut counts.marking, share.marks_deleted);
        change(&mut counts.stamped, share.is_stamped);
        let named = globals.names.entry(share.singular.clone()).or_default();
        match named.binary_search(&id) {
            Ok(at) if !adds => {
                named.remove(at);
            }
            Err(at) if adds => named.insert(at, id),
            Ok(_) | Err(_) => {}
        }
        if named.is_empty() {
            globals.names.remove(&share.singular);
        }
        for key in &share.references {
            let count = self.shared.entry(key.clone()).or_insert(0);
            change(count, true);
            if *count == 0 {
                self.shared.remove(key);
            }
        }
    }

    /// Works out what follows from all shares, and tells what of it is different.
    pub(super) fn finish(
        &self,
        globals: &mut Globals,
        facts: &BTreeMap<TableId, TableFacts>,
    ) -> impl Iterator<Item = Known> + use<> {
        let habits = globals.habits;
        let before = globals.tenant.take().zip(globals.tenant_root.take());
        let (counts, all) = (&self.counts, globals.tables);
        let singles = all.saturating_sub(counts.plural);
        globals.habits = Habits {
            comments: counts.commented * 2 > all,
            marks_deleted: counts.marking >= 2,
            stamps: counts.stamped * 2 >= counts.entities.max(1) && counts.stamped > 0,
            secures: counts.secured > 0,
            has_currency: counts.with_currency > 0,
            singular: all >= 4 && singles * 10 >= all * 8,
            plural: all >= 4 && counts.plural * 10 >= all * 7,
        };
        let tenant = self.shared.iter().filter(|((column, root), count)| {
            let topics = facts.get(root).map_or_else(Topics::default, |it| it.any);
            let most = topics.has(Topic::TenantLike) && **count >= 3 && **count * 2 >= counts.entities;
            most || topics.has(Topic::Tenant) && topics::of_name(column)[0].has(Topic::Tenant)
        });
        let tenant = tenant.max_by_key(|it| (*it.1, Reverse(it.0)));
        globals.tenant = tenant.map(|((column, _), _)| column.clone());
        globals.tenant_root = tenant.map(|((_, root), _)| *root);
        let same = before.as_ref().map(|it| (&it.0, &it.1)) == tenant.map(|it| (&it.0.0, &it.0.1));
        let habits = (habits != globals.habits).then_some(Known::Habits);
        habits.into_iter().chain((!same).then_some(Known::Tenant))
    }
}

/// The numbers and kinds of a table's own columns, in order.
fn types(table: &Table, facts: &TableFacts) -> Vec<(u64, u64)> {
    let own = table.columns.iter().zip(&facts.columns).filter(|it| !it.0.inherited);
    let mut all: Vec<(u64, u64)> = own.filter_map(|it| Some((it.1.named, it.1.kind?))).collect();
    all.sort_unstable();
    all
}

impl Types {
    /// Of the tables with each kind.
    fn of(kinds: &[(u64, Vec<TableId>)]) -> Option<Self> {
        let all = kinds.iter().map(|it| it.1.len()).sum();
        let firsts = kinds.iter().filter_map(|it| Some((it.1.len(), Reverse(*it.1.first()?), it.0)));
        let (count, Reverse(like), usual) = firsts.max()?;
        Some(Self { usual, count, all, like })
    }
}

impl Share {
    /// What other tables may call it by, or reference.
    fn naming(&self) -> (&str, &str, Option<NamespaceId>, Option<Builtin>) {
        (&self.name, &self.singular, self.namespace, self.key)
    }

    /// Nothing for a partition, which is a part of another table, and for what belongs to a tool.
    fn of(table: &Table, facts: &TableFacts) -> Option<Self> {
        if table.partition_of.is_some() || facts.is_ledger {
            return None;
        }
        let key = table.primary_key.as_ref().map(|it| it.columns.as_slice());
        let key = key.and_then(|it| <[_; 1]>::try_from(it).ok());
        let key = key.and_then(|[key]| table.columns.iter().position(|it| it.id == key));
        let has = |wanted: &dyn Fn(&ColumnFacts) -> bool| facts.columns.iter().any(wanted);
        let lone = table.foreign_keys.iter().filter(|it| it.references != table.id && it.columns.len() == 1);
        let references = lone.filter_map(|fk| {
            let column = table.column(*fk.columns.first()?)?;
            Some((column.name.clone(), fk.references))
        });
        Some(Self {
            name: table.name.clone(),
            singular: facts.singular.clone(),
            is_plural: base::snake_case(&table.name) != facts.singular,
            key: key.and_then(|it| facts.columns.get(it)).and_then(|it| it.builtin),
            namespace: table.namespace,
            is_entity: facts.role == Role::Entity,
            is_commented: table.comment.is_some(),
            is_secured: table.row_security != RowSecurity::Disabled,
            has_currency: has(&|it| it.any.has(Topic::Currency)),
            marks_deleted: has(&is_deletion_mark),
            is_stamped: has(&|it| it.any.has(Topic::Created)),
            references: references.collect(),
        })
    }
}

/// Works out what does not come from tables; tells whether it is different.
pub(super) fn surroundings(design: &Design, globals: &mut Globals) -> Option<Known> {
    let makes = |it: &str| {
        let it = it.to_ascii_lowercase();
        it.contains("partition of") || it.contains("attach partition")
    };
    let makes_partitions =
        design.functions().any(|it| matches!(&it.body, FunctionBody::Text(text) if makes(text)))
            || design.extensions().any(|it| matches!(it.name.as_str(), "pg_partman" | "timescaledb"));
    let privileges = design.verbatims().map(|it| it.sql.trim_start());
    let grants = privileges.filter(|it| {
        it.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("grant ") || it.eq_ignore_ascii_case("revoke"))
    });
    let grants: Vec<String> = grants.map(str::to_ascii_lowercase).collect();
    let brings_others = design.extensions().any(|it| it.cascade)
        || design.verbatims().any(|it| it.sql.to_ascii_lowercase().contains("create extension"));
    let names = design.extensions().map(|it| &it.name).chain(design.functions().map(|it| &it.name));
    let names = names.cloned().chain(brings_others.then(|| ANYTHING.to_owned()));
    let provided: BTreeSet<String> = names.collect();
    let differs = (makes_partitions, &grants, &provided)
        != (globals.makes_partitions, &globals.grants, &globals.provided);
    (globals.makes_partitions, globals.grants, globals.provided) = (makes_partitions, grants, provided);
    differs.then_some(Known::Surroundings)
}

/// Works out how many rows are expected, by the names of tables, and whether writes weigh; tells whether either is different.
pub(super) fn rows(design: &Design, globals: &mut Globals) -> Option<Known> {
    let mut rows = BTreeMap::new();
    for volume in &design.load().volumes {
        let Some(count) = design.load().rows(&volume.of) else { continue };
        let singular = base::singular(&base::snake_case(&volume.of));
        for id in globals.names.get(&singular).into_iter().flatten() {
            rows.insert(*id, count);
        }
    }
    let writes_weigh = design.load().reads_per_write.is_some_and(|it| it <= 1.0);
    let differs = (&rows, writes_weigh) != (&globals.rows, globals.writes_weigh);
    (globals.rows, globals.writes_weigh) = (rows, writes_weigh);
    differs.then_some(Known::Rows)
}
