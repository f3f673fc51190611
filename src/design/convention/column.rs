//! Columns: added with what their meaning asks for, and taken back when nothing but conventions uses them.

use super::draft::Draft;
use super::mention::mentions;
use super::value_set::value_check;
use crate::design::meaning::{IndexMethod, Meaning, Uniqueness};
use crate::design::naming::{Derived, free, in_expression};
use crate::design::{
    Check, Column, ColumnId, ColumnValue, ConventionKind, Design, IdSource, Index, IndexElement, IndexKey,
    Origin, Record, Scope, SqlText, Table, TableId, Unique,
};

const MEANING: Origin = Origin::Convention(ConventionKind::Meaning);

/// The columns that conventions add at the end of a table, in their order there.
const SCAFFOLDING: &[&str] =
    &["created_at", "updated_at", "created_by", "updated_by", "version", "deleted_at"];

/// Adds a column with the check, uniqueness, index and value set of its meaning. A value set becomes a check, which
/// [`applied`](super::applied) turns into what the conventions ask for; a reference stays a plain column.
pub fn add_column(
    design: &Design,
    table: &mut Table,
    ids: &mut IdSource,
    meaning: &Meaning,
    origin: Origin,
) -> ColumnId {
    let column = Column {
        nullable: meaning.nullable,
        value: meaning.default.clone().map_or(ColumnValue::Given, ColumnValue::Default),
        comment: meaning.shape().filter(|_| design.conventions().comments).map(str::to_owned),
        origin,
        ..Column::new(ids.take(), meaning.name.clone(), meaning.data_type.clone())
    };
    let id = column.id;
    let scope = Scope::Relation(table.namespace);
    let own: Vec<String> = Record::Table(table.clone()).names().into_iter().map(|it| it.1).collect();
    let taken = |name: &str| {
        own.iter().any(|it| it == name) || design.named(scope.clone(), name).any(|it| it != table.id.into())
    };
    let named = |kind: Derived| kind.free_name(&table.name, [&column.name], taken);
    let check_taken = |name: &str| table.checks.iter().any(|it| it.name == name);
    if let Some(expression) = &meaning.check {
        table.checks.push(Check {
            id: ids.take(),
            name: free(Derived::Check.name(&table.name, [&column.name]), check_taken),
            expression: expression.clone(),
            origin: MEANING,
            ..Check::default()
        });
    }
    match meaning.unique {
        Uniqueness::Free => {}
        Uniqueness::Exact => {
            let name = named(Derived::Unique);
            table.uniques.push(Unique {
                id: ids.take(),
                name,
                columns: vec![id],
                origin: MEANING,
                ..Unique::default()
            });
        }
        Uniqueness::IgnoringCase => {
            let name = named(Derived::Unique);
            let lower = IndexKey::Expression(format!("lower({})", in_expression(&column.name)));
            let elements = vec![IndexElement { key: lower, ..IndexElement::column(id) }];
            let index =
                Index { unique: true, elements, origin: MEANING, ..Index::over(ids.take(), name, &[]) };
            table.indexes.push(index);
        }
    }
    if !meaning.values.is_empty() {
        let check = value_check(table, ids.take(), &column.name, &meaning.values);
        table.checks.push(check);
    }
    // A reference gets its index from its foreign key.
    if let Some(method) = meaning.index.filter(|_| meaning.reference.is_none()) {
        let name = named(Derived::Index);
        let method = match method {
            IndexMethod::Btree | IndexMethod::Gin => method.name().to_owned(),
        };
        table.indexes.push(Index { method, origin: MEANING, ..Index::over(ids.take(), name, &[id]) });
    }
    table.columns.push(column);
    id
}

/// Puts a column of a convention where it belongs among those at the end of the table.
pub fn insert_scaffold(table: &mut Table, column: Column) {
    let rank = |name: &str| SCAFFOLDING.iter().position(|it| *it == name);
    let own = rank(&column.name);
    let later = |it: &&Column| {
        matches!(it.origin, Origin::Convention(_)) && rank(&it.name).is_some_and(|it| Some(it) > own)
    };
    let trailing = table.columns.iter().rev().take_while(later).count();
    table.columns.insert(table.columns.len() - trailing, column);
}

/// Takes back the columns of this name and convention, with what conventions have put on them, unless something
/// that is no convention's uses them.
pub fn take_back(draft: &mut Draft<'_>, id: TableId, name: &str, kind: ConventionKind) {
    let Some(table) = draft.table(id) else { return };
    let made = Origin::Convention(kind);
    let Some(column) = table.columns.iter().find(|it| it.name == name && it.origin == made) else { return };
    let column = column.id;
    let mut bare = table.clone();
    let of_convention = |origin: &Origin| matches!(origin, Origin::Convention(_));
    bare.foreign_keys.retain(|it| !(of_convention(&it.origin) && it.columns.contains(&column)));
    bare.indexes.retain(|it| {
        let over = it.elements.iter().any(|it| it.key == IndexKey::Column(column));
        !(of_convention(&it.origin) && over)
    });
    bare.columns.retain(|it| it.id != column);
    if !uses(&bare, column, name)
        && !used_elsewhere(draft, id, column, name)
        && let Some(table) = draft.table_mut(id)
    {
        *table = bare;
    }
}

/// Whether a table has something over this column, by identity or by name in its texts.
fn uses(table: &Table, column: ColumnId, name: &str) -> bool {
    let keys = table.primary_key.iter().flat_map(|it| it.columns.iter().chain(&it.include));
    let uniques = table.uniques.iter().flat_map(|it| it.columns.iter().chain(&it.include));
    let fks = table.foreign_keys.iter().flat_map(|it| it.columns.iter().chain(&it.set_columns));
    let triggers = table.triggers.iter().flat_map(|it| &it.update_of);
    let included = table.indexes.iter().flat_map(|it| &it.include);
    let excluded = table.exclusions.iter().flat_map(|it| &it.include);
    let seeds = table.seed.iter().flat_map(|it| &it.columns);
    let by_id = keys.chain(uniques).chain(fks).chain(triggers).chain(included).chain(excluded).chain(seeds);
    let elements = table.indexes.iter().flat_map(|it| &it.elements);
    let elements = elements.chain(table.exclusions.iter().flat_map(|it| it.elements.iter().map(|it| &it.0)));
    by_id.into_iter().any(|it| *it == column)
        || elements.clone().any(|it| it.key == IndexKey::Column(column))
        || texts(table).any(|it| mentions(it, name))
}

/// The texts of a table that may name a column; the predicates of soft deletion go with it.
fn texts(table: &Table) -> impl Iterator<Item = &SqlText> {
    let checks = table.checks.iter().map(|it| &it.expression);
    let predicates =
        table.indexes.iter().filter(|it| it.narrowed.is_none()).filter_map(|it| it.predicate.as_ref());
    let elements = table.indexes.iter().flat_map(|it| &it.elements);
    let elements = elements.chain(table.exclusions.iter().flat_map(|it| it.elements.iter().map(|it| &it.0)));
    let expressions = elements.filter_map(|it| match &it.key {
        IndexKey::Expression(text) => Some(text),
        IndexKey::Column(_) => None,
    });
    let excluded = table.exclusions.iter().filter_map(|it| it.predicate.as_ref());
    let conditions = table.triggers.iter().filter_map(|it| it.condition.as_ref());
    let policies = table.policies.iter().flat_map(|it| it.using.iter().chain(&it.with_check));
    let generated = table.columns.iter().filter_map(|it| match &it.value {
        ColumnValue::Generated { expression, .. } => Some(expression),
        ColumnValue::Given | ColumnValue::Default(_) | ColumnValue::Identity { .. } => None,
    });
    let partitions = table.partitioning.iter().flat_map(|it| &it.keys);
    checks
        .chain(predicates)
        .chain(expressions)
        .chain(excluded)
        .chain(conditions)
        .chain(policies)
        .chain(generated)
        .chain(partitions)
}

/// Whether other tables' foreign keys, or the text of a view, function or statement that reads the table, use it.
fn used_elsewhere(draft: &Draft<'_>, table: TableId, column: ColumnId, name: &str) -> bool {
    draft.users_of(table).into_iter().filter_map(|it| draft.record(it)).any(|user| match user {
        Record::Table(it) => {
            it.foreign_keys.iter().any(|it| it.references == table && it.ref_columns.contains(&column))
        }
        Record::View(it) => mentions(&it.query, name),
        Record::Function(it) => super::mention::body_text(&it).is_some_and(|text| mentions(text, name)),
        Record::Verbatim(it) => mentions(&it.sql, name),
        Record::Sequence(it) => it.owned_by == Some((table, column)),
        _ => false,
    })
}

/// What conventions say about their columns.
pub fn comment_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "created_at" => "When the row was created.",
        "updated_at" => "When the row was last changed; kept by a trigger.",
        "created_by" => "Who created the row.",
        "updated_by" => "Who last changed the row.",
        "version" => "Counts the row's changes; an update that names another version is refused.",
        "deleted_at" => "When the row was deleted; live rows have none.",
        _ => return None,
    })
}

/// Adds the comments of convention columns, or takes back those that are still as they were given.
pub fn comment_all(draft: &mut Draft<'_>, tables: &[TableId], on: bool) {
    for id in tables {
        let Some(table) = draft.table(*id) else { continue };
        let mut columns = table.columns.clone();
        for column in columns.iter_mut().filter(|it| matches!(it.origin, Origin::Convention(_))) {
            let text = comment_of(&column.name);
            if on && column.comment.is_none() {
                column.comment = text.map(str::to_owned);
            } else if !on && column.comment.as_deref() == text {
                column.comment = None;
            }
        }
        if columns != table.columns
            && let Some(table) = draft.table_mut(*id)
        {
            table.columns = columns;
        }
    }
}
