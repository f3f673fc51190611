//! Which columns an operator class takes.
//!
//! Source: `pg_opclass.dat`, of the classes whose names say what they are for; a type that converts without a function counts as
//! the one that it converts to, as `varchar` does for `text_ops`.

use super::Builtin;

/// What a column is of, as far as operator classes ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// A built-in type.
    Builtin(Builtin),
    /// An array of anything.
    Array,
    /// An enumerated type.
    Enum,
}

const CLASSES: [(&str, &[Builtin]); 23] = [
    ("bool_ops", &[Builtin::Boolean]),
    ("bpchar_ops", &[Builtin::Character]),
    ("bytea_ops", &[Builtin::Bytea]),
    ("date_ops", &[Builtin::Date]),
    ("float4_ops", &[Builtin::Real]),
    ("float8_ops", &[Builtin::Double]),
    ("inet_ops", &[Builtin::Inet, Builtin::Cidr]),
    ("int2_ops", &[Builtin::SmallInt]),
    ("int4_ops", &[Builtin::Integer]),
    ("int8_ops", &[Builtin::BigInt]),
    ("interval_ops", &[Builtin::Interval]),
    ("jsonb_ops", &[Builtin::Jsonb]),
    ("jsonb_path_ops", &[Builtin::Jsonb]),
    ("macaddr_ops", &[Builtin::MacAddr]),
    ("money_ops", &[Builtin::Money]),
    ("numeric_ops", &[Builtin::Numeric]),
    ("text_ops", &[Builtin::Text, Builtin::Varchar, Builtin::Character]),
    ("time_ops", &[Builtin::Time]),
    ("timestamp_ops", &[Builtin::Timestamp]),
    ("timestamptz_ops", &[Builtin::TimestampTz]),
    ("tsvector_ops", &[Builtin::TsVector]),
    ("uuid_ops", &[Builtin::Uuid]),
    ("varchar_ops", &[Builtin::Text, Builtin::Varchar, Builtin::Character]),
];

/// Whether an operator class takes such columns; of a class that is not known, yes.
pub fn takes(class: &str, indexed: Indexed) -> bool {
    match (class, indexed) {
        ("array_ops", it) => it == Indexed::Array,
        ("enum_ops", it) => it == Indexed::Enum,
        (class, it) => match CLASSES.iter().find(|known| known.0 == class) {
            Some((_, types)) => matches!(it, Indexed::Builtin(it) if types.contains(&it)),
            None => true,
        },
    }
}

/// Whether an operator class is the one that columns of a built-in type have where none is named.
pub fn is_usual(class: &str, of: Builtin) -> bool {
    let class = class.strip_prefix("pg_catalog.").unwrap_or(class);
    let other = match of {
        Builtin::Character => ["text_ops", "varchar_ops"].contains(&class),
        _ => ["varchar_ops", "jsonb_path_ops"].contains(&class),
    };
    let known = CLASSES.iter().any(|it| it.0 == class);
    known && !other && takes(class, Indexed::Builtin(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_for_columns_of_its_type() {
        assert!(takes("text_ops", Indexed::Builtin(Builtin::Varchar)));
        assert!(takes("gin_trgm_ops", Indexed::Builtin(Builtin::Text)));
        assert!(takes("enum_ops", Indexed::Enum) && takes("array_ops", Indexed::Array));
        assert!(!takes("text_ops", Indexed::Builtin(Builtin::Integer)));
        assert!(is_usual("pg_catalog.text_ops", Builtin::Varchar) && is_usual("int4_ops", Builtin::Integer));
        assert!(!is_usual("text_ops", Builtin::Character) && !is_usual("text_pattern_ops", Builtin::Text));
        assert!(!takes("date_ops", Indexed::Enum) && !takes("uuid_ops", Indexed::Array));
    }
}
