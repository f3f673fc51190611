//! Where a thing in the design came from.

use serde::{Deserialize, Serialize};

use super::BriefId;
use crate::base::Span;

/// Why something is in the design. What a person changes becomes [`Origin::Hand`] and is theirs from then on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// A person's hand.
    #[default]
    Hand,
    /// Words of a brief, as byte spans of its text.
    Brief {
        /// The text.
        brief: BriefId,
        /// The words, in order of place.
        spans: Vec<Span>,
    },
    /// Not said anywhere, but likely; the reason is a sentence.
    Assumption {
        /// Why it was assumed.
        reason: String,
    },
    /// Made by a convention, and removed with it while it is still as the convention made it.
    Convention(ConventionKind),
    /// A line (1-based) of a file that was imported.
    Import {
        /// The line of its statement.
        line: u32,
    },
    /// A language model's answer that a person accepted.
    Model {
        /// The model's own name.
        model: String,
    },
    /// A database that is there already and that the design has to live with: no proposal changes it, and no SQL makes it.
    Given,
}

/// The conventions that add ordinary columns, indexes, triggers and types to a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConventionKind {
    /// A surrogate primary key.
    SurrogateKey,
    /// `created_at`, `updated_at`, and the trigger that keeps the latter.
    Timestamps,
    /// `created_by`, `updated_by`.
    Authorship,
    /// `deleted_at` and what goes with it.
    SoftDelete,
    /// A tenant column with row-level security.
    Tenancy,
    /// A row version for optimistic locking.
    Version,
    /// An index on the columns of each foreign key.
    ForeignKeyIndex,
    /// Allowed values as an enum type, a check or a lookup table.
    ValueSet,
    /// A check, length or uniqueness that follows from a column's name.
    Meaning,
}
