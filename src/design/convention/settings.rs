//! The switches as they stand for one table.

use crate::design::{ConventionKind, Conventions, KeyStyle, Table, TableKind, TableNames, ValueSetStyle};

/// What the conventions ask of a table, its overrides heeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub key: KeyStyle,
    pub timestamps: bool,
    pub authorship: bool,
    pub soft_delete: bool,
    /// The name of the tenants' table.
    pub tenancy: Option<String>,
    pub version: bool,
    pub value_sets: ValueSetStyle,
    pub table_names: TableNames,
    pub comments: bool,
    pub target: u8,
}

impl Settings {
    /// Lookup tables have no history unless the table itself asks for it. Partitions and heirs have
    /// the columns of the table above them, so conventions add none.
    pub fn of(table: &Table, conventions: &Conventions) -> Self {
        let over = &table.overrides;
        let by_default = table.kind != TableKind::Lookup;
        let own_columns = table.partition_of.is_none() && table.inherits.is_empty();
        let on = |asked: Option<bool>, general: bool| own_columns && asked.unwrap_or(general && by_default);
        Self {
            key: over.key.unwrap_or(conventions.key),
            timestamps: on(over.timestamps, conventions.timestamps),
            authorship: on(over.authorship, conventions.authorship),
            soft_delete: on(over.soft_delete, conventions.soft_delete),
            tenancy: conventions.tenancy.clone().filter(|_| on(over.tenancy, true)),
            version: on(over.version, conventions.version),
            value_sets: over.value_sets.unwrap_or(conventions.value_sets),
            table_names: conventions.table_names,
            comments: conventions.comments,
            target: conventions.target,
        }
    }

    /// Whether the two differ in what this convention reads.
    pub fn differs(&self, other: &Self, kind: ConventionKind) -> bool {
        match kind {
            ConventionKind::SurrogateKey => self.key != other.key || self.target != other.target,
            ConventionKind::Timestamps => self.timestamps != other.timestamps,
            ConventionKind::Authorship => self.authorship != other.authorship,
            ConventionKind::SoftDelete => self.soft_delete != other.soft_delete,
            ConventionKind::ValueSet => self.value_sets != other.value_sets,
            ConventionKind::Tenancy => self.tenancy != other.tenancy,
            ConventionKind::Version => self.version != other.version,
            ConventionKind::ForeignKeyIndex | ConventionKind::Meaning => false,
        }
    }
}
