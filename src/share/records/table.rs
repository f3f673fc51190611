//! Tables: their columns, then what columns do not carry.

use super::super::LinkError;
use super::super::coder::Place;
use super::super::fields as f;
use super::super::names;
use super::super::wire::Values;
use super::keys::{Carried, CarriedKeys};
use super::pass::{Columns, Pass};
use crate::design::{
    Check, Column, ConventionOverrides, Exclusion, ForeignKey, Id, Index, KeyStyle, PartitionOf,
    PartitionStrategy, Partitioning, ReplicaIdentity, RowSecurity, SeedRows, Table, TableId, TableKind,
    Unique, ValueSetStyle,
};

/// PostgreSQL's limit, `MaxHeapAttributeNumber`.
const MOST_COLUMNS: usize = 1600;

const KINDS: [TableKind; 4] =
    [TableKind::Core, TableKind::Lookup, TableKind::Junction, TableKind::Infrastructure];
const ROW_SECURITY: [RowSecurity; 4] =
    [RowSecurity::Disabled, RowSecurity::Enabled, RowSecurity::Forced, RowSecurity::ForcedButDisabled];
const STRATEGIES: [PartitionStrategy; 3] =
    [PartitionStrategy::Range, PartitionStrategy::List, PartitionStrategy::Hash];
const KEY_STYLES: [KeyStyle; 3] = [KeyStyle::UuidV4, KeyStyle::UuidV7, KeyStyle::Identity];
const VALUE_SETS: [ValueSetStyle; 3] = [ValueSetStyle::Enum, ValueSetStyle::Check, ValueSetStyle::Lookup];

impl Pass<'_> {
    /// All tables: first their names, by which columns refer to them, then what they hold.
    pub(super) fn tables(&mut self) -> Result<Vec<Table>, LinkError> {
        let given: Vec<&Table> = self.given.tables().collect();
        let mut tables = self.list(f::TABLES, given.iter().copied(), &Table::default(), |pass, it| {
            let id = pass.id(it.id);
            let name = pass.wire.text(f::TABLE_NAME, &it.name)?;
            let namespace = pass.namespace_if(pass.has_namespaces, it.namespace)?;
            Ok(Table { id, namespace, name, ..Table::default() })
        })?;
        self.first_table = tables.first().map_or_else(Default::default, |it| it.id);
        for (place, table) in tables.iter().enumerate() {
            self.tables.push(table.name.clone());
            self.table_places.entry(table.name.clone()).or_insert(place);
        }
        let blank = Table::default();
        for (place, table) in tables.iter_mut().enumerate() {
            self.table(given.get(place).copied().unwrap_or(&blank), table)?;
        }
        Self::resolve_references(&mut tables, self.first_table)?;
        let columns = |it: &Table| it.columns.iter().map(|it| (it.id, it.name.clone())).collect();
        self.columns = tables.iter().map(columns).collect();
        Ok(tables)
    }

    fn table(&mut self, it: &Table, table: &mut Table) -> Result<(), LinkError> {
        let mut carried = CarriedKeys::default();
        let mut given = it.columns.iter();
        let blank = super::blank_column();
        loop {
            let column = given.next();
            let name = self.column_name(it, column)?;
            if name.is_empty() {
                break;
            }
            let column = self.column(name, column.unwrap_or(&blank), it, table, &mut carried)?;
            table.columns.push(column);
            if table.columns.len() > MOST_COLUMNS {
                return Err(LinkError::Malformed("a table of so many columns"));
            }
        }
        self.rest_of_table(it, table, carried)
    }

    /// The name of a column, after a table's where it can be; empty after the last column.
    fn column_name(&mut self, table: &Table, it: Option<&Column>) -> Result<String, LinkError> {
        let given = it.map_or("", |it| &it.name);
        let is_reference = it.is_some_and(|it| table.foreign_keys.iter().any(|fk| fk.columns == [it.id]));
        let after = names::named_after(given, is_reference, |it| self.table_places.get(it).copied())
            .filter(|(table, form)| names::name_after(&self.tables[*table], *form).as_deref() == Some(given));
        let written = if after.is_none() { Some(given) } else { None };
        if let Some(name) = self.wire.text_or_sign(f::COLUMN_NAME, written)? {
            return Ok(name);
        }
        let (table, form) = after.unwrap_or_default();
        let table = self.wire.index(f::COLUMN_TABLE, table, self.tables.len())?;
        let form = self.wire.choice(f::COLUMN_FORM, form, names::FORMS)?;
        names::name_after(&self.tables[table], form).ok_or(LinkError::Malformed("a name"))
    }

    /// What follows the columns.
    fn rest_of_table(
        &mut self,
        it: &Table,
        table: &mut Table,
        carried: CarriedKeys,
    ) -> Result<(), LinkError> {
        let CarriedKeys { foreign_keys, indexes, uniques } = carried;
        let more_fks = foreign_keys.rest(&it.foreign_keys);
        let more_uniques = uniques.rest(&it.uniques);
        let more_indexes = indexes.rest(&it.indexes);
        let has = [
            !more_fks.is_empty(),
            !more_uniques.is_empty(),
            !it.checks.is_empty(),
            !it.exclusions.is_empty(),
            !more_indexes.is_empty(),
            !it.triggers.is_empty(),
            !it.policies.is_empty(),
            has_rare(it),
        ];
        let [has_fks, has_uniques, checks, exclusions, has_indexes, triggers, policies, rare] =
            self.wire.flags(f::TABLE, has)?;
        let name = table.name.clone();
        let new = std::mem::take(&mut table.columns);
        let columns = Columns { old: &it.columns, new: &new };
        table.primary_key = self.primary_key(it.primary_key.as_ref(), columns, &name)?;

        table.foreign_keys = self.completed(has_fks, f::FKS, foreign_keys, &more_fks, |pass, it| {
            pass.listed_foreign_key(it, columns, &name)
        })?;
        table.uniques = self.completed(has_uniques, f::UNIQUES, uniques, &more_uniques, |pass, it| {
            pass.unique(it, columns, &name)
        })?;
        table.indexes = self.completed(has_indexes, f::INDEXES, indexes, &more_indexes, |pass, it| {
            pass.index(it, columns, &name)
        })?;
        if checks {
            table.checks = self.list(f::CHECKS, it.checks.iter(), &Check::default(), |pass, it| {
                pass.check(it, columns, &name)
            })?;
        }
        if exclusions {
            table.exclusions =
                self.list(f::EXCLUSIONS, it.exclusions.iter(), &Exclusion::default(), |pass, it| {
                    pass.exclusion(it, columns, &name)
                })?;
        }
        if triggers {
            table.triggers =
                self.list(f::TRIGGERS, it.triggers.iter(), &super::blank_trigger(), |pass, it| {
                    pass.trigger(it, columns, &name)
                })?;
        }
        if policies {
            table.policies =
                self.list(f::POLICIES, it.policies.iter(), &super::blank_policy(), |pass, it| {
                    pass.policy(it, columns)
                })?;
        }
        table.kind = self.one_of(f::TABLE_KIND, &KINDS, it.kind)?;
        table.comment = self.flagged_text(f::TABLE_COMMENT, f::COMMENT, it.comment.as_ref())?;
        table.origin = self.origin(&it.origin)?;
        if rare {
            self.rare_of_table(it, table, columns)?;
        }
        table.columns = new;
        Ok(())
    }

    /// What columns carried and what they did not, in the order of the design.
    fn completed<T: Named>(
        &mut self,
        has_more: bool,
        place: Place,
        mut carried: Carried<T>,
        more: &[(usize, &T)],
        each: impl FnMut(&mut Self, &T) -> Result<T, LinkError>,
    ) -> Result<Vec<T>, LinkError> {
        if has_more {
            carried.items.extend(self.list(place, more.iter().map(|it| it.1), &T::blank(), each)?);
            carried.places.extend(more.iter().map(|it| it.0));
        }
        self.in_order(carried.items, &carried.places, T::name)
    }

    fn rare_of_table(&mut self, it: &Table, table: &mut Table, columns: Columns) -> Result<(), LinkError> {
        let has = [
            it.seed.is_some(),
            it.row_security != RowSecurity::Disabled,
            it.partitioning.is_some(),
            it.partition_of.is_some(),
            it.overrides != ConventionOverrides::default(),
            has_rarer(it),
        ];
        let [seed, row_security, partitioning, partition_of, overrides, rarer] =
            self.wire.flags(f::TABLE_RARE, has)?;
        if seed {
            table.seed = Some(self.seed(it.seed.as_ref().unwrap_or(&SeedRows::default()), columns)?);
        }
        if row_security {
            table.row_security = self.one_of(f::ROW_SECURITY, &ROW_SECURITY, it.row_security)?;
        }
        if partitioning {
            let (strategy, keys) = it
                .partitioning
                .as_ref()
                .map_or((PartitionStrategy::Range, &[][..]), |it| (it.strategy, it.keys.as_slice()));
            let strategy = self.one_of(f::PARTITION, &STRATEGIES, strategy)?;
            let keys = self.texts(f::PARTITION_KEYS, f::PARTITION_TEXT, keys)?;
            table.partitioning = Some(Partitioning { strategy, keys });
        }
        if partition_of {
            let given = it.partition_of.as_ref();
            let parent = self.reference(given.map_or(TableId::default(), |it| it.table))?;
            let bound = self.wire.text(f::PARTITION_TEXT, given.map_or("", |it| &it.bound))?;
            table.partition_of = Some(PartitionOf { table: parent, bound });
        }
        if overrides {
            table.overrides = self.overrides(&it.overrides)?;
        }
        if rarer {
            self.rarer_of_table(it, table)?;
        }
        Ok(())
    }

    fn rarer_of_table(&mut self, it: &Table, table: &mut Table) -> Result<(), LinkError> {
        let has = [
            it.unlogged,
            !it.inherits.is_empty(),
            !it.storage_parameters.is_empty(),
            it.access_method.is_some(),
            it.tablespace.is_some(),
            it.replica_identity != ReplicaIdentity::Default,
            it.cluster_on.is_some(),
        ];
        let [unlogged, inherits, storage, method, tablespace, replica, cluster] =
            self.wire.flags(f::TABLE_RARER, has)?;
        table.unlogged = unlogged;
        if inherits {
            table.inherits =
                self.list(f::REFERENCES, it.inherits.iter(), &TableId::default(), |pass, it| {
                    pass.reference(*it)
                })?;
        }
        table.storage_parameters = self.options_if(storage, &it.storage_parameters)?;
        table.access_method = self.text_if(method, f::TABLE_TEXT, it.access_method.as_ref())?;
        table.tablespace = self.text_if(tablespace, f::TABLE_TEXT, it.tablespace.as_ref())?;
        if replica {
            table.replica_identity = self.replica_identity(it.replica_identity)?;
        }
        table.cluster_on = self.text_if(cluster, f::TABLE_TEXT, it.cluster_on.as_ref())?;
        Ok(())
    }

    fn replica_identity(&mut self, it: ReplicaIdentity) -> Result<ReplicaIdentity, LinkError> {
        let (code, used) = match it {
            ReplicaIdentity::Default => (0, Id(0)),
            ReplicaIdentity::Full => (1, Id(0)),
            ReplicaIdentity::Nothing => (2, Id(0)),
            ReplicaIdentity::Index(id) => (3, id.into()),
            ReplicaIdentity::Constraint(id) => (4, id.into()),
        };
        Ok(match self.wire.choice(f::REPLICA, code, 5)? {
            0 => ReplicaIdentity::Default,
            1 => ReplicaIdentity::Full,
            2 => ReplicaIdentity::Nothing,
            3 => ReplicaIdentity::Index(self.reference(used)?.into()),
            _ => ReplicaIdentity::Constraint(self.reference(used)?.into()),
        })
    }

    fn seed(&mut self, it: &SeedRows, columns: Columns) -> Result<SeedRows, LinkError> {
        let given = self.columns_at(f::SEED_COLUMNS, f::KEY_COLUMN, &it.columns, columns)?;
        // Rows without columns would cost nothing to say.
        if given.is_empty() {
            return Ok(SeedRows::default());
        }
        let rows = self.list(f::SEED_ROWS, it.rows.iter(), &Vec::new(), |pass, row| {
            (0..given.len())
                .map(|at| pass.wire.text(f::SEED, row.get(at).map_or("", String::as_str)))
                .collect()
        })?;
        Ok(SeedRows { columns: given, rows })
    }

    fn overrides(&mut self, it: &ConventionOverrides) -> Result<ConventionOverrides, LinkError> {
        let switches = [it.timestamps, it.authorship, it.soft_delete, it.tenancy, it.version];
        let mut read = [None; 5];
        for (read, given) in read.iter_mut().zip(switches) {
            *read = self.one_of(f::OVERRIDE, &[None, Some(false), Some(true)], given)?;
        }
        let [timestamps, authorship, soft_delete, tenancy, version] = read;
        Ok(ConventionOverrides {
            key: self.one_of(f::OVERRIDE, &with_none(KEY_STYLES), it.key)?,
            timestamps,
            authorship,
            soft_delete,
            tenancy,
            version,
            value_sets: self.one_of(f::OVERRIDE, &with_none(VALUE_SETS), it.value_sets)?,
        })
    }
}

/// What a column may carry.
trait Named {
    fn blank() -> Self;
    fn name(&self) -> &str;
}

impl Named for ForeignKey {
    fn blank() -> Self {
        Self::default()
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Unique {
    fn blank() -> Self {
        Self::default()
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Index {
    fn blank() -> Self {
        super::blank_index()
    }
    fn name(&self) -> &str {
        &self.name
    }
}

fn with_none<T: Copy>([a, b, c]: [T; 3]) -> [Option<T>; 4] {
    [None, Some(a), Some(b), Some(c)]
}

/// Whether anything follows that most tables lack. Names every field, so that a new one is not forgotten.
fn has_rare(it: &Table) -> bool {
    let Table {
        id: _,
        namespace: _,
        name: _,
        kind: _,
        comment: _,
        columns: _,
        primary_key: _,
        uniques: _,
        foreign_keys: _,
        checks: _,
        exclusions: _,
        indexes: _,
        triggers: _,
        policies: _,
        row_security,
        unlogged: _,
        partitioning,
        partition_of,
        inherits: _,
        storage_parameters: _,
        access_method: _,
        tablespace: _,
        replica_identity: _,
        cluster_on: _,
        seed,
        overrides,
        origin: _,
    } = it;
    seed.is_some()
        || *row_security != RowSecurity::Disabled
        || partitioning.is_some()
        || partition_of.is_some()
        || *overrides != ConventionOverrides::default()
        || has_rarer(it)
}

fn has_rarer(it: &Table) -> bool {
    it.unlogged
        || !it.inherits.is_empty()
        || !it.storage_parameters.is_empty()
        || it.access_method.is_some()
        || it.tablespace.is_some()
        || it.replica_identity != ReplicaIdentity::Default
        || it.cluster_on.is_some()
}
