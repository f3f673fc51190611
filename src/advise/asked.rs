//! The queries of a table: what is asked of it most, by its part in the model.

use super::select::{Select, column, is_live, order, refers};
use super::{Query, QueryKind, a, feed, noun, overview, parameter, role, rows, tree};
use crate::base::plural;
use crate::design::{Column, ColumnId, Design, ForeignKey, IndexKey, ReferentialAction, Table, TableKind};
use crate::sql::ident;

/// So many rows are read at once.
pub(super) const PAGE: u32 = 50;

/// So many other tables are joined for what their rows are called; more than two joins are many for a list (product.md B7).
const JOINED: usize = 2;

/// All queries of a table, the commonest first.
pub(super) fn queries(design: &Design, table: &Table) -> Vec<Query> {
    if table.columns.is_empty() || table.partition_of.is_some() {
        return Vec::new();
    }
    let mut all = Vec::new();
    match pair(table) {
        Some((one, other)) => {
            all.extend(across(design, table, one, other, QueryKind::Commonest));
            all.extend(across(design, table, other, one, QueryKind::OtherSide));
        }
        None => all.extend(commonest(design, table)),
    }
    all.extend(overview::overview(design, table));
    all.extend(tree::queries(design, table));
    all.extend(feed::queries(design, table));
    all
}

/// The two references of a table that stands for pairs.
pub(super) fn pair(table: &Table) -> Option<(&ForeignKey, &ForeignKey)> {
    if table.kind != TableKind::Junction && !is_keyed_by_pair(table) {
        return None;
    }
    // What tells the pairs apart tells which two they are of; a tenant or whoever assigned is beside them.
    let of = |key: &[ColumnId]| {
        let mut own: Vec<&ForeignKey> =
            table.foreign_keys.iter().filter(|it| within(&it.columns, key)).collect();
        own.sort_by_key(|fk| key.iter().position(|it| fk.columns.contains(it)));
        own
    };
    let told = keys(table).map(of).find(|it| it.len() >= 2);
    let own = told.unwrap_or_else(|| table.foreign_keys.iter().collect());
    Some((*own.first()?, *own.get(1)?))
}

/// Whether the primary key is made of two references, as a junction's is in a schema that says nothing of kinds.
fn is_keyed_by_pair(table: &Table) -> bool {
    let Some(key) = &table.primary_key else { return false };
    let in_key = table.foreign_keys.iter().filter(|it| within(&it.columns, &key.columns));
    let covered = |it: &ColumnId| table.foreign_keys.iter().any(|fk| fk.columns.contains(it));
    in_key.count() == 2 && key.columns.iter().all(covered)
}

fn keys(table: &Table) -> impl Iterator<Item = &[ColumnId]> {
    let primary = table.primary_key.iter().map(|it| it.columns.as_slice());
    primary.chain(table.uniques.iter().map(|it| it.columns.as_slice())).filter(|it| it.len() > 1)
}

fn within(columns: &[ColumnId], key: &[ColumnId]) -> bool {
    columns.iter().all(|it| key.contains(it))
}

/// The others of one of a pair, with what is kept of the pair.
fn across(
    design: &Design,
    table: &Table,
    one: &ForeignKey,
    other: &ForeignKey,
    kind: QueryKind,
) -> Option<Query> {
    let far = design.table(other.references)?;
    let mut select = Select::from(design, table);
    let own = ident(&table.name);
    let (source, spoken) = select.source(design, far, &alias(design, table, other));
    select.columns.extend(rows::shown(far).iter().map(|it| column(&spoken, it)));
    let kept = rows::shown(table).into_iter().filter(|it| !table.is_key(it.id));
    select.columns.extend(kept.map(|it| named_apart(&own, it, far)));
    select.joins.push(format!("JOIN {source} ON {}", refers((&own, table), other, (&spoken, far))));
    let (given, parameters) = given(design, table, one, &own, 1)?;
    select.wheres.extend(given);
    select.wheres.extend(is_live(design, &own, table));
    select.wheres.extend(is_live(design, &spoken, far));
    let placed = rows::position(design, table).is_some();
    select.order = if placed { order(design, &own, table) } else { order(design, &spoken, far) };
    select.limit = Some(PAGE);
    let (others, whose) = (plural(&role(design, table, other)), role(design, table, one));
    let gives = format!("The {others} of {}", a(&whose));
    Some(Query { kind, gives, sql: select.text(0), parameters, index: index_on(design, table, &one.columns) })
}

/// How the other table is spoken of in a query: by what it is to this one, where that says more than its name.
pub(super) fn alias(design: &Design, table: &Table, fk: &ForeignKey) -> String {
    let role = role(design, table, fk);
    match design.table(fk.references) {
        Some(other) if role == noun(other) => other.name.clone(),
        _ => role.replace(' ', "_"),
    }
}

/// A column of the pair beside those of one of its two, under a name of its own where both have it.
fn named_apart(own: &str, it: &Column, far: &Table) -> String {
    let written = column(own, it);
    if far.column_named(&it.name).is_none() {
        return written;
    }
    format!("{written} AS {}", ident(&format!("pair_{}", it.name)))
}

/// That the columns of a reference are what the caller gives, from the parameter of this number on.
pub(super) fn given(
    design: &Design,
    table: &Table,
    fk: &ForeignKey,
    of: &str,
    first: usize,
) -> Option<(Vec<String>, Vec<super::Parameter>)> {
    let other = design.table(fk.references)?;
    let called = role(design, table, fk);
    let mut wheres = Vec::new();
    let mut parameters = Vec::new();
    for (nth, (from, at)) in fk.columns.iter().zip(&fk.ref_columns).enumerate() {
        wheres.push(format!("{} = ${}", column(of, table.column(*from)?), first + nth));
        let key = other.column(*at)?;
        parameters.push(parameter(
            design,
            table,
            *from,
            format!("{} of the {called}", key.name.replace('_', " ")),
        ));
    }
    Some((wheres, parameters))
}

/// What is asked most of a table that stands for itself.
fn commonest(design: &Design, table: &Table) -> Option<Query> {
    let parent = parent(design, table);
    let natural = || natural(design, table);
    let mut select = Select::from(design, table);
    let own = ident(&table.name);
    select.columns.extend(rows::shown(table).iter().map(|it| column(&own, it)));
    select.columns.extend(
        rows::moment(design, table).map(|it| column(&own, it)).filter(|it| !select.columns.contains(it)),
    );
    join_names(design, table, parent, &mut select);
    if select.columns.is_empty() {
        select.columns.push(format!("{own}.*"));
    }
    let live = is_live(design, &own, table);
    let nouns = plural(&noun(table));
    if let Some(parent) = parent {
        let (given, parameters) = given(design, table, parent, &own, 1)?;
        select.wheres.extend(given);
        select.wheres.extend(live);
        select.order = order(design, &own, table);
        select.limit = Some(PAGE);
        let whose = role(design, table, parent);
        let gives = format!("The {nouns} of {}{}", a(&whose), how(design, table));
        let index = index_on(design, table, &parent.columns);
        return Some(Query { kind: QueryKind::Commonest, gives, sql: select.text(0), parameters, index });
    }
    if table.kind != TableKind::Lookup
        && let Some((condition, by, what)) = natural()
    {
        select.wheres.push(condition);
        select.wheres.extend(live);
        let called = what.name.replace('_', " ");
        let gives = format!("{} by its {called}", crate::base::capitalized(&a(&noun(table))));
        let parameters = vec![parameter(design, table, what.id, called)];
        return Some(Query {
            kind: QueryKind::Commonest,
            gives,
            sql: select.text(0),
            parameters,
            index: Some(by),
        });
    }
    select.wheres.extend(live);
    select.order = order(design, &own, table);
    select.limit = (table.kind != TableKind::Lookup).then_some(PAGE);
    let gives = format!("All {nouns}{}", how(design, table));
    Some(Query {
        kind: QueryKind::Commonest,
        gives,
        sql: select.text(0),
        parameters: Vec::new(),
        index: None,
    })
}

/// In which order, in words.
fn how(design: &Design, table: &Table) -> &'static str {
    match (rows::position(design, table), rows::moment(design, table)) {
        (Some(_), _) => ", in their order",
        (None, Some(_)) => ", the latest first",
        (None, None) => "",
    }
}

/// Joins the names of what a list refers to besides what it is a list of.
fn join_names(design: &Design, table: &Table, parent: Option<&ForeignKey>, select: &mut Select) {
    let own = ident(&table.name);
    let others = table.foreign_keys.iter().filter(|it| parent.is_none_or(|parent| parent.id != it.id));
    let named = others.filter_map(|fk| {
        let other = design.table(fk.references).filter(|it| it.id != table.id)?;
        Some((fk, other, rows::label(design, other)?))
    });
    for (fk, other, label) in named.take(JOINED) {
        let called = role(design, table, fk).replace(' ', "_");
        let spoken = alias(design, table, fk);
        let (source, spoken) = select.source(design, other, &spoken);
        let is_optional = fk.columns.iter().any(|it| table.is_nullable(*it));
        let join = if is_optional { "LEFT JOIN" } else { "JOIN" };
        select
            .joins
            .push(format!("{join} {source} ON {}", refers((&spoken, other), &turned(fk), (&own, table))));
        let name =
            if table.column_named(&called).is_some() { format!("{called}_{}", label.name) } else { called };
        select.columns.push(format!("{} AS {}", column(&spoken, label), ident(&name)));
    }
}

/// The same key, from the table that it points at.
fn turned(fk: &ForeignKey) -> ForeignKey {
    ForeignKey { columns: fk.ref_columns.clone(), ref_columns: fk.columns.clone(), ..fk.clone() }
}

/// The reference by which rows are listed: to what they are part of, else to what they cannot be without; a list of values is not one
/// to ask by, nor another row of the same table.
pub(super) fn parent<'t>(design: &Design, table: &'t Table) -> Option<&'t ForeignKey> {
    let weight = |fk: &ForeignKey| {
        let is_required = !fk.columns.iter().any(|it| table.is_nullable(*it));
        let is_value = design.table(fk.references).is_none_or(|it| it.kind == TableKind::Lookup);
        (is_value, !is_required, fk.on_delete != ReferentialAction::Cascade)
    };
    let own = table.foreign_keys.iter().filter(|it| it.references != table.id && !is_authorship(table, it));
    own.min_by_key(|it| weight(it))
        .filter(|it| table.kind != TableKind::Lookup || weight(it) == (false, false, false))
}

/// Whether the reference only tells who wrote the row.
fn is_authorship(table: &Table, fk: &ForeignKey) -> bool {
    table.column_names(&fk.columns).all(|it| matches!(it, "created_by" | "updated_by" | "deleted_by"))
}

/// What a row is found by from outside, other than its key: the condition, what holds it unique, and the column.
fn natural<'t>(design: &Design, table: &'t Table) -> Option<(String, String, &'t Column)> {
    let own = ident(&table.name);
    let by_constraint = table.uniques.iter().filter_map(|it| match it.columns.as_slice() {
        [only] => Some((it.name.clone(), table.column(*only)?)),
        _ => None,
    });
    let plain = by_constraint.map(|(by, it)| (format!("{} = $1", column(&own, it)), by, it));
    let indexed = table.indexes.iter().filter(|it| it.unique).filter_map(|index| {
        let [element] = index.elements.as_slice() else { return None };
        match &element.key {
            IndexKey::Column(id) => {
                let it = table.column(*id)?;
                Some((format!("{} = $1", column(&own, it)), index.name.clone(), it))
            }
            IndexKey::Expression(text) => {
                let is_lower = |it: &&Column| text.trim() == format!("lower({})", ident(&it.name));
                let it = table.columns.iter().find(is_lower)?;
                Some((format!("lower({}) = lower($1)", column(&own, it)), index.name.clone(), it))
            }
        }
    });
    let mut all = plain.chain(indexed).filter(|it| !table.is_key(it.2.id));
    all.find(|it| !table.foreign_keys.iter().any(|fk| fk.columns.contains(&it.2.id)))
        .filter(|_| rows::label(design, table).is_some())
}

/// The key or index that finds rows by these columns: one that begins with them, over all rows or over those that are not marked as
/// deleted.
pub(super) fn index_on(design: &Design, table: &Table, columns: &[ColumnId]) -> Option<String> {
    let leads = |key: &[ColumnId]| {
        !columns.is_empty()
            && key.len() >= columns.len()
            && key.iter().take(columns.len()).all(|it| columns.contains(it))
    };
    let live = is_live(design, "", table).map(|it| it.trim_start_matches('.').to_owned());
    let serves = |predicate: &Option<String>| predicate.is_none() || *predicate == live;
    let index = table.indexes.iter().filter(|it| it.method == "btree" && serves(&it.predicate));
    let index = index.filter(|it| leads(&it.leading_columns())).map(|it| (it.elements.len(), &it.name));
    let unique = table.uniques.iter().filter(|it| leads(&it.columns)).map(|it| (it.columns.len(), &it.name));
    let primary =
        table.primary_key.iter().filter(|it| leads(&it.columns)).map(|it| (it.columns.len(), &it.name));
    primary.chain(unique).chain(index).min_by_key(|it| it.0).map(|it| it.1.clone())
}
