//! Tables named in the singular or in the plural, with the names that follow from theirs.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::mention::renamed;
use crate::design::naming::{Derived, table_name};
use crate::design::{FunctionBody, Id, IndexKey, Record, Scope, Table, TableNames};

/// Renames every table whose name follows the other convention, and what mentions it; one whose new name is taken
/// keeps its own.
pub fn rename_all(draft: &mut Draft<'_>, to: TableNames) {
    let from = match to {
        TableNames::Singular => TableNames::Plural,
        TableNames::Plural => TableNames::Singular,
    };
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for id in draft.table_ids() {
        let Some(table) = draft.table(id) else { continue };
        let name = table_name(&table.name, to);
        if name == table.name || table_name(&table.name, from) != table.name {
            continue;
        }
        let scopes = [Scope::Relation(table.namespace), Scope::Type(table.namespace)];
        let own = Some(Id::from(id));
        if scopes.iter().any(|it| draft.is_taken(it, &name, own)) {
            continue;
        }
        names.insert(table.name.clone(), name.clone());
        let mut next = table.clone();
        rename(&mut next, &name);
        draft.put(next);
    }
    rewrite(draft, &names);
}

/// Gives a table another name, and its members the names that follow from it where they had those of the old one.
fn rename(table: &mut Table, name: &str) {
    let old = std::mem::replace(&mut table.name, name.to_owned());
    let names: BTreeMap<_, _> = table.columns.iter().map(|it| (it.id, it.name.clone())).collect();
    let columns = |ids: &[crate::design::ColumnId]| {
        ids.iter().filter_map(|it| names.get(it).cloned()).collect::<Vec<_>>()
    };
    let follow = |kind: Derived, columns: &[String], current: &mut String| {
        if *current == kind.name(&old, columns) {
            *current = kind.name(name, columns);
        }
    };
    if let Some(key) = &mut table.primary_key {
        follow(Derived::PrimaryKey, &[], &mut key.name);
    }
    for unique in &mut table.uniques {
        follow(Derived::Unique, &columns(&unique.columns), &mut unique.name);
    }
    for fk in &mut table.foreign_keys {
        follow(Derived::ForeignKey, &columns(&fk.columns), &mut fk.name);
    }
    for check in &mut table.checks {
        for column in names.values() {
            follow(Derived::Check, std::slice::from_ref(column), &mut check.name);
        }
    }
    for index in &mut table.indexes {
        let kind = if index.unique { Derived::Unique } else { Derived::Index };
        match index.plain_columns() {
            Some(ids) => follow(kind, &columns(&ids), &mut index.name),
            // An index over `lower(email)` is named after `email`.
            None => {
                let is_lower = |text: &str, column: &str| text.contains(column);
                if let [element] = index.elements.as_slice()
                    && let IndexKey::Expression(text) = &element.key
                    && let Some(column) = names.values().find(|it| is_lower(text, it))
                {
                    follow(kind, std::slice::from_ref(column), &mut index.name);
                }
            }
        }
    }
    for trigger in &mut table.triggers {
        let purpose = trigger.name.strip_prefix(&format!("trg_{old}_")).map(str::to_owned);
        if let Some(purpose) = purpose {
            follow(Derived::Trigger, &[purpose], &mut trigger.name);
        }
    }
}

/// Puts the new names into the texts that mention the old ones.
fn rewrite(draft: &mut Draft<'_>, names: &BTreeMap<String, String>) {
    if names.is_empty() {
        return;
    }
    let columns: BTreeSet<String> =
        draft.tables().flat_map(|it| &it.columns).map(|it| it.name.clone()).collect();
    let columns: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
    let replace = |text: &mut String| {
        if let Some(new) = renamed(text, names, &columns) {
            *text = new;
        }
    };
    for id in draft.table_ids() {
        let Some(table) = draft.table(id) else { continue };
        let mut next = table.clone();
        next.checks.iter_mut().for_each(|it| replace(&mut it.expression));
        next.triggers.iter_mut().filter_map(|it| it.condition.as_mut()).for_each(replace);
        for policy in &mut next.policies {
            policy.using.iter_mut().chain(policy.with_check.as_mut()).for_each(replace);
        }
        if next != *table {
            draft.put(next);
        }
    }
    for mut record in draft.other_records() {
        let before = record.clone();
        match &mut record {
            Record::View(it) => replace(&mut it.query),
            Record::Function(it) => match &mut it.body {
                FunctionBody::Text(text) | FunctionBody::Sql(text) => replace(text),
                FunctionBody::Library { .. } => {}
            },
            Record::Verbatim(it) => replace(&mut it.sql),
            Record::AccessPattern(it) => replace(&mut it.query),
            _ => {}
        }
        if record != before {
            draft.put(record);
        }
    }
}
