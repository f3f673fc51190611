//! Every SQL text of a record, with what it is.

use crate::design::{Column, ColumnValue, FunctionBody, Index, IndexElement, IndexKey, Record, Table};

/// What a text is, which decides what its names can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An expression over a row of the table that holds it: bare names are its columns.
    Row,
    /// A query, a body, a default: names mean what their place says.
    Query,
    /// A type or a name by itself.
    Name,
}

/// Shows every SQL text of a record, to be changed.
pub fn visit(record: &mut Record, see: &mut dyn FnMut(Place, &mut String)) {
    match record {
        Record::Table(it) => table(it, see),
        Record::View(it) => {
            see(Place::Query, &mut it.query);
            it.triggers
                .iter_mut()
                .filter_map(|it| it.condition.as_mut())
                .for_each(|it| see(Place::Query, it));
        }
        Record::Function(it) => {
            it.returns.iter_mut().for_each(|it| see(Place::Name, it));
            for argument in &mut it.arguments {
                see(Place::Name, &mut argument.data_type);
                argument.default.iter_mut().for_each(|it| see(Place::Query, it));
            }
            match &mut it.body {
                FunctionBody::Text(text) | FunctionBody::Sql(text) => see(Place::Query, text),
                FunctionBody::Library { .. } => {}
            }
        }
        Record::Domain(it) => {
            it.default.iter_mut().for_each(|it| see(Place::Query, it));
            it.checks.iter_mut().for_each(|it| see(Place::Query, &mut it.expression));
        }
        Record::RangeType(it) => it.options.iter_mut().for_each(|(_, it)| see(Place::Name, it)),
        Record::Verbatim(it) => see(Place::Query, &mut it.sql),
        Record::AccessPattern(it) => see(Place::Query, &mut it.query),
        Record::Title(_)
        | Record::Conventions(_)
        | Record::Load(_)
        | Record::Namespace(_)
        | Record::EnumType(_)
        | Record::CompositeType(_)
        | Record::Sequence(_)
        | Record::Extension(_)
        | Record::Placement(_)
        | Record::Area(_)
        | Record::Note(_)
        | Record::Brief(_)
        | Record::Story(_)
        | Record::Decision(_)
        | Record::Snapshot(_) => {}
    }
}

/// Shows every SQL text of a table, to be changed.
pub fn table(table: &mut Table, see: &mut dyn FnMut(Place, &mut String)) {
    table.columns.iter_mut().for_each(|it| column(it, see));
    table.checks.iter_mut().for_each(|it| see(Place::Row, &mut it.expression));
    for exclusion in &mut table.exclusions {
        exclusion.predicate.iter_mut().for_each(|it| see(Place::Row, it));
        exclusion.elements.iter_mut().for_each(|it| element(&mut it.0, see));
    }
    table.indexes.iter_mut().for_each(|it| index(it, see));
    for trigger in &mut table.triggers {
        trigger.condition.iter_mut().for_each(|it| see(Place::Row, it));
        trigger.from_table.iter_mut().for_each(|it| see(Place::Name, it));
    }
    for policy in &mut table.policies {
        policy.using.iter_mut().chain(policy.with_check.as_mut()).for_each(|it| see(Place::Row, it));
    }
    table.partitioning.iter_mut().flat_map(|it| &mut it.keys).for_each(|it| see(Place::Row, it));
    table.seed.iter_mut().flat_map(|it| &mut it.rows).flatten().for_each(|it| see(Place::Query, it));
}

fn column(column: &mut Column, see: &mut dyn FnMut(Place, &mut String)) {
    match &mut column.value {
        ColumnValue::Default(text) => see(Place::Query, text),
        ColumnValue::Generated { expression, .. } => see(Place::Row, expression),
        ColumnValue::Given | ColumnValue::Identity { .. } => {}
    }
}

fn index(index: &mut Index, see: &mut dyn FnMut(Place, &mut String)) {
    index.predicate.iter_mut().for_each(|it| see(Place::Row, it));
    index.elements.iter_mut().for_each(|it| element(it, see));
}

fn element(element: &mut IndexElement, see: &mut dyn FnMut(Place, &mut String)) {
    if let IndexKey::Expression(text) = &mut element.key {
        see(Place::Row, text);
    }
}
