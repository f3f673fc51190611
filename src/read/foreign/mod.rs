//! MySQL 8 (and MariaDB) and SQLite: dumps and hand-written DDL.
//!
//! A token reader of our own rather than a parser of all SQL: it gives every part its place, takes the comments that
//! MySQL runs, and costs the page nothing. docs/dialects.md has the table of types and what has no equivalent.

mod alter;
mod call;
mod cursor;
mod definition;
mod detect;
mod expression;
mod indexes;
mod model;
mod rows;
mod statement;
mod table;
mod token;
mod types;
mod value;

pub(super) use expression::is_immutable;
pub(super) use value::Class;

pub use detect::{Signs, looks_like_mysql, looks_like_sqlite};

use crate::base::{LineIndex, Parsed, Span};
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
    let lines = LineIndex::new(text);
    let whole = Span::new(0, text.len());
    scripts(text, &[whole], dialect, options, &|span| lines.place(span.start).line)
}

/// Reads scripts that stand one after the other in a text, each cut into statements for itself. Never fails.
pub(super) fn scripts(
    text: &str,
    parts: &[Span],
    dialect: Dialect,
    options: &Options,
    line_of: &dyn Fn(Span) -> u32,
) -> Parsed<Reading, Diagnostic> {
    let mut script = statement::Script::new(Translation::new(text), dialect, options.most_rows);
    for part in parts {
        for tokens in token::statements(text, *part, dialect) {
            script.statement(&tokens);
        }
    }
    script.finish().read_at(options, line_of)
}

/// An expression of any database in PostgreSQL's words; nothing where it has words of another that PostgreSQL has no
/// equivalent for.
pub(super) fn in_own_words(words: &str) -> Option<String> {
    let statements = token::statements(words, Span::new(0, words.len()), Dialect::Sqlite);
    match statements.as_slice() {
        [tokens] if call::has_other_words(tokens) => expression::expression(tokens, &|_| None).ok(),
        _ => Some(words.to_owned()),
    }
}

/// The type that holds what a type of another database does, whatever is said of how it is compared.
pub(super) fn type_of(words: &str, dialect: Dialect) -> Option<String> {
    let text = format!("column {words}");
    let statements = token::statements(&text, Span::new(0, text.len()), dialect);
    let [tokens] = statements.as_slice() else { return None };
    let column = definition::column(tokens, dialect)?;
    match types::data_type(&column.data_type, dialect) {
        types::Type::Plain(sql) => Some(sql),
        types::Type::Enum(_) | types::Type::Set(_) => None,
    }
}

/// An expression in PostgreSQL's words, where it has them all.
pub(super) fn expression_of(words: &str, dialect: Dialect) -> Option<String> {
    let statements = token::statements(words, Span::new(0, words.len()), dialect);
    let [tokens] = statements.as_slice() else { return None };
    expression::expression(tokens, &|_| None).ok()
}

#[cfg(test)]
mod tests;
