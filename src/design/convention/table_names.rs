//! Tables named in the singular or in the plural, with the names that follow from theirs.

use crate::base::Gather as _;
use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::mention::renamed;
use crate::design::naming::{follow, table_name};
use crate::design::{FunctionBody, Id, Record, Scope, TableNames};

/// Renames every table whose name follows the other convention, and what mentions it; one whose new name is taken
/// keeps its own.
pub fn rename_all(draft: &mut Draft<'_>, to: TableNames) {
    let from = match to {
        TableNames::Singular => TableNames::Plural,
        TableNames::Plural => TableNames::Singular,
    };
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for id in draft.table_ids() {
        let Some(table) = draft.table(id).filter(|it| !it.is_given()) else { continue };
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
        next.name.clone_from(&name);
        follow(table, &mut next);
        draft.put(next);
    }
    rewrite(draft, &names);
}

/// Puts the new names into the texts that mention the old ones.
fn rewrite(draft: &mut Draft<'_>, names: &BTreeMap<String, String>) {
    if names.is_empty() {
        return;
    }
    let columns: BTreeSet<String> =
        draft.tables().flat_map(|it| &it.columns).map(|it| it.name.clone()).gather();
    let columns: BTreeSet<&str> = columns.iter().map(String::as_str).gather();
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
