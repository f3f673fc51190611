//! Tables and their columns.

use serde::{Deserialize, Serialize};

use super::{
    Check, ColumnId, CompressionMethod, ConstraintId, DataType, Exclusion, ForeignKey, Id, Index, IndexId,
    NamespaceId, Origin, Policy, PrimaryKey, SequenceOptions, StorageMode, TableId, Trigger, Unique,
    is_default,
};

/// SQL text kept as it was written: a default, a predicate, a body. It names columns and tables by name;
/// a rename rewrites the identifiers in it that mean the renamed object.
pub type SqlText = String;

/// A table with everything that belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its identity.
    pub id: TableId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name, without quotes.
    pub name: String,
    /// Its part in the model.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: TableKind,
    /// What a row is, for people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// In the order of the design, which is the order of `CREATE TABLE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub columns: Vec<Column>,
    /// The primary key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub primary_key: Option<PrimaryKey>,
    /// Unique constraints.
    #[serde(default, skip_serializing_if = "is_default")]
    pub uniques: Vec<Unique>,
    /// Foreign keys of which this is the referencing table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub foreign_keys: Vec<ForeignKey>,
    /// Check constraints.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checks: Vec<Check>,
    /// Exclusion constraints.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exclusions: Vec<Exclusion>,
    /// Indexes that no constraint owns.
    #[serde(default, skip_serializing_if = "is_default")]
    pub indexes: Vec<Index>,
    /// Triggers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub triggers: Vec<Trigger>,
    /// Row-level security policies.
    #[serde(default, skip_serializing_if = "is_default")]
    pub policies: Vec<Policy>,
    /// Whether row-level security is on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub row_security: RowSecurity,
    /// `UNLOGGED`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unlogged: bool,
    /// `PARTITION BY`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partitioning: Option<Partitioning>,
    /// `PARTITION OF`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partition_of: Option<PartitionOf>,
    /// `INHERITS`, in order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inherits: Vec<TableId>,
    /// `WITH (…)`: name and value as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub storage_parameters: Vec<(String, String)>,
    /// `USING`, other than `heap`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access_method: Option<String>,
    /// `TABLESPACE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tablespace: Option<String>,
    /// `REPLICA IDENTITY`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub replica_identity: ReplicaIdentity,
    /// The index that `CLUSTER ON` names: an index, or the one behind a key.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cluster_on: Option<String>,
    /// Rows that belong to the design, such as those of a lookup table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub seed: Option<SeedRows>,
    /// Where this table departs from the design's conventions.
    #[serde(default, skip_serializing_if = "is_default")]
    pub overrides: ConventionOverrides,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// A table's part in the model (product.md B1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// What the business is about.
    #[default]
    Core,
    /// A small list of values.
    Lookup,
    /// The pairs of a many-to-many relationship.
    Junction,
    /// What the machinery needs: sessions, queues, logs.
    Infrastructure,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its identity in the document.
    pub id: ColumnId,
    /// Its name, without quotes.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// Whether it may be null. A primary key's columns are not nullable whatever this says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nullable: bool,
    /// How its value comes about when a row does not give one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value: ColumnValue,
    /// `COLLATE`, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<SqlText>,
    /// `STORAGE`, other than the type's own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub storage: Option<StorageMode>,
    /// `COMPRESSION`, other than the server's default.
    #[serde(default, skip_serializing_if = "is_default")]
    pub compression: Option<CompressionMethod>,
    /// `SET STATISTICS`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub statistics: Option<i32>,
    /// `SET (…)`, such as `n_distinct`: name and value as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: Vec<(String, String)>,
    /// What `NOT NULL` says beyond itself, where it says more (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "is_default")]
    pub not_null: Option<Box<NotNull>>,
    /// It comes from a table that this one inherits from, and is not declared here as well.
    #[serde(default, skip_serializing_if = "is_default")]
    pub inherited: bool,
    /// What it means, for people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

impl Column {
    /// A column that must be given, of a person's hand.
    pub fn new(id: ColumnId, name: impl Into<String>, data_type: DataType) -> Self {
        Self {
            id,
            name: name.into(),
            data_type,
            nullable: false,
            value: ColumnValue::Given,
            collation: None,
            storage: None,
            compression: None,
            statistics: None,
            options: Vec::new(),
            not_null: None,
            inherited: false,
            comment: None,
            origin: Origin::Hand,
        }
    }
}

/// The constraint behind a `NOT NULL`, which PostgreSQL 18 made one with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NotNull {
    /// Its name, when it is not the one that PostgreSQL gives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// `NO INHERIT`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_inherit: bool,
    /// `NOT VALID`: existing rows may hold nulls.
    #[serde(default, skip_serializing_if = "is_default")]
    pub not_valid: bool,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
}

/// How a column gets its value. At most one way, as in PostgreSQL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ColumnValue {
    /// By the row alone.
    #[default]
    Given,
    /// `DEFAULT`.
    Default(SqlText),
    /// `GENERATED ALWAYS AS (…)`.
    Generated {
        /// The expression between the parentheses.
        expression: SqlText,
        /// `STORED`; otherwise `VIRTUAL` (PostgreSQL 18).
        stored: bool,
    },
    /// `GENERATED … AS IDENTITY`.
    Identity {
        /// `ALWAYS`; otherwise `BY DEFAULT`.
        always: bool,
        /// Options of its sequence.
        options: Box<SequenceOptions>,
    },
}

impl ColumnValue {
    /// The default expression, where there is one.
    pub fn default_expression(&self) -> Option<&str> {
        match self {
            Self::Default(text) => Some(text),
            Self::Given | Self::Generated { .. } | Self::Identity { .. } => None,
        }
    }
}

/// `ROW LEVEL SECURITY` of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowSecurity {
    /// Off.
    #[default]
    Disabled,
    /// On for all but the owner.
    Enabled,
    /// On for the owner too.
    Forced,
    /// `FORCE` without `ENABLE`: kept, without effect.
    ForcedButDisabled,
}

/// `PARTITION BY`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Partitioning {
    /// How rows are divided.
    pub strategy: PartitionStrategy,
    /// Columns and expressions, each as written, in order: `created_at`, `lower(email) text_pattern_ops`.
    pub keys: Vec<SqlText>,
}

/// How a partitioned table divides its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartitionStrategy {
    /// `RANGE`
    Range,
    /// `LIST`
    List,
    /// `HASH`
    Hash,
}

/// `PARTITION OF`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartitionOf {
    /// The partitioned table.
    pub table: TableId,
    /// The bound as written: `FOR VALUES FROM (…) TO (…)` or `DEFAULT`.
    pub bound: SqlText,
}

/// What logical replication writes to identify a changed row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReplicaIdentity {
    /// The primary key.
    #[default]
    Default,
    /// The whole row.
    Full,
    /// Nothing.
    Nothing,
    /// An index of the table.
    Index(IndexId),
    /// The index of a unique constraint or of the primary key.
    Constraint(ConstraintId),
}

/// Rows that the design brings along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SeedRows {
    /// Which columns each row gives.
    pub columns: Vec<ColumnId>,
    /// One SQL expression a column, as many as `columns`.
    pub rows: Vec<Vec<SqlText>>,
}

impl SeedRows {
    /// Whether a row gives a value for each of these columns, as one does that references another row by them.
    pub fn refers(&self, columns: &[ColumnId]) -> bool {
        let at: Vec<usize> =
            (0..self.columns.len()).filter(|it| columns.contains(&self.columns[*it])).collect();
        let is_null = |it: &SqlText| it.trim().eq_ignore_ascii_case("null");
        let gives = |row: &Vec<SqlText>| at.iter().all(|it| row.get(*it).is_some_and(|it| !is_null(it)));
        at.len() == columns.len() && self.rows.iter().any(gives)
    }
}

/// Where a table departs from the design's [`Conventions`](super::Conventions); `None` follows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ConventionOverrides {
    /// How the table is keyed.
    #[serde(skip_serializing_if = "is_default")]
    pub key: Option<super::KeyStyle>,
    /// Creation and update times.
    #[serde(skip_serializing_if = "is_default")]
    pub timestamps: Option<bool>,
    /// Who created and updated.
    #[serde(skip_serializing_if = "is_default")]
    pub authorship: Option<bool>,
    /// Deletion by mark.
    #[serde(skip_serializing_if = "is_default")]
    pub soft_delete: Option<bool>,
    /// Tenant column and row-level security.
    #[serde(skip_serializing_if = "is_default")]
    pub tenancy: Option<bool>,
    /// Optimistic-lock version.
    #[serde(skip_serializing_if = "is_default")]
    pub version: Option<bool>,
    /// How value sets are held.
    #[serde(skip_serializing_if = "is_default")]
    pub value_sets: Option<super::ValueSetStyle>,
}

impl Table {
    /// The identity of all that belongs to it besides columns and foreign keys.
    pub fn part_ids(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = Vec::new();
        ids.extend(self.primary_key.iter().map(|it| Id::from(it.id)));
        ids.extend(self.uniques.iter().map(|it| Id::from(it.id)));
        ids.extend(self.checks.iter().map(|it| Id::from(it.id)));
        ids.extend(self.exclusions.iter().map(|it| Id::from(it.id)));
        ids.extend(self.indexes.iter().map(|it| Id::from(it.id)));
        ids.extend(self.triggers.iter().map(|it| Id::from(it.id)));
        ids.extend(self.policies.iter().map(|it| Id::from(it.id)));
        ids
    }

    /// Every identity that it holds, its own first.
    pub fn all_ids(&self) -> Vec<Id> {
        let mut ids = vec![Id::from(self.id)];
        ids.extend(self.columns.iter().map(|it| Id::from(it.id)));
        ids.extend(self.foreign_keys.iter().map(|it| Id::from(it.id)));
        ids.extend(self.part_ids());
        ids
    }

    /// The column with this identity.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.iter().find(|it| it.id == id)
    }

    /// The column with this name.
    pub fn column_named(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|it| it.name == name)
    }

    /// The names of columns, in the order asked for; unknown ones are left out.
    pub fn column_names<'a>(&'a self, ids: &'a [ColumnId]) -> impl Iterator<Item = &'a str> {
        ids.iter().filter_map(|id| self.column(*id)).map(|it| it.name.as_str())
    }

    /// Whether a column is part of the primary key.
    pub fn is_key(&self, id: ColumnId) -> bool {
        self.primary_key.as_ref().is_some_and(|it| it.columns.contains(&id))
    }

    /// Whether rows may leave the column null, the primary key considered.
    pub fn is_nullable(&self, id: ColumnId) -> bool {
        self.column(id).is_some_and(|it| it.nullable) && !self.is_key(id)
    }

    /// Whether at most one row can hold the same values in these columns: a key, a unique constraint or a unique index
    /// over them or over part of them, without predicate or expression.
    pub fn is_unique_over(&self, columns: &[ColumnId]) -> bool {
        let within = |key: &[ColumnId]| !key.is_empty() && key.iter().all(|it| columns.contains(it));
        self.primary_key.as_ref().is_some_and(|it| within(&it.columns))
            || self.uniques.iter().any(|it| within(&it.columns))
            || self
                .indexes
                .iter()
                .filter(|it| it.unique && it.predicate.is_none())
                .any(|it| it.plain_columns().is_some_and(|key| within(&key)))
    }

    /// Whether an index or key begins with these columns, in any order among themselves, and covers all rows.
    pub fn leads_an_index(&self, columns: &[ColumnId]) -> bool {
        let leads = |key: &[ColumnId]| {
            key.len() >= columns.len() && key.iter().take(columns.len()).all(|it| columns.contains(it))
        };
        self.primary_key.as_ref().is_some_and(|it| leads(&it.columns))
            || self.uniques.iter().any(|it| leads(&it.columns))
            || self.indexes.iter().filter(|it| it.predicate.is_none()).any(|it| leads(&it.leading_columns()))
    }
}
