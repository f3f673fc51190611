//! Columns of `CREATE TABLE` and `ADD COLUMN`.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{
    BaseType, Column, ColumnId, ColumnValue, CompressionMethod, DataType, Sequence, SequenceId,
    SequenceOptions, SqlText, StorageMode, TableId,
};
use crate::pg::Builtin;
use crate::read::DiagnosticKind;

use super::builder::{Builder, Relation};
use super::constraint::Pending;
use super::data_type::column_type;
use super::{sequence, syntax, table};

/// Reads a column of `CREATE TABLE`.
pub fn create(b: &mut Builder, table: TableId, node: &ast::Column, pending: &mut Vec<Pending>) {
    let Some(name) = node.name() else { return };
    let clauses: Vec<ast::ColumnClause> = node.clauses().collect();
    add(b, table, &syntax::ident(&name), node.ty(), clauses, pending);
}

/// Reads a column of `ALTER TABLE … ADD COLUMN`.
pub fn add_column(b: &mut Builder, table: TableId, node: &ast::AddColumn, pending: &mut Vec<Pending>) {
    let Some(name) = node.column_name() else { return };
    let clauses = node.syntax().children().filter_map(ast::ColumnClause::cast).collect();
    add(b, table, &syntax::ident(&name), node.ty(), clauses, pending);
}

fn add(
    b: &mut Builder,
    table: TableId,
    name: &str,
    ty: Option<ast::Type>,
    clauses: Vec<ast::ColumnClause>,
    pending: &mut Vec<Pending>,
) {
    // A partition may name a column again, and a heir one of the table above, to say more about it.
    let known = b.tables.get(&table).and_then(|it| it.column_named(name)).map(|it| it.id);
    let read = ty.as_ref().map(|it| column_type(b, it));
    let id = match (known, read.as_ref()) {
        (Some(id), _) => {
            // Said here as well, so no longer only inherited; but the constraint behind its `NOT NULL` still is.
            let names = super::not_null::names(b, table).into_iter().filter(|it| it.0 == id).collect();
            set(b, table, id, |it| it.inherited = false);
            super::not_null::keep(b, table, names);
            id
        }
        (None, read) => {
            let id: ColumnId = b.ids.take();
            let unknown = || DataType::builtin(Builtin::Text);
            let data_type = read.map_or_else(unknown, |it| it.data_type.clone());
            let origin = b.origin();
            let column = Column { nullable: true, origin, ..Column::new(id, name, data_type) };
            table::set(b, table, |it| it.columns.push(column));
            id
        }
    };
    if read.is_some_and(|it| it.serial) {
        own_sequence(b, table, id);
    }
    for clause in clauses {
        match clause {
            ast::ColumnClause::Collate(it) => {
                let reference = it.collation_ref();
                let collation = reference.map(|it| (is_default(&it), b.sql(&it)));
                set(b, table, id, |column| column.collation = said(collation, &column.data_type));
            }
            ast::ColumnClause::Storage(it) => {
                let mode = storage(it.storage_mode());
                set(b, table, id, |column| column.storage = mode);
            }
            ast::ColumnClause::CompressionMethod(it) => {
                let method = compression(b, it.compression_method_name());
                set(b, table, id, |column| column.compression = method);
            }
            ast::ColumnClause::ColumnConstraint(it) => constraint(b, table, id, &it, pending),
            ast::ColumnClause::WithOptions(_) | ast::ColumnClause::AlterOptionList(_) => {}
        }
    }
}

/// What `STORAGE` says, other than `DEFAULT`.
pub fn storage(node: Option<ast::StorageMode>) -> Option<StorageMode> {
    StorageMode::of(&syntax::text(&node?))
}

/// What `COMPRESSION` says, other than `DEFAULT`.
pub fn compression(b: &mut Builder, node: Option<ast::CompressionMethodName>) -> Option<CompressionMethod> {
    let word = syntax::text(&node?);
    let method = CompressionMethod::of(&word);
    if method.is_none() && !word.eq_ignore_ascii_case("default") {
        let instead = "the methods are `pglz` and `lz4`".to_owned();
        b.say(DiagnosticKind::NoEquivalent { what: format!("COMPRESSION {word}"), instead });
    }
    method
}

/// Whether a collation is the database's own.
fn is_default(node: &ast::CollationRef) -> bool {
    syntax::name(node)
        .is_some_and(|it| it.name == "default" && it.namespace.is_none_or(|it| it == "pg_catalog"))
}

/// A collation, where it says anything: the database's own goes without saying, except over that of a domain.
fn said(collation: Option<(bool, SqlText)>, of: &DataType) -> Option<SqlText> {
    let is_own = |is_default: bool| is_default && !matches!(of.base, BaseType::Domain(_));
    collation.filter(|it| !is_own(it.0)).map(|it| it.1)
}

/// The collation of a column as it was read.
pub fn collation(b: &Builder, node: Option<ast::Collate>, of: &DataType) -> Option<SqlText> {
    let reference = node.and_then(|it| it.collation_ref());
    said(reference.map(|it| (is_default(&it), b.sql(&it))), of)
}

/// Changes a column of the design in the making.
pub fn set(b: &mut Builder, table: TableId, column: ColumnId, change: impl FnOnce(&mut Column)) {
    table::set(b, table, |it| {
        if let Some(column) = it.columns.iter_mut().find(|it| it.id == column) {
            change(column);
        }
    });
}

fn constraint(
    b: &mut Builder,
    table: TableId,
    id: ColumnId,
    node: &ast::ColumnConstraint,
    pending: &mut Vec<Pending>,
) {
    match node {
        ast::ColumnConstraint::DefaultConstraint(it) => {
            let default = it.expr().map(|it| b.sql(&it));
            set(b, table, id, |column| column.value = default_value(&column.data_type, default));
        }
        ast::ColumnConstraint::NotNullConstraint(it) => {
            let name = it.constraint_name_clause().and_then(|it| it.constraint_name());
            let name = name.map(|it| syntax::ident(&it)).filter(|it| !it.is_empty());
            let options = super::constraint::Options::of(it.constraint_options());
            super::not_null::set(b, table, id, name, options);
        }
        ast::ColumnConstraint::NullConstraint(_) => set(b, table, id, |it| it.nullable = true),
        ast::ColumnConstraint::GeneratedConstraint(it) => {
            if let Some(generated) = it.generated_as() {
                let value = generated_value(b, &generated);
                make_generated(b, table, id, value);
            }
        }
        ast::ColumnConstraint::CheckConstraint(_)
        | ast::ColumnConstraint::ExcludeConstraint(_)
        | ast::ColumnConstraint::PrimaryKeyConstraint(_)
        | ast::ColumnConstraint::ReferencesConstraint(_)
        | ast::ColumnConstraint::UniqueConstraint(_) => {
            let node = ast::Constraint::cast(node.syntax().clone());
            pending.extend(node.map(|node| Pending { node, column: Some(id) }));
        }
    }
}

/// A default as a column value. `DEFAULT NULL` is none, except where PostgreSQL keeps a cast of it: for a length or a
/// domain.
pub fn default_value(data_type: &DataType, default: Option<String>) -> ColumnValue {
    let keeps_cast = !data_type.modifiers.is_empty() || matches!(data_type.base, BaseType::Domain(_));
    match default {
        Some(text) if text.eq_ignore_ascii_case("null") && !keeps_cast => ColumnValue::Given,
        Some(text) => ColumnValue::Default(text),
        None => ColumnValue::Given,
    }
}

fn generated_value(b: &Builder, node: &ast::GeneratedAs) -> ColumnValue {
    match node {
        ast::GeneratedAs::GeneratedIdentity(it) => {
            let options = it.sequence_option_list().into_iter().flat_map(|it| it.sequence_options());
            ColumnValue::Identity {
                always: matches!(it.generated_when(), Some(ast::GeneratedWhen::GeneratedAlways(_))),
                options: Box::new(sequence::options(b, options)),
            }
        }
        ast::GeneratedAs::GeneratedStored(it) => ColumnValue::Generated {
            expression: it.expr().map_or_else(String::new, |it| b.expression(&it)),
            stored: matches!(it.generated_kind(), Some(ast::GeneratedKind::Stored(_))),
        },
    }
}

/// Makes a column generated; an identity column gets its sequence's name.
pub fn make_generated(b: &mut Builder, table: TableId, id: ColumnId, mut value: ColumnValue) {
    let Some((place, table_name, column)) = names(b, table, id) else { return };
    if let ColumnValue::Identity { options, .. } = &mut value {
        let derived = b.free_relation_name(place, &table_name, Some(&column), "seq", false);
        let bare = |it: &str| it.replace('"', "");
        let usual = [b.qualified(place, &derived), format!("public.{derived}")].map(|it| bare(&it));
        let name = match options.name.take() {
            Some(written) if !usual.contains(&bare(&written)) => {
                let last = written.rsplit('.').next().unwrap_or(&written).trim_matches('"').to_owned();
                options.name = Some(written);
                last
            }
            _ => derived,
        };
        b.relations.insert((place, name), Relation::Identity(table, id));
        set(b, table, id, |it| it.nullable = false);
    }
    set(b, table, id, |it| it.value = value);
}

fn names(b: &Builder, table: TableId, column: ColumnId) -> Option<(super::builder::Place, String, String)> {
    let table = b.tables.get(&table)?;
    Some((table.namespace, table.name.clone(), table.column(column)?.name.clone()))
}

/// What `serial` stands for: a sequence that the column owns and draws its default from.
fn own_sequence(b: &mut Builder, table: TableId, column: ColumnId) {
    let Some((place, table_name, column_name)) = names(b, table, column) else { return };
    let name = b.free_relation_name(place, &table_name, Some(&column_name), "seq", false);
    let id: SequenceId = b.ids.take();
    let data_type = b.tables.get(&table).and_then(|it| it.column(column)).map(|it| it.data_type.clone());
    // A sequence is of `bigint` unless it says otherwise.
    let data_type = data_type.filter(|it| it.base != BaseType::Builtin(Builtin::BigInt));
    let sequence = Sequence {
        id,
        namespace: place,
        name: name.clone(),
        unlogged: b.tables.get(&table).is_some_and(|it| it.unlogged),
        options: SequenceOptions { data_type, ..SequenceOptions::default() },
        owned_by: Some((table, column)),
        origin: b.origin(),
        ..Sequence::default()
    };
    let default = format!("nextval({}::regclass)", crate::sql::literal(&b.qualified(place, &name)));
    b.sequences.insert(id, sequence);
    b.relations.insert((place, name), Relation::Sequence(id));
    set(b, table, column, |it| {
        it.value = ColumnValue::Default(default);
        it.nullable = false;
    });
}
