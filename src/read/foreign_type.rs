//! The types of other databases, each with the PostgreSQL type that holds the same values.
//!
//! Sources: MySQL 8.4 manual, chapter "Data Types" (ranges of the integer types, lengths of texts); SQL Server, "Data types
//! (Transact-SQL)"; SQLite, "Datatypes In SQLite"; PostgreSQL manual, chapter "Data Types". docs/dialects.md has the table.

use crate::pg::Builtin;

/// What a type name comes to in PostgreSQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapped {
    /// It is PostgreSQL's own.
    Own(String),
    /// Another type that holds its values.
    Other(String),
    /// A type of this extension.
    Extension(String, &'static str),
    /// Nobody's.
    Unknown,
}

/// Looks up a type by its name, in any case, with what stands between its parentheses.
pub fn mapped(name: &str, arguments: &[String]) -> Mapped {
    let name = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, unsigned) =
        match name.strip_suffix(" unsigned").or_else(|| name.strip_suffix(" unsigned zerofill")) {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
    let list = arguments.join(", ");
    let with = |base: &str| if list.is_empty() { base.to_owned() } else { format!("{base}({list})") };
    let one = arguments.first().map(String::as_str);
    let other = |sql: &str| Mapped::Other(sql.to_owned());
    match name {
        "tinyint" if one == Some("1") => other("boolean"),
        "tinyint" | "int1" => other("smallint"),
        "smallint" | "int2" if unsigned => other("integer"),
        "int" | "integer" | "int4" if unsigned => other("bigint"),
        // Keys are of this type, and a key of `numeric` could not count by itself; nobody counts past 2⁶³.
        "bigint" | "int8" if unsigned => other("bigint"),
        // A display width says nothing about the values.
        "smallint" | "int2" if one.is_some() => other("smallint"),
        "int" | "integer" | "int4" if one.is_some() => other("integer"),
        "bigint" | "int8" if one.is_some() => other("bigint"),
        "mediumint" | "middleint" | "int3" => other("integer"),
        "long" | "big int" | "int64" => other("bigint"),
        "int32" => other("integer"),
        "number" if one.is_none() => other("numeric"),
        "number" | "fixed" => Mapped::Other(with("numeric")),
        "double" | "real8" | "binary_double" => other("double precision"),
        "double precision" if one.is_some() => other("double precision"),
        "float" if arguments.len() > 1 => other("double precision"),
        "smallmoney" => other("numeric(10, 4)"),
        "datetime" | "datetime2" | "smalldatetime" => Mapped::Other(with("timestamp")),
        "timestamp_ntz" | "timestamp without local time zone" => Mapped::Other(with("timestamp")),
        "datetimeoffset" | "timestamp_ltz" | "timestamp_tz" | "timestamp with local time zone" => {
            Mapped::Other(with("timestamptz"))
        }
        "interval year to month" | "interval day to second" => other("interval"),
        "year" => other("smallint"),
        "string" | "ntext" | "tinytext" | "mediumtext" | "longtext" | "clob" | "nclob" | "sysname" => {
            other("text")
        }
        "text" if one.is_some() => other("text"),
        "varchar" | "nvarchar" | "varchar2" | "nvarchar2" | "character varying"
            if one.is_some_and(|it| it.eq_ignore_ascii_case("max")) =>
        {
            other("text")
        }
        // PostgreSQL's longest is 10 MB.
        "varchar" | "nvarchar" | "varchar2" | "nvarchar2" | "character varying" | "char" | "character"
            if one.and_then(|it| it.parse::<u64>().ok()).is_some_and(|it| it > 10_485_760) =>
        {
            other("text")
        }
        "nvarchar" | "varchar2" | "nvarchar2" | "native character" | "varying character" => {
            Mapped::Other(with("varchar"))
        }
        "blob" | "tinyblob" | "mediumblob" | "longblob" | "binary" | "varbinary" | "image" | "rowversion" => {
            other("bytea")
        }
        "uniqueidentifier" | "guid" => other("uuid"),
        "object" => other("jsonb"),
        "geometrycollection" | "linestring" | "multilinestring" | "multipoint" | "multipolygon" => {
            Mapped::Extension("geometry".to_owned(), "postgis")
        }
        "citext" | "hstore" | "ltree" | "lquery" | "cube" | "isbn" | "vector" | "halfvec" | "sparsevec"
        | "geometry" | "geography" => {
            let extension = match name {
                "citext" => "citext",
                "hstore" => "hstore",
                "ltree" | "lquery" => "ltree",
                "cube" => "cube",
                "isbn" => "isn",
                "geometry" | "geography" => "postgis",
                _ => "vector",
            };
            Mapped::Extension(with(name), extension)
        }
        "serial" | "serial2" | "serial4" | "serial8" | "smallserial" | "bigserial" => {
            Mapped::Own(name.to_owned())
        }
        _ => own(name, arguments, &list).map_or(Mapped::Unknown, Mapped::Own),
    }
}

/// A type of PostgreSQL; the precision of a time stands before `with time zone`.
fn own(name: &str, arguments: &[String], list: &str) -> Option<String> {
    let builtin = Builtin::from_name(name)?;
    if arguments.is_empty() {
        return Some(name.to_owned());
    }
    Some(match builtin {
        Builtin::TimestampTz => format!("timestamptz({list})"),
        Builtin::TimeTz => format!("timetz({list})"),
        Builtin::Timestamp => format!("timestamp({list})"),
        Builtin::Time => format!("time({list})"),
        _ => format!("{name}({list})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, arguments: &[&str], sql: &str) {
        let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
        let found = match mapped(name, &arguments) {
            Mapped::Own(it) | Mapped::Other(it) | Mapped::Extension(it, _) => it,
            Mapped::Unknown => "?".to_owned(),
        };
        assert_eq!(found, sql, "{name}");
    }

    #[test]
    fn each_type_gets_one_that_holds_its_values() {
        check("TINYINT", &["1"], "boolean");
        check("int unsigned", &[], "bigint");
        check("BIGINT  UNSIGNED", &["20"], "bigint");
        check("nvarchar", &["MAX"], "text");
        check("datetime", &["6"], "timestamp(6)");
        check("numeric", &["10", "2"], "numeric(10, 2)");
        check("timestamp with time zone", &["3"], "timestamptz(3)");
        check("citext", &[], "citext");
        check("money_amount", &[], "?");
    }
}
