//! Whose SQL a text is, by what only one database says.

use crate::pg::{Token, TokenKind, tokens};

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
    if is_postgres(&upper) {
        return false;
    }
    if has_names || signs.iter().any(|it| upper.contains(it)) {
        return true;
    }
    !is_certainly_sqlite(&upper) && hinted(text) == Some(Hint::MySql)
}

/// Whether SQL says things that only SQLite knows.
pub fn looks_like_sqlite(text: &str) -> bool {
    let upper = beginning(text);
    !is_postgres(&upper) && (is_certainly_sqlite(&upper) || hinted(text) == Some(Hint::Sqlite))
}

fn is_certainly_sqlite(upper: &str) -> bool {
    let signs = [
        "AUTOINCREMENT",
        "WITHOUT ROWID",
        "SQLITE_SEQUENCE",
        "CREATE VIRTUAL TABLE",
        "DATETIME('NOW'",
        "STRFTIME(",
        "LAST_INSERT_ROWID(",
    ];
    let sets = upper.lines().any(|it| it.trim_start().starts_with("PRAGMA "));
    sets || signs.iter().any(|it| upper.contains(it))
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

#[derive(Clone, Copy, PartialEq)]
enum Hint {
    MySql,
    Sqlite,
}

/// What the words of a script hint at that does not say it outright: how it quotes names, and the types that it uses.
fn hinted(text: &str) -> Option<Hint> {
    let text = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text);
    if super::super::dialect::other_dialect(text).is_some() {
        return None;
    }
    let mut hint = None;
    let mut of_sqlite = false;
    let mut last: [Option<Token>; 3] = [None; 3];
    for token in tokens(text).filter(|it| !it.is_blank()) {
        let word = token.span.of(text);
        let is = |at: usize, wanted: &[&str]| {
            let before = last.get(at).copied().flatten();
            before.is_some_and(|it| wanted.iter().any(|wanted| it.span.of(text).eq_ignore_ascii_case(wanted)))
        };
        // A type follows a name that something else came before.
        let behind_name = last
            .first()
            .copied()
            .flatten()
            .is_some_and(|it| matches!(it.kind, TokenKind::Word | TokenKind::Quoted) || it.is(text, "]"));
        let listed = |list: &[&str]| behind_name && list.iter().any(|it| word.eq_ignore_ascii_case(it));
        match token.kind {
            // Casts and dollar quotes are PostgreSQL's, and so is `serial`.
            TokenKind::Cast | TokenKind::Dollar => return None,
            TokenKind::Word if listed(&["serial"]) => return None,
            _ if word.starts_with('`') && is(0, &["table", "into", "exists", "update", "from", "index"]) => {
                return Some(Hint::MySql);
            }
            TokenKind::Sign if word == "[" && is(0, &["table", "into", "exists"]) => {
                return Some(Hint::Sqlite);
            }
            TokenKind::Word if listed(&MYSQL_TYPES) => return Some(Hint::MySql),
            TokenKind::Word if listed(&FOREIGN_TYPES) => {
                hint = Some(Hint::MySql);
            }
            // In MySQL no text is a key without a length, and whole numbers are `int`.
            TokenKind::Word if word.eq_ignore_ascii_case("primary") => {
                of_sqlite |= is(0, &["integer", "text"]) || is(0, &["null"]) && is(2, &["integer", "text"]);
            }
            _ => {}
        }
        last = [Some(token), last[0], last[1]];
    }
    match hint {
        Some(_) if of_sqlite => Some(Hint::Sqlite),
        hint => hint,
    }
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
    }

    #[test]
    fn what_postgresql_knows_as_well_is_postgresql() {
        check("CREATE TABLE a (id serial, made datetime);", false, false);
        check("CREATE TABLE a (id integer PRIMARY KEY, x double precision, t int[]);", false, false);
        check("CREATE TABLE a (datetime text, blob text, tinyint int);", false, false);
        check("COMMENT ON TABLE a IS 'MEDIUMTEXT `b` DATETIME';", false, false);
        check(
            "CREATE DOMAIN datetime AS timestamp; CREATE TABLE a (x datetime DEFAULT now()::timestamp);",
            false,
            false,
        );
        check("CREATE TABLE [dbo].[a] ([id] [int] IDENTITY(1,1), [x] NVARCHAR(20));\nGO\n", false, false);
    }
}
