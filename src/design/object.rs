//! Database objects that are no tables.

use serde::{Deserialize, Serialize};

use super::{
    ColumnId, CompositeId, ConstraintId, DataType, DomainId, Enforcement, EnumId, ExtensionId, FunctionId,
    Id, Index, NamespaceId, Origin, RangeId, SequenceId, SqlText, TableId, Trigger, VerbatimId, ViewId,
    is_default,
};

/// An SQL schema, what `CREATE SCHEMA` makes. `public` needs no record unless something is said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Namespace {
    /// Its identity.
    pub id: NamespaceId,
    /// Its name.
    pub name: String,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `CREATE TYPE … AS ENUM`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EnumType {
    /// Its identity.
    pub id: EnumId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// In sort order.
    pub values: Vec<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `CREATE DOMAIN`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Its identity.
    pub id: DomainId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// The type that it narrows.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// `COLLATE`, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<SqlText>,
    /// `NOT NULL`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub not_null: bool,
    /// `DEFAULT`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<SqlText>,
    /// Checks, of `VALUE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checks: Vec<DomainCheck>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// A check of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DomainCheck {
    /// Its identity.
    pub id: ConstraintId,
    /// Its name.
    pub name: String,
    /// The condition, without outer parentheses.
    pub expression: SqlText,
    /// Whether existing values were held to it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub enforcement: Enforcement,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
}

/// `CREATE TYPE … AS (…)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CompositeType {
    /// Its identity.
    pub id: CompositeId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// In order.
    pub attributes: Vec<CompositeAttribute>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// One attribute of a composite type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CompositeAttribute {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// `COLLATE`, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<SqlText>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
}

/// `CREATE TYPE … AS RANGE`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RangeType {
    /// Its identity.
    pub id: RangeId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// What it ranges over.
    pub subtype: DataType,
    /// The other options, name and value as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: Vec<(String, SqlText)>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `CREATE SEQUENCE`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    /// Its identity.
    pub id: SequenceId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// `UNLOGGED` (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "is_default")]
    pub unlogged: bool,
    /// Its options.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: SequenceOptions,
    /// `OWNED BY`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owned_by: Option<(TableId, ColumnId)>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// What a sequence or identity column may say; `None` is PostgreSQL's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SequenceOptions {
    /// `AS`.
    #[serde(rename = "type", skip_serializing_if = "is_default")]
    pub data_type: Option<DataType>,
    /// `START WITH`.
    #[serde(skip_serializing_if = "is_default")]
    pub start: Option<i64>,
    /// `INCREMENT BY`.
    #[serde(skip_serializing_if = "is_default")]
    pub increment: Option<i64>,
    /// `MINVALUE`.
    #[serde(skip_serializing_if = "is_default")]
    pub minimum: Option<i64>,
    /// `MAXVALUE`.
    #[serde(skip_serializing_if = "is_default")]
    pub maximum: Option<i64>,
    /// `CACHE`.
    #[serde(skip_serializing_if = "is_default")]
    pub cache: Option<i64>,
    /// `CYCLE`.
    #[serde(skip_serializing_if = "is_default")]
    pub cycle: bool,
    /// `SEQUENCE NAME` of an identity column, when it is not the derived one.
    #[serde(skip_serializing_if = "is_default")]
    pub name: Option<SqlText>,
}

/// `CREATE VIEW` and `CREATE MATERIALIZED VIEW`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Its identity.
    pub id: ViewId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// `MATERIALIZED`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub materialized: bool,
    /// `WITH NO DATA`, of a materialised view.
    #[serde(default, skip_serializing_if = "is_default")]
    pub with_no_data: bool,
    /// `RECURSIVE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub recursive: bool,
    /// Column names, where they are given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub columns: Vec<String>,
    /// The query as written, without a closing semicolon.
    pub query: SqlText,
    /// `WITH (…)`: name and value as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: Vec<(String, String)>,
    /// `WITH CHECK OPTION`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub check_option: Option<CheckOption>,
    /// Indexes of a materialised view; they name columns by expression.
    #[serde(default, skip_serializing_if = "is_default")]
    pub indexes: Vec<Index>,
    /// `INSTEAD OF` triggers and the like.
    #[serde(default, skip_serializing_if = "is_default")]
    pub triggers: Vec<Trigger>,
    /// What the query reads or calls, so that the view comes after it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reads: Vec<Id>,
    /// Column comments by column name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column_comments: Vec<(String, String)>,
    /// Defaults by column name, which rows inserted through the view get.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column_defaults: Vec<(String, SqlText)>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `WITH … CHECK OPTION`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckOption {
    /// `LOCAL`
    Local,
    /// `CASCADED`
    Cascaded,
}

/// `CREATE FUNCTION` and `CREATE PROCEDURE`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Its identity.
    pub id: FunctionId,
    /// Its SQL schema; none is `public`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<NamespaceId>,
    /// Its name.
    pub name: String,
    /// `PROCEDURE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub procedure: bool,
    /// In order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub arguments: Vec<FunctionArgument>,
    /// `RETURNS`, as written; none for a procedure or where `OUT` arguments say it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub returns: Option<SqlText>,
    /// `LANGUAGE`, in lower case.
    pub language: String,
    /// The search path under which it is made, where its body means other things under the usual one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub search_path: Vec<String>,
    /// Volatility, strictness, security, cost, settings: each as SQL writes it, in canonical order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attributes: Vec<SqlText>,
    /// What it does.
    pub body: FunctionBody,
    /// Tables, types and functions that must exist before it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reads: Vec<Id>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// One argument of a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FunctionArgument {
    /// `IN`, `OUT`, `INOUT` or `VARIADIC`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: ArgumentMode,
    /// Its name, where it has one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// Its type as written, with its quotes.
    #[serde(rename = "type")]
    pub data_type: SqlText,
    /// `DEFAULT`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<SqlText>,
}

/// Which way an argument goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArgumentMode {
    /// `IN`
    #[default]
    In,
    /// `OUT`
    Out,
    /// `INOUT`
    InOut,
    /// `VARIADIC`
    Variadic,
}

/// The body of a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FunctionBody {
    /// `AS $$…$$`: the text between the quotes.
    Text(String),
    /// `AS 'library', 'symbol'`.
    Library {
        /// The object file.
        file: String,
        /// The symbol, when it is not the function's name.
        symbol: Option<String>,
    },
    /// `RETURN …` or `BEGIN ATOMIC … END`, as written.
    Sql(SqlText),
}

impl Default for FunctionBody {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// `CREATE EXTENSION`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Its identity.
    pub id: ExtensionId,
    /// Its name.
    pub name: String,
    /// `SCHEMA`; none leaves it to PostgreSQL.
    #[serde(default, skip_serializing_if = "is_default")]
    pub namespace: Option<SqlText>,
    /// `VERSION`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub version: Option<String>,
    /// `CASCADE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cascade: bool,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// A statement that the document does not model, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Verbatim {
    /// Its identity.
    pub id: VerbatimId,
    /// The statement, without a closing semicolon.
    pub sql: SqlText,
    /// Which part of the written schema it belongs to.
    pub stage: Stage,
    /// Its place among the verbatim statements of its stage.
    #[serde(default, skip_serializing_if = "is_default")]
    pub position: u32,
    /// What must exist before it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub needs: Vec<Id>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// The parts of a written schema, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Settings, roles, what all else stands on.
    Prologue,
    /// SQL schemas and extensions.
    Namespaces,
    /// Types and domains.
    Types,
    /// Functions that tables may need.
    Functions,
    /// Sequences and tables.
    Tables,
    /// Constraints added after the tables.
    Constraints,
    /// Indexes and statistics.
    Indexes,
    /// Views.
    Views,
    /// Triggers and rules.
    Triggers,
    /// Policies.
    Policies,
    /// Comments.
    Comments,
    /// Owners and privileges.
    Privileges,
    /// Rows.
    Rows,
    /// What comes last.
    Epilogue,
}
