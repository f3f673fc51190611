//! What the introspection query says, as types. A field that is not known here is passed over, so that the query may grow.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The object identifier (`oid`) by which the catalogue's entries refer to each other.
pub type Oid = u64;

/// What any object has.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Object {
    pub id: Oid,
    pub namespace: String,
    pub name: String,
    pub owner: Option<String>,
    pub comment: Option<String>,
}

/// A type whose body is a list of values.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EnumFacts {
    #[serde(flatten)]
    pub object: Object,
    pub values: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DomainFacts {
    #[serde(flatten)]
    pub object: Object,
    pub r#type: String,
    pub collation: Option<String>,
    pub default: Option<String>,
    pub not_null: bool,
    pub checks: Vec<ConstraintFacts>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompositeFacts {
    #[serde(flatten)]
    pub object: Object,
    pub attributes: Vec<ColumnFacts>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RangeFacts {
    #[serde(flatten)]
    pub object: Object,
    pub subtype: String,
    pub multirange: Option<String>,
    pub subtype_opclass: Option<String>,
    pub collation: Option<String>,
    pub canonical: Option<String>,
    pub subtype_diff: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SequenceFacts {
    #[serde(flatten)]
    pub object: Object,
    pub unlogged: bool,
    pub r#type: String,
    pub start: i64,
    pub increment: i64,
    pub minimum: i64,
    pub maximum: i64,
    pub cache: i64,
    pub cycle: bool,
    pub owned_by: Option<OwningColumn>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwningColumn {
    pub namespace: String,
    pub table: String,
    pub column: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FunctionFacts {
    #[serde(flatten)]
    pub object: Object,
    pub procedure: bool,
    pub arguments: String,
    pub definition: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TableFacts {
    #[serde(flatten)]
    pub object: Object,
    pub unlogged: bool,
    pub foreign: Option<ForeignFacts>,
    pub of_type: Option<String>,
    pub columns: Vec<ColumnFacts>,
    pub parents: Vec<Parent>,
    pub partition_by: Option<String>,
    pub partition_bound: Option<String>,
    pub options: Vec<String>,
    pub toast_options: Vec<String>,
    pub access_method: Option<String>,
    pub tablespace: Option<String>,
    pub row_security: bool,
    pub force_row_security: bool,
    pub replica_identity: Option<String>,
    pub constraints: Vec<ConstraintFacts>,
    pub indexes: Vec<IndexFacts>,
    pub triggers: Vec<TriggerFacts>,
    pub policies: Vec<PolicyFacts>,
    pub rules: Vec<TriggerFacts>,
    pub rows: Option<u64>,
    pub table_bytes: Option<u64>,
    pub index_bytes: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Parent {
    pub namespace: String,
    pub name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ForeignFacts {
    pub server: String,
    pub options: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ColumnFacts {
    pub name: String,
    pub r#type: String,
    pub collation: Option<String>,
    pub not_null: bool,
    pub not_null_name: Option<String>,
    pub not_null_comment: Option<String>,
    pub default: Option<String>,
    pub generated: Option<String>,
    pub stored: bool,
    pub identity: Option<String>,
    pub sequence: Option<SequenceFacts>,
    pub inherited: bool,
    pub storage: Option<String>,
    pub compression: Option<String>,
    pub statistics: Option<i32>,
    pub options: Vec<String>,
    pub foreign_options: Vec<String>,
    pub comment: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConstraintFacts {
    pub name: String,
    pub r#type: String,
    pub definition: String,
    pub valid: Option<bool>,
    pub options: Vec<String>,
    pub inherited: bool,
    pub comment: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct IndexFacts {
    pub name: String,
    pub definition: String,
    pub constraint: Option<String>,
    pub partition_of: Option<String>,
    pub clustered: bool,
    pub replica_identity: bool,
    pub valid: Option<bool>,
    pub statistics: BTreeMap<String, i32>,
    pub scans: Option<u64>,
    pub rows_read: Option<u64>,
    pub bytes: Option<u64>,
    pub comment: Option<String>,
}

/// A trigger or a rule.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TriggerFacts {
    pub name: String,
    pub definition: String,
    pub enabled: String,
    pub comment: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PolicyFacts {
    pub name: String,
    pub restrictive: bool,
    pub command: Option<String>,
    pub roles: Vec<String>,
    pub using: Option<String>,
    pub with_check: Option<String>,
    pub comment: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ViewFacts {
    #[serde(flatten)]
    pub object: Object,
    pub materialized: bool,
    pub populated: Option<bool>,
    pub definition: String,
    pub options: Vec<String>,
    pub access_method: Option<String>,
    pub tablespace: Option<String>,
    pub columns: Vec<ColumnFacts>,
    pub indexes: Vec<IndexFacts>,
    pub triggers: Vec<TriggerFacts>,
    pub rules: Vec<TriggerFacts>,
    pub rows: Option<u64>,
}

/// What the query has no structure for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OtherFacts {
    pub id: Oid,
    pub kind: String,
    pub owner: Option<String>,
    pub definition: String,
    /// As `COMMENT ON` names it.
    pub what: Option<String>,
    pub comment: Option<String>,
}

/// What a migration tool noted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    /// `flyway`, `liquibase`, `prisma`, `rails`, `golang-migrate`, `dbmate`, `sqlx`, `drizzle`, `node-pg-migrate`,
    /// `supabase`, `django`, `alembic`.
    pub tool: String,
    /// The SQL schema of its table.
    pub namespace: String,
    /// Its table.
    pub table: String,
    /// The table's rows as they are; none where the role that asked may not read them.
    pub rows: Option<Vec<serde_json::Value>>,
}
