//! Whose SQL a folder holds, and which part of it where it holds the same for several databases.

use serde_json::Value;

use super::Migration;
use super::layout::{is_journal, name};
use crate::read::foreign::{Dialect, Signs};

/// A database, as tools and people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Database {
    PostgreSql,
    MySql,
    Sqlite,
    Other,
}

/// The names of databases, of which a folder's name may be one or end in one (`db_sqlite`).
const NAMES: [(&str, Database); 21] = [
    ("postgresql", Database::PostgreSql),
    ("postgres", Database::PostgreSql),
    ("pgsql", Database::PostgreSql),
    ("psql", Database::PostgreSql),
    ("pg", Database::PostgreSql),
    ("mysql", Database::MySql),
    ("mariadb", Database::MySql),
    ("sqlite", Database::Sqlite),
    ("sqlite3", Database::Sqlite),
    ("turso", Database::Sqlite),
    ("libsql", Database::Sqlite),
    ("mssql", Database::Other),
    ("sqlserver", Database::Other),
    ("oracle", Database::Other),
    ("db2", Database::Other),
    ("h2", Database::Other),
    ("hsqldb", Database::Other),
    ("derby", Database::Other),
    ("cockroachdb", Database::Other),
    ("cockroach", Database::Other),
    ("clickhouse", Database::Other),
];

impl Database {
    fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let last = name.rsplit(['_', '-', '.']).next().unwrap_or(&name);
        NAMES.iter().find(|it| it.0 == name || it.0 == last).map(|it| it.1)
    }

    /// That of the folder that a file stands in, the innermost one that names any.
    fn of_path(path: &str) -> Option<Self> {
        path.rsplit_once('/')?.0.rsplit('/').find_map(Self::named)
    }

    fn dialect(self) -> Option<Dialect> {
        match self {
            Self::MySql => Some(Dialect::MySql),
            Self::Sqlite => Some(Dialect::Sqlite),
            Self::PostgreSql | Self::Other => None,
        }
    }
}

/// Which of the files are for one database, by their place in what was given: all of them, but where folders are named after
/// several databases; then those for PostgreSQL, or else the next of the list above.
pub fn one_database(files: &[Migration]) -> Vec<usize> {
    let databases: Vec<Option<Database>> = files.iter().map(|it| Database::of_path(it.path)).collect();
    let chosen = databases.iter().flatten().min().copied();
    let is_chosen = |it: &usize| databases.get(*it).copied().flatten().is_none_or(|it| Some(it) == chosen);
    (0..files.len()).filter(is_chosen).collect()
}

/// Whose SQL the files are, where it is not PostgreSQL's: as their tool says, as their folder is named, as they are written.
pub fn dialect(files: &[Migration], applied: &[usize]) -> Option<Dialect> {
    if let Some(told) = files.iter().find_map(|it| told(*it)) {
        return told.dialect();
    }
    let applied = || applied.iter().filter_map(|it| files.get(*it));
    if let Some(named) = applied().find_map(|it| Database::of_path(it.path)) {
        return named.dialect();
    }
    applied().map(|it| Signs::of(it.text)).reduce(Signs::with)?.dialect()
}

/// What drizzle-kit's journal and Prisma's lock say.
fn told(file: Migration) -> Option<Database> {
    if is_journal(file.path) {
        let journal: Value = serde_json::from_str(file.text).ok()?;
        return Database::named(journal.get("dialect")?.as_str()?);
    }
    if name(file.path) != "migration_lock.toml" {
        return None;
    }
    let line = file.text.lines().find(|it| it.trim_start().starts_with("provider"))?;
    Database::named(line.split('"').nth(1)?)
}
