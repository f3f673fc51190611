//! Foreign keys.

use squawk_syntax::ast;

use crate::design::{ColumnId, ForeignKey, Id, ReferentialAction, TableId};
use crate::read::DiagnosticKind;

use super::builder::Builder;
use super::constraint::{Found, Options, place_and_name};
use super::{naming, syntax, table};

/// What `REFERENCES` and `FOREIGN KEY` say.
pub struct Reference {
    /// Its name, where one was written.
    pub name: Option<String>,
    /// In the referencing table.
    pub columns: Vec<ColumnId>,
    /// The referenced table.
    pub to: Option<ast::TableNameRef>,
    /// In the referenced table; none is its primary key.
    pub to_columns: Vec<String>,
    /// `MATCH FULL`.
    pub match_full: bool,
    /// The last column is a period.
    pub period: bool,
    /// `ON DELETE` and `ON UPDATE`.
    pub actions: Vec<ast::ReferentialAction>,
}

/// The columns of a list, one of a period last.
pub fn column_names(list: &ast::ForeignKeyColumnList) -> Vec<String> {
    let period = list.period_column().and_then(|it| it.name());
    list.column_name_refs().chain(period).map(|it| syntax::ident(&it)).collect()
}

/// The columns of a list, of the referencing table.
pub fn columns(b: &Builder, table: TableId, list: Option<ast::ForeignKeyColumnList>) -> Found<Vec<ColumnId>> {
    let names = list.map(|it| column_names(&it)).unwrap_or_default();
    names.iter().map(|it| b.column(table, it)).collect()
}

/// Adds a foreign key to its table.
pub fn add(b: &mut Builder, table: TableId, reference: Reference, options: Options) -> Found<Id> {
    let (place, table_name) = place_and_name(b, table)?;
    let to = reference.to.and_then(|it| syntax::name(&it));
    let to = to.ok_or_else(|| DiagnosticKind::Unknown { what: "table", name: String::new() })?;
    let references = b.table(&to)?;
    let ref_columns: Vec<ColumnId> = if reference.to_columns.is_empty() {
        let key = b.tables.get(&references).and_then(|it| it.primary_key.as_ref());
        let key =
            key.ok_or_else(|| DiagnosticKind::Unknown { what: "primary key of", name: to.to_string() })?;
        key.columns.clone()
    } else {
        reference.to_columns.iter().map(|it| b.column(references, it)).collect::<Found<_>>()?
    };
    let name = reference.name.unwrap_or_else(|| {
        let columns = b.tables.get(&table);
        let names = columns.map(|it| naming::joined(it.column_names(&reference.columns))).unwrap_or_default();
        b.free_constraint_name(place, &table_name, Some(&names), "fkey")
    });
    let mut fk = ForeignKey {
        id: b.ids.take(),
        name: name.clone(),
        columns: reference.columns,
        references,
        ref_columns,
        match_full: reference.match_full,
        period: reference.period,
        deferral: options.deferral,
        enforcement: options.enforcement,
        origin: b.origin(),
        ..ForeignKey::default()
    };
    for node in reference.actions {
        match node {
            ast::ReferentialAction::OnDeleteAction(it) => {
                let (action, columns) = action(it.ref_action());
                fk.on_delete = action;
                fk.set_columns = columns.iter().map(|it| b.column(table, it)).collect::<Found<_>>()?;
            }
            ast::ReferentialAction::OnUpdateAction(it) => fk.on_update = action(it.ref_action()).0,
        }
    }
    let id = fk.id;
    table::set(b, table, |it| table::add_one(&mut it.foreign_keys, fk));
    b.add_constraint_name(place, &name);
    Ok(id.into())
}

fn action(node: Option<ast::RefAction>) -> (ReferentialAction, Vec<String>) {
    let names = |list: Option<ast::ColumnRefList>| {
        list.into_iter().flat_map(|it| it.column_name_refs()).map(|it| syntax::ident(&it)).collect()
    };
    match node {
        Some(ast::RefAction::Cascade(_)) => (ReferentialAction::Cascade, Vec::new()),
        Some(ast::RefAction::Restrict(_)) => (ReferentialAction::Restrict, Vec::new()),
        Some(ast::RefAction::SetDefaultColumns(it)) => {
            (ReferentialAction::SetDefault, names(it.column_ref_list()))
        }
        Some(ast::RefAction::SetNullColumns(it)) => (ReferentialAction::SetNull, names(it.column_ref_list())),
        Some(ast::RefAction::NoAction(_)) | None => (ReferentialAction::NoAction, Vec::new()),
    }
}
