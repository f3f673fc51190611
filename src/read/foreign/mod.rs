//! MySQL 8 (and MariaDB) and SQLite: dumps and hand-written DDL.
//!
//! A token reader of our own rather than a parser of all SQL: it gives every part its place, takes the comments that
//! MySQL runs, and costs the page nothing. docs/dialects.md has the table of types and what has no equivalent.

mod alter;
mod cursor;
mod definition;
mod expression;
mod model;
mod rows;
mod statement;
mod table;
mod token;
mod types;

use crate::base::Parsed;
use crate::read::translation::Translation;
use crate::read::{Diagnostic, Options, Reading};

/// Whose SQL it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// MySQL and MariaDB.
    MySql,
    /// SQLite.
    Sqlite,
}

/// Reads a script for MySQL or MariaDB, a dump of `mysqldump` for one. Never fails.
pub fn mysql(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    read(text, Dialect::MySql, options)
}

/// Reads a script for SQLite, what `.dump` or `.schema` print for one. Never fails.
pub fn sqlite(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    read(text, Dialect::Sqlite, options)
}

fn read(text: &str, dialect: Dialect, options: &Options) -> Parsed<Reading, Diagnostic> {
    let mut script = statement::Script::new(Translation::new(text), dialect, options.most_rows);
    for tokens in token::statements(text, dialect) {
        script.statement(&tokens);
    }
    script.finish().read(options)
}

/// An expression in PostgreSQL's words, where it has them all.
pub(super) fn expression_of(words: &str, dialect: Dialect) -> Option<String> {
    let statements = token::statements(words, dialect);
    let [tokens] = statements.as_slice() else { return None };
    expression::expression(tokens, &|_| None).ok()
}

/// How many bytes tell a dialect: a dump says early whose it is.
const BEGINNING: usize = 64 * 1024;

/// Whether SQL says things that only MySQL and MariaDB know.
pub fn looks_like_mysql(text: &str) -> bool {
    let upper = beginning(text);
    let signs = [
        "ENGINE=",
        "ENGINE =",
        "AUTO_INCREMENT",
        "/*!4",
        "-- MYSQL DUMP",
        "-- MARIADB DUMP",
        "UNLOCK TABLES",
    ];
    let has_names = upper.contains("CREATE TABLE `") || upper.contains("CREATE TABLE IF NOT EXISTS `");
    !is_postgres(&upper) && (has_names || signs.iter().any(|it| upper.contains(it)))
}

/// Whether SQL says things that only SQLite knows.
pub fn looks_like_sqlite(text: &str) -> bool {
    let upper = beginning(text);
    let signs = ["AUTOINCREMENT", "WITHOUT ROWID", "SQLITE_SEQUENCE", "CREATE VIRTUAL TABLE"];
    let sets = upper.lines().any(|it| it.trim_start().starts_with("PRAGMA "));
    !is_postgres(&upper) && (sets || signs.iter().any(|it| upper.contains(it)))
}

/// Whether it says what only PostgreSQL knows; the signs of others may stand in a text or a comment of it.
fn is_postgres(upper: &str) -> bool {
    let signs = [
        "POSTGRESQL DATABASE DUMP",
        "SEARCH_PATH",
        "PLPGSQL",
        "CREATE EXTENSION",
        "BIGSERIAL",
        "TIMESTAMPTZ",
        "JSONB",
    ];
    signs.iter().any(|it| upper.contains(it))
}

fn beginning(text: &str) -> String {
    text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text).to_uppercase()
}

#[cfg(test)]
mod tests;
