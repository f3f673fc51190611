//! Identities: ordered, given once by the document, never reused.

use serde::{Deserialize, Serialize};

/// Identity of anything in a document, whatever its kind: one sequence of numbers serves them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(pub u32);

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl From<$name> for Id {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        }

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id.0)
            }
        }
    )+};
}

ids! {
    /// A table: survives renames.
    TableId;
    /// A column, within the whole document.
    ColumnId;
    /// A primary key, unique, check or exclusion constraint.
    ConstraintId;
    /// A foreign key, which is a relationship.
    ForeignKeyId;
    /// An index.
    IndexId;
    /// A trigger.
    TriggerId;
    /// A row-level security policy.
    PolicyId;
    /// An SQL schema.
    NamespaceId;
    /// An enumerated type.
    EnumId;
    /// A domain.
    DomainId;
    /// A composite type.
    CompositeId;
    /// A range type.
    RangeId;
    /// A sequence of its own (not one that an identity column owns).
    SequenceId;
    /// A view, plain or materialised.
    ViewId;
    /// A function or procedure.
    FunctionId;
    /// An extension.
    ExtensionId;
    /// A statement kept as it was written.
    VerbatimId;
    /// Where a table stands on the diagram.
    PlacementId;
    /// An area of the diagram, a bounded context.
    AreaId;
    /// A note on the diagram.
    NoteId;
    /// A text that the design was read from.
    BriefId;
    /// A user story.
    StoryId;
    /// A query that the application will run.
    AccessPatternId;
    /// A decision with its reasons.
    DecisionId;
    /// A named version.
    SnapshotId;
}

/// Hands out identities that a document has not used yet.
#[derive(Clone, Debug)]
pub struct IdSource {
    next: u32,
}

impl IdSource {
    /// Starts at the first unused number; see [`Design::ids`](super::Design::ids).
    pub fn starting_at(next: u32) -> Self {
        Self { next }
    }

    /// The next identity, of whichever kind is asked for.
    pub fn take<T: From<Id>>(&mut self) -> T {
        let id = Id(self.next);
        self.next = self.next.saturating_add(1);
        T::from(id)
    }

    /// The number that would be given next.
    pub fn peek(&self) -> u32 {
        self.next
    }
}
