//! Records on their way to an edit.

use crate::base::Gather as _;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::design::naming::free;
use crate::design::{
    Design, Edit, EnumId, EnumType, Function, FunctionId, Id, IdSource, NamespaceId, Record, Replaced, Scope,
    Table, TableId,
};

/// A design with records put in front of its own; the design itself is not changed.
pub struct Draft<'a> {
    design: &'a Design,
    pub ids: IdSource,
    /// `None` is removed.
    changed: BTreeMap<Id, Option<Record>>,
    /// What the edit that is being made replaces, in its order.
    made: Vec<(Id, Option<Record>)>,
    /// Names given out here, before or after the record that takes them was put.
    claimed: BTreeSet<(Scope, String)>,
    users: RefCell<Users>,
    /// The table whose rows act, once it was looked for; no convention changes which that is.
    acting: OnceCell<Option<TableId>>,
    /// The table of the tenants, in the same way.
    owning: OnceCell<Option<TableId>>,
}

/// Who refers to whom among the changed records, brought up to date when asked.
#[derive(Default)]
struct Users {
    /// Changed since the last question.
    stale: BTreeSet<Id>,
    used_by: BTreeMap<Id, Vec<Id>>,
    referring: BTreeMap<Id, BTreeSet<Id>>,
}

impl Users {
    fn refresh(&mut self, changed: &BTreeMap<Id, Option<Record>>) {
        for id in std::mem::take(&mut self.stale) {
            for used in self.used_by.remove(&id).unwrap_or_default() {
                if let Some(users) = self.referring.get_mut(&used) {
                    users.remove(&id);
                }
            }
            let uses = changed.get(&id).and_then(Option::as_ref).map(Record::uses).unwrap_or_default();
            for used in &uses {
                self.referring.entry(*used).or_default().insert(id);
            }
            self.used_by.insert(id, uses);
        }
    }
}

impl<'a> Draft<'a> {
    pub fn of(design: &'a Design) -> Self {
        Self {
            design,
            ids: design.ids(),
            changed: BTreeMap::new(),
            made: Vec::new(),
            claimed: BTreeSet::new(),
            users: RefCell::default(),
            acting: OnceCell::new(),
            owning: OnceCell::new(),
        }
    }

    /// A draft where an edit is being made that the design has not seen; it is a part of what [`finish`](Self::finish) gives.
    pub fn making(design: &'a Design, edit: Edit) -> Self {
        let mut draft = Self::of(design);
        for Replaced { before, after } in edit.records {
            let Some(id) = after.as_ref().or(before.as_ref()).map(Record::id) else { continue };
            match after {
                Some(record) => {
                    let highest = record.all_ids().into_iter().map(|it| it.0).max().unwrap_or(0);
                    draft.ids.skip_to(highest.saturating_add(1));
                    draft.claimed.extend(record.names());
                    draft.put(record);
                }
                None => draft.remove(id),
            }
            draft.made.push((id, before));
        }
        draft
    }

    /// The edit from the design to this draft.
    pub fn finish(mut self) -> Edit {
        let made = std::mem::take(&mut self.made).into_iter();
        let mut records: Vec<Replaced> = made
            .filter_map(|(id, before)| Some(Replaced { before, after: self.changed.remove(&id)? }))
            .collect();
        for (id, after) in self.changed {
            records.push(Replaced { before: self.design.record(id), after });
        }
        records.retain(|it| it.before != it.after);
        Edit { records }
    }

    pub fn table(&self, id: TableId) -> Option<&Table> {
        match self.changed.get(&id.into()) {
            Some(Some(Record::Table(table))) => Some(table),
            Some(_) => None,
            None => self.design.table(id),
        }
    }

    pub fn table_mut(&mut self, id: TableId) -> Option<&mut Table> {
        self.users.get_mut().stale.insert(id.into());
        let design = self.design;
        let current = || design.table(id).cloned().map(Record::Table);
        match self.changed.entry(id.into()).or_insert_with(current) {
            Some(Record::Table(table)) => Some(table),
            _ => None,
        }
    }

    pub fn table_ids(&self) -> Vec<TableId> {
        self.tables().map(|it| it.id).collect()
    }

    /// In order of birth.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let own = self.design.tables().filter_map(|it| self.table(it.id));
        let added = self.changed.values().flatten().filter_map(|it| match it {
            Record::Table(table) if self.design.table(table.id).is_none() => Some(table),
            _ => None,
        });
        own.chain(added)
    }

    /// The table that `find` finds, looked for once.
    pub fn acting(&self, find: impl FnOnce(&Self) -> Option<TableId>) -> Option<&Table> {
        let found = *self.acting.get_or_init(|| find(self));
        found.and_then(|it| self.table(it))
    }

    /// The table of the tenants that `find` finds, looked for once.
    pub fn owning(&self, find: impl FnOnce(&Self) -> Option<TableId>) -> Option<&Table> {
        let found = *self.owning.get_or_init(|| find(self));
        found.and_then(|it| self.table(it))
    }

    pub fn enum_type(&self, id: EnumId) -> Option<&EnumType> {
        match self.changed.get(&id.into()) {
            Some(Some(Record::EnumType(it))) => Some(it),
            Some(_) => None,
            None => self.design.enum_type(id),
        }
    }

    pub fn enum_types(&self) -> impl Iterator<Item = &EnumType> {
        let put = self.changed.values().flatten().filter_map(|it| match it {
            Record::EnumType(it) => Some(it),
            _ => None,
        });
        self.design.enums().filter(|it| !self.changed.contains_key(&it.id.into())).chain(put)
    }

    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        let put = self.changed.values().flatten().filter_map(|it| match it {
            Record::Function(it) => Some(it),
            _ => None,
        });
        self.design.functions().filter(|it| !self.changed.contains_key(&it.id.into())).chain(put)
    }

    pub fn function(&self, id: FunctionId) -> Option<&Function> {
        match self.changed.get(&id.into()) {
            Some(Some(Record::Function(it))) => Some(it),
            Some(_) => None,
            None => self.design.function(id),
        }
    }

    /// The record as it would be.
    pub fn record(&self, id: Id) -> Option<Record> {
        self.changed.get(&id).cloned().unwrap_or_else(|| self.design.record(id))
    }

    /// Every record that is no table, as it would be.
    pub fn other_records(&self) -> Vec<Record> {
        let ids = self.design.records().filter(|it| !matches!(it, Record::Table(_))).map(|it| it.id());
        let put = self.changed.keys().copied();
        let ids: BTreeSet<Id> = ids.chain(put).gather();
        ids.into_iter()
            .filter_map(|it| self.record(it))
            .filter(|it| !matches!(it, Record::Table(_)))
            .collect()
    }

    pub fn put(&mut self, record: impl Into<Record>) {
        let record = record.into();
        self.users.get_mut().stale.insert(record.id());
        self.changed.insert(record.id(), Some(record));
    }

    pub fn remove(&mut self, id: impl Into<Id>) {
        let id = id.into();
        self.users.get_mut().stale.insert(id);
        self.changed.insert(id, None);
    }

    /// Every record, as it would be, that refers to this one.
    pub fn users_of(&self, id: impl Into<Id>) -> Vec<Id> {
        let id = id.into();
        let mut users = self.users.borrow_mut();
        users.refresh(&self.changed);
        let own = self.design.users_of(id).filter(|it| !self.changed.contains_key(it));
        own.chain(users.referring.get(&id).into_iter().flatten().copied()).collect()
    }

    /// Whether a record other than `of` takes the name.
    pub fn is_taken(&self, scope: &Scope, name: &str, of: Option<Id>) -> bool {
        let key = (scope.clone(), name.to_owned());
        let still = |id: &Id| match self.changed.get(id) {
            None => true,
            Some(record) => record.as_ref().is_some_and(|it| it.names().contains(&key)),
        };
        self.claimed.contains(&key)
            || self.design.named(scope.clone(), name).any(|id| Some(id) != of && still(&id))
    }

    /// The name, or one like it that no relation or type of the SQL schema has; it is given out once.
    pub fn claim(&mut self, namespace: Option<NamespaceId>, name: String) -> String {
        let scopes = [Scope::Relation(namespace), Scope::Type(namespace)];
        let name = free(name, |it| scopes.iter().any(|scope| self.is_taken(scope, it, None)));
        self.claimed.extend(scopes.map(|it| (it, name.clone())));
        name
    }
}
