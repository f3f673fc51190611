//! Whose SQL a text is, by what only one database says.

use super::Dialect;
use crate::pg::{Token, TokenKind, tokens};
use crate::read::dialect::other_dialect;

/// How many bytes tell a dialect: a dump says early whose it is.
const BEGINNING: usize = 64 * 1024;

/// Types of MySQL that no other database here has, and `unsigned`.
///
/// Source: MySQL 8.4 Reference Manual, "Data Types".
const MYSQL_TYPES: [&str; 10] = [
    "mediumtext",
    "longtext",
    "tinytext",
    "tinyint",
    "mediumint",
    "tinyblob",
    "mediumblob",
    "longblob",
    "unsigned",
    "zerofill",
];

/// Types that both have and PostgreSQL has not.
const FOREIGN_TYPES: [&str; 2] = ["datetime", "blob"];

/// What a script says that only one database knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs {
    /// PostgreSQL's own words, which no script of another database has.
    postgres: bool,
    /// Types of PostgreSQL, which SQLite takes as well, and rows of any database may name.
    postgres_types: bool,
    mysql: bool,
    sqlite: bool,
    /// Names between backticks or brackets.
    mysql_quotes: bool,
    sqlite_quotes: bool,
    /// Types that PostgreSQL has not.
    mysql_types: bool,
    foreign_types: bool,
    /// Keys as SQLite has them and MySQL hardly ever.
    sqlite_keys: bool,
}

impl Signs {
    /// Those of one script.
    pub fn of(text: &str) -> Self {
        let upper = beginning(text);
        let has = |signs: &[&str]| signs.iter().any(|it| upper.contains(it));
        let mut signs = Self {
            postgres: has(&["POSTGRESQL DATABASE DUMP", "SEARCH_PATH", "PLPGSQL", "CREATE EXTENSION"]),
            postgres_types: has(&["BIGSERIAL", "TIMESTAMPTZ", "JSONB"]),
            mysql: has(&["ENGINE=", "ENGINE =", "/*!4", "-- MYSQL DUMP", "-- MARIADB DUMP", "UNLOCK TABLES"])
                || upper.trim_start().starts_with('#'),
            sqlite: has(&[
                "WITHOUT ROWID",
                "SQLITE_SEQUENCE",
                "CREATE VIRTUAL TABLE",
                "DATETIME('NOW'",
                "STRFTIME(",
                "LAST_INSERT_ROWID(",
            ]) || upper.lines().any(|it| it.trim_start().starts_with("PRAGMA ")),
            ..Self::default()
        };
        signs.words(text);
        signs
    }

    /// Those of several scripts that are one.
    pub fn with(self, other: Self) -> Self {
        Self {
            postgres: self.postgres | other.postgres,
            postgres_types: self.postgres_types | other.postgres_types,
            mysql: self.mysql | other.mysql,
            sqlite: self.sqlite | other.sqlite,
            mysql_quotes: self.mysql_quotes | other.mysql_quotes,
            sqlite_quotes: self.sqlite_quotes | other.sqlite_quotes,
            mysql_types: self.mysql_types | other.mysql_types,
            foreign_types: self.foreign_types | other.foreign_types,
            sqlite_keys: self.sqlite_keys | other.sqlite_keys,
        }
    }

    /// Whose script it is, where it is not PostgreSQL's.
    pub fn dialect(self) -> Option<Dialect> {
        if self.postgres {
            None
        } else if self.mysql {
            Some(Dialect::MySql)
        } else if self.sqlite || self.sqlite_quotes {
            Some(Dialect::Sqlite)
        } else if self.mysql_quotes {
            // SQLite takes backticks too; drizzle-kit writes them for both.
            Some(if self.sqlite_keys { Dialect::Sqlite } else { Dialect::MySql })
        } else if self.postgres_types {
            None
        } else if self.mysql_types || self.foreign_types {
            Some(if self.sqlite_keys { Dialect::Sqlite } else { Dialect::MySql })
        } else {
            None
        }
    }

    /// What the words hint at: how names are quoted, and which types follow them.
    fn words(&mut self, text: &str) {
        let text = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text);
        if other_dialect(text).is_some() {
            return;
        }
        let mut last: [Option<Token>; 3] = [None; 3];
        for token in tokens(text).filter(|it| !it.is_blank()) {
            let word = token.span.of(text);
            let is = |at: usize, wanted: &[&str]| {
                let before = last.get(at).copied().flatten();
                before.is_some_and(|it| {
                    wanted.iter().any(|wanted| it.span.of(text).eq_ignore_ascii_case(wanted))
                })
            };
            let is_named = || is(0, &["(", ",", ".", "column", "table", "exists"]);
            // A type follows a name that something else came before.
            let behind_name = last.first().copied().flatten().is_some_and(|it| {
                matches!(it.kind, TokenKind::Word | TokenKind::Quoted)
                    || it.is(text, "]")
                    || it.span.of(text).ends_with('`')
            });
            let listed = |list: &[&str]| behind_name && list.iter().any(|it| word.eq_ignore_ascii_case(it));
            match token.kind {
                // Casts and dollar quotes are PostgreSQL's, and so is `serial`.
                TokenKind::Cast | TokenKind::Dollar => self.postgres_types = true,
                TokenKind::Word if listed(&["serial"]) => self.postgres_types = true,
                // A property of a column, not a column or table that is called so.
                TokenKind::Word if word.eq_ignore_ascii_case("auto_increment") => self.mysql |= !is_named(),
                TokenKind::Word if word.eq_ignore_ascii_case("autoincrement") => self.sqlite |= !is_named(),
                _ if word.starts_with('`')
                    && is(0, &["table", "into", "exists", "update", "from", "index", "on"]) =>
                {
                    self.mysql_quotes = true;
                }
                TokenKind::Sign if word == "[" && is(0, &["table", "into", "exists"]) => {
                    self.sqlite_quotes = true;
                }
                TokenKind::Word if listed(&MYSQL_TYPES) => self.mysql_types = true,
                TokenKind::Word if listed(&FOREIGN_TYPES) => self.foreign_types = true,
                // In MySQL no text is a key without a length, and whole numbers are `int`.
                TokenKind::Word if word.eq_ignore_ascii_case("primary") => {
                    self.sqlite_keys |=
                        is(0, &["integer", "text"]) || is(0, &["null"]) && is(2, &["integer", "text"]);
                }
                _ => {}
            }
            last = [Some(token), last[0], last[1]];
        }
    }
}

/// Whether SQL says things that only MySQL and MariaDB know.
pub fn looks_like_mysql(text: &str) -> bool {
    Signs::of(text).dialect() == Some(Dialect::MySql)
}

/// Whether SQL says things that only SQLite knows.
pub fn looks_like_sqlite(text: &str) -> bool {
    Signs::of(text).dialect() == Some(Dialect::Sqlite)
}

fn beginning(text: &str) -> String {
    text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, mysql: bool, sqlite: bool) {
        let found = (looks_like_mysql(text), !looks_like_mysql(text) && looks_like_sqlite(text));
        assert_eq!(found, (mysql, sqlite), "{text}");
    }

    #[test]
    fn a_script_without_the_name_of_its_database_is_known_by_its_words() {
        check("INSERT INTO `a` (`b`) VALUES (1);", true, false);
        check("CREATE TABLE a (b MEDIUMTEXT, INDEX a_b (b(20)));", true, false);
        check("CREATE TABLE a (id INT NOT NULL PRIMARY KEY, made DATETIME);", true, false);
        check("CREATE TABLE [a] ([id] INTEGER NOT NULL, [name] NVARCHAR(20));", false, true);
        check("CREATE TABLE a (id integer NOT NULL PRIMARY KEY, made datetime);", false, true);
        check("CREATE TABLE a (name TEXT PRIMARY KEY, made DATETIME NOT NULL);", false, true);
        check("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, small TINYINT);", false, true);
        check("CREATE TABLE `a` (`id` text PRIMARY KEY NOT NULL);", false, true);
        check("CREATE TABLE `a` (`id` integer PRIMARY KEY AUTOINCREMENT);", false, true);
        check("CREATE TABLE a (id integer primary key autoincrement, b bigserial);", false, true);
        check("CREATE TABLE `a` (`b` text) ENGINE=InnoDB;\nINSERT INTO `a` VALUES ('jsonb');", true, false);
        check("#\n# tables of the scheduler\n#\nCREATE TABLE a (x INT);", true, false);
    }

    #[test]
    fn what_postgresql_knows_as_well_is_postgresql() {
        check("CREATE TABLE a (id serial, made datetime);", false, false);
        check("CREATE TABLE a (id integer PRIMARY KEY, x double precision, t int[]);", false, false);
        check("CREATE TABLE a (datetime text, blob text, tinyint int);", false, false);
        check("COMMENT ON TABLE a IS 'MEDIUMTEXT `b` DATETIME';", false, false);
        check("-- 0006_per_project_auto_increment.sql\nALTER TABLE a ADD COLUMN b int;", false, false);
        check("CREATE TABLE auto_increment (autoincrement boolean);", false, false);
        check(
            "CREATE DOMAIN datetime AS timestamp; CREATE TABLE a (x datetime DEFAULT now()::timestamp);",
            false,
            false,
        );
        check("CREATE TABLE [dbo].[a] ([id] [int] IDENTITY(1,1), [x] NVARCHAR(20));\nGO\n", false, false);
    }
}
