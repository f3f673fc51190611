//! Facts of PostgreSQL, each with its source: types, keywords, limits.

mod contrib;
mod expression;
mod functions;
mod keywords;
mod locale;
mod locks;
mod newer;
mod object_name;
mod operator_class;
mod token;
mod types;

pub use contrib::is_contrib_type;
pub use expression::{
    Query, Relations, alike, argument_type, bounds_alike, canonical_result, canonical_type, queries_alike,
};
pub use functions::function_since;
pub use keywords::{is_reserved, needs_quotes};
pub use locale::language_tag;
pub use locks::{LockMode, lock_of};
pub use newer::newer_words;
pub use object_name::{object_name, truncate};
pub use operator_class::{Indexed, is_usual as is_usual_class, takes};
pub use token::{Token, TokenKind, tokens};
pub use types::{Builtin, TypeFamily};

/// Longest name in bytes (`NAMEDATALEN` − 1; PostgreSQL manual, "Lexical Structure", "Identifiers and Key Words").
pub const MAX_NAME_BYTES: usize = 63;
