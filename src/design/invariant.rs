//! What holds for every design.

use crate::base::Gather as _;
use std::collections::BTreeSet;
use std::fmt;

use super::{
    ColumnId, Deferral, Design, ForeignKey, Id, IndexElement, IndexKey, Record, Scope, Table, TableId,
    may_reference,
    record::{table_names, table_uses},
};
use crate::pg::MAX_NAME_BYTES;

/// Why an edit was not applied.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// A record is not as the edit found it: something else changed it in between.
    Stale {
        /// The record.
        id: Id,
    },
    /// The design would no longer hold together.
    Invalid(Vec<Violation>),
    /// A proposal would change what is given: a database that is there already.
    Given {
        /// What, in words: `table customer`.
        what: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale { id } => write!(f, "record {} was changed in the meantime", id.0),
            Self::Invalid(violations) => {
                // Two records may break the same one in the same words.
                let mut words: Vec<String> = Vec::new();
                for it in violations.iter().map(ToString::to_string) {
                    if !words.contains(&it) {
                        words.push(it);
                    }
                }
                f.write_str(&words.join("; "))
            }
            Self::Given { what } => {
                write!(f, "{what} is given: it is there already, and changed only where it is at home")
            }
        }
    }
}

impl std::error::Error for Refused {}

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The record in which it shows.
    pub record: Id,
    /// What does not hold.
    pub kind: ViolationKind,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

/// The invariants, each as what went wrong. Names stand as they are in the design.
#[allow(missing_docs)] // the fields are the names that the message shows
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// A name is empty, too long, or holds a zero byte.
    Name { name: String },
    /// Two things of one scope share a name.
    NameTaken { name: String },
    /// A table, constraint, trigger or policy name stands twice within a table.
    DuplicateWithin { table: String, what: &'static str, name: String },
    /// A record refers to one that is not there, or is of another kind.
    Dangling { from: String, to: Id },
    /// Something names a column that its table does not have.
    NoSuchColumn { table: String, of: String },
    /// A key, index or foreign key has no columns.
    NoColumns { table: String, of: String },
    /// A column stands twice in a key.
    RepeatedColumn { table: String, of: String },
    /// A foreign key has not as many referencing as referenced columns.
    ColumnCount { foreign_key: String },
    /// The two sides of a foreign key cannot be compared.
    TypeMismatch { foreign_key: String, column: String, references: String },
    /// The referenced columns of a foreign key are not those of a key.
    NotUnique { foreign_key: String, references: String },
    /// An enumerated type has the same value twice.
    DuplicateValue { name: String, value: String },
    /// A seed row has not as many values as the table's seed has columns.
    SeedRow { table: String },
    /// A table is a partition or heir of itself.
    Cycle { table: String },
    /// An identity stands in two places.
    DuplicateId { id: Id },
}

impl fmt::Display for ViolationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { name } if name.is_empty() => f.write_str("a name is empty"),
            Self::Name { name } => {
                // What was pasted into a name may be a whole file.
                let shown: String = name.chars().take(MAX_NAME_BYTES).collect();
                let rest = if shown.len() < name.len() { "…" } else { "" };
                write!(f, "name `{shown}{rest}` is longer than {MAX_NAME_BYTES} bytes or holds a zero byte")
            }
            Self::NameTaken { name } => write!(f, "name `{name}` is taken"),
            Self::DuplicateWithin { table, what, name } => {
                write!(f, "table `{table}` has {what} `{name}` twice")
            }
            Self::Dangling { from, to } => {
                write!(f, "`{from}` refers to record {}, which is not there", to.0)
            }
            Self::NoSuchColumn { table, of } => {
                write!(f, "`{of}` names a column that table `{table}` does not have")
            }
            Self::NoColumns { table, of } => write!(f, "`{of}` of table `{table}` has no columns"),
            Self::RepeatedColumn { table, of } => write!(f, "`{of}` of table `{table}` has a column twice"),
            Self::ColumnCount { foreign_key } => {
                write!(f, "foreign key `{foreign_key}` does not reference as many columns as it has")
            }
            Self::TypeMismatch { foreign_key, column, references } => {
                write!(
                    f,
                    "foreign key `{foreign_key}`: the types of `{column}` and `{references}` do not match"
                )
            }
            Self::NotUnique { foreign_key, references } => {
                write!(
                    f,
                    "foreign key `{foreign_key}` references columns of `{references}` that are not a key"
                )
            }
            Self::DuplicateValue { name, value } => write!(f, "type `{name}` has the value `{value}` twice"),
            Self::SeedRow { table } => write!(f, "a seed row of `{table}` has not one value for each column"),
            Self::Cycle { table } => write!(f, "table `{table}` would be a part of itself"),
            Self::DuplicateId { id } => write!(f, "identity {} is used twice", id.0),
        }
    }
}

/// Checks the given records; a removed one is checked through those that refer to it.
pub fn check(design: &Design, ids: &BTreeSet<Id>) -> Vec<Violation> {
    let mut found = Vec::new();
    for id in ids {
        let mut checker = Checker { design, record: *id, found: &mut found };
        // Nearly all records are tables, and a copy of one costs more than to look at it.
        if let Some(table) = design.table(TableId(id.0)) {
            let mut uses = Vec::new();
            table_uses(table, &mut uses);
            checker.names(&table_names(table));
            checker.references(&table.name, &uses, &table.all_ids());
            checker.table(table);
            continue;
        }
        let Some(record) = design.record(*id) else { continue };
        let names = record.names();
        let from = names.first().map_or_else(|| id.0.to_string(), |it| it.1.clone());
        checker.names(&names);
        checker.references(&from, &record.uses(), &record.all_ids());
        match &record {
            Record::EnumType(it) => checker.values(&it.name, &it.values),
            Record::Sequence(it) => {
                if let Some((table, column)) = it.owned_by {
                    let known = design.table(table).is_some_and(|it| it.column(column).is_some());
                    checker.hold(known, || no_such_column(design, table, &it.name));
                }
            }
            _ => {}
        }
    }
    found
}

struct Checker<'a> {
    design: &'a Design,
    record: Id,
    found: &'a mut Vec<Violation>,
}

impl Checker<'_> {
    fn hold(&mut self, holds: bool, kind: impl FnOnce() -> ViolationKind) {
        if !holds {
            self.found.push(Violation { record: self.record, kind: kind() });
        }
    }

    fn names(&mut self, names: &[(Scope, String)]) {
        let mut own = BTreeSet::new();
        for key in names {
            let (scope, name) = key;
            if !matches!(scope, Scope::PlacementOf(_)) {
                self.name(name);
            }
            let alone = own.insert(key) && self.design.named(scope.clone(), name).all(|it| it == self.record);
            self.hold(alone, || ViolationKind::NameTaken { name: name.clone() });
        }
    }

    fn name(&mut self, name: &str) {
        let fits = !name.is_empty() && name.len() <= MAX_NAME_BYTES && !name.contains('\0');
        self.hold(fits, || ViolationKind::Name { name: name.to_owned() });
    }

    fn references(&mut self, from: &str, uses: &[Id], ids: &[Id]) {
        let mut seen = BTreeSet::new();
        for to in uses {
            let known = !seen.insert(to) || self.design.has(*to);
            self.hold(known, || ViolationKind::Dangling { from: from.to_owned(), to: *to });
        }
        let mut seen = BTreeSet::new();
        for id in ids {
            self.hold(seen.insert(id), || ViolationKind::DuplicateId { id: *id });
        }
    }

    fn values(&mut self, name: &str, values: &[String]) {
        let mut seen = BTreeSet::new();
        for value in values {
            let duplicate = || ViolationKind::DuplicateValue { name: name.to_owned(), value: value.clone() };
            self.hold(seen.insert(value), duplicate);
        }
    }

    fn table(&mut self, table: &Table) {
        let keys = table.primary_key.iter().map(|it| &it.name);
        let constraints = keys
            .chain(table.uniques.iter().map(|it| &it.name))
            .chain(table.foreign_keys.iter().map(|it| &it.name))
            .chain(table.checks.iter().map(|it| &it.name))
            .chain(table.exclusions.iter().map(|it| &it.name));
        self.distinct(table, "column", table.columns.iter().map(|it| &it.name));
        self.distinct(table, "constraint", constraints);
        self.distinct(table, "trigger", table.triggers.iter().map(|it| &it.name));
        self.distinct(table, "policy", table.policies.iter().map(|it| &it.name));
        if let Some(key) = &table.primary_key {
            self.key(table, &key.name, &key.columns, &key.include);
        }
        for unique in &table.uniques {
            self.key(table, &unique.name, &unique.columns, &unique.include);
        }
        for exclusion in &table.exclusions {
            self.elements(
                table,
                &exclusion.name,
                exclusion.elements.iter().map(|it| &it.0),
                &exclusion.include,
            );
        }
        for index in &table.indexes {
            self.elements(table, &index.name, index.elements.iter(), &index.include);
        }
        for trigger in &table.triggers {
            self.columns(table, &trigger.name, &trigger.update_of);
        }
        for fk in &table.foreign_keys {
            self.foreign_key(table, fk);
        }
        if let Some(seed) = &table.seed {
            self.columns(table, &table.name, &seed.columns);
            let even = seed.rows.iter().all(|it| it.len() == seed.columns.len());
            self.hold(even, || ViolationKind::SeedRow { table: table.name.clone() });
        }
        self.ancestry(table);
    }

    fn distinct<'b>(&mut self, table: &Table, what: &'static str, names: impl Iterator<Item = &'b String>) {
        let mut seen = BTreeSet::new();
        for name in names {
            self.name(name);
            let twice =
                || ViolationKind::DuplicateWithin { table: table.name.clone(), what, name: name.clone() };
            self.hold(seen.insert(name), twice);
        }
    }

    fn columns(&mut self, table: &Table, of: &str, columns: &[ColumnId]) {
        let known = columns.iter().all(|it| table.column(*it).is_some());
        self.hold(known, || ViolationKind::NoSuchColumn { table: table.name.clone(), of: of.to_owned() });
    }

    fn key(&mut self, table: &Table, name: &str, columns: &[ColumnId], include: &[ColumnId]) {
        self.columns(table, name, columns);
        self.columns(table, name, include);
        self.hold(!columns.is_empty(), || no_columns(table, name));
        let distinct: BTreeSet<ColumnId> = columns.iter().copied().gather();
        self.hold(distinct.len() == columns.len(), || repeated(table, name));
    }

    fn elements<'b>(
        &mut self,
        table: &Table,
        name: &str,
        elements: impl Iterator<Item = &'b IndexElement>,
        include: &[ColumnId],
    ) {
        let mut any = false;
        for element in elements {
            any = true;
            if let IndexKey::Column(id) = element.key {
                self.columns(table, name, &[id]);
            }
        }
        self.columns(table, name, include);
        self.hold(any, || no_columns(table, name));
    }

    fn foreign_key(&mut self, table: &Table, fk: &ForeignKey) {
        let name = || fk.name.clone();
        self.columns(table, &fk.name, &fk.columns);
        self.columns(table, &fk.name, &fk.set_columns);
        self.hold(!fk.columns.is_empty(), || no_columns(table, &fk.name));
        self.hold(fk.columns.len() == fk.ref_columns.len(), || ViolationKind::ColumnCount {
            foreign_key: name(),
        });
        let distinct: BTreeSet<ColumnId> = fk.columns.iter().copied().gather();
        self.hold(distinct.len() == fk.columns.len(), || repeated(table, &fk.name));
        let Some(referenced) = self.design.table(fk.references) else { return };
        self.columns(referenced, &fk.name, &fk.ref_columns);
        for (from, to) in fk.columns.iter().zip(&fk.ref_columns) {
            let (Some(from), Some(to)) = (table.column(*from), referenced.column(*to)) else { continue };
            let fits = from.data_type == to.data_type
                || may_reference(&from.data_type, &to.data_type, |it| self.design.below_domain(it));
            self.hold(fits, || ViolationKind::TypeMismatch {
                foreign_key: name(),
                column: from.name.clone(),
                references: format!("{}.{}", referenced.name, to.name),
            });
        }
        // A partition's or heir's keys may be those of the table above it, which stand there.
        let own_keys = referenced.partition_of.is_none() && referenced.inherits.is_empty();
        let unique = is_key_of(referenced, &fk.ref_columns);
        self.hold(unique || !own_keys, || ViolationKind::NotUnique {
            foreign_key: name(),
            references: referenced.name.clone(),
        });
    }

    fn ancestry(&mut self, table: &Table) {
        let mut seen: BTreeSet<TableId> = BTreeSet::new();
        let mut open: Vec<TableId> = above(table).collect();
        while let Some(id) = open.pop() {
            if id == table.id {
                self.hold(false, || ViolationKind::Cycle { table: table.name.clone() });
                return;
            }
            if seen.insert(id) {
                open.extend(self.design.table(id).into_iter().flat_map(above));
            }
        }
    }
}

fn above(table: &Table) -> impl Iterator<Item = TableId> + '_ {
    table.partition_of.iter().map(|it| it.table).chain(table.inherits.iter().copied())
}

/// Whether a foreign key may reference these columns: exactly those of a key, not deferrable, or of a plain unique index.
fn is_key_of(table: &Table, columns: &[ColumnId]) -> bool {
    let wanted: BTreeSet<ColumnId> = columns.iter().copied().gather();
    let is = |key: &[ColumnId]| {
        key.iter().copied().gather::<BTreeSet<ColumnId>>() == wanted && key.len() == columns.len()
    };
    let at_once = Deferral::NotDeferrable;
    table.primary_key.as_ref().is_some_and(|it| it.deferral == at_once && is(&it.columns))
        || table.uniques.iter().any(|it| it.deferral == at_once && is(&it.columns))
        || table
            .indexes
            .iter()
            .filter(|it| it.unique && it.predicate.is_none())
            .any(|it| it.plain_columns().is_some_and(|key| is(&key)))
}

fn no_columns(table: &Table, of: &str) -> ViolationKind {
    ViolationKind::NoColumns { table: table.name.clone(), of: of.to_owned() }
}

fn repeated(table: &Table, of: &str) -> ViolationKind {
    ViolationKind::RepeatedColumn { table: table.name.clone(), of: of.to_owned() }
}

fn no_such_column(design: &Design, table: TableId, of: &str) -> ViolationKind {
    let table = design.table(table).map_or_else(String::new, |it| it.name.clone());
    ViolationKind::NoSuchColumn { table, of: of.to_owned() }
}
