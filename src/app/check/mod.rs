//! The Check step: does it run in a real PostgreSQL, and will it hold?

mod critic;
mod findings;
mod panel;
mod runs;

pub use critic::Critic;
pub use findings::TableFindings;
pub use panel::CheckStep;
pub use runs::{RunState, Runs, Verdict};
