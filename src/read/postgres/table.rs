//! `CREATE TABLE`.

use squawk_syntax::SyntaxKind;
use squawk_syntax::ast::{self, AstNode};

use crate::design::{
    Column, ColumnId, ColumnValue, Enforcement, NotNull, PartitionOf, PartitionStrategy, Partitioning, Table,
    TableId,
};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Place, Relation, Step};
use super::constraint::{self, Pending};
use super::syntax::Name;
use super::{column, like, syntax, temporary, text};

/// Reads `CREATE TABLE`.
pub fn create(b: &mut Builder, node: &ast::CreateTable) -> Step {
    let Some(name) = node.table_name().and_then(|it| syntax::name(&it)) else {
        return Err(DiagnosticKind::NotModelled { what: "CREATE TABLE".into() });
    };
    let name = temporary::named(name, node.persistence().as_ref());
    if let Some(fate) = already_there(b, &name, node.if_not_exists().is_some())? {
        return Ok(fate);
    }
    if node.of_type().is_some() {
        return Err(DiagnosticKind::NotModelled { what: "CREATE TABLE OF".into() });
    }
    let above = match node.partition_of() {
        Some(it) => {
            let name = it.table_name_ref().and_then(|it| syntax::name(&it));
            let name = name.ok_or_else(|| DiagnosticKind::NotModelled { what: "PARTITION OF".into() })?;
            Some(b.table(&name)?)
        }
        None => None,
    };
    let inherits = inherited(b, node.inherits())?;
    let place = b.place_of_new(&name);
    let id = begin(b, place, &name.name);
    let unlogged = matches!(node.persistence(), Some(ast::Persistence::Unlogged(_)));
    set(b, id, |it| it.unlogged = unlogged);
    let mut pending = Vec::new();
    if let Some(above) = above {
        copy_columns(b, above, id);
        if let Some(bound) = node.partition_type() {
            set(b, id, |it| {
                it.partition_of = Some(PartitionOf { table: above, bound: syntax::text(&bound) });
            });
        }
    }
    for above in inherits {
        copy_columns(b, above, id);
        merge_defaults(b, above, id);
        set(b, id, |it| it.inherits.push(above));
    }
    for argument in node.table_arg_list().into_iter().flat_map(|it| it.args()) {
        match argument {
            ast::TableArg::Column(it) => column::create(b, id, &it, &mut pending),
            ast::TableArg::LikeClause(it) => like::copy(b, id, &it),
            ast::TableArg::TableConstraint(it) => {
                pending.extend(ast::Constraint::cast(it.syntax().clone()).map(Pending::of_table));
            }
        }
    }
    let partitioning = node.partition_by().and_then(|it| partitioning(b, &it));
    let parameters = match node.table_params() {
        Some(ast::TableParams::WithParams(it)) => text::parameters(it.attribute_list()),
        Some(ast::TableParams::WithoutOids(_)) | None => Vec::new(),
    };
    let method = node.using_method().and_then(|it| it.access_method_ref()).map(|it| syntax::ident(&it));
    let tablespace = node.tablespace_clause().and_then(|it| it.tablespace_ref()).map(|it| syntax::ident(&it));
    set(b, id, |it| {
        // Few tables grow later, and in the large all the room for it adds up.
        it.columns.shrink_to_fit();
        it.partitioning = partitioning;
        it.storage_parameters = parameters;
        // Every table had none of these since PostgreSQL 12.
        it.storage_parameters.retain(|(name, _)| name != "oids");
        it.access_method = method.filter(|it| it != "heap");
        it.tablespace = tablespace.filter(|it| it != "pg_default");
    });
    constraint::settle(b, id, pending);
    // A new table has no rows that could be against them.
    set(b, id, |it| {
        let checks = it.checks.iter_mut().map(|it| &mut it.enforcement);
        let all = checks.chain(it.foreign_keys.iter_mut().map(|it| &mut it.enforcement));
        all.filter(|it| **it == Enforcement::NotValid).for_each(|it| *it = Enforcement::Valid);
    });
    Ok(Fate::Modelled)
}

/// What to do about a name that is taken: nothing, when the statement says `IF NOT EXISTS`.
pub fn already_there(
    b: &mut Builder,
    name: &Name,
    if_not_exists: bool,
) -> Result<Option<Fate>, DiagnosticKind> {
    let place = b.place_of_new(name);
    match b.relations.get(&(place, name.name.clone())) {
        None => Ok(None),
        Some(_) if if_not_exists => Ok(Some(Fate::Skipped)),
        Some(_) if name.is_temporary() => {
            temporary::make_room(b, name);
            Ok(None)
        }
        Some(_) => {
            b.say(DiagnosticKind::Exists { name: name.to_string() });
            Ok(Some(Fate::Skipped))
        }
    }
}

/// A new table without columns.
pub fn begin(b: &mut Builder, place: Place, name: &str) -> TableId {
    let id: TableId = b.ids.take();
    let table = Table { id, namespace: place, name: name.to_owned(), origin: b.origin(), ..Table::default() };
    b.tables.insert(id, Box::new(table));
    b.relations.insert((place, name.to_owned()), Relation::Table(id));
    id
}

/// Changes a table of the design in the making.
pub fn set(b: &mut Builder, id: TableId, change: impl FnOnce(&mut Table)) {
    if let Some(table) = b.tables.get_mut(&id) {
        change(table);
    }
}

/// Adds to a list that stays short: room for four, which a list takes with its first, would be most of a large design.
pub fn add_one<T>(list: &mut Vec<T>, it: T) {
    list.reserve_exact(1);
    list.push(it);
}

fn inherited(b: &Builder, clause: Option<ast::Inherits>) -> Result<Vec<TableId>, DiagnosticKind> {
    let names = clause.into_iter().flat_map(|it| it.table_name_refs());
    names.filter_map(|it| syntax::name(&it)).map(|it| b.table(&it)).collect()
}

/// Of several tables above, the first that has a default for a column gives it.
///
/// Source: `MergeAttributes` in `src/backend/commands/tablecmds.c`.
fn merge_defaults(b: &mut Builder, above: TableId, below: TableId) {
    let columns = b.tables.get(&above).map(|it| it.columns.clone()).unwrap_or_default();
    for column in columns.into_iter().filter(|it| it.value.default_expression().is_some()) {
        set(b, below, |it| {
            let own = it.columns.iter_mut().find(|it| it.name == column.name);
            if let Some(own) = own.filter(|it| it.value == ColumnValue::Given) {
                own.value = column.value;
            }
        });
    }
}

/// Gives a partition or heir the columns of the table above it; those that it has already are merged.
pub fn copy_columns(b: &mut Builder, above: TableId, below: TableId) {
    let columns = b.tables.get(&above).map(|it| it.columns.clone()).unwrap_or_default();
    let keys: Vec<ColumnId> = b
        .tables
        .get(&above)
        .and_then(|it| it.primary_key.as_ref())
        .map(|it| it.columns.clone())
        .unwrap_or_default();
    for column in columns {
        let is_own = column.not_null.as_ref().is_some_and(|it| it.no_inherit);
        let nullable = (column.nullable || is_own) && !keys.contains(&column.id);
        let known = b.tables.get(&below).is_some_and(|it| it.column_named(&column.name).is_some());
        if known {
            set(b, below, |it| {
                if let Some(own) = it.columns.iter_mut().find(|it| it.name == column.name) {
                    own.nullable &= nullable;
                }
            });
            continue;
        }
        let id: ColumnId = b.ids.take();
        // Identity is not inherited, except by partitions since PostgreSQL 17, where the table above has it.
        let value = match &column.value {
            ColumnValue::Identity { .. } => ColumnValue::Given,
            other => other.clone(),
        };
        let copy = Column {
            id,
            nullable,
            value,
            inherited: true,
            comment: None,
            statistics: None,
            options: Vec::new(),
            not_null: column
                .not_null
                .filter(|it| !it.no_inherit)
                .map(|it| Box::new(NotNull { comment: None, ..*it })),
            origin: b.origin(),
            ..column
        };
        set(b, below, |it| it.columns.push(copy));
    }
}

fn partitioning(b: &Builder, clause: &ast::PartitionBy) -> Option<Partitioning> {
    let strategy = clause.partition_strategy()?;
    let strategy = match syntax::words(&strategy).as_str() {
        "RANGE" => PartitionStrategy::Range,
        "LIST" => PartitionStrategy::List,
        "HASH" => PartitionStrategy::Hash,
        _ => return None,
    };
    let items = clause.partition_item_list()?;
    let keys = items.partition_items().map(|it| b.sql(&it)).collect();
    Some(Partitioning { strategy, keys })
}

/// Whether a name of a table stands with `ONLY`.
pub fn is_only(name: &ast::TableRelationName) -> bool {
    syntax::has(name, SyntaxKind::ONLY_KW)
}
