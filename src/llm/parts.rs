//! An edit as the parts of a proposal: one for each record, what others build on first.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::cleaned;
use crate::design::{Design, Edit, Id, Origin, Part, Record, Replaced, Table};

/// The parts of an edit, each with what it needs; those that need each other in a ring are one. What removes a table, a view
/// or a type is offered, and not taken unless a person chooses it.
pub(super) fn parts(design: &Design, edit: Edit, reasons: &BTreeMap<String, String>) -> Vec<Part> {
    let mut parting = Parting { after: design.clone(), parts: Vec::new() };
    let mut left = edit.records;
    loop {
        let count = left.len();
        let mut waiting = Vec::new();
        for replaced in left {
            let (title, reason) = words(&replaced, reasons);
            if !parting.put(title, reason, replaced.after.is_none(), Edit { records: vec![replaced.clone()] })
            {
                waiting.push(replaced);
            }
        }
        left = waiting;
        if left.is_empty() || left.len() == count {
            break;
        }
    }
    if !left.is_empty() {
        let is_offered = left.iter().any(|it| it.after.is_none());
        let title = "Change what needs each other".to_owned();
        parting.put(title, "Its records refer to each other.".to_owned(), is_offered, Edit { records: left });
    }
    parting.parts
}

struct Parting {
    /// The design with all parts so far.
    after: Design,
    parts: Vec<Part>,
}

impl Parting {
    /// Adds a part; gives whether it fits.
    fn put(&mut self, title: String, reason: String, is_offered: bool, edit: Edit) -> bool {
        let before = self.after.clone();
        if self.after.apply(&edit).is_err() {
            return false;
        }
        let touched: BTreeSet<Id> = edit
            .records
            .iter()
            .flat_map(|it| {
                let uses = it.after.as_ref().map(Record::uses).unwrap_or_default();
                let users =
                    it.id().filter(|_| it.after.is_none()).into_iter().flat_map(|it| before.users_of(it));
                it.id().into_iter().chain(uses).chain(users).collect::<Vec<_>>()
            })
            .collect();
        let needed = |it: &Part| {
            (is_offered || !it.is_offered)
                && it.edit.records.iter().filter_map(Replaced::id).any(|id| touched.contains(&id))
        };
        let needs = self.parts.iter().enumerate().filter(|it| needed(it.1)).map(|it| it.0).collect();
        self.parts.push(Part { title, reason, is_offered, needs, edit, ..Part::default() });
        true
    }
}

fn words(replaced: &Replaced, reasons: &BTreeMap<String, String>) -> (String, String) {
    let (verb, record) = match (&replaced.before, &replaced.after) {
        (None, Some(it)) => ("Add", it),
        (Some(_), Some(it)) => ("Change", it),
        (Some(it), None) => ("Remove", it),
        (None, None) => return (String::new(), String::new()),
    };
    let named = record.words().unwrap_or_else(|| "a record".to_owned());
    let old = replaced.before.as_ref().and_then(Record::name);
    let said = record.name().into_iter().chain(old).find_map(|it| reasons.get(it));
    let reason = said.cloned().filter(|it| !it.is_empty());
    (format!("{verb} {named}"), reason.unwrap_or_else(|| "The model gives no reason of its own.".to_owned()))
}

/// The edit with what is new in it marked as coming from a model.
pub(super) fn marked(mut edit: Edit, model: &str) -> Edit {
    let origin = Origin::Model { model: cleaned(model, 80) };
    for replaced in &mut edit.records {
        let old = match &replaced.before {
            Some(Record::Table(it)) => Some(it.clone()),
            _ => None,
        };
        match &mut replaced.after {
            Some(Record::Table(table)) => mark(table, old.as_ref(), &origin),
            Some(Record::EnumType(it)) if replaced.before.is_none() => it.origin.clone_from(&origin),
            Some(Record::Domain(it)) if replaced.before.is_none() => it.origin.clone_from(&origin),
            Some(Record::Function(it)) if replaced.before.is_none() => it.origin.clone_from(&origin),
            Some(Record::View(it)) if replaced.before.is_none() => it.origin.clone_from(&origin),
            _ => {}
        }
    }
    edit
}

fn mark(table: &mut Table, old: Option<&Table>, origin: &Origin) {
    let known: BTreeSet<Id> = old.map(Table::all_ids).unwrap_or_default().into_iter().collect();
    let is_new = |id: Id| !known.contains(&id);
    if old.is_none() {
        table.origin.clone_from(origin);
    }
    for it in table.columns.iter_mut().filter(|it| is_new(it.id.into())) {
        it.origin.clone_from(origin);
    }
    for it in table.foreign_keys.iter_mut().filter(|it| is_new(it.id.into())) {
        it.origin.clone_from(origin);
    }
    for it in table.uniques.iter_mut().filter(|it| is_new(it.id.into())) {
        it.origin.clone_from(origin);
    }
    for it in table.checks.iter_mut().filter(|it| is_new(it.id.into())) {
        it.origin.clone_from(origin);
    }
    for it in table.indexes.iter_mut().filter(|it| is_new(it.id.into())) {
        it.origin.clone_from(origin);
    }
}
