//! What the parts of a table have in common.

use super::{Check, Column, Exclusion, ForeignKey, Id, Index, Origin, Policy, PrimaryKey, Trigger, Unique};

/// A part of a table, with an identity and an origin of its own.
pub trait Member: Clone + PartialEq {
    /// Its identity.
    fn id(&self) -> Id;

    /// The same from elsewhere.
    #[must_use]
    fn with_origin_of(self, other: &Self) -> Self;
}

macro_rules! members {
    ($($kind:ident)+) => {$(
        impl Member for $kind {
            fn id(&self) -> Id {
                self.id.into()
            }

            fn with_origin_of(self, other: &Self) -> Self {
                let origin: Origin = other.origin.clone();
                Self { origin, ..self }
            }
        }
    )+};
}

members! { PrimaryKey Column Unique ForeignKey Check Exclusion Index Trigger Policy }
