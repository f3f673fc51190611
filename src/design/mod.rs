//! The document: records, edits, proposals, changes and what must always hold.
//!
//! A [`Design`] is a flat set of small records with stable identities. Nothing changes it but [`Design::apply`],
//! which takes an [`Edit`] wholly or not at all and checks the [invariants](ViolationKind) of what it touched.

pub mod aggregate;
mod beside;
mod change;
mod constraint;
pub mod convention;
mod conventions;
mod data_type;
mod decided;
mod demand;
mod diagram;
mod diff;
mod edit;
mod file;
mod given;
mod history;
mod id;
mod index;
mod intent;
mod interval;
mod invariant;
pub mod meaning;
mod member;
mod merge;
pub mod naming;
mod not_null;
mod object;
pub mod operation;
mod origin;
mod proposal;
mod record;
mod replica;
mod rows;
mod storage;
mod store;
mod table;
mod takeover;
mod version;

pub use change::{Aspect, Change, Kind, Owner, Place, Reach};
pub use constraint::*;
pub use conventions::*;
pub use data_type::*;
pub use demand::*;
pub use diagram::*;
pub use diff::{Matching, Renames, aligned, changes_of, diff, each_id};
pub(crate) use diff::{columns_of_view, renumbered};
pub use edit::*;
pub use file::*;
pub use history::*;
pub use id::*;
pub use index::*;
pub use intent::*;
pub use interval::*;
pub use invariant::{Refused, Violation, ViolationKind};
pub use object::*;
pub use origin::*;
pub use proposal::*;
pub use record::*;
pub use replica::{Heard, Log, Replica, Told};
pub use rows::{Flow, RowValue, Rows, Way};
pub use storage::*;
pub use store::*;
pub use table::*;
pub use takeover::{Rewriting, Rewritten, take_over};
pub use version::{Comparison, Fate};

/// Whether a field is as if it had not been written, so that files stay small.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
