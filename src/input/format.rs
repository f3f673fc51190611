//! Which of the formats a file is of.

use serde::{Deserialize, Serialize};

use crate::base::Parsed;
use crate::read;
use crate::share;

/// A reader of texts.
pub(super) type Reader = fn(&str, &read::Options) -> Parsed<read::Reading, read::Diagnostic>;

/// What an input may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A design file, `.relata.json`.
    Design,
    /// PostgreSQL.
    Sql,
    /// DBML.
    Dbml,
    /// A Prisma schema.
    Prisma,
    /// TypeScript that builds tables with Drizzle.
    Drizzle,
    /// MySQL's or MariaDB's SQL.
    MySql,
    /// SQLite's SQL.
    Sqlite,
    /// The JSON of `relata catalog`'s query.
    Catalog,
    /// Prose.
    Brief,
    /// A share link.
    Link,
}

impl Format {
    /// Found from the name's ending first, then from the content.
    pub fn of(name: &str, text: &str) -> Self {
        let extension = name.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
        let start = text.trim_start();
        match extension.as_str() {
            "dbml" | "prisma" | "ts" | "mts" | "cts" => Self::of_name(name).unwrap_or(Self::Brief),
            "sql" => Self::of_sql(text),
            "md" | "txt" | "markdown" => Self::Brief,
            "json" if read::is_catalog(start) => Self::Catalog,
            "json" => Self::Design,
            _ if is_link(start) => Self::Link,
            _ if read::is_catalog(start) => Self::Catalog,
            _ if start.starts_with('{') => Self::Design,
            _ if looks_like_sql(start) => Self::of_sql(text),
            _ if read::looks_like_dbml(start) => Self::Dbml,
            _ if read::looks_like_prisma(start) => Self::Prisma,
            _ if read::looks_like_drizzle(start) => Self::Drizzle,
            _ => Self::Brief,
        }
    }

    /// The schema language that the ending of a name tells.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "dbml" => Some(Self::Dbml),
            "prisma" => Some(Self::Prisma),
            "ts" | "mts" | "cts" => Some(Self::Drizzle),
            _ => None,
        }
    }

    /// Whose SQL it is: PostgreSQL's, unless it says what only another database knows.
    fn of_sql(text: &str) -> Self {
        if read::looks_like_mysql(text) {
            Self::MySql
        } else if read::looks_like_sqlite(text) {
            Self::Sqlite
        } else {
            Self::Sql
        }
    }

    /// The reader of the format, where it becomes a design by way of statements.
    pub(super) fn reader(self) -> Option<Reader> {
        match self {
            Self::Sql => Some(read::postgres),
            Self::Dbml => Some(read::dbml),
            Self::Prisma => Some(read::prisma),
            Self::Drizzle => Some(read::drizzle),
            Self::MySql => Some(read::mysql),
            Self::Sqlite => Some(read::sqlite),
            Self::Catalog => Some(read::catalog),
            Self::Design | Self::Brief | Self::Link => None,
        }
    }
}

/// A fragment, or the address of a page with one.
pub fn is_link(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    first.starts_with(share::PREFIX) || first.starts_with("http") && first.contains(share::PREFIX)
}

/// Whether the first words that are no comment begin a statement of a schema.
fn looks_like_sql(text: &str) -> bool {
    let line = text.lines().map(str::trim).find(|it| !it.is_empty() && !it.starts_with("--")).unwrap_or("");
    let upper = line.to_uppercase();
    let first: Vec<&str> = upper.split_whitespace().take(2).collect();
    match first.as_slice() {
        ["CREATE" | "ALTER" | "COMMENT" | "DROP" | "SET" | "BEGIN" | "INSERT", ..] => true,
        [word, ..] => word.starts_with("/*") || word.starts_with('\\') || word.starts_with("BEGIN;"),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_from_name_then_content() {
        assert_eq!(Format::of("a.sql", "Hello"), Format::Sql);
        assert_eq!(Format::of("<stdin>", "-- dump\nCREATE TABLE a ();"), Format::Sql);
        assert_eq!(Format::of("<stdin>", "A shop sells goods."), Format::Brief);
        assert_eq!(Format::of("dump.sql", "CREATE TABLE `a` (id int) ENGINE=InnoDB;"), Format::MySql);
        assert_eq!(Format::of("dump.sql", "PRAGMA foreign_keys=OFF;"), Format::Sqlite);
        assert_eq!(Format::of("<stdin>", "Table users {\n  id int\n}"), Format::Dbml);
        assert_eq!(Format::of("schema.ts", ""), Format::Drizzle);
        assert_eq!(Format::of("<stdin>", "model User {\n  id Int @id\n}"), Format::Prisma);
        assert_eq!(Format::of("<stdin>", "{\"version\": 1}"), Format::Design);
        assert_eq!(Format::of("a.json", "{\"relata_catalog\" : 1}"), Format::Catalog);
        assert_eq!(Format::of("<link>", "https://example.org/#d=1abc"), Format::Link);
        assert_eq!(Format::of("notes", "The page https://example.org/#d=1abc shows it."), Format::Brief);
    }
}
