//! Type names become data types.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use crate::design::{BaseType, DataType, IntervalFields};
use crate::pg::Builtin;

use super::builder::Builder;
use super::syntax;

/// A type as a column may have it: `serial` is an integer with a sequence.
pub struct ColumnType {
    /// The type.
    pub data_type: DataType,
    /// Whether it was one of the serial types.
    pub serial: bool,
}

/// Reads the type of a column.
pub fn column_type(b: &Builder, ty: &ast::Type) -> ColumnType {
    if let ast::Type::PathType(path) = ty
        && let Some(name) = syntax::name(path)
        && name.namespace.is_none()
    {
        let builtin = match name.name.as_str() {
            "serial" | "serial4" => Some(Builtin::Integer),
            "bigserial" | "serial8" => Some(Builtin::BigInt),
            "smallserial" | "serial2" => Some(Builtin::SmallInt),
            _ => None,
        };
        if let Some(builtin) = builtin {
            return ColumnType { data_type: DataType::builtin(builtin), serial: true };
        }
    }
    ColumnType { data_type: data_type(b, ty), serial: false }
}

/// Reads a type.
pub fn data_type(b: &Builder, ty: &ast::Type) -> DataType {
    let builtin = |builtin, arguments| DataType::builtin(builtin).with_modifiers(modifiers(arguments));
    match ty {
        ast::Type::ArrayType(it) => {
            let element = it.ty().map_or_else(|| DataType::builtin(Builtin::Text), |it| data_type(b, &it));
            let dimensions = it.array_bounds().count().max(1);
            DataType { dimensions: dimensions.min(6) as u8, ..element }
        }
        ast::Type::BitType(it) => builtin(Builtin::Bit, it.arg_list()),
        ast::Type::BitVaryingType(it) => builtin(Builtin::VarBit, it.arg_list()),
        ast::Type::CharacterType(it) => builtin(Builtin::Character, it.arg_list()),
        ast::Type::VarcharType(it) => builtin(Builtin::Varchar, it.arg_list()),
        ast::Type::DoubleType(_) => DataType::builtin(Builtin::Double),
        ast::Type::TimeType(it) => {
            let zone = matches!(it.timezone(), Some(ast::Timezone::WithTimezone(_)));
            let base = if zone { Builtin::TimeTz } else { Builtin::Time };
            DataType::builtin(base).with_modifiers(it.literal().map(|it| syntax::text(&it)))
        }
        ast::Type::TimestampType(it) => {
            let zone = matches!(it.timezone(), Some(ast::Timezone::WithTimezone(_)));
            let base = if zone { Builtin::TimestampTz } else { Builtin::Timestamp };
            DataType::builtin(base).with_modifiers(it.literal().map(|it| syntax::text(&it)))
        }
        ast::Type::IntervalType(it) => interval(it),
        ast::Type::PathType(it) => path_type(b, it),
    }
}

fn modifiers(arguments: Option<ast::ArgList>) -> Vec<String> {
    arguments.into_iter().flat_map(|it| it.args()).map(|it| syntax::text(&it)).collect()
}

fn interval(ty: &ast::IntervalType) -> DataType {
    let mut data_type = DataType::builtin(Builtin::Interval);
    let qualifier = ty.interval_qualifier();
    let precision = ty
        .literal()
        .or_else(|| qualifier.as_ref().and_then(|it| it.syntax().descendants().find_map(ast::Literal::cast)));
    data_type.modifiers = precision.iter().map(syntax::text).collect();
    data_type.interval_fields = qualifier.and_then(|it| {
        let fields = syntax::tokens(it.syntax()).take_while(|it| it.kind() != SyntaxKind::L_PAREN);
        let words: Vec<String> = fields.map(|it| it.text().to_ascii_lowercase()).collect();
        IntervalFields::of(&words.join(" "))
    });
    data_type
}

fn path_type(b: &Builder, ty: &ast::PathType) -> DataType {
    let modifiers = modifiers(ty.arg_list());
    let Some(name) = syntax::name(ty) else { return other(None, syntax::text(ty), modifiers) };
    // `pg_catalog` is searched first, whatever the path says.
    let of_catalog = name.namespace.as_deref().is_none_or(|it| it == "pg_catalog");
    let quoted =
        ty.path_ref().and_then(|it| it.segment()).is_some_and(|it| ast::is_quoted_name_node(it.syntax()));
    if of_catalog && let Some(builtin) = builtin(&name.name, quoted || name.namespace.is_some(), &modifiers) {
        return builtin;
    }
    match b.base_type(&name) {
        Some((_, base)) => DataType { modifiers, ..DataType::new(base) },
        None => other(name.namespace, name.name, modifiers),
    }
}

fn other(namespace: Option<String>, name: String, modifiers: Vec<String>) -> DataType {
    DataType {
        modifiers,
        ..DataType::new(BaseType::Other { namespace: namespace.map(Into::into), name: name.into() })
    }
}

/// A built-in type by its name; `internal` when the name stood in quotes or after `pg_catalog.`, where keywords mean nothing.
fn builtin(name: &str, internal: bool, modifiers: &[String]) -> Option<DataType> {
    match name {
        "char" if internal => Some(DataType::builtin(Builtin::InternalChar)),
        // Without a length, `bpchar` is not the `character(1)` that `character` is.
        "bpchar" if modifiers.is_empty() => None,
        "float" => {
            let bits: u8 = modifiers.first().and_then(|it| it.parse().ok()).unwrap_or(53);
            Some(DataType::builtin(if bits <= 24 { Builtin::Real } else { Builtin::Double }))
        }
        _ => {
            let builtin = Builtin::from_name(name)?;
            Some(DataType::builtin(builtin).with_modifiers(modifiers))
        }
    }
}
