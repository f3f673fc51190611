//! Indexes, triggers and policies of a table.

use serde::{Deserialize, Serialize};

use super::{ColumnId, FunctionId, IndexId, Origin, PolicyId, SqlText, TriggerId, is_default};

/// `CREATE INDEX`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Its identity.
    pub id: IndexId,
    /// Its name.
    pub name: String,
    /// `UNIQUE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unique: bool,
    /// `btree`, `gin`, `gist`, `hash`, `brin`, `spgist`, or an extension's.
    #[serde(default = "btree", skip_serializing_if = "is_btree")]
    pub method: String,
    /// In index order.
    pub elements: Vec<IndexElement>,
    /// `INCLUDE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Vec<ColumnId>,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "is_default")]
    pub nulls_not_distinct: bool,
    /// `WHERE …`
    #[serde(default, skip_serializing_if = "is_default")]
    pub predicate: Option<SqlText>,
    /// `WITH (…)`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub storage_parameters: Vec<(String, String)>,
    /// `TABLESPACE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tablespace: Option<String>,
    /// `ON ONLY`: of a partitioned table alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only: bool,
    /// `ATTACH PARTITION`: the index of the partitioned table that this one is a part of.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attached_to: Option<IndexParent>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// What soft deletion made of it, to be taken back with it; none once a person has changed the index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub narrowed: Option<Narrowed>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// How soft deletion made an index one of live rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Narrowed {
    /// It got its predicate.
    Predicate,
    /// It stands in the place of a unique constraint, which cannot have a predicate.
    Constraint,
}

/// What an index of a partition is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IndexParent {
    /// An index.
    Index(IndexId),
    /// The index of a key.
    Constraint(super::ConstraintId),
}

fn btree() -> String {
    "btree".to_owned()
}

fn is_btree(method: &str) -> bool {
    method == "btree"
}

/// One element of an index or exclusion constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IndexElement {
    /// What is indexed.
    pub key: IndexKey,
    /// `COLLATE`, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<SqlText>,
    /// Operator class with its parameters, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub operator_class: Option<SqlText>,
    /// `DESC`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub descending: bool,
    /// `NULLS FIRST` is true, `NULLS LAST` false; none is the default of the direction.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nulls_first: Option<bool>,
    /// `ALTER INDEX … ALTER COLUMN … SET STATISTICS`, of an expression.
    #[serde(default, skip_serializing_if = "is_default")]
    pub statistics: Option<i32>,
}

/// What an index element indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IndexKey {
    /// A column.
    Column(ColumnId),
    /// An expression, without outer parentheses.
    Expression(SqlText),
}

impl IndexElement {
    /// A column in ascending order.
    pub fn column(id: ColumnId) -> Self {
        Self {
            key: IndexKey::Column(id),
            collation: None,
            operator_class: None,
            descending: false,
            nulls_first: None,
            statistics: None,
        }
    }
}

impl Index {
    /// A B-tree over plain columns.
    pub fn over(id: IndexId, name: impl Into<String>, columns: &[ColumnId]) -> Self {
        Self {
            id,
            name: name.into(),
            unique: false,
            method: btree(),
            elements: columns.iter().map(|it| IndexElement::column(*it)).collect(),
            include: Vec::new(),
            nulls_not_distinct: false,
            predicate: None,
            storage_parameters: Vec::new(),
            tablespace: None,
            only: false,
            attached_to: None,
            comment: None,
            narrowed: None,
            origin: Origin::Hand,
        }
    }

    /// The columns in order, when no element is an expression.
    pub fn plain_columns(&self) -> Option<Vec<ColumnId>> {
        let column = |it: &IndexElement| match it.key {
            IndexKey::Column(id) => Some(id),
            IndexKey::Expression(_) => None,
        };
        self.elements.iter().map(column).collect()
    }

    /// The columns before the first expression.
    pub fn leading_columns(&self) -> Vec<ColumnId> {
        let column = |it: &IndexElement| match it.key {
            IndexKey::Column(id) => Some(id),
            IndexKey::Expression(_) => None,
        };
        self.elements.iter().map_while(column).collect()
    }
}

/// `CREATE TRIGGER`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its identity.
    pub id: TriggerId,
    /// Its name.
    pub name: String,
    /// Before, after or instead of the events.
    pub timing: TriggerTiming,
    /// In the order `INSERT`, `UPDATE`, `DELETE`, `TRUNCATE`.
    pub events: Vec<TriggerEvent>,
    /// `UPDATE OF` these columns; empty is any.
    #[serde(default, skip_serializing_if = "is_default")]
    pub update_of: Vec<ColumnId>,
    /// `FOR EACH ROW`; otherwise `STATEMENT`.
    pub for_each_row: bool,
    /// `WHEN (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Option<SqlText>,
    /// `REFERENCING OLD TABLE AS`
    #[serde(default, skip_serializing_if = "is_default")]
    pub old_table: Option<String>,
    /// `REFERENCING NEW TABLE AS`
    #[serde(default, skip_serializing_if = "is_default")]
    pub new_table: Option<String>,
    /// `CONSTRAINT` trigger, and when it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub constraint: Option<super::Deferral>,
    /// `FROM` of a constraint trigger, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub from_table: Option<SqlText>,
    /// What it runs.
    pub function: TriggerFunction,
    /// Arguments, each as an SQL literal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub arguments: Vec<SqlText>,
    /// Whether and when it fires.
    #[serde(default, skip_serializing_if = "is_default")]
    pub firing: TriggerFiring,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

impl Trigger {
    /// A trigger that calls a function for each row, with nothing that is seldom wanted.
    pub fn of_row(
        id: TriggerId,
        name: String,
        timing: TriggerTiming,
        events: Vec<TriggerEvent>,
        function: TriggerFunction,
    ) -> Self {
        Self {
            id,
            name,
            timing,
            events,
            update_of: Vec::new(),
            for_each_row: true,
            condition: None,
            old_table: None,
            new_table: None,
            constraint: None,
            from_table: None,
            function,
            arguments: Vec::new(),
            firing: TriggerFiring::default(),
            comment: None,
            origin: Origin::default(),
        }
    }
}

/// The function behind a trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TriggerFunction {
    /// One of the design.
    Function(FunctionId),
    /// One that the design does not hold, an extension's for example; as written, without parentheses.
    Other(SqlText),
}

/// When a trigger fires relative to the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TriggerTiming {
    /// `BEFORE`
    Before,
    /// `AFTER`
    After,
    /// `INSTEAD OF`
    InsteadOf,
}

/// What a trigger answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TriggerEvent {
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
    /// `TRUNCATE`
    Truncate,
}

/// `ENABLE` and `DISABLE TRIGGER`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TriggerFiring {
    /// On the origin server.
    #[default]
    Enabled,
    /// Never.
    Disabled,
    /// On a replica only.
    Replica,
    /// Everywhere.
    Always,
}

impl TriggerFiring {
    /// As `ALTER TABLE` writes it before `TRIGGER`.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Enabled => "ENABLE",
            Self::Disabled => "DISABLE",
            Self::Replica => "ENABLE REPLICA",
            Self::Always => "ENABLE ALWAYS",
        }
    }
}

/// `CREATE POLICY`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its identity.
    pub id: PolicyId,
    /// Its name.
    pub name: String,
    /// `AS RESTRICTIVE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub restrictive: bool,
    /// `FOR`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub command: PolicyCommand,
    /// `TO`, each as written; empty is `PUBLIC`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub roles: Vec<SqlText>,
    /// `USING (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub using: Option<SqlText>,
    /// `WITH CHECK (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub with_check: Option<SqlText>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// Which statements a policy governs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyCommand {
    /// `ALL`
    #[default]
    All,
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}
