//! `CREATE TABLE … AS` and `SELECT … INTO`: a table with the columns that a query gives.

use squawk_syntax::ast;

use crate::design::{Column, ColumnId, TableId};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Step};
use super::query::{self, Given};
use super::syntax::Name;
use super::{rows, syntax, table, temporary, text};

/// Reads `CREATE TABLE … AS`.
pub fn create(b: &mut Builder, node: &ast::CreateTableAs) -> Step {
    let not_modelled = || DiagnosticKind::NotModelled { what: "CREATE TABLE AS".into() };
    let name = node.table_name().and_then(|it| syntax::name(&it)).ok_or_else(not_modelled)?;
    let name = temporary::named(name, node.persistence().as_ref());
    if let Some(fate) = refused(b, &name, node.if_not_exists().is_some())? {
        return Ok(fate);
    }
    let Some(ast::CreateTableAsQuery::SelectVariant(query)) = node.query() else {
        return Err(not_modelled());
    };
    let mut columns = query::columns(b, &query).ok_or_else(not_modelled)?;
    let names = node.table_arg_list().into_iter().flat_map(|it| it.args());
    let names: Vec<String> = names.map(|it| argument(&it)).collect();
    if names.len() > columns.len() {
        return Err(not_modelled());
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name;
    }
    let id = make(b, &name, columns).ok_or_else(not_modelled)?;
    let unlogged = matches!(node.persistence(), Some(ast::Persistence::Unlogged(_)));
    let parameters = match node.table_params() {
        Some(ast::TableParams::WithParams(it)) => text::parameters(it.attribute_list()),
        Some(ast::TableParams::WithoutOids(_)) | None => Vec::new(),
    };
    let tablespace = node.tablespace_clause().and_then(|it| it.tablespace_ref()).map(|it| syntax::ident(&it));
    table::set(b, id, |it| {
        it.unlogged = unlogged;
        it.storage_parameters = parameters;
        it.storage_parameters.retain(|(name, _)| name != "oids");
        it.tablespace = tablespace.filter(|it| it != "pg_default");
    });
    if !matches!(node.data_option(), Some(ast::DataOption::WithNoData(_))) {
        leave_out_rows(b, &name, id);
    }
    Ok(Fate::Modelled)
}

/// Reads `SELECT … INTO`.
pub fn select_into(b: &mut Builder, node: &ast::SelectInto) -> Step {
    let not_modelled = || DiagnosticKind::NotModelled { what: "SELECT INTO".into() };
    let clause = node.into_clause().ok_or_else(not_modelled)?;
    let name = clause.table_name().and_then(|it| syntax::name(&it)).ok_or_else(not_modelled)?;
    let name = temporary::named(name, clause.persistence().as_ref());
    if let Some(fate) = refused(b, &name, false)? {
        return Ok(fate);
    }
    let columns =
        query::columns(b, &ast::SelectVariant::SelectInto(node.clone())).ok_or_else(not_modelled)?;
    let id = make(b, &name, columns).ok_or_else(not_modelled)?;
    let unlogged = matches!(clause.persistence(), Some(ast::Persistence::Unlogged(_)));
    table::set(b, id, |it| it.unlogged = unlogged);
    leave_out_rows(b, &name, id);
    Ok(Fate::Modelled)
}

fn argument(node: &ast::TableArg) -> String {
    match node {
        ast::TableArg::Column(it) => it.name().map(|it| syntax::ident(&it)).unwrap_or_default(),
        ast::TableArg::LikeClause(_) | ast::TableArg::TableConstraint(_) => String::new(),
    }
}

/// What becomes of a table that is not made because it is there already.
fn refused(b: &mut Builder, name: &Name, if_not_exists: bool) -> Result<Option<Fate>, DiagnosticKind> {
    let fate = table::already_there(b, name, if_not_exists)?;
    if fate.is_none() {
        temporary::unknown(b, name);
    }
    Ok(fate)
}

/// The table, unless two of its columns would have one name.
fn make(b: &mut Builder, name: &Name, columns: Vec<Given>) -> Option<TableId> {
    let mut names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    if names.windows(2).any(|it| it.first() == it.last()) || names.iter().any(|it| it.is_empty()) {
        return None;
    }
    let place = b.place_of_new(name);
    let id = table::begin(b, place, &name.name);
    let origin = b.origin();
    for Given { name, data_type, collation } in columns {
        let column: ColumnId = b.ids.take();
        let column = Column {
            nullable: true,
            collation,
            origin: origin.clone(),
            ..Column::new(column, name, data_type)
        };
        table::set(b, id, |it| table::add_one(&mut it.columns, column));
    }
    Some(id)
}

/// The rows of a query are data of the time when it ran.
fn leave_out_rows(b: &mut Builder, name: &Name, id: TableId) {
    rows::leave_out(b, id, 0);
    if !name.is_temporary() {
        b.say(DiagnosticKind::LeftOut { what: "rows that a query makes" });
    }
}
