//! What a design does everywhere unless a table says otherwise.

use serde::{Deserialize, Serialize};

use super::{Table, is_default};
use crate::base;
use crate::pg::{Builtin, TypeFamily};

/// The switches of a design (product.md A2–A4). Each table can depart from them by its
/// [`ConventionOverrides`](super::ConventionOverrides).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Conventions {
    /// How tables are keyed.
    pub key: KeyStyle,
    /// Whether table names are plural.
    pub table_names: TableNames,
    /// `created_at`, `updated_at` and the trigger that keeps the latter.
    pub timestamps: bool,
    /// `created_by`, `updated_by`.
    pub authorship: bool,
    /// `deleted_at`, partial indexes and partial uniques over live rows.
    pub soft_delete: bool,
    /// A tenant column and row-level security, by the name of the tenant's table.
    #[serde(skip_serializing_if = "is_default")]
    pub tenancy: Option<String>,
    /// A version column for optimistic locking.
    pub version: bool,
    /// How a closed set of values is held.
    pub value_sets: ValueSetStyle,
    /// Comments on tables and columns.
    pub comments: bool,
    /// The PostgreSQL major version written for, 13 to 18.
    pub target: u8,
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            key: KeyStyle::UuidV4,
            table_names: TableNames::Singular,
            timestamps: true,
            authorship: false,
            soft_delete: false,
            tenancy: None,
            version: false,
            value_sets: ValueSetStyle::Enum,
            comments: true,
            target: 18,
        }
    }
}

impl Conventions {
    /// Nothing added and nothing assumed: what an imported schema starts with.
    pub fn as_imported() -> Self {
        Self { timestamps: false, ..Self::default() }
    }

    /// These, with the keys and the number of names that most of the tables have.
    #[must_use]
    pub fn with_habits_of<'t>(mut self, tables: impl IntoIterator<Item = &'t Table>) -> Self {
        let tables: Vec<&Table> = tables.into_iter().filter(|it| it.partition_of.is_none()).collect();
        let most = |is: &dyn Fn(&Table) -> bool| tables.iter().filter(|it| is(it)).count() * 2 > tables.len();
        let plural = tables.iter().filter(|it| base::plural(&it.name) == it.name).count();
        if plural * 2 > tables.len() {
            self.table_names = TableNames::Plural;
        } else if plural * 2 < tables.len() {
            self.table_names = TableNames::Singular;
        }
        let key = |it: &Table, is: &dyn Fn(Builtin) -> bool| {
            let key = it.primary_key.as_ref().and_then(|key| it.column(*key.columns.first()?));
            key.and_then(|it| it.data_type.as_builtin()).is_some_and(is)
        };
        if most(&|it| key(it, &|it| it.family() == TypeFamily::Integer)) {
            self.key = KeyStyle::Identity;
        } else if self.key == KeyStyle::Identity && most(&|it| key(it, &|it| it == Builtin::Uuid)) {
            self.key = KeyStyle::UuidV4;
        }
        self
    }
}

/// A surrogate key's type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyStyle {
    /// `uuid DEFAULT gen_random_uuid()`
    #[default]
    UuidV4,
    /// `uuid DEFAULT uuidv7()` (PostgreSQL 18)
    UuidV7,
    /// `bigint GENERATED ALWAYS AS IDENTITY`
    Identity,
}

/// Number of a table's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TableNames {
    /// `task`
    #[default]
    Singular,
    /// `tasks`
    Plural,
}

/// How a closed set of values is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ValueSetStyle {
    /// `CREATE TYPE … AS ENUM`
    #[default]
    Enum,
    /// `text` with a check
    Check,
    /// A lookup table and a foreign key
    Lookup,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, postgres};

    #[track_caller]
    fn found(script: &str, key: KeyStyle, table_names: TableNames) {
        let read = postgres(script, &Options::default());
        let conventions = read.tree.design.conventions();
        assert_eq!((conventions.key, conventions.table_names), (key, table_names), "{script}");
    }

    #[test]
    fn an_imported_design_goes_on_as_most_of_its_tables_are() {
        found(
            "CREATE TABLE users (id serial PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY); CREATE TABLE x (a text);",
            KeyStyle::Identity,
            TableNames::Plural,
        );
        found(
            "CREATE TABLE visit (id uuid PRIMARY KEY); CREATE TABLE room (id uuid PRIMARY KEY);",
            KeyStyle::UuidV4,
            TableNames::Singular,
        );
        found("", KeyStyle::UuidV4, TableNames::Singular);
    }
}
