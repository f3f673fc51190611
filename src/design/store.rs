//! The document: its records, and the one door through which they change.

use crate::base::Gather as _;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use super::{
    AccessPattern, AccessPatternId, Area, AreaId, BaseType, Brief, BriefId, Column, ColumnId, CompositeId,
    CompositeType, Conventions, DataType, Decision, DecisionId, Domain, DomainId, Edit, EnumId, EnumType,
    Extension, ExtensionId, ForeignKey, Function, FunctionId, Id, IdSource, Lane, Load, Namespace,
    NamespaceId, Note, NoteId, Placement, PlacementId, RangeId, RangeType, Record, Refused, Replaced, Scope,
    Sequence, SequenceId, Snapshot, SnapshotId, Story, StoryId, Table, TableId, Verbatim, VerbatimId, View,
    ViewId, invariant,
};

macro_rules! store {
    ($($kind:ident $id:ident $field:ident $one:ident;)+) => {
        /// One design. Its records change only through [`Design::apply`], and through `apply_made` in the hands of whoever checks all
        /// of it afterwards.
        ///
        /// Invariant: `names` and `users` follow from the records, and [`invariant`] holds for each of them.
        ///
        /// Records are shared with its copies, which many things are tried on; behind pointers the maps of all kinds are one piece of
        /// machine code in the page's module.
        #[derive(Clone, Debug)]
        pub struct Design {
            next_id: u32,
            lane: Lane,
            title: String,
            conventions: Conventions,
            load: Load,
            $($field: BTreeMap<$id, Arc<$kind>>,)+
            names: BTreeSet<(Scope, String, Id)>,
            users: BTreeSet<(Id, Id)>,
        }

        impl Default for Design {
            fn default() -> Self {
                Self {
                    next_id: Record::FIRST_FREE,
                    lane: Lane::default(),
                    title: String::new(),
                    conventions: Conventions::default(),
                    load: Load::default(),
                    $($field: BTreeMap::new(),)+
                    names: BTreeSet::new(),
                    users: BTreeSet::new(),
                }
            }
        }

        impl PartialEq for Design {
            /// Equal records; which identities were used up is no part of it.
            fn eq(&self, other: &Self) -> bool {
                self.title == other.title
                    && self.conventions == other.conventions
                    && self.load == other.load
                    $(&& self.$field == other.$field)+
            }
        }

        impl Design {
            $(
                #[doc = concat!("Every `", stringify!($kind), "`, in order of birth.")]
                pub fn $field(&self) -> impl DoubleEndedIterator<Item = &$kind> + ExactSizeIterator {
                    self.$field.values().map(|it| &**it)
                }

                #[doc = concat!("The `", stringify!($kind), "` with this identity.")]
                pub fn $one(&self, id: $id) -> Option<&$kind> {
                    self.$field.get(&id).map(|it| &**it)
                }
            )+

            /// The record with this identity.
            pub fn record(&self, id: Id) -> Option<Record> {
                match id {
                    Record::TITLE => return Some(Record::Title(self.title.clone())),
                    Record::CONVENTIONS => return Some(Record::Conventions(self.conventions.clone())),
                    Record::LOAD => return Some(Record::Load(self.load.clone())),
                    _ => {}
                }
                $(if let Some(it) = self.$field.get(&$id(id.0)) {
                    return Some(Record::$kind((**it).clone()));
                })+
                None
            }

            /// Whether a record has this identity.
            pub fn has(&self, id: Id) -> bool {
                matches!(id, Record::TITLE | Record::CONVENTIONS | Record::LOAD)
                    $(|| self.$field.contains_key(&$id(id.0)))+
            }

            /// Every record, kind by kind.
            pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
                let once = [
                    Record::Title(self.title.clone()),
                    Record::Conventions(self.conventions.clone()),
                    Record::Load(self.load.clone()),
                ];
                once.into_iter()$(.chain(self.$field.values().map(|it| Record::$kind((**it).clone()))))+
            }

            /// The identity of every record, kind by kind.
            pub fn record_ids(&self) -> impl Iterator<Item = Id> + '_ {
                let once = [Record::TITLE, Record::CONVENTIONS, Record::LOAD];
                once.into_iter()$(.chain(self.$field.keys().copied().map(Id::from)))+
            }

            /// Whether this very record is in the design, equal in everything.
            pub fn holds(&self, record: &Record) -> bool {
                match record {
                    Record::Title(it) => self.title == *it,
                    Record::Conventions(it) => self.conventions == *it,
                    Record::Load(it) => self.load == *it,
                    $(Record::$kind(it) => self.$field.get(&it.id).is_some_and(|mine| **mine == *it),)+
                }
            }

            /// The identities of the records that are not in both designs, or not equal.
            pub fn differing(&self, other: &Self) -> BTreeSet<Id> {
                let mut found = BTreeSet::new();
                let once = [
                    (self.title != other.title, Record::TITLE),
                    (self.conventions != other.conventions, Record::CONVENTIONS),
                    (self.load != other.load, Record::LOAD),
                ];
                found.extend(once.into_iter().filter(|it| it.0).map(|it| it.1));
                $(
                    let changed = self.$field.iter().filter(|(id, it)| other.$field.get(*id) != Some(*it));
                    found.extend(changed.map(|it| Id::from(*it.0)));
                    found.extend(other.$field.keys().filter(|it| !self.$field.contains_key(*it)).map(|it| Id::from(*it)));
                )+
                found
            }

            fn set(&mut self, record: Record) {
                match record {
                    Record::Title(it) => self.title = it,
                    Record::Conventions(it) => self.conventions = it,
                    Record::Load(it) => self.load = it,
                    $(Record::$kind(it) => {
                        keep(&mut self.$field, it.id, it);
                    })+
                }
            }

            /// Every record, moved out.
            fn into_records(self) -> Vec<Record> {
                let mut records = vec![
                    Record::Title(self.title),
                    Record::Conventions(self.conventions),
                    Record::Load(self.load),
                ];
                $(records.extend(self.$field.into_values().map(|it| Record::$kind(Arc::unwrap_or_clone(it))));)+
                records
            }

            /// Takes a record out; those that exist once stay.
            fn unset(&mut self, id: Id) -> Option<Record> {
                $(if let Some(it) = take(&mut self.$field, $id(id.0)) {
                    return Some(Record::$kind(Arc::unwrap_or_clone(it)));
                })+
                None
            }
        }
    };
}

// Functions of their own: with the maps of all kinds in one, a browser compiles 32 KB of code before it keeps the first table
// fast.

#[inline(never)]
fn keep<K: Ord, T>(records: &mut BTreeMap<K, Arc<T>>, id: K, record: T) {
    records.insert(id, Arc::new(record));
}

#[inline(never)]
fn take<K: Ord, T>(records: &mut BTreeMap<K, Arc<T>>, id: K) -> Option<Arc<T>> {
    records.remove(&id)
}

store! {
    Namespace NamespaceId namespaces namespace;
    Extension ExtensionId extensions extension;
    EnumType EnumId enums enum_type;
    Domain DomainId domains domain;
    CompositeType CompositeId composites composite;
    RangeType RangeId ranges range;
    Sequence SequenceId sequences sequence;
    Function FunctionId functions function;
    Table TableId tables table;
    View ViewId views view;
    Verbatim VerbatimId verbatims verbatim;
    Placement PlacementId placements placement;
    Area AreaId areas area;
    Note NoteId notes note;
    Brief BriefId briefs brief;
    Story StoryId stories story;
    AccessPattern AccessPatternId access_patterns access_pattern;
    Decision DecisionId decisions decision;
    Snapshot SnapshotId snapshots snapshot;
}

impl Design {
    /// An empty design.
    pub fn new() -> Self {
        Self::default()
    }

    /// A design of these records, none of which is copied: what readers make may be large.
    ///
    /// # Errors
    /// When they do not hold together: why, and every record of the design that they would be.
    pub fn assemble(
        records: impl IntoIterator<Item = Record>,
    ) -> Result<Self, (Vec<super::Violation>, Vec<Record>)> {
        let design = Self::gathered(records);
        let violations = design.violations();
        if violations.is_empty() { Ok(design) } else { Err((violations, design.into_records())) }
    }

    /// These records, unchecked.
    pub(super) fn gathered(records: impl IntoIterator<Item = Record>) -> Self {
        let mut design = Self::new();
        for record in records {
            design.put(record.id(), Some(record));
        }
        design
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it does everywhere.
    pub fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// What is assumed of size and use.
    pub fn load(&self) -> &Load {
        &self.load
    }

    /// A source of identities that this design has never used.
    pub fn ids(&self) -> IdSource {
        IdSource::of_lane(self.lane, self.next_id)
    }

    /// Which identities are given here.
    pub fn lane(&self) -> Lane {
        self.lane
    }

    /// Gives identities of this lane alone from now on.
    pub fn keep_to(&mut self, lane: Lane) {
        self.lane = lane;
    }

    /// Gives the identities that `other` would give: for a design that stands for a part of it.
    pub(super) fn continue_ids_of(&mut self, other: &Self) {
        self.reserve_ids(other.next_id);
        self.lane = other.lane;
    }

    /// Keeps numbers below `next` from being given: a file may say that more were used than its records show.
    pub fn reserve_ids(&mut self, next: u32) {
        self.next_id = self.next_id.max(next);
    }

    /// Applies an edit wholly or not at all.
    ///
    /// # Errors
    /// When a record is not as the edit found it, or when an invariant would no longer hold: the design is unchanged then.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Refused> {
        for replaced in &edit.records {
            let Some(id) = replaced.id() else { continue };
            let is_as_found = match &replaced.before {
                Some(before) => before.id() == id && self.holds(before),
                None => !self.has(id) || self.record(id) == unsaid(id),
            };
            if !is_as_found {
                return Err(Refused::Stale { id });
            }
        }
        self.replace(edit, false);
        let violations = invariant::check(self, &self.touched(edit));
        if violations.is_empty() {
            return Ok(());
        }
        self.replace(edit, true);
        Err(Refused::Invalid(violations))
    }

    /// Applies an edit that was made of this very design, unchecked: whoever makes many, one upon the other, asks for
    /// `violations_after` once.
    pub(crate) fn apply_made(&mut self, edit: &Edit) {
        self.replace(edit, false);
    }

    /// What does not hold of the records that these edits changed, and of those that refer to them.
    pub(crate) fn violations_after<'a>(
        &self,
        edits: impl Iterator<Item = &'a Edit>,
    ) -> Vec<super::Violation> {
        let touched: BTreeSet<Id> = edits.flat_map(|it| self.touched(it)).gather();
        invariant::check(self, &touched)
    }

    /// Every record of the document against every invariant; empty for a design that was only changed by `apply`.
    pub fn violations(&self) -> Vec<super::Violation> {
        let all: BTreeSet<Id> = self.record_ids().gather();
        invariant::check(self, &all)
    }

    fn replace(&mut self, edit: &Edit, back: bool) {
        if back {
            for it in edit.records.iter().rev() {
                it.id().into_iter().for_each(|id| self.put(id, it.before.clone()));
            }
        } else {
            for it in &edit.records {
                it.id().into_iter().for_each(|id| self.put(id, it.after.clone()));
            }
        }
    }

    fn put(&mut self, id: Id, new: Option<Record>) {
        let old = self.unset(id);
        if let Some(record) = &new {
            let highest = record.all_ids().into_iter().map(|it| it.0).max().unwrap_or(0);
            self.next_id = self.next_id.max(highest.saturating_add(1));
        }
        self.remember(id, old.as_ref(), new.as_ref());
        if let Some(record) = new {
            self.set(record);
        }
    }

    /// Notes which names a record takes and which records it refers to; most of both stay as they were.
    #[inline(never)]
    fn remember(&mut self, id: Id, old: Option<&Record>, new: Option<&Record>) {
        let (before, after) = (sorted(old.map(Record::names)), sorted(new.map(Record::names)));
        for (scope, name) in before.iter().filter(|it| after.binary_search(it).is_err()) {
            self.names.remove(&(scope.clone(), name.clone(), id));
        }
        for (scope, name) in after.into_iter().filter(|it| before.binary_search(it).is_err()) {
            self.names.insert((scope, name, id));
        }
        let (before, after) = (sorted(old.map(Record::uses)), sorted(new.map(Record::uses)));
        for used in before.iter().filter(|it| after.binary_search(it).is_err()) {
            self.users.remove(&(*used, id));
        }
        for used in after.into_iter().filter(|it| before.binary_search(it).is_err()) {
            self.users.insert((used, id));
        }
    }

    /// The records of an edit and those that refer to them and may see the difference.
    fn touched(&self, edit: &Edit) -> BTreeSet<Id> {
        let own = edit.records.iter().filter_map(Replaced::id);
        let seen = edit.records.iter().filter(|it| !is_seen_alike(it)).filter_map(Replaced::id);
        own.chain(seen.flat_map(|it| self.users_of(it))).gather()
    }

    /// The records that refer to this one.
    pub fn users_of(&self, id: impl Into<Id>) -> impl Iterator<Item = Id> + '_ {
        let used = id.into();
        self.users.range((used, Id(0))..=(used, Id(u32::MAX))).map(|it| it.1)
    }

    /// The records that take a name within a scope: one, in a valid design.
    pub fn named(&self, scope: Scope, name: &str) -> impl Iterator<Item = Id> + '_ {
        let first = (scope, name.to_owned(), Id(0));
        let same = self.names.range((Bound::Included(&first), Bound::Unbounded));
        same.take_while(move |it| it.1 == first.1 && it.0 == first.0).map(|it| it.2)
    }

    /// The table of this name in an SQL schema; none is `public`.
    pub fn table_named(&self, namespace: Option<NamespaceId>, name: &str) -> Option<&Table> {
        self.named(Scope::Relation(namespace), name)
            .find_map(|id| self.table(TableId(id.0)).filter(|it| it.name == name))
    }

    /// The name of an SQL schema, `public` for none.
    pub fn namespace_name(&self, namespace: Option<NamespaceId>) -> &str {
        namespace.and_then(|id| self.namespace(id)).map_or("public", |it| it.name.as_str())
    }

    /// How a relation is called: its name, with its SQL schema before it where that is not `public`.
    pub fn relation_name(&self, namespace: Option<NamespaceId>, name: &str) -> String {
        match self.namespace_name(namespace) {
            "public" => name.to_owned(),
            namespace => format!("{namespace}.{name}"),
        }
    }

    /// The column with this identity, with its table. Linear in the number of tables.
    pub fn column(&self, id: ColumnId) -> Option<(&Table, &Column)> {
        self.tables().find_map(|table| table.column(id).map(|column| (table, column)))
    }

    /// Every foreign key with its referencing table.
    pub fn foreign_keys(&self) -> impl Iterator<Item = (&Table, &ForeignKey)> {
        self.tables().flat_map(|table| table.foreign_keys.iter().map(move |fk| (table, fk)))
    }

    /// The placement of a table.
    pub fn placement_of(&self, table: TableId) -> Option<&Placement> {
        self.named(Scope::PlacementOf(table), "").find_map(|id| self.placement(PlacementId(id.0)))
    }

    /// The type below a domain, with the domain's dimensions added; any other type as it is.
    pub fn below_domain(&self, data_type: &DataType) -> DataType {
        let mut current = data_type.clone();
        // A chain of domains cannot be longer than there are domains, unless it is a cycle.
        for _ in 0..=self.domains.len() {
            let BaseType::Domain(id) = current.base else { return current };
            let Some(domain) = self.domain(id) else { return current };
            let dimensions = current.dimensions.max(domain.data_type.dimensions);
            current = domain.data_type.clone().array(dimensions);
        }
        current
    }
}

/// Whether others see the same of a table: all its columns and keys and what it is a part of are there as before.
fn is_seen_alike(replaced: &Replaced) -> bool {
    let (Some(Record::Table(before)), Some(Record::Table(after))) = (&replaced.before, &replaced.after)
    else {
        return false;
    };
    let is_there = |it: &Column| after.column(it.id).is_some_and(|column| column.data_type == it.data_type);
    before.columns.iter().all(is_there)
        && before.primary_key == after.primary_key
        && before.uniques.iter().all(|it| after.uniques.contains(it))
        && before.indexes.iter().all(|it| after.indexes.contains(it))
        && before.partition_of == after.partition_of
        && before.inherits == after.inherits
}

/// The records that exist once may be unsaid in an edit that creates a document.
fn unsaid(id: Id) -> Option<Record> {
    match id {
        Record::TITLE => Some(Record::Title(String::new())),
        Record::CONVENTIONS => Some(Record::Conventions(Conventions::default())),
        Record::LOAD => Some(Record::Load(Load::default())),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

fn sorted<T: Ord>(items: Option<Vec<T>>) -> Vec<T> {
    let mut items = items.unwrap_or_default();
    items.sort_unstable();
    items
}
