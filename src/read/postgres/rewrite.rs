//! Renaming inside the SQL text that records keep.

use crate::design::{ColumnValue, FunctionBody, Id, IndexKey, SqlText, TableId, Verbatim};
use crate::sql::{ident, mentions};

use super::builder::{Builder, Place};
use super::query;

/// Replaces each name of `sql` for which `change` gives another; it gets the parts of the dotted name, without quotes.
fn edit(sql: &mut SqlText, change: &mut impl FnMut(&[&str]) -> Option<String>) {
    let mut out = String::new();
    let mut done = 0;
    for mention in mentions(sql) {
        let parts: Vec<&str> = mention.parts.iter().map(|it| it.name.as_str()).collect();
        let (Some(first), Some(last)) = (mention.parts.first(), mention.parts.last()) else { continue };
        if let Some(new) = change(&parts) {
            out.push_str(sql.get(done..first.span.start as usize).unwrap_or_default());
            out.push_str(&new);
            done = last.span.end as usize;
        }
    }
    if done > 0 {
        out.push_str(sql.get(done..).unwrap_or_default());
        *sql = out;
    }
}

/// A table, view or sequence has another name in the same SQL schema.
pub fn relation(b: &mut Builder, place: Place, old: &str, new: &str) {
    moved(b, place, old, place, new);
}

/// An object has another name or SQL schema: what views, bodies in SQL, defaults, checks and kept statements say of it
/// follows. Bodies in other languages are text that PostgreSQL does not rewrite either.
pub fn moved(b: &mut Builder, from: Place, old: &str, to: Place, new: &str) {
    let from_name = b.place_name(from).to_owned();
    let to_name = b.place_name(to).to_owned();
    let mut change = move |path: &[&str]| match path {
        [name] if *name == old && from.is_none() => {
            Some(if to.is_none() { ident(new) } else { format!("{}.{}", ident(&to_name), ident(new)) })
        }
        [namespace, name] if *name == old && *namespace == from_name => {
            Some(format!("{}.{}", ident(&to_name), ident(new)))
        }
        [table, column] if *table == old && from.is_none() && to.is_none() => {
            Some(format!("{}.{}", ident(new), ident(column)))
        }
        _ => None,
    };
    for view in b.views.values_mut() {
        edit(&mut view.query, &mut change);
    }
    for function in b.functions.values_mut() {
        if let FunctionBody::Sql(text) = &mut function.body {
            edit(text, &mut change);
        }
    }
    for table in b.tables.values_mut() {
        for column in &mut table.columns {
            if let ColumnValue::Default(text) = &mut column.value {
                edit(text, &mut change);
            }
        }
        for policy in &mut table.policies {
            for text in policy.using.iter_mut().chain(&mut policy.with_check) {
                edit(text, &mut change);
            }
        }
    }
    for verbatim in b.verbatims.values_mut() {
        edit(&mut verbatim.sql, &mut change);
    }
}

/// A column is to have another name: the queries of views and the bodies in SQL that read its table follow.
pub fn column_in_views(b: &mut Builder, table: TableId, old: &str, new: &str) {
    let reads = |it: &[Id]| it.contains(&table.into());
    let views = b.views.values().filter(|it| reads(&it.reads));
    let views: Vec<_> =
        views.filter_map(|it| Some((it.id, query::renamed(b, &it.query, table, old, new)?))).collect();
    let functions: Vec<_> = b
        .functions
        .values()
        .filter(|it| reads(&it.reads))
        .filter_map(|it| match &it.body {
            FunctionBody::Sql(text) => Some((it.id, query::renamed(b, text, table, old, new)?)),
            FunctionBody::Text(_) | FunctionBody::Library { .. } => None,
        })
        .collect();
    for (id, query) in views {
        b.views.entry(id).and_modify(|it| it.query = query);
    }
    for (id, text) in functions {
        b.functions.entry(id).and_modify(|it| it.body = FunctionBody::Sql(text));
    }
}

/// A column has another name: the texts of its own table follow.
pub fn column(b: &mut Builder, table: TableId, old: &str, new: &str) {
    let Some(it) = b.tables.get_mut(&table) else { return };
    let own = it.name.clone();
    let mut change = |path: &[&str]| match path {
        [name] if *name == old => Some(ident(new)),
        [owner, name] if *name == old && (*owner == own || *owner == "new" || *owner == "old") => {
            Some(format!("{}.{}", ident(owner), ident(new)))
        }
        _ => None,
    };
    for check in &mut it.checks {
        edit(&mut check.expression, &mut change);
    }
    for column in &mut it.columns {
        if let ColumnValue::Generated { expression, .. } = &mut column.value {
            edit(expression, &mut change);
        }
    }
    for index in &mut it.indexes {
        for element in &mut index.elements {
            if let IndexKey::Expression(text) = &mut element.key {
                edit(text, &mut change);
            }
        }
        index.predicate.iter_mut().for_each(|text| edit(text, &mut change));
    }
    for exclusion in &mut it.exclusions {
        for (element, _) in &mut exclusion.elements {
            if let IndexKey::Expression(text) = &mut element.key {
                edit(text, &mut change);
            }
        }
        exclusion.predicate.iter_mut().for_each(|text| edit(text, &mut change));
    }
    for policy in &mut it.policies {
        policy.using.iter_mut().chain(&mut policy.with_check).for_each(|text| edit(text, &mut change));
    }
    for trigger in &mut it.triggers {
        trigger.condition.iter_mut().for_each(|text| edit(text, &mut change));
    }
    for key in it.partitioning.iter_mut().flat_map(|it| &mut it.keys) {
        edit(key, &mut change);
    }
    // Statistics, privileges of columns and the like, kept as they were written about this table alone.
    let tables: Vec<Id> = b.tables.keys().filter(|it| **it != table).map(|it| (*it).into()).collect();
    let of_others = |it: &Id| tables.contains(it) || b.views.contains_key(&(*it).into());
    let is_about = |it: &&mut Verbatim| it.needs.contains(&table.into()) && !it.needs.iter().any(of_others);
    for verbatim in b.verbatims.values_mut().filter(is_about) {
        edit(&mut verbatim.sql, &mut change);
    }
}
