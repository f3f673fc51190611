//! The Check step: does it run in a real PostgreSQL?

mod findings;
mod panel;
mod runs;

pub use panel::CheckStep;
pub use runs::{RunState, Runs, Verdict};
