//! Column types of MySQL and SQLite.
//!
//! Sources: MySQL 8.4 manual, chapter "Data Types"; SQLite, "Datatypes In SQLite", section "Determination Of Column Affinity".

use super::Dialect;
use crate::read::foreign_type::{Mapped, mapped};

/// A type as it was written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// In lower case, words joined by one space; empty where SQLite has none.
    pub name: String,
    /// Between the parentheses, texts without quotes.
    pub arguments: Vec<String>,
    /// `UNSIGNED`, or `ZEROFILL`, which is that too.
    pub unsigned: bool,
}

/// What a type comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A type that holds the same values.
    Plain(String),
    /// One of these values.
    Enum(Vec<String>),
    /// Some of these values.
    Set(Vec<String>),
}

/// The PostgreSQL type.
pub fn data_type(it: &Written, dialect: Dialect) -> Type {
    let plain = |sql: &str| Type::Plain(sql.to_owned());
    let precision = it.arguments.first().map(|it| format!("({it})")).unwrap_or_default();
    match (it.name.as_str(), dialect) {
        ("enum", Dialect::MySql) => return Type::Enum(it.arguments.clone()),
        ("set", Dialect::MySql) => return Type::Set(it.arguments.clone()),
        // Moments in time; `datetime` is what a clock on the wall shows.
        ("timestamp", Dialect::MySql) => return Type::Plain(format!("timestamptz{precision}")),
        ("json", Dialect::MySql) => return plain("jsonb"),
        ("float", Dialect::MySql)
            if it.arguments.first().and_then(|it| it.parse().ok()).unwrap_or(0_u8) <= 24 =>
        {
            return plain("real");
        }
        ("decimal" | "numeric" | "dec" | "fixed", Dialect::MySql) if it.arguments.is_empty() => {
            return plain("numeric(10, 0)");
        }
        ("bit", Dialect::MySql) if precision.is_empty() || precision == "(1)" => return plain("boolean"),
        ("real", Dialect::MySql) => return plain("double precision"),
        ("serial", Dialect::MySql) => return plain("bigint"),
        ("linestring", Dialect::MySql) => return plain("path"),
        (
            "geometry" | "geomcollection" | "geometrycollection" | "multipoint" | "multilinestring"
            | "multipolygon",
            _,
        ) => {
            return plain("bytea");
        }
        ("" | "any", _) => return plain("text"),
        ("bool", _) => return plain("boolean"),
        // Eight bytes, as SQLite stores them; a number that counts is PostgreSQL's.
        ("int" | "integer" | "serial" | "bigserial" | "smallserial", Dialect::Sqlite) => {
            return plain("bigint");
        }
        ("real" | "float", Dialect::Sqlite) => return plain("double precision"),
        _ => {}
    }
    let name = if it.unsigned { format!("{} unsigned", it.name) } else { it.name.clone() };
    match mapped(&name, &it.arguments) {
        Mapped::Own(sql) | Mapped::Other(sql) | Mapped::Extension(sql, _) => Type::Plain(sql),
        Mapped::Unknown => plain(affinity(&it.name)),
    }
}

/// The first rule that holds, in the order of the manual.
fn affinity(name: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|it| name.contains(it));
    if has(&["int"]) {
        "bigint"
    } else if has(&["char", "clob", "text"]) {
        "text"
    } else if has(&["blob"]) {
        "bytea"
    } else if has(&["real", "floa", "doub"]) {
        "double precision"
    } else {
        "numeric"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, arguments: &[&str], unsigned: bool, dialect: Dialect, sql: &str) {
        let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
        let written = Written { name: name.to_owned(), arguments, unsigned };
        assert_eq!(data_type(&written, dialect), Type::Plain(sql.to_owned()), "{name}");
    }

    #[test]
    fn each_type_has_one_that_holds_its_values() {
        check("int", &["11"], false, Dialect::MySql, "integer");
        check("int", &["10"], true, Dialect::MySql, "bigint");
        check("tinyint", &["1"], false, Dialect::MySql, "boolean");
        check("timestamp", &["6"], false, Dialect::MySql, "timestamptz(6)");
        check("float", &[], false, Dialect::MySql, "real");
        check("integer", &[], false, Dialect::Sqlite, "bigint");
        check("unsigned big int", &[], false, Dialect::Sqlite, "bigint");
        check("native character", &["70"], false, Dialect::Sqlite, "varchar(70)");
        check("whatever", &[], false, Dialect::Sqlite, "numeric");
    }
}
