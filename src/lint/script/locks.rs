//! The locks that a statement takes on tables that are there before it: on the one that it names, and on those that are
//! locked along with it.
//!
//! Source: PostgreSQL 18 manual, "Explicit Locking" and the pages of each statement, `AlterTableGetLockLevel` in
//! `tablecmds.c`; `tests/it/locks.rs` holds each to what `pg_locks` shows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Act, Action, Added, Constraint, Script, Step};
use crate::base::Span;
use crate::design::{BaseType, Design, Table, TableId};
use crate::pg::{LockMode, lock_of};
use crate::read;

/// A lock on a table, view or index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lock {
    /// Its name.
    pub table: String,
    /// How it is locked.
    pub mode: LockMode,
}

/// A statement with the locks that it takes on what was there before its script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Locked {
    /// The script.
    pub file: String,
    /// The first line, 1-based.
    pub line: u32,
    /// The statement's bytes.
    #[serde(skip)]
    pub span: Span,
    /// In order of name; reading alone is left out.
    pub locks: Vec<Lock>,
}

/// The locks of every statement of scripts that are run one after the other; statements without one are left out.
pub fn locks(scripts: &[Script<'_>]) -> Vec<Locked> {
    let mut all = Vec::new();
    let mut earlier = String::new();
    let mut last = String::new();
    let mut typed: Vec<(String, String)> = Vec::new();
    for script in scripts {
        earlier.push_str(&std::mem::take(&mut last));
        let before = read::postgres(&earlier, &read::Options::default()).tree.design;
        let steps = super::read_steps(script.text, false);
        let made: BTreeSet<&str> = steps.iter().flat_map(|it| it.act.makes()).collect();
        for Step { span, line, act, .. } in &steps {
            let found = held(act, &before, &made, &mut typed);
            if !found.is_empty() {
                all.push(Locked { file: script.name.to_owned(), line: *line, span: *span, locks: found });
            }
        }
        last = format!("{}\n;\n", script.text);
    }
    all
}

/// Every statement of a script that is run on a database of `before`, with the locks that it takes on what is there.
pub fn locks_on(before: &Design, text: &str) -> Vec<(Span, Vec<Lock>)> {
    let steps = super::read_steps(text, false);
    let made: BTreeSet<&str> = steps.iter().flat_map(|it| it.act.makes()).collect();
    let mut typed = Vec::new();
    steps.iter().map(|it| (it.span, held(&it.act, before, &made, &mut typed))).collect()
}

/// The locks of a statement on what its script did not make, without those of reading; `typed` tells which tables are `OF`
/// which type so far.
fn held(act: &Act, before: &Design, made: &BTreeSet<&str>, typed: &mut Vec<(String, String)>) -> Vec<Lock> {
    let of_type = |name: &str| {
        let tables = typed.iter().filter(|it| it.0 == name);
        tables.map(|it| it.1.clone()).collect()
    };
    let mut found = of_act(act, before, &of_type);
    typed.extend(act.of_type());
    found.retain(|it| it.mode >= LockMode::RowExclusive && !made.contains(it.table.as_str()));
    found
}

/// The strongest lock that a statement takes on each table, as far as it, the design before it and the tables that were
/// made `OF` a type tell; in order of name.
pub fn of_act(act: &Act, before: &Design, of_type: &dyn Fn(&str) -> Vec<String>) -> Vec<Lock> {
    let mut taken = Taken { before, of_type, found: BTreeMap::new() };
    taken.act(act);
    taken.found.into_iter().map(|(table, mode)| Lock { table, mode }).collect()
}

struct Taken<'a> {
    before: &'a Design,
    of_type: &'a dyn Fn(&str) -> Vec<String>,
    found: BTreeMap<String, LockMode>,
}

impl<'a> Taken<'a> {
    fn take(&mut self, table: &str, mode: Option<LockMode>) {
        if let Some(mode) = mode.filter(|_| !table.is_empty()) {
            let held = self.found.entry(table.to_owned()).or_insert(mode);
            *held = mode.max(*held);
        }
    }

    fn table(&self, name: &str) -> Option<&'a Table> {
        self.before.tables().find(|it| it.name == name)
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::AlterTable { table, actions } => {
                for action in actions {
                    self.take(table, action.lock());
                    self.action(table, action);
                }
            }
            Act::CreateTable { partition_of, columns, inherits, references, .. } => {
                if let Some(parent) = partition_of {
                    self.take(parent, lock_of("PARTITION OF"));
                    self.default_partition(parent);
                }
                for parent in inherits {
                    self.take(parent, lock_of("INHERITS"));
                }
                let of_columns = columns.iter().filter_map(|it| it.references.as_ref());
                for table in references.iter().chain(of_columns) {
                    self.take(table, lock_of("REFERENCES"));
                }
            }
            Act::CreateIndex { table, only, concurrently, .. } => {
                self.take(table, act.lock());
                if !only && !concurrently {
                    self.partitions(table, act.lock());
                }
            }
            Act::CreateView { name, replaces: true } => self.take(name, lock_of("CREATE OR REPLACE VIEW")),
            Act::Drop { what, names, concurrently, .. } => {
                for name in names {
                    self.dropped(what, name, *concurrently);
                }
            }
            Act::Truncate { tables, cascade } => {
                for table in tables {
                    self.take(table, act.lock());
                    self.partitions(table, act.lock());
                }
                if *cascade {
                    self.referencing(tables, act.lock());
                }
            }
            Act::Maintain { what, concurrently, kind, name: Some(name), .. } => {
                if what == "reindex" && kind.as_deref() == Some("index") {
                    // The table of the index is locked as `REINDEX TABLE` locks it.
                    let mode = lock_of(if *concurrently { "REINDEX CONCURRENTLY" } else { "REINDEX" });
                    if let Some(table) = self.of_index(name) {
                        self.take(&table.name, mode);
                    }
                }
                self.take(name, act.lock());
            }
            Act::AlterType { name, rest } if rest.iter().any(|it| it == "attribute") => {
                // A composite type is a relation as well, without rows.
                self.take(name, Some(LockMode::AccessExclusive));
                let cascades = rest.last().is_some_and(|it| it == "cascade");
                for table in (self.of_type)(name).into_iter().filter(|_| cascades) {
                    self.take(&table, Some(LockMode::AccessExclusive));
                    self.partitions(&table, Some(LockMode::AccessExclusive));
                }
            }
            Act::AlterDomain { name, rest } => {
                let says = |words: &[&str]| rest.windows(words.len()).any(|it| it == words);
                let reads = says(&["add"]) && !says(&["not", "valid"]) || says(&["set", "not", "null"]);
                if reads || says(&["validate"]) {
                    self.using_domain(name);
                }
            }
            other => {
                if let Some(table) = other.table() {
                    self.take(table, other.lock());
                    if matches!(other, Act::CreateTrigger { .. }) {
                        self.partitions(table, other.lock());
                    }
                }
            }
        }
    }

    /// What an action of `ALTER TABLE` locks besides the table.
    fn action(&mut self, table: &str, action: &Action) {
        match action {
            Action::AddConstraint(Added { kind: Constraint::ForeignKey(to), .. }) => {
                self.take(to, lock_of("REFERENCES"));
            }
            Action::AddColumn(it) => {
                if let Some(to) = &it.references {
                    self.take(to, lock_of("REFERENCES"));
                }
            }
            Action::DropConstraint { name } => {
                self.unreferenced(table, &|fk, _| fk.name == *name);
            }
            Action::DropColumn { name, .. } => {
                self.unreferenced(table, &|fk, table| {
                    fk.columns.iter().filter_map(|it| table.column(*it)).any(|it| it.name == *name)
                });
            }
            Action::Attach { partition } => {
                self.take(partition, Some(LockMode::AccessExclusive));
                self.default_partition(table);
            }
            Action::Detach { partition, concurrently, finalize } => {
                self.take(partition, action.lock().filter(|_| !concurrently && !finalize));
                if *concurrently || *finalize {
                    // Once nobody uses it as a part of the table any more.
                    self.take(partition, Some(LockMode::AccessExclusive));
                } else {
                    self.default_partition(table);
                }
            }
            Action::Inherit { parent } => self.take(parent, lock_of("INHERITS")),
            _ => {}
        }
        // Not every action reaches the partitions.
        let reaches = match action {
            Action::RenameTable { .. }
            | Action::SetSchema
            | Action::EnableSecurity
            | Action::DisableSecurity
            | Action::Attach { .. }
            | Action::Detach { .. }
            | Action::Tuned
            | Action::Inherit { .. }
            | Action::Rewrite { .. }
            | Action::Other { .. } => false,
            Action::AddColumn(_)
            | Action::AddConstraint(_)
            | Action::DropColumn { .. }
            | Action::DropConstraint { .. }
            | Action::Validate { .. }
            | Action::SetNotNull { .. }
            | Action::DropNotNull { .. }
            | Action::SetType { .. }
            | Action::SetExpression { .. }
            | Action::RenameColumn { .. }
            | Action::Trigger { .. } => true,
        };
        if reaches {
            self.partitions(table, action.lock());
        }
    }

    /// The tables that foreign keys of a table reference which go: their triggers go with them.
    fn unreferenced(&mut self, table: &str, goes: &dyn Fn(&crate::design::ForeignKey, &Table) -> bool) {
        let Some(table) = self.table(table) else { return };
        let gone = table.foreign_keys.iter().filter(|fk| goes(fk, table));
        let referenced: Vec<TableId> = gone.map(|it| it.references).collect();
        for id in referenced {
            if let Some(to) = self.before.table(id) {
                self.take(&to.name, Some(LockMode::AccessExclusive));
            }
        }
    }

    fn dropped(&mut self, what: &str, name: &str, concurrently: bool) {
        match what {
            "table" => {
                self.take(name, lock_of("DROP TABLE"));
                self.unreferenced(name, &|_, _| true);
                self.partitions(name, lock_of("DROP TABLE"));
                let parent = self.table(name).and_then(|it| it.partition_of.as_ref()).map(|it| it.table);
                if let Some(parent) = parent.and_then(|it| self.before.table(it)) {
                    self.take(&parent.name, lock_of("DROP TABLE"));
                    self.default_partition(&parent.name);
                }
            }
            "index" => {
                let mode = lock_of(if concurrently { "DROP INDEX CONCURRENTLY" } else { "DROP INDEX" });
                self.take(name, mode);
                if let Some(table) = self.of_index(name) {
                    self.take(&table.name, mode);
                    self.partitions(&table.name, mode);
                }
            }
            "view" => self.take(name, lock_of("DROP VIEW")),
            _ => {}
        }
    }

    fn of_index(&self, name: &str) -> Option<&'a Table> {
        self.before.tables().find(|it| it.indexes.iter().any(|it| it.name == name))
    }

    /// The tables with columns of a domain: their rows are read.
    fn using_domain(&mut self, name: &str) {
        let is_of = |it: &BaseType| matches!(it, BaseType::Domain(id) if self.before.domain(*id).is_some_and(|it| it.name == name));
        let all = self.before.tables().filter(|it| it.columns.iter().any(|it| is_of(&it.data_type.base)));
        let names: Vec<&str> = all.map(|it| it.name.as_str()).collect();
        for table in names {
            self.take(table, Some(LockMode::Share));
        }
    }

    /// The partitions of a table, and theirs.
    fn partitions(&mut self, table: &str, mode: Option<LockMode>) {
        let Some(parent) = self.table(table).filter(|it| it.partitioning.is_some()) else { return };
        let is_part = |it: &&Table| it.partition_of.as_ref().is_some_and(|it| it.table == parent.id);
        for part in self.before.tables().filter(is_part) {
            self.take(&part.name, mode);
            self.partitions(&part.name, mode);
        }
    }

    /// Which rows the default partition may hold depends on the others.
    fn default_partition(&mut self, table: &str) {
        let Some(parent) = self.table(table) else { return };
        let is_default = |it: &&Table| {
            it.partition_of
                .as_ref()
                .is_some_and(|it| it.table == parent.id && it.bound.trim().eq_ignore_ascii_case("default"))
        };
        if let Some(part) = self.before.tables().find(is_default) {
            self.take(&part.name, Some(LockMode::AccessExclusive));
        }
    }

    /// The tables that reference some, and those that reference these.
    fn referencing(&mut self, tables: &[String], mode: Option<LockMode>) {
        let mut open: Vec<TableId> = tables.iter().filter_map(|it| self.table(it)).map(|it| it.id).collect();
        let mut seen: BTreeSet<TableId> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            for it in self.before.tables() {
                if it.foreign_keys.iter().any(|it| it.references == id) && seen.insert(it.id) {
                    self.take(&it.name, mode);
                    open.push(it.id);
                }
            }
        }
    }
}
