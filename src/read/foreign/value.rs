//! Values of rows and defaults, as PostgreSQL's types take them.

use super::expression::expression;
use super::token::{Kind, Token};
use crate::sql::literal;

/// What kind of values a type has, as far as it matters which of them another database would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `boolean`
    Truth,
    /// Whole or not.
    Number,
    /// Dates, times, both.
    Moment,
    /// `bytea`
    Bytes,
    /// `text[]`
    List,
    /// Texts, of at most so many characters.
    Text(Option<usize>),
    /// Enumerations, documents, shapes, …
    Other,
}

impl Class {
    /// That of a type as it is written here.
    pub fn of(data_type: &str) -> Self {
        let (base, arguments) = data_type.split_once('(').unwrap_or((data_type, ""));
        match base.trim() {
            "boolean" => Self::Truth,
            "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" | "int" | "float"
            | "decimal" => Self::Number,
            "bytea" => Self::Bytes,
            "text[]" => Self::List,
            "text" | "" => Self::Text(None),
            "varchar" | "char" | "character varying" | "character" => {
                Self::Text(arguments.trim_end_matches(')').trim().parse().ok())
            }
            base if ["timestamp", "date", "time"].iter().any(|it| base.starts_with(it)) => Self::Moment,
            _ => Self::Other,
        }
    }
}

/// A value as PostgreSQL's type takes it; nothing where it is no value of the type.
pub fn value(tokens: &[Token], data_type: &str) -> Option<String> {
    let class = Class::of(data_type);
    match tokens {
        [one] => match one.kind {
            Kind::Text | Kind::Double => of_text(&one.value, class),
            Kind::Number => of_number(&one.value, class),
            Kind::Bits if class == Class::Truth => Some(one.value.contains('1').to_string()),
            Kind::Bits if class == Class::Number => {
                u64::from_str_radix(&one.value, 2).ok().map(|it| it.to_string())
            }
            Kind::Bits => Some(format!("B{}", literal(&one.value))),
            Kind::Bytes => of_bytes(&one.value, class),
            Kind::Word if one.says("true") || one.says("false") => of_truth(one.says("true"), class),
            Kind::Word if one.says("null") => Some("NULL".to_owned()),
            _ => other(tokens, data_type),
        },
        [sign, one] if sign.is('-') && one.kind == Kind::Number => {
            of_number(&format!("-{}", one.value), class)
        }
        // `_binary 'text'`
        [word, one] if word.value.starts_with('_') => value(std::slice::from_ref(one), data_type),
        _ => other(tokens, data_type),
    }
}

fn other(tokens: &[Token], data_type: &str) -> Option<String> {
    suited(&expression(tokens, &|_| None).ok()?, data_type)
}

fn of_text(text: &str, class: Class) -> Option<String> {
    match class {
        Class::Truth => {
            let lower = text.to_lowercase();
            Some(
                (text.contains('1') || ["true", "t", "yes", "y", "on"].contains(&lower.as_str())).to_string(),
            )
        }
        // A text between quotes may be no whole number where the type wants one; a number is rounded.
        Class::Number => text.trim().parse::<f64>().is_ok_and(f64::is_finite).then(|| text.trim().to_owned()),
        // MySQL's dates whose month or day is not known.
        Class::Moment if text.get(4..10).is_some_and(|it| it.contains("-00")) => Some("NULL".to_owned()),
        Class::Moment if text.eq_ignore_ascii_case("current_timestamp") => {
            Some("CURRENT_TIMESTAMP".to_owned())
        }
        Class::Moment => text.trim_start().starts_with(|it: char| it.is_ascii_digit()).then(|| literal(text)),
        Class::List => Some(array(text)),
        Class::Bytes => Some(literal(&format!("\\x{}", hex(text)))),
        Class::Text(Some(most)) if text.chars().count() > most => None,
        Class::Text(_) | Class::Other => Some(literal(text)),
    }
}

fn of_number(number: &str, class: Class) -> Option<String> {
    match class {
        Class::Truth => Some((number != "0").to_string()),
        // Seconds, days or nothing at all: SQLite does not tell.
        Class::Moment => None,
        Class::Bytes => Some(literal(&format!("\\x{}", hex(number)))),
        Class::Text(Some(most)) if number.len() > most => None,
        // The bits of a set.
        Class::List => None,
        Class::Text(_) | Class::Number => Some(number.to_owned()),
        Class::Other => Some(literal(number)),
    }
}

fn of_truth(it: bool, class: Class) -> Option<String> {
    Some(match class {
        Class::Number => u8::from(it).to_string(),
        Class::Moment | Class::List | Class::Bytes => return None,
        Class::Other => literal(&it.to_string()),
        Class::Truth | Class::Text(_) => it.to_string(),
    })
}

/// Hexadecimal digits are bytes, which may be those of a text.
fn of_bytes(digits: &str, class: Class) -> Option<String> {
    let text = || {
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(byte).collect();
        String::from_utf8(bytes?).ok()
    };
    match class {
        Class::Text(_) => of_text(&text()?, class),
        Class::Number => i64::from_str_radix(digits, 16).ok().map(|it| it.to_string()),
        Class::Truth => Some(digits.contains(|it| it != '0').to_string()),
        Class::Moment => None,
        Class::Bytes | Class::List | Class::Other => Some(literal(&format!("\\x{digits}"))),
    }
}

/// A default that is an expression, where the type takes what it gives.
pub fn suited(sql: &str, data_type: &str) -> Option<String> {
    let upper = sql.to_uppercase();
    let is_moment = ["CURRENT_", "LOCALTIME", "(CURRENT_"].iter().any(|it| upper.starts_with(it));
    match Class::of(data_type) {
        Class::Truth if sql == "0" || sql == "1" => Some((sql == "1").to_string()),
        Class::Number if upper == "TRUE" || upper == "FALSE" => Some(u8::from(upper == "TRUE").to_string()),
        Class::Number if is_moment => None,
        // However it is counted there, here it is a moment.
        Class::Moment if upper.contains("CURRENT_TIMESTAMP") && !is_moment => {
            Some("CURRENT_TIMESTAMP".to_owned())
        }
        Class::Truth
        | Class::Number
        | Class::Moment
        | Class::Bytes
        | Class::List
        | Class::Text(_)
        | Class::Other => Some(sql.to_owned()),
    }
}

/// What a generated column is computed of, as a value of its type: what MySQL takes from a document has any type, in
/// PostgreSQL it is a text. None where no text becomes a value of the type always in the same way.
pub fn given_as(sql: String, data_type: &str) -> Option<String> {
    let is_text = sql.contains("#>>") || sql.contains("->>");
    match Class::of(data_type) {
        Class::Text(_) => Some(sql),
        Class::Number | Class::Truth if is_text => Some(format!("({sql})::{data_type}")),
        Class::Moment | Class::Bytes | Class::List | Class::Other if is_text => None,
        Class::Number | Class::Truth | Class::Moment | Class::Bytes | Class::List | Class::Other => Some(sql),
    }
}

fn hex(text: &str) -> String {
    text.bytes().map(|it| format!("{it:02x}")).collect::<Vec<_>>().concat()
}

/// `a,b` as an array.
fn array(text: &str) -> String {
    let quoted = |it: &str| format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\""));
    let parts: Vec<String> = text.split(',').filter(|it| !it.is_empty()).map(quoted).collect();
    literal(&format!("{{{}}}", parts.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Kind, written: &str, data_type: &str, expected: Option<&str>) {
        let token = Token { kind, span: crate::base::Span::default(), value: written.to_owned() };
        assert_eq!(value(&[token], data_type).as_deref(), expected, "{written} as {data_type}");
    }

    #[test]
    fn values_are_written_as_their_type_takes_them() {
        check(Kind::Text, "7", "bigint", Some("7"));
        check(Kind::Text, "seven", "bigint", None);
        check(Kind::Text, "true", "boolean", Some("true"));
        check(Kind::Number, "0", "boolean", Some("false"));
        check(Kind::Word, "TRUE", "integer", Some("1"));
        check(Kind::Number, "1700000000", "timestamp", None);
        check(Kind::Text, "0000-00-00 00:00:00", "timestamptz(6)", Some("NULL"));
        check(Kind::Text, "1999-05-00", "date", Some("NULL"));
        check(Kind::Number, "0", "jsonb", Some("'0'"));
        check(Kind::Text, "long", "varchar(3)", None);
        check(Kind::Bytes, "6869", "varchar(3)", Some("'hi'"));
        check(Kind::Bytes, "ff", "bytea", Some(r"'\xff'"));
        check(Kind::Text, "a,b", "text[]", Some(r#"'{"a","b"}'"#));
    }

    #[test]
    fn a_default_gives_what_its_column_takes() {
        assert_eq!(suited("FALSE", "bigint").as_deref(), Some("0"));
        assert_eq!(suited("CURRENT_TIMESTAMP", "bigint"), None);
        let epoch = "extract(epoch FROM CURRENT_TIMESTAMP)::bigint";
        assert_eq!(suited(epoch, "bigint").as_deref(), Some(epoch));
        assert_eq!(suited(epoch, "timestamp").as_deref(), Some("CURRENT_TIMESTAMP"));
    }
}
