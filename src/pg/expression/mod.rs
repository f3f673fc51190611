//! Whether two pieces of SQL differ in more than their spelling.
//!
//! A person writes `status IN ('a','b')`; PostgreSQL, asked what it has, says
//! `((status)::text = ANY (ARRAY['a'::text, 'b'::text]))`. Both are read into a [`Node`], which forgets parentheses, the
//! case of words, and the spellings that the deparser exchanges; then they are compared with leave for what it adds: casts
//! that it makes explicit, names that it qualifies, names that it gives to columns.
//!
//! Source: PostgreSQL 18, `src/backend/utils/adt/ruleutils.c` (what is written) and `src/backend/parser/gram.y` (what
//! words are turned into: `makeSimpleA_Expr`, `SystemFuncName`).

mod alike;
mod columns;
mod constant;
mod from;
mod limits;
mod moment;
mod node;
mod parse;
mod pieces;
mod query;
mod types;
mod words;

pub use alike::{alike, bounds_alike};
pub use query::{Query, Relations, queries_alike};
pub use types::{argument_type, canonical_result, canonical_type};
