//! The engine: text becomes a design, and a design becomes everything else.
//!
//! No room here does input or output, reads a clock or draws a random number: the same
//! design gives the same bytes on every platform. ARCHITECTURE.md draws the house.

pub mod advise;
pub mod ask;
pub mod base;
pub mod brief;
pub mod design;
pub mod gesture;
pub mod input;
pub mod job;
pub mod layout;
pub mod lint;
pub mod llm;
pub mod migrate;
pub mod pg;
#[cfg(any(test, feature = "random"))]
pub mod random;
pub mod read;
pub mod share;
pub mod sql;
pub mod write;
