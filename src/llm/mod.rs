//! The optional language model, as far as it needs no network: what it is asked, and what is believed of its answers.
//!
//! ```text
//! design, brief, request ─▶ Prompt ─▶ Request ·· the caller sends it ··▶ Hearing ─▶ text
//! text ─▶ one JSON object ─▶ its schema ─▶ the document's invariants ─▶ a reading or a proposal
//!                    └─ faults ─▶ the prompt again, with them (twice at most)
//! ```
//! Sending is the caller's: the page's, or a person's who copies a prompt and pastes an answer. An answer is a stranger's text:
//! its size is bounded, its names are checked, its SQL is read by the importer, and nothing of it is done before a person agrees.

mod answer;
mod change;
mod check;
mod compare;
mod context;
mod evidence;
mod fault;
mod hearing;
mod message;
mod parts;
mod prompt;
mod provider;
mod schema;
mod step;
mod structure;
#[cfg(test)]
mod tests;
mod trouble;

pub use change::{Change, of_proposal};
pub use check::{Checked, MOST_ROUNDS, check};
pub use compare::{Compared, Pick, Side, State, compare, merged};
pub use context::{Context, MOST_OF_BRIEF, MOST_OF_DESIGN, MOST_OF_REQUEST};
pub use fault::Fault;
pub use hearing::{Hearing, MOST_BYTES, MOST_TEXT};
pub use message::{Told, answer_to};
pub use prompt::{Prompt, Role, Turn};
pub use provider::{Endpoint, KeyHeader, Omit, Provider, Request};
pub use step::Step;
pub use trouble::{MOST_TRIES, Trouble};
