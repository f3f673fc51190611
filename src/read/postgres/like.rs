//! `LIKE` inside `CREATE TABLE`.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{
    Check, Column, ColumnId, ColumnValue, IndexKey, IndexParent, NotNull, SequenceOptions, Stage, Table,
    TableId,
};
use crate::read::DiagnosticKind;

use super::builder::{Builder, Relation};
use super::parse::parse;
use super::{index, naming, not_null, syntax, table};

#[derive(Default)]
struct Including {
    comments: bool,
    compression: bool,
    constraints: bool,
    defaults: bool,
    generated: bool,
    identity: bool,
    indexes: bool,
    statistics: bool,
    storage: bool,
}

impl Including {
    fn of(node: &ast::LikeClause) -> Self {
        let mut including = Self::default();
        for option in node.like_options() {
            let (property, on) = match &option {
                ast::LikeOption::IncludingProperty(it) => (it.table_property(), true),
                ast::LikeOption::ExcludingProperty(it) => (it.table_property(), false),
            };
            match property {
                Some(ast::TableProperty::PropertyAll(_)) => {
                    including = Self {
                        comments: on,
                        compression: on,
                        constraints: on,
                        defaults: on,
                        generated: on,
                        identity: on,
                        indexes: on,
                        statistics: on,
                        storage: on,
                    };
                }
                Some(ast::TableProperty::PropertyComments(_)) => including.comments = on,
                Some(ast::TableProperty::PropertyCompression(_)) => including.compression = on,
                Some(ast::TableProperty::PropertyConstraints(_)) => including.constraints = on,
                Some(ast::TableProperty::PropertyDefaults(_)) => including.defaults = on,
                Some(ast::TableProperty::PropertyGenerated(_)) => including.generated = on,
                Some(ast::TableProperty::PropertyIdentity(_)) => including.identity = on,
                Some(ast::TableProperty::PropertyIndexes(_)) => including.indexes = on,
                Some(ast::TableProperty::PropertyStatistics(_)) => including.statistics = on,
                Some(ast::TableProperty::PropertyStorage(_)) => including.storage = on,
                None => {}
            }
        }
        including
    }
}

/// Copies into a table what `LIKE` takes from another. Foreign keys are never copied.
///
/// Source: PostgreSQL manual, `CREATE TABLE`, `LIKE source_table [ like_option ... ]`.
pub fn copy(b: &mut Builder, into: TableId, node: &ast::LikeClause) {
    let name = node.relation_name_ref().and_then(|it| syntax::name(&it));
    let from = name.as_ref().and_then(|it| b.relation(it));
    let Some(Relation::Table(from)) = from else {
        let name = name.map(|it| it.to_string()).unwrap_or_default();
        let sql = format!("-- {} {}", b.table_name(into), b.sql(node));
        b.keep(sql, Stage::Tables, vec![into.into()], DiagnosticKind::Unknown { what: "table", name });
        return;
    };
    let Some(from) = b.tables.get(&from).cloned() else { return };
    let including = Including::of(node);
    for column in &from.columns {
        // A column that the table inherits as well is merged with that.
        let known = b.column(into, &column.name).ok();
        let id: ColumnId = known.unwrap_or_else(|| b.ids.take());
        let copy = Column {
            id,
            nullable: from.is_nullable(column.id),
            value: ColumnValue::Given,
            storage: column.storage.filter(|_| including.storage),
            compression: column.compression.filter(|_| including.compression),
            statistics: None,
            options: Vec::new(),
            inherited: false,
            comment: column.comment.clone().filter(|_| including.comments),
            // The constraint is copied under its own name.
            not_null: (!from.is_nullable(column.id))
                .then(|| Box::new(copied_not_null(b, &from, column, &including))),
            origin: b.origin(),
            ..column.clone()
        };
        let name = copy.not_null.as_ref().and_then(|it| it.name.clone());
        match known {
            Some(known) => super::column::set(b, into, known, |it| {
                it.inherited = false;
                it.nullable &= copy.nullable;
            }),
            None => {
                table::set(b, into, |it| it.columns.push(copy));
                not_null::keep(b, into, name.into_iter().map(|it| (id, it)).collect());
            }
        }
        match &column.value {
            ColumnValue::Default(_) if !including.defaults => {}
            ColumnValue::Generated { .. } if !including.generated => {}
            ColumnValue::Identity { always, options } if including.identity => {
                let options = Box::new(SequenceOptions { name: None, ..(**options).clone() });
                let value = ColumnValue::Identity { always: *always, options };
                super::column::make_generated(b, into, id, value);
            }
            // A merged column keeps what it has from above.
            ColumnValue::Identity { .. } | ColumnValue::Given => {}
            value => super::column::set(b, into, id, |it| it.value = value.clone()),
        }
    }
    if including.constraints {
        copy_checks(b, into, &from);
    }
    if including.indexes {
        copy_indexes(b, into, &from);
    }
}

fn copied_not_null(b: &Builder, from: &Table, column: &Column, including: &Including) -> NotNull {
    let name = from.not_null_name(column, |id| b.tables.get(&id).map(|it| &**it)).into_owned();
    let own = column.not_null.as_deref().cloned().unwrap_or_default();
    let comment = own.comment.filter(|_| including.comments);
    NotNull { name: Some(name), comment, not_valid: false, ..own }
}

fn copy_checks(b: &mut Builder, into: TableId, from: &Table) {
    let Some(place) = b.tables.get(&into).map(|it| it.namespace) else { return };
    for check in &from.checks {
        let copy = Check { id: b.ids.take(), comment: None, origin: b.origin(), ..check.clone() };
        table::set(b, into, |it| it.checks.push(copy));
        b.add_constraint_name(place, &check.name);
    }
}

/// Maps columns of one table to those of the same names in another.
fn same_columns(b: &Builder, into: TableId, from: &Table, columns: &[ColumnId]) -> Vec<ColumnId> {
    from.column_names(columns).filter_map(|it| b.column(into, it).ok()).collect()
}

/// What PostgreSQL calls the column of an index over an expression.
fn name_of(expression: &str) -> String {
    let select = parse(&format!("SELECT {expression}"));
    let target = select.ok().and_then(|it| it.tree().syntax().descendants().find_map(ast::Target::cast));
    target.and_then(|it| it.expr()).map_or_else(|| "expr".to_owned(), |it| index::element_name(&it))
}

fn copy_indexes(b: &mut Builder, into: TableId, from: &Table) {
    let Some((place, name)) = b.tables.get(&into).map(|it| (it.namespace, it.name.clone())) else { return };
    if let Some(key) = &from.primary_key {
        let key_name = b.free_relation_name(place, &name, None, "pkey", true);
        let mut copy = key.clone();
        copy.id = b.ids.take();
        copy.columns = same_columns(b, into, from, &key.columns);
        copy.include = same_columns(b, into, from, &key.include);
        copy.name.clone_from(&key_name);
        copy.origin = b.origin();
        b.relations.insert((place, key_name.clone()), Relation::Key(into, copy.id));
        b.add_constraint_name(place, &key_name);
        table::set(b, into, |it| it.primary_key = Some(copy));
    }
    for unique in &from.uniques {
        let columns = from.column_names(&unique.columns).chain(from.column_names(&unique.include));
        let columns = naming::joined(columns);
        let key_name = b.free_relation_name(place, &name, Some(&columns), "key", true);
        let mut copy = unique.clone();
        copy.id = b.ids.take();
        copy.columns = same_columns(b, into, from, &unique.columns);
        copy.include = same_columns(b, into, from, &unique.include);
        copy.name.clone_from(&key_name);
        copy.origin = b.origin();
        b.relations.insert((place, key_name.clone()), Relation::Key(into, copy.id));
        b.add_constraint_name(place, &key_name);
        table::set(b, into, |it| it.uniques.push(copy));
    }
    for index in &from.indexes {
        let mut copy = index.clone();
        copy.id = b.ids.take();
        copy.include = same_columns(b, into, from, &index.include);
        copy.origin = b.origin();
        copy.attached_to = None;
        let mut names = Vec::new();
        for element in &mut copy.elements {
            match &mut element.key {
                IndexKey::Column(id) => {
                    let same = same_columns(b, into, from, &[*id]);
                    names.extend(from.column(*id).map(|it| it.name.clone()));
                    if let [same] = same.as_slice() {
                        *id = *same;
                    }
                }
                IndexKey::Expression(it) => names.push(name_of(it)),
            }
        }
        names.extend(from.column_names(&index.include).map(str::to_owned));
        let names = naming::joined(naming::distinct(names).iter().map(String::as_str));
        copy.name = b.free_relation_name(place, &name, Some(&names), "idx", false);
        b.relations.insert((place, copy.name.clone()), Relation::Index(into, copy.id));
        table::set(b, into, |it| it.indexes.push(copy));
    }
}

/// A partition that is none any more keeps the keys, foreign keys and indexes that came with the table above it, as its own.
///
/// Source: PostgreSQL manual, `ALTER TABLE … DETACH PARTITION`.
pub fn keep_own(b: &mut Builder, above: TableId, below: TableId) {
    let Some(mut from) = b.tables.get(&above).cloned() else { return };
    let Some(own) = b.tables.get(&below) else { return };
    if own.primary_key.is_some() {
        from.primary_key = None;
    }
    let is_there = |parent: IndexParent| own.indexes.iter().any(|it| it.attached_to == Some(parent));
    from.uniques.retain(|it| !is_there(IndexParent::Constraint(it.id)));
    from.indexes.retain(|it| !it.only && !is_there(IndexParent::Index(it.id)));
    from.foreign_keys.retain(|it| own.foreign_keys.iter().all(|own| own.name != it.name));
    let place = own.namespace;
    copy_indexes(b, below, &from);
    for fk in &from.foreign_keys {
        let mut copy = fk.clone();
        copy.id = b.ids.take();
        copy.columns = same_columns(b, below, &from, &fk.columns);
        copy.set_columns = same_columns(b, below, &from, &fk.set_columns);
        copy.origin = b.origin();
        b.add_constraint_name(place, &copy.name);
        table::set(b, below, |it| it.foreign_keys.push(copy));
    }
    table::set(b, below, |it| it.indexes.iter_mut().for_each(|it| it.attached_to = None));
}
