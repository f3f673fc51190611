//! Facts of PostgreSQL, each with its source: types, keywords, limits.

mod functions;
mod keywords;
mod types;

pub use functions::function_since;
pub use keywords::needs_quotes;
pub use types::{Builtin, TypeFamily};

/// Longest name in bytes (`NAMEDATALEN` − 1; PostgreSQL manual, "Lexical Structure", "Identifiers and Key Words").
pub const MAX_NAME_BYTES: usize = 63;
