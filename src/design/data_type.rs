//! The type of a column, attribute or domain.

use serde::{Deserialize, Serialize};

use super::{CompositeId, DomainId, EnumId, Id, IntervalFields, RangeId, TableId, is_default};
use crate::pg::Builtin;

/// A data type with its modifiers: `numeric(12,2)[]` is `Numeric`, `["12", "2"]`, one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DataType {
    /// Which type it is before modifiers and brackets.
    pub base: BaseType,
    /// What stands between the parentheses, as written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub modifiers: Vec<String>,
    /// The fields of an interval, such as `day to second`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub interval_fields: Option<IntervalFields>,
    /// How many pairs of brackets follow; 0 is no array.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dimensions: u8,
}

/// A type before modifiers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BaseType {
    /// One of PostgreSQL's own.
    Builtin(Builtin),
    /// An enumerated type of the design.
    Enum(EnumId),
    /// A domain of the design.
    Domain(DomainId),
    /// A composite type of the design.
    Composite(CompositeId),
    /// A range type of the design.
    Range(RangeId),
    /// The row type of a table.
    Row(TableId),
    /// A type that the design does not hold, an extension's for example.
    Other {
        /// The SQL schema, where one was written.
        namespace: Option<Box<str>>,
        /// The type's name, without quotes.
        name: Box<str>,
    },
}

impl DataType {
    /// A type without modifiers.
    pub fn new(base: BaseType) -> Self {
        Self { base, modifiers: Vec::new(), interval_fields: None, dimensions: 0 }
    }

    /// A built-in type without modifiers.
    pub fn builtin(builtin: Builtin) -> Self {
        Self::new(BaseType::Builtin(builtin))
    }

    /// The same type with modifiers: `DataType::builtin(Numeric).with_modifiers([12, 2])`.
    #[must_use]
    pub fn with_modifiers<T: ToString>(mut self, modifiers: impl IntoIterator<Item = T>) -> Self {
        self.modifiers = modifiers.into_iter().map(|it| it.to_string()).collect();
        self
    }

    /// The same type as an array of `dimensions` dimensions.
    #[must_use]
    pub fn array(mut self, dimensions: u8) -> Self {
        self.dimensions = dimensions;
        self
    }

    /// The built-in type, when it is one and no array.
    pub fn as_builtin(&self) -> Option<Builtin> {
        match self.base {
            BaseType::Builtin(builtin) if self.dimensions == 0 => Some(builtin),
            _ => None,
        }
    }

    /// The record that the type refers to.
    pub fn uses(&self) -> Option<Id> {
        match &self.base {
            BaseType::Enum(id) => Some((*id).into()),
            BaseType::Domain(id) => Some((*id).into()),
            BaseType::Composite(id) => Some((*id).into()),
            BaseType::Range(id) => Some((*id).into()),
            BaseType::Row(id) => Some((*id).into()),
            BaseType::Builtin(_) | BaseType::Other { .. } => None,
        }
    }
}
