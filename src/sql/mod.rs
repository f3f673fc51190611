//! PostgreSQL as text: the DDL writer, identifiers and literals, and the names inside expressions.
//!
//! [`SqlWriter`] is the only place of the program that puts a quote into SQL. [`ddl`] writes a whole design;
//! [`mentions`] finds the names in a piece of SQL text.

mod begin;
mod ddl;
mod default_privileges;
mod mention;
mod needs;
pub mod refactor;
mod sheet;
mod type_name;
mod types;
mod writer;

pub use begin::Beginning;
pub use ddl::{ForeignKeyPlace, Given, Note, Options, Written, ddl};
pub use default_privileges::{DefaultPrivileges, Made};
pub use mention::{Mention, Part, Role, mentions};
pub use sheet::{Line, Sheet, SheetOf, fill, sheet};
pub use type_name::{function_signature, mode as argument_mode, qualified_name, type_name};
pub use types::types;
pub use writer::{SqlWriter, ident, literal};
