//! Types and names of a design as SQL writes them.

use super::writer::SqlWriter;
use crate::design::{ArgumentMode, BaseType, DataType, Design, Function, NamespaceId};
use crate::pg::Builtin;

/// A type with its modifiers and brackets: `numeric(12,2)[]`, `billing.invoice_state`.
pub fn type_name(design: &Design, data_type: &DataType) -> String {
    let mut w = SqlWriter::new();
    write_type(&mut w, design, data_type);
    w.finish().0
}

/// The name of a table, view, sequence or function as SQL needs it: its SQL schema is written unless that is `public`.
pub fn qualified_name(design: &Design, namespace: Option<NamespaceId>, name: &str) -> String {
    let mut w = SqlWriter::new();
    write_name(&mut w, design, namespace, name);
    w.finish().0
}

/// A function's name with the types of its arguments, which is what tells it from others of its name.
pub fn function_signature(design: &Design, function: &Function) -> String {
    let mut w = SqlWriter::new();
    write_signature(&mut w, design, function);
    w.finish().0
}

/// Writes the name of a relation or function.
pub(super) fn write_name(w: &mut SqlWriter, design: &Design, namespace: Option<NamespaceId>, name: &str) {
    // `pg_catalog` is searched first, and its relations all begin with `pg_`.
    w.qualified(written_namespace(design, namespace, name.starts_with("pg_")), name);
}

/// Writes the name of a type of the design, told from a built-in one of the same name.
pub(super) fn write_type_name(
    w: &mut SqlWriter,
    design: &Design,
    namespace: Option<NamespaceId>,
    name: &str,
) {
    let hidden = name.starts_with("pg_") || Builtin::from_name(name).is_some() || HIDING.contains(&name);
    w.qualified(written_namespace(design, namespace, hidden), name);
}

/// Types of `pg_catalog` that columns seldom have, so that [`Builtin`] leaves them out (`pg_type.dat`).
const HIDING: [&str; 22] = [
    "aclitem",
    "any",
    "anyarray",
    "anycompatible",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anyrange",
    "cstring",
    "event_trigger",
    "fdw_handler",
    "gtsvector",
    "int2vector",
    "internal",
    "language_handler",
    "oidvector",
    "record",
    "refcursor",
    "tsm_handler",
    "trigger",
    "unknown",
    "void",
];

/// `public` goes without saying, except where something stands before it on a search path: `pg_catalog` hides what has the
/// name of one of its own, and a design of several SQL schemas may be loaded under a path that begins with another.
fn written_namespace(design: &Design, namespace: Option<NamespaceId>, hidden: bool) -> Option<&str> {
    let name = design.namespace_name(namespace);
    let alone = || design.namespaces().all(|it| it.name == "public");
    (name != "public" || hidden || !alone()).then_some(name)
}

/// Writes a type with its modifiers and brackets.
pub(super) fn write_type(w: &mut SqlWriter, design: &Design, data_type: &DataType) {
    let unknown = |w: &mut SqlWriter| {
        w.sql("text");
    };
    match &data_type.base {
        BaseType::Builtin(builtin) => {
            w.sql(builtin.short_name());
        }
        BaseType::Enum(id) => match design.enum_type(*id) {
            Some(it) => write_type_name(w, design, it.namespace, &it.name),
            None => unknown(w),
        },
        BaseType::Domain(id) => match design.domain(*id) {
            Some(it) => write_type_name(w, design, it.namespace, &it.name),
            None => unknown(w),
        },
        BaseType::Composite(id) => match design.composite(*id) {
            Some(it) => write_type_name(w, design, it.namespace, &it.name),
            None => unknown(w),
        },
        BaseType::Range(id) => match design.range(*id) {
            Some(it) => write_type_name(w, design, it.namespace, &it.name),
            None => unknown(w),
        },
        BaseType::Row(id) => match design.table(*id) {
            Some(it) => write_type_name(w, design, it.namespace, &it.name),
            None => unknown(w),
        },
        BaseType::Other { namespace, name } => {
            w.qualified(namespace.as_deref(), name);
        }
    }
    if let Some(fields) = data_type.interval_fields {
        w.sql(" ").sql(fields.words());
    }
    if !data_type.modifiers.is_empty() {
        w.sql("(").list(&data_type.modifiers, ",", |w, it| {
            w.raw(it);
        });
        w.sql(")");
    }
    for _ in 0..data_type.dimensions {
        w.sql("[]");
    }
}

/// Writes a function's name with the types of its arguments.
pub(super) fn write_signature(w: &mut SqlWriter, design: &Design, function: &Function) {
    write_name(w, design, function.namespace, &function.name);
    w.sql("(").list(&function.arguments, ", ", |w, argument| {
        w.sql(mode(argument.mode)).raw(&argument.data_type);
    });
    w.sql(")");
}

/// The mode of an argument with a blank after it; `IN` goes without saying.
pub fn mode(mode: ArgumentMode) -> &'static str {
    match mode {
        ArgumentMode::In => "",
        ArgumentMode::Out => "OUT ",
        ArgumentMode::InOut => "INOUT ",
        ArgumentMode::Variadic => "VARIADIC ",
    }
}
