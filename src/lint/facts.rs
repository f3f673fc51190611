//! What is worked out once for all rules: the topics of names, plain types, roles of tables.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use super::expression::{self, Demand};
use super::globals::{self, Asked, Sum};
use super::mentioned::{self, Mention};
use super::topics::{self, Topic, Topics};
use super::{Globals, Known};
use crate::base;
use crate::design::{
    BaseType, CompositeId, DataType, Deferral, Design, DomainId, Enforcement, ForeignKey, Id, Origin,
    RangeId, ReferentialAction, Table, TableId, TableKind,
};
use crate::pg::{Builtin, TypeFamily};
use crate::sql;

/// What is known of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnFacts {
    /// The topics of all words of its name.
    pub any: Topics,
    /// Of the first word.
    pub first: Topics,
    /// Of the last.
    pub last: Topics,
    /// The built-in type below domains, arrays left aside.
    pub builtin: Option<Builtin>,
    /// Whether it is an array.
    pub is_array: bool,
    /// Whether it has a closed set of values: an enumerated type, or a check that lists them.
    pub is_listed: bool,
    /// What checks demand of it, those of its domain among them.
    pub demand: Demand,
    /// Whether it is a column of a foreign key.
    pub is_reference: bool,
    /// A number for its name.
    pub named: u64,
    /// A number that is equal where types take each other's values, how exact or long they are left aside; nothing where another
    /// table may well have another type: references, and what has a closed set of values.
    pub kind: Option<u64>,
}

/// What a table is for, as far as its shape tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// What the business is about.
    #[default]
    Entity,
    /// A small list of values.
    Lookup,
    /// Pairs of a many-to-many relationship.
    Junction,
    /// What is written once.
    Log,
    /// What the machinery needs.
    Infrastructure,
}

/// What is known of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableFacts {
    /// The topics of all words of its name.
    pub any: Topics,
    /// Of the first word.
    pub first: Topics,
    /// Of the last word.
    pub last: Topics,
    /// Its name in the singular, in snake case.
    pub singular: String,
    /// What it is for.
    pub role: Role,
    /// Whether it belongs to a tool and is as the tool made it.
    pub is_ledger: bool,
    /// Whether it is that, or a partition: not what a rule about the whole design looks at.
    pub is_aside: bool,
    /// Whether neither a foreign key nor a name of its columns leads to another table.
    pub is_alone: bool,
    /// Whether a foreign key leads back to it.
    pub is_nested: bool,
    /// A number for what its name says before the digits at its end: `sales_` of `sales_2026`.
    pub stem: Option<u64>,
    /// A number that is equal where the names of the columns are, in any order, those left aside that are of the key or
    /// say when a row came, changed or went.
    pub shape: u64,
    /// Whether a column has a closed set of values.
    pub has_listed: bool,
    /// Whether it has an index that is no B-tree, or a column that a B-tree may not serve: its type has no order, or parts.
    pub has_parts: bool,
    /// The other tables of which a row must be there before one of this can be.
    pub needs: Vec<TableId>,
    /// The other tables with whose rows its own are deleted.
    pub goes_with: Vec<TableId>,
    /// What its comments name.
    pub mentions: Vec<Mention>,
    /// In the order of the table's columns.
    pub columns: Vec<ColumnFacts>,
}

impl ColumnFacts {
    /// Whether it says when a row came, changed or went.
    pub fn is_stamp(&self) -> bool {
        self.any.any(&[Topic::Created, Topic::Updated, Topic::Deleted])
    }
}

/// Everything that is worked out once.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    tables: BTreeMap<TableId, TableFacts>,
    sum: Sum,
    /// What follows from names of columns alone, most of which many tables have.
    names: BTreeMap<String, Named>,
    /// What is known of the whole.
    pub globals: Globals,
}

impl Facts {
    /// Works out everything.
    pub fn of(design: &Design) -> Self {
        let mut facts = Self::default();
        facts.update(design, &design.tables().map(|it| it.id).collect(), true);
        facts
    }

    /// Works out again what follows from some tables, and from all that is no table where something of that changed;
    /// tells which parts of what is known of the whole design are different, and the names of which tables came or went.
    pub(super) fn update(
        &mut self,
        design: &Design,
        tables: &BTreeSet<TableId>,
        others_too: bool,
    ) -> (BTreeSet<Known>, Vec<Asked>) {
        let (mut known, mut renamed) = (BTreeSet::new(), Vec::new());
        let mut is_noticed = false;
        for id in tables {
            let table = design.table(*id);
            match table {
                Some(table) => self.tables.insert(*id, table_facts(design, table, &mut self.names)),
                None => self.tables.remove(id),
            };
            let put = self.sum.put(&mut self.globals, *id, table.zip(self.tables.get(id)));
            is_noticed |= put.is_noticed;
            known.extend(put.retyped.then_some(Known::Types));
            renamed.extend(put.renamed);
        }
        if is_noticed {
            known.extend(self.sum.finish(&mut self.globals, &self.tables));
        }
        if others_too || !renamed.is_empty() {
            known.extend(globals::rows(design, &mut self.globals));
        }
        if others_too {
            known.extend(globals::surroundings(design, &mut self.globals));
        }
        (known, renamed)
    }

    /// What is known of every table, in order.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&TableId, &TableFacts)> {
        self.tables.iter()
    }

    /// What is known of a table.
    pub fn table(&self, id: TableId) -> Option<&TableFacts> {
        self.tables.get(&id)
    }
}

/// The topics of a name and its number.
type Named = ([Topics; 3], u64);

fn table_facts(design: &Design, table: &Table, names: &mut BTreeMap<String, Named>) -> TableFacts {
    let [any, first, last] = topics::of_name(&table.name);
    let mut columns: Vec<ColumnFacts> = table
        .columns
        .iter()
        .map(|column| {
            let known = names.get(&column.name).copied();
            let ([any, first, last], named) = known.unwrap_or_else(|| {
                let named = (topics::of_name(&column.name), number(&column.name));
                names.insert(column.name.clone(), named);
                named
            });
            let below = match column.data_type.base {
                BaseType::Domain(_) => Cow::Owned(design.below_domain(&column.data_type)),
                _ => Cow::Borrowed(&column.data_type),
            };
            let mut facts =
                ColumnFacts { any, first, last, is_array: below.dimensions > 0, ..ColumnFacts::default() };
            if let BaseType::Builtin(builtin) = below.base {
                facts.builtin = Some(builtin);
            }
            facts.is_listed = matches!(below.base, BaseType::Enum(_));
            facts.demand = domain_demand(design, &column.data_type.base);
            facts.is_reference = table.foreign_keys.iter().any(|it| it.columns.contains(&column.id));
            facts.named = named;
            let is_compared = !facts.is_reference && !any.has(Topic::Closed);
            facts.kind = is_compared.then(|| kind(design, &column.data_type, &below)).flatten();
            facts
        })
        .collect();
    for check in table.checks.iter().filter(|it| it.enforcement != Enforcement::NotEnforced) {
        for (name, demand) in expression::demands(&check.expression) {
            let place = table.columns.iter().position(|it| it.name == name);
            if let Some(facts) = place.and_then(|it| columns.get_mut(it)) {
                facts.demand = facts.demand.or(demand);
            }
        }
    }
    for facts in &mut columns {
        facts.is_listed |= facts.demand.listed;
    }
    let singular = base::singular(&base::snake_case(&table.name));
    let role = role(table, any, last, &columns);
    let is_ledger = is_ledger(table);
    let own = table.columns.iter().zip(&columns).filter(|it| !table.is_key(it.0.id) && !it.1.is_stamp());
    let shape = own.fold(0_u64, |sum, it| sum.wrapping_add(it.1.named));
    let has_listed = columns.iter().any(|it| it.is_listed);
    let has_parts = columns.iter().any(|it| it.is_array || it.builtin.is_some_and(has_parts))
        || table.indexes.iter().any(|it| it.method != "btree");
    let needs = table.foreign_keys.iter().filter(|it| {
        it.references != table.id
            && it.deferral == Deferral::NotDeferrable
            && it.enforcement != Enforcement::NotEnforced
            && it.columns.iter().all(|it| !table.is_nullable(*it))
    });
    let needs = needs.map(|it| it.references).collect();
    let is_other = |it: &&ForeignKey| it.references != table.id;
    let goes = |it: &&ForeignKey| it.on_delete == ReferentialAction::Cascade;
    let goes_with = table.foreign_keys.iter().filter(is_other).filter(goes).map(|it| it.references).collect();
    let is_nested = !table.foreign_keys.iter().all(|it| is_other(&it));
    let is_alone = !table.foreign_keys.iter().any(|it| is_other(&it))
        && table.inherits.is_empty()
        && !table.columns.iter().any(|it| it.name.ends_with("_id") || it.name.ends_with("Id"));
    let mentions = mentioned::of(table);
    TableFacts {
        any,
        first,
        last,
        singular,
        role,
        is_ledger,
        is_aside: is_ledger || table.partition_of.is_some(),
        is_alone,
        is_nested,
        stem: stem(&table.name).map(number),
        shape,
        has_listed,
        has_parts,
        needs,
        goes_with,
        mentions,
        columns,
    }
}

/// What a name says before the digits at its end: `sales_` of `sales_2026`.
pub fn stem(name: &str) -> Option<&str> {
    let stem = name.trim_end_matches(|it: char| it.is_ascii_digit());
    (stem.len() < name.len() && stem.len() > 2 && stem.ends_with('_')).then_some(stem)
}

/// Whether values of a type have no order, or parts that a B-tree does not look into.
fn has_parts(it: Builtin) -> bool {
    has_no_order(it) || matches!(it, Builtin::Jsonb | Builtin::TsVector) || is_range(it)
}

/// Whether values of a type are ranges, or sets of them.
pub fn is_range(it: Builtin) -> bool {
    matches!(
        it,
        Builtin::Int4Range
            | Builtin::Int8Range
            | Builtin::NumRange
            | Builtin::TsRange
            | Builtin::TsTzRange
            | Builtin::DateRange
            | Builtin::Int4MultiRange
            | Builtin::Int8MultiRange
            | Builtin::NumMultiRange
            | Builtin::TsMultiRange
            | Builtin::TsTzMultiRange
            | Builtin::DateMultiRange
    )
}

/// Whether a type has no operator class for B-trees.
pub fn has_no_order(it: Builtin) -> bool {
    matches!(
        it,
        Builtin::Json
            | Builtin::Xml
            | Builtin::Point
            | Builtin::Line
            | Builtin::Lseg
            | Builtin::Box
            | Builtin::Path
            | Builtin::Polygon
            | Builtin::Circle
    )
}

/// The kind of a type that is `below` when its domains are left aside.
fn kind(design: &Design, written: &DataType, below: &DataType) -> Option<u64> {
    Some(match &below.base {
        BaseType::Enum(_) => return None,
        BaseType::Builtin(it) if below.dimensions == 0 => match it.family() {
            TypeFamily::Integer => number("integer"),
            TypeFamily::Float => number("float"),
            TypeFamily::Numeric => number("numeric"),
            TypeFamily::Text | TypeFamily::Character if !written.modifiers.is_empty() => number("limited"),
            _ => number(it),
        },
        BaseType::Builtin(it) => number((it, below.dimensions)),
        BaseType::Domain(DomainId(id))
        | BaseType::Composite(CompositeId(id))
        | BaseType::Range(RangeId(id))
        | BaseType::Row(TableId(id)) => number((id, below.dimensions)),
        BaseType::Other { .. } => number(sql::type_name(design, below)),
    })
}

fn number(it: impl Hash) -> u64 {
    let mut hasher = Numbering::default();
    it.hash(&mut hasher);
    hasher.finish()
}

/// A number for what is hashed: FNV-1a, which takes short names in a third of the time that the standard library's hasher
/// does. Two names with one number only mean that a rule compares two columns in vain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering(u64);

impl Default for Numbering {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Numbering {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |all, it| (all ^ u64::from(*it)).wrapping_mul(0x0100_0000_01b3));
    }
}

fn domain_demand(design: &Design, base: &BaseType) -> Demand {
    let BaseType::Domain(id) = base else { return Demand::default() };
    let Some(domain) = design.domain(*id) else { return Demand::default() };
    let checks = domain.checks.iter().flat_map(|it| expression::demands(&it.expression));
    checks.filter(|it| it.0 == "value").fold(Demand::default(), |all, it| all.or(it.1))
}

/// Tables in which tools keep their books, as their manuals name them: nobody may change them.
const LEDGERS: &[&str] = &[
    "__drizzle_migrations",
    "__efmigrationshistory",
    "_prisma_migrations",
    "_sqlx_migrations",
    "alembic_version",
    "ar_internal_metadata",
    "databasechangelog",
    "databasechangeloglock",
    "django_migrations",
    "doctrine_migration_versions",
    "flyway_schema_history",
    "goose_db_version",
    "gorp_migrations",
    "knex_migrations",
    "knex_migrations_lock",
    "kysely_migration",
    "kysely_migration_lock",
    "mikro_orm_migrations",
    "phinxlog",
    "pgmigrations",
    "refinery_schema_history",
    "schema_migrations",
    "sequelizemeta",
    "spatial_ref_sys",
    "typeorm_metadata",
];

/// Whether a table is one of those.
fn is_ledger(table: &Table) -> bool {
    LEDGERS.iter().any(|it| it.eq_ignore_ascii_case(&table.name))
}

fn role(table: &Table, any: Topics, last: Topics, columns: &[ColumnFacts]) -> Role {
    match table.kind {
        TableKind::Lookup => return Role::Lookup,
        TableKind::Junction => return Role::Junction,
        TableKind::Infrastructure if any.has(Topic::Log) => return Role::Log,
        TableKind::Infrastructure => return Role::Infrastructure,
        TableKind::Core => {}
    }
    if last.has(Topic::Log) {
        return Role::Log;
    }
    // Whoever read a text for it knew what it is about; its shape tells that only where nobody did.
    let is_judged =
        matches!(table.origin, Origin::Brief { .. } | Origin::Assumption { .. } | Origin::Model { .. });
    let plain = |place: &usize| columns.get(*place).is_some_and(|it| !it.is_reference);
    let payload = (0..table.columns.len()).filter(plain).filter(|it| {
        let (column, facts) = (&table.columns[*it], &columns[*it]);
        !table.is_key(column.id) && !facts.any.any(&[Topic::Created, Topic::Updated, Topic::Position])
    });
    let payload = payload.count();
    let required = table.foreign_keys.iter().filter(|fk| fk.columns.iter().all(|it| !table.is_nullable(*it)));
    // A comment of a person on a thing is a thing of its own, of which there may be many.
    let content = last.has(Topic::Content);
    let most_payload = usize::from(!is_judged);
    if required.count() >= 2 && payload <= most_payload && table.foreign_keys.len() <= 3 && !content {
        return Role::Junction;
    }
    // A key and the words that it stands for, what orders them, and nothing else.
    let label = |it: &ColumnFacts, name: &str| {
        is_text(it.builtin)
            && matches!(
                name,
                "name"
                    | "code"
                    | "label"
                    | "title"
                    | "value"
                    | "abbreviation"
                    | "symbol"
                    | "short_name"
                    | "type_name"
                    | "description"
                    | "slug"
                    | "key"
                    | "type"
                    | "type_code"
                    | "category_name"
            )
    };
    let mut labels = 0;
    let plain = table.columns.iter().zip(columns).all(|(column, it)| {
        let is_label = label(it, &column.name);
        labels += usize::from(is_label);
        is_label
            || table.is_key(column.id)
            || it.any.any(&[Topic::Position, Topic::Created, Topic::Updated, Topic::Flag])
    });
    if plain
        && !is_judged
        && labels > 0
        && table.foreign_keys.is_empty()
        && table.columns.len() <= 7
        && !last.has(Topic::Person)
    {
        return Role::Lookup;
    }
    Role::Entity
}

fn is_text(builtin: Option<Builtin>) -> bool {
    builtin.is_some_and(|it| matches!(it.family(), TypeFamily::Text | TypeFamily::Character))
}

/// Whether a column marks deleted rows: `deleted_at`, `is_deleted`, `archived_at`.
pub fn is_deletion_mark(facts: &ColumnFacts) -> bool {
    let moment = matches!(facts.builtin, Some(Builtin::TimestampTz | Builtin::Timestamp | Builtin::Date));
    facts.any.has(Topic::Deleted)
        && (moment && facts.first.has(Topic::Deleted) || facts.builtin == Some(Builtin::Boolean))
}

/// Whether rows of a table are deleted by mark.
pub fn is_deleted_by_mark(t: &super::TableView<'_>) -> bool {
    t.cols().any(|it| is_deletion_mark(it.facts))
}

/// The tables whose facts or findings can depend on a record.
pub fn neighbours(design: &Design, id: Id, found: &mut BTreeSet<TableId>) {
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if design.table(TableId(id.0)).is_some() {
            found.insert(TableId(id.0));
        }
        // A type passes a change on to what uses it; a table only to its neighbours.
        if seen.len() == 1 || design.table(TableId(id.0)).is_none() {
            open.extend(design.users_of(id));
        }
    }
}
