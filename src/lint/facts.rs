//! What is worked out once for all rules: the topics of names, plain types, roles of tables, and what is known of the
//! whole design.

use std::collections::{BTreeMap, BTreeSet};

use super::expression::{self, Demand};
use super::topics::{self, Topic, Topics};
use crate::base;
use crate::design::{
    BaseType, Design, Enforcement, FunctionBody, Id, NamespaceId, RowSecurity, Table, TableId, TableKind,
};
use crate::pg::{Builtin, TypeFamily};

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
    /// In the order of the table's columns.
    pub columns: Vec<ColumnFacts>,
}

/// What is known of the whole design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Globals {
    /// How many tables there are, partitions left aside.
    pub tables: usize,
    /// The column that says whose rows they are, where there is more than one tenant.
    pub tenant: Option<String>,
    /// The table that it references.
    pub tenant_root: Option<TableId>,
    /// Tables by their names in the singular.
    pub names: BTreeMap<String, Vec<TableId>>,
    /// Each table's name, SQL schema and the built-in type of its key, where that is one column.
    pub keys: BTreeMap<TableId, (String, Option<NamespaceId>, Option<Builtin>)>,
    /// How many entities there are.
    pub entities: usize,
    /// How many tables are deleted by mark.
    pub soft_deleting: usize,
    /// How many say who made a row.
    pub authored: usize,
    /// How many have a comment.
    pub commented: usize,
    /// How many have a creation time.
    pub stamped: usize,
    /// How many have row-level security.
    pub secured: usize,
    /// Expected rows.
    pub rows: BTreeMap<TableId, u64>,
    /// Whether any column anywhere says a currency.
    pub has_currency: bool,
    /// Whether a function makes partitions, or an extension is there that does.
    pub makes_partitions: bool,
    /// The statements that the design keeps as written, in lower case, that speak of privileges.
    pub grants: Vec<String>,
}

/// Everything that is worked out once.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    tables: BTreeMap<TableId, TableFacts>,
    /// What is known of the whole.
    pub globals: Globals,
}

impl Facts {
    /// Works out everything.
    pub fn of(design: &Design) -> Self {
        let tables = design.tables().map(|it| (it.id, table_facts(design, it))).collect();
        let mut facts = Self { tables, globals: Globals::default() };
        facts.globals = globals(design, &facts.tables);
        facts
    }

    /// Works out again what follows from some tables; tells whether anything is different for the whole design.
    pub fn update(&mut self, design: &Design, tables: &BTreeSet<TableId>) -> bool {
        for id in tables {
            match design.table(*id) {
                Some(table) => {
                    self.tables.insert(*id, table_facts(design, table));
                }
                None => {
                    self.tables.remove(id);
                }
            }
        }
        let globals = globals(design, &self.tables);
        let differs = globals != self.globals;
        self.globals = globals;
        differs
    }

    /// What is known of a table.
    pub fn table(&self, id: TableId) -> Option<&TableFacts> {
        self.tables.get(&id)
    }
}

fn table_facts(design: &Design, table: &Table) -> TableFacts {
    let [any, first, last] = topics::of_name(&table.name);
    let mut columns: Vec<ColumnFacts> = table
        .columns
        .iter()
        .map(|column| {
            let [any, first, last] = topics::of_name(&column.name);
            let below = design.below_domain(&column.data_type);
            let mut facts =
                ColumnFacts { any, first, last, is_array: below.dimensions > 0, ..ColumnFacts::default() };
            if let BaseType::Builtin(builtin) = below.base {
                facts.builtin = Some(builtin);
            }
            facts.is_listed = matches!(below.base, BaseType::Enum(_));
            facts.demand = domain_demand(design, &column.data_type.base);
            facts.is_reference = table.foreign_keys.iter().any(|it| it.columns.contains(&column.id));
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
    TableFacts { any, first, last, singular, role, is_ledger, columns }
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
    let plain = |place: &usize| columns.get(*place).is_some_and(|it| !it.is_reference);
    let payload = (0..table.columns.len()).filter(plain).filter(|it| {
        let (column, facts) = (&table.columns[*it], &columns[*it]);
        !table.is_key(column.id) && !facts.any.any(&[Topic::Created, Topic::Updated, Topic::Position])
    });
    let payload = payload.count();
    let required = table.foreign_keys.iter().filter(|fk| fk.columns.iter().all(|it| !table.is_nullable(*it)));
    // A comment of a person on a thing is a thing of its own, of which there may be many.
    let content = last.has(Topic::Content);
    if required.count() >= 2 && payload <= 1 && table.foreign_keys.len() <= 3 && !content {
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

fn globals(design: &Design, tables: &BTreeMap<TableId, TableFacts>) -> Globals {
    let mut globals = Globals::default();
    let mut shared: BTreeMap<(&str, TableId), usize> = BTreeMap::new();
    for (table, facts) in design.tables().filter_map(|it| Some((it, tables.get(&it.id)?))) {
        if table.partition_of.is_some() || facts.is_ledger {
            continue;
        }
        globals.tables += 1;
        globals.names.entry(facts.singular.clone()).or_default().push(table.id);
        let key =
            table.primary_key.as_ref().and_then(|it| it.columns.first().filter(|_| it.columns.len() == 1));
        let key = key.and_then(|key| table.columns.iter().position(|it| it.id == *key));
        let builtin = key.and_then(|it| facts.columns.get(it)).and_then(|it| it.builtin);
        globals.keys.insert(table.id, (table.name.clone(), table.namespace, builtin));
        globals.entities += usize::from(facts.role == Role::Entity);
        globals.commented += usize::from(table.comment.is_some());
        globals.secured += usize::from(table.row_security != RowSecurity::Disabled);
        globals.has_currency |= facts.columns.iter().any(|it| it.any.has(Topic::Currency));
        let has = |wanted: &dyn Fn(&str, &ColumnFacts) -> bool| {
            table.columns.iter().zip(&facts.columns).any(|(column, facts)| wanted(&column.name, facts))
        };
        globals.soft_deleting += usize::from(has(&|_, it| is_deletion_mark(it)));
        globals.stamped += usize::from(has(&|_, it| it.any.has(Topic::Created)));
        globals.authored += usize::from(has(&|name, _| name == "created_by" || name == "created_by_id"));
        for fk in &table.foreign_keys {
            if let [column] = fk.columns.as_slice()
                && fk.references != table.id
                && let Some(column) = table.column(*column)
            {
                *shared.entry((&column.name, fk.references)).or_insert(0) += 1;
            }
        }
    }
    let tenant = shared.iter().filter(|((column, root), count)| {
        let topics = tables.get(root).map_or_else(Topics::default, |it| it.any);
        let said = topics::of_name(column)[0].has(Topic::Tenant) && topics.has(Topic::Tenant);
        said || (topics.has(Topic::TenantLike) && **count >= 3 && **count * 2 >= globals.entities)
    });
    if let Some(((column, root), _)) = tenant.max_by_key(|it| (*it.1, std::cmp::Reverse(it.0))) {
        (globals.tenant, globals.tenant_root) = (Some((*column).to_owned()), Some(*root));
    }
    for volume in design.load().volumes.iter().filter(|it| it.per.is_none()) {
        let singular = base::singular(&base::snake_case(&volume.of));
        for id in globals.names.get(&singular).into_iter().flatten() {
            globals.rows.insert(*id, volume.count);
        }
    }
    let makes = |it: &str| {
        let it = it.to_ascii_lowercase();
        it.contains("partition of") || it.contains("attach partition")
    };
    globals.makes_partitions =
        design.functions().any(|it| matches!(&it.body, FunctionBody::Text(text) if makes(text)))
            || design.extensions().any(|it| matches!(it.name.as_str(), "pg_partman" | "timescaledb"));
    let privileges = design.verbatims().map(|it| it.sql.trim_start());
    let grants = privileges.filter(|it| {
        it.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("grant ") || it.eq_ignore_ascii_case("revoke"))
    });
    globals.grants = grants.map(str::to_ascii_lowercase).collect();
    globals
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
