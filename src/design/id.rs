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

/// Which identities a place gives that edits a design together with others: those of its lane, so that no two places give
/// the same. One place alone gives them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lane(Option<u8>);

impl Lane {
    /// So many places can edit one design at once. Each costs the range of identities its share: 67 million remain.
    pub const COUNT: u8 = 64;

    /// The lane of a place, by its number; numbers begin again after the last lane.
    pub fn of(place: u8) -> Self {
        Self(Some(place % Self::COUNT))
    }

    fn step(self) -> u32 {
        self.0.map_or(1, |_| u32::from(Self::COUNT))
    }

    /// The first number of the lane that is not below `next`.
    fn from(self, next: u32) -> u32 {
        let offset = u32::from(self.0.unwrap_or(0));
        let ahead = (self.step() + offset - next % self.step()) % self.step();
        next.saturating_add(ahead)
    }
}

/// Hands out identities that a document has not used yet.
#[derive(Clone, Debug)]
pub struct IdSource {
    next: u32,
    lane: Lane,
}

impl IdSource {
    /// Starts at the first unused number; see [`Design::ids`](super::Design::ids).
    pub fn starting_at(next: u32) -> Self {
        Self::of_lane(Lane::default(), next)
    }

    /// Starts at the first number of a lane that is not below `next`.
    pub fn of_lane(lane: Lane, next: u32) -> Self {
        Self { next: lane.from(next), lane }
    }

    /// Gives no number below `next` from now on.
    pub fn skip_to(&mut self, next: u32) {
        self.next = self.lane.from(self.next.max(next));
    }

    /// The next identity, of whichever kind is asked for.
    pub fn take<T: From<Id>>(&mut self) -> T {
        let id = Id(self.next);
        self.next = self.next.saturating_add(self.lane.step());
        T::from(id)
    }

    /// The number that would be given next.
    pub fn peek(&self) -> u32 {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_places_never_give_the_same_identity() {
        let given = |place: u8, next: u32| {
            let mut ids = IdSource::of_lane(Lane::of(place), next);
            (0..100).map(|_| ids.take::<Id>().0).collect::<Vec<_>>()
        };
        for next in [4, 63, 64, 65, 1000] {
            let (one, two) = (given(0, next), given(63, next));
            assert!(one.iter().chain(&two).all(|it| *it >= next));
            assert!(one.iter().all(|it| !two.contains(it)));
            assert!(one.is_sorted() && two.is_sorted());
        }
        let mut alone = IdSource::starting_at(7);
        assert_eq!((alone.take::<Id>(), alone.take::<Id>()), (Id(7), Id(8)));
    }
}
