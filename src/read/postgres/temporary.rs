//! What ends with the session: tables, functions and types in the SQL schema `pg_temp`. They are read as others are, since later
//! statements may go by them, and are dropped at the end as PostgreSQL drops them.

use squawk_syntax::ast::{self, Stmt};

use crate::read::DiagnosticKind;

use super::builder::{Builder, Relation};
use super::drop;
use super::syntax::Name;

/// The SQL schema under which a session knows its own things.
pub const NAMESPACE: &str = "pg_temp";

/// The name of a new object: in the session's own SQL schema where the statement says `TEMP`.
pub fn named(name: Name, persistence: Option<&ast::Persistence>) -> Name {
    match persistence {
        Some(ast::Persistence::Temp(_)) => Name { namespace: Some(NAMESPACE.to_owned()), ..name },
        _ => name,
    }
}

/// What a statement makes that ends with the session.
pub fn made(stmt: &Stmt) -> DiagnosticKind {
    let what = match stmt {
        Stmt::CreateFunction(_) | Stmt::CreateProcedure(_) => "a temporary function",
        Stmt::CreateSequence(_) => "a temporary sequence",
        Stmt::CreateView(_) => "a temporary view",
        Stmt::CreateType(_) | Stmt::CreateDomain(_) => "a temporary type",
        _ => "a temporary table",
    };
    DiagnosticKind::LeftOut { what }
}

/// Makes room for something of this name: what has it is of an earlier session, or went at the end of a transaction.
pub fn make_room(b: &mut Builder, name: &Name) {
    if name.is_temporary()
        && let Some(place) = b.known_namespace(NAMESPACE)
        && let Some(gone) = b.relations.remove(&(place, name.name.clone()))
    {
        drop::relation(b, place, &name.name, gone);
    }
}

/// Notes a table of which it is not known what is in it.
pub fn unknown(b: &mut Builder, name: &Name) {
    if name.is_temporary() {
        let place = b.place_of_new(name);
        b.relations.insert((place, name.name.clone()), Relation::Temporary);
    }
}

/// Ends the session.
pub fn end(b: &mut Builder) {
    if let Some(place) = b.known_namespace(NAMESPACE) {
        drop::namespace(b, place);
    }
}
