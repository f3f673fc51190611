//! Keys and constraints of a table.

use serde::{Deserialize, Serialize};

use super::{ColumnId, ConstraintId, ForeignKeyId, IndexElement, Origin, SqlText, TableId, is_default};

/// `PRIMARY KEY`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PrimaryKey {
    /// Its identity.
    pub id: ConstraintId,
    /// Its name.
    pub name: String,
    /// In key order.
    pub columns: Vec<ColumnId>,
    /// The last column is a range and must not overlap (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "is_default")]
    pub without_overlaps: bool,
    /// `INCLUDE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Vec<ColumnId>,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferral: Deferral,
    /// `WITH (…)` of its index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub storage_parameters: Vec<(String, String)>,
    /// `TABLESPACE` of its index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tablespace: Option<String>,
    /// What is said of its index, beside what is said of the constraint.
    #[serde(default, skip_serializing_if = "is_default")]
    pub index_comment: Option<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `UNIQUE` as a constraint (a unique index is an [`Index`](super::Index)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unique {
    /// Its identity.
    pub id: ConstraintId,
    /// Its name.
    pub name: String,
    /// In key order.
    pub columns: Vec<ColumnId>,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "is_default")]
    pub nulls_not_distinct: bool,
    /// The last column is a range and must not overlap (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "is_default")]
    pub without_overlaps: bool,
    /// `INCLUDE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Vec<ColumnId>,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferral: Deferral,
    /// `WITH (…)` of its index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub storage_parameters: Vec<(String, String)>,
    /// `TABLESPACE` of its index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tablespace: Option<String>,
    /// What is said of its index, beside what is said of the constraint.
    #[serde(default, skip_serializing_if = "is_default")]
    pub index_comment: Option<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `FOREIGN KEY`: a relationship. Its kind, optionality and ownership are read from it, never stored beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ForeignKey {
    /// Its identity.
    pub id: ForeignKeyId,
    /// Its name.
    pub name: String,
    /// In the referencing table.
    pub columns: Vec<ColumnId>,
    /// The referenced table.
    pub references: TableId,
    /// In the referenced table, as many as `columns`.
    pub ref_columns: Vec<ColumnId>,
    /// What deleting a referenced row does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_delete: ReferentialAction,
    /// What changing a referenced key does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_update: ReferentialAction,
    /// Which columns `SET NULL` or `SET DEFAULT` on delete touches; empty is all (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "is_default")]
    pub set_columns: Vec<ColumnId>,
    /// `MATCH FULL`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub match_full: bool,
    /// The last column is a range, matched by `PERIOD` (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "is_default")]
    pub period: bool,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferral: Deferral,
    /// Whether existing and new rows are held to it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub enforcement: Enforcement,
    /// For people; on a relationship, why it is so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `CHECK`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its identity.
    pub id: ConstraintId,
    /// Its name.
    pub name: String,
    /// The condition, without the outer parentheses.
    pub expression: SqlText,
    /// `NO INHERIT`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub no_inherit: bool,
    /// Whether existing and new rows are held to it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub enforcement: Enforcement,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `EXCLUDE`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Its identity.
    pub id: ConstraintId,
    /// Its name.
    pub name: String,
    /// The index method, `gist` for most.
    pub method: String,
    /// What is compared, each with its operator as written: `=`, `&&`, `OPERATOR(s.=)`.
    pub elements: Vec<(IndexElement, String)>,
    /// `INCLUDE`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Vec<ColumnId>,
    /// `WHERE (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub predicate: Option<SqlText>,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferral: Deferral,
    /// `WITH (…)` of its index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub storage_parameters: Vec<(String, String)>,
    /// `TABLESPACE` of its index.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tablespace: Option<String>,
    /// What is said of its index, beside what is said of the constraint.
    #[serde(default, skip_serializing_if = "is_default")]
    pub index_comment: Option<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// `ON DELETE` and `ON UPDATE`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReferentialAction {
    /// `NO ACTION`: refuse at the end of the statement, or of the transaction when deferred.
    #[default]
    NoAction,
    /// `RESTRICT`: refuse at once.
    Restrict,
    /// `CASCADE`: the referencing rows go too.
    Cascade,
    /// `SET NULL`
    SetNull,
    /// `SET DEFAULT`
    SetDefault,
}

impl ReferentialAction {
    /// All five, in the order of the manual.
    pub const ALL: [Self; 5] =
        [Self::NoAction, Self::Restrict, Self::Cascade, Self::SetNull, Self::SetDefault];

    /// As SQL writes it.
    pub fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Deferral {
    /// After each statement, always.
    #[default]
    NotDeferrable,
    /// `DEFERRABLE INITIALLY IMMEDIATE`
    InitiallyImmediate,
    /// `DEFERRABLE INITIALLY DEFERRED`
    InitiallyDeferred,
}

/// Which rows a check or foreign key binds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Enforcement {
    /// All rows.
    #[default]
    Valid,
    /// `NOT VALID`: new rows only.
    NotValid,
    /// `NOT ENFORCED`: none (PostgreSQL 18).
    NotEnforced,
}
