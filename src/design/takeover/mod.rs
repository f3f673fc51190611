//! Another design's schema, taken over into this one: a proposal of what differs, part by part.
//!
//! ```text
//! by name and likeness   the other's records under our identities  ─┐
//! what is ours           origins, places, kinds, departures        ─┴▶ renames ▶ records ▶ references ▶ removals
//! ```
//! What only this design has is removed by parts of their own, which are offered and not taken unless chosen.

mod keep;
mod likeness;
mod rewrite;
mod three_way;

use std::collections::{BTreeMap, BTreeSet};

use super::diff::{Renames, renumbered};
use super::{Design, Edit, Id, IndexParent, Part, Proposal, Record, Replaced, Table};
pub use likeness::{Renamed, renamed_columns, renamed_tables};
pub use rewrite::{Rewriting, Rewritten};

/// What would make this design's schema that of `new`. Accepted with all parts, the two have one schema; conventions,
/// briefs, decisions and the places of tables stay as they are here.
pub fn take_over(design: &Design, new: &Design, title: impl Into<String>) -> Proposal {
    let mut theirs = renumbered(design, new, Renames::Suspected);
    theirs.retain(|_, it| is_taken(design, it));
    detach(&mut theirs);
    let mut taking = Taking::new(design, &theirs);
    let is_whole = taking.renames() && taking.records() && taking.references() && taking.removals();
    if !is_whole {
        taking = Taking::new(design, &theirs);
        taking.at_once();
    }
    Proposal { title: title.into(), parts: taking.parts }
}

/// Leaves out partitions' indexes that came with one of ours on the table above, which has none there.
fn detach(theirs: &mut BTreeMap<Id, Record>) {
    let there: BTreeSet<Id> = theirs.values().flat_map(Record::all_ids).collect();
    for record in theirs.values_mut() {
        let Record::Table(table) = record else { continue };
        table.indexes.retain(|it| match it.attached_to {
            Some(IndexParent::Index(id)) => there.contains(&id.into()),
            Some(IndexParent::Constraint(id)) => there.contains(&id.into()),
            None => true,
        });
    }
}

fn settled(design: &Design, theirs: &Record) -> Replaced {
    let before = design.record(theirs.id());
    let after = before.as_ref().map_or_else(|| theirs.clone(), |ours| keep::settled(ours, theirs));
    Replaced { before, after: Some(after) }
}

/// Removes records, the places that they stand at, and their mention in areas.
fn without(design: &Design, gone: &BTreeSet<Id>) -> Edit {
    let mut edit = Edit::default();
    let users: BTreeSet<Id> = gone.iter().flat_map(|it| design.users_of(*it)).collect();
    for id in users {
        match design.record(id) {
            Some(Record::Placement(it)) => edit = edit.remove(design, it.id),
            Some(Record::Area(mut it)) => {
                it.tables.retain(|it| !gone.contains(&Id::from(*it)));
                edit = edit.put(design, it);
            }
            _ => {}
        }
    }
    gone.iter().fold(edit, |all, it| all.remove(design, *it))
}

/// Schemas, and areas and notes that are new: they say something about the tables that come.
fn is_taken(design: &Design, record: &Record) -> bool {
    let is_drawn = matches!(record, Record::Area(_) | Record::Note(_));
    record.is_schema() || is_drawn && !design.has(record.id())
}

struct Taking<'a> {
    design: &'a Design,
    /// Under our identities.
    theirs: &'a BTreeMap<Id, Record>,
    /// Our design with all parts so far.
    after: Design,
    /// The last part that made or changed a record.
    made_by: BTreeMap<Id, usize>,
    parts: Vec<Part>,
}

impl<'a> Taking<'a> {
    fn new(design: &'a Design, theirs: &'a BTreeMap<Id, Record>) -> Self {
        Self { design, theirs, after: design.clone(), made_by: BTreeMap::new(), parts: Vec::new() }
    }

    /// Records that need each other in a ring cannot be taken one by one.
    fn at_once(&mut self) {
        let settled = self.theirs.values().map(|it| settled(self.design, it));
        let edit = Edit { records: settled.collect() };
        let gone = self.design.records().filter(|it| it.is_schema() && !self.theirs.contains_key(&it.id()));
        let mut edit = edit.then(without(self.design, &gone.map(|it| it.id()).collect()));
        edit.records.retain(|it| it.before != it.after);
        let (title, reason) = ("Take over all of it".to_owned(), "Its parts need each other.");
        if !self.put(title.clone(), reason, false, edit.clone()) {
            // What does not fit is told when it is taken.
            self.parts.push(Part { title, reason: reason.to_owned(), edit, ..Part::default() });
            return;
        }
        for theirs in self.theirs.values() {
            if let Some(name) = theirs.words() {
                self.rows(theirs, &name);
            }
        }
    }

    /// Adds a part that puts these records in place; gives whether it fits.
    fn put(&mut self, title: String, reason: &str, is_offered: bool, edit: Edit) -> bool {
        if edit.is_empty() {
            return true;
        }
        if self.after.apply(&edit).is_err() {
            return false;
        }
        let ids: Vec<Id> = edit.records.iter().filter_map(Replaced::id).collect();
        let used = edit.records.iter().flat_map(|it| {
            let uses = it.after.as_ref().map(Record::uses).unwrap_or_default();
            uses.into_iter().chain(it.id())
        });
        let needs: BTreeSet<usize> = used.filter_map(|id| self.made_by.get(&id).copied()).collect();
        let needs =
            needs.into_iter().filter(|it| self.parts.get(*it).is_some_and(|it| is_offered || !it.is_offered));
        let part = Part {
            title,
            reason: reason.to_owned(),
            needs: needs.collect(),
            is_offered,
            edit,
            ..Part::default()
        };
        let index = self.parts.len();
        self.made_by.extend(ids.into_iter().map(|it| (it, index)));
        self.parts.push(part);
        true
    }

    /// New names of what is likely the same.
    fn renames(&mut self) -> bool {
        for record in self.theirs.values() {
            let Record::Table(theirs) = record else { continue };
            let Some(ours) = self.design.table(theirs.id).cloned() else { continue };
            if ours.name != theirs.name {
                let renamed = Table { name: theirs.name.clone(), ..ours.clone() };
                let title = format!("Rename table {} to {}", ours.name, theirs.name);
                let edit = Edit::default().put(&self.after, renamed);
                if !self.put(title, "They have most of their columns in common.", false, edit) {
                    return false;
                }
            }
            for column in &ours.columns {
                let Some(new) = theirs.column(column.id).filter(|it| it.name != column.name) else {
                    continue;
                };
                let Some(mut table) = self.after.table(ours.id).cloned() else { continue };
                table
                    .columns
                    .iter_mut()
                    .filter(|it| it.id == column.id)
                    .for_each(|it| it.name.clone_from(&new.name));
                let title = format!("Rename column {} of {} to {}", column.name, theirs.name, new.name);
                let edit = Edit::default().put(&self.after, table);
                if !self.put(title, "It has the same type, and much the same name or place.", false, edit) {
                    return false;
                }
            }
        }
        true
    }

    /// What is new or different, what others build on first; references to tables that come later wait.
    fn records(&mut self) -> bool {
        for id in self.in_order() {
            let Some(theirs) = self.theirs.get(&id) else { continue };
            let (before, united) = self.united(theirs);
            let without = match united {
                Record::Table(table) => Record::Table(self.without_coming_references(table)),
                other => other,
            };
            let Some(name) = without.words() else { continue };
            let (title, reason) = match before {
                Some(_) => (format!("Change {name}"), "It is different there."),
                None => (format!("Add {name}"), "It is not part of this design."),
            };
            let edit = Edit::default().put(&self.after, without);
            if !self.put(title, reason, false, edit) {
                return false;
            }
        }
        true
    }

    fn references(&mut self) -> bool {
        for theirs in self.theirs.values().filter(|it| matches!(it, Record::Table(_))) {
            let (_, united) = self.united(theirs);
            let title = united.words().map_or_else(String::new, |it| format!("Add the references of {it}"));
            let edit = Edit::default().put(&self.after, united);
            if !self.put(title, "They point at what came after it.", false, edit) {
                return false;
            }
        }
        true
    }

    /// What only this design has: members of tables first, then whole records, what others build on last.
    fn removals(&mut self) -> bool {
        const REASON: &str = "It is not there.";
        for theirs in self.theirs.values() {
            let Some(name) = theirs.words() else { continue };
            let edit = Edit { records: vec![settled(&self.after, theirs)] };
            let edit =
                Edit { records: edit.records.into_iter().filter(|it| it.before != it.after).collect() };
            if !self.put(format!("Remove parts of {name}"), REASON, true, edit) || !self.rows(theirs, &name) {
                return false;
            }
        }
        let mut gone: Vec<Record> =
            self.after.records().filter(|it| it.is_schema() && !self.theirs.contains_key(&it.id())).collect();
        self.let_go(&gone);
        // What nothing uses any more goes first, round by round.
        while !gone.is_empty() {
            let count = gone.len();
            let mut left = Vec::new();
            for record in gone {
                let Some(name) = record.words() else { continue };
                let edit = without(&self.after, &BTreeSet::from([record.id()]));
                if !self.put(format!("Remove {name}"), REASON, true, edit) {
                    left.push(record);
                }
            }
            if left.len() == count {
                // They refer to each other in a ring.
                let all = left.iter().map(Record::id).collect();
                let edit = without(&self.after, &all);
                return self.put(
                    format!("Remove {} that need each other", counted(&left)),
                    REASON,
                    true,
                    edit,
                );
            }
            gone = left;
        }
        true
    }

    /// Rows that only this design has: a part of their own, since most other schemas are written without rows.
    fn rows(&mut self, theirs: &Record, name: &str) -> bool {
        let ours = match theirs {
            Record::Table(it) if it.seed.is_none() => self.after.table(it.id),
            _ => None,
        };
        let Some(ours) = ours.filter(|it| it.seed.is_some()) else { return true };
        let edit = Edit::default().put(&self.after, Table { seed: None, ..ours.clone() });
        self.put(format!("Remove the rows of {name}"), "There are none there.", true, edit)
    }

    /// References between tables that go, so that the tables can go one by one.
    fn let_go(&mut self, gone: &[Record]) {
        let ids: BTreeSet<Id> = gone.iter().map(Record::id).collect();
        for record in gone {
            let Record::Table(table) = record else { continue };
            let mut freed = table.clone();
            freed.foreign_keys.retain(|it| it.references == table.id || !ids.contains(&it.references.into()));
            let edit = Edit::default().put(&self.after, freed);
            // One that does not fit goes with what it needs, later.
            self.put(
                format!("Remove the references of table {}", table.name),
                "Both tables are not there.",
                true,
                edit,
            );
        }
    }

    /// Their record with what is ours in it, and ours as it is by now.
    fn united(&self, theirs: &Record) -> (Option<Record>, Record) {
        let before = self.after.record(theirs.id());
        let united = before.as_ref().map_or_else(|| theirs.clone(), |ours| keep::united(ours, theirs));
        (before, united)
    }

    /// The table without references that are new and point at a table that is new or changes.
    fn without_coming_references(&self, mut table: Table) -> Table {
        let ours = self.after.table(table.id).map(|it| it.foreign_keys.clone()).unwrap_or_default();
        let id = table.id;
        let comes = |it: &super::ForeignKey| {
            it.references != id
                && self.theirs.contains_key(&it.references.into())
                && !ours.iter().any(|old| old == it)
        };
        let (coming, mut there): (Vec<_>, Vec<_>) = table.foreign_keys.into_iter().partition(comes);
        for it in coming {
            // One that is changed stays as it was until the tables are there.
            there.extend(ours.iter().find(|old| old.id == it.id).cloned());
        }
        table.foreign_keys = there;
        table
    }

    /// Their records, each after what it uses.
    fn in_order(&self) -> Vec<Id> {
        let mut order = Vec::with_capacity(self.theirs.len());
        let mut seen = BTreeSet::new();
        for id in self.theirs.keys() {
            self.visit(*id, &mut seen, &mut order);
        }
        order
    }

    fn visit(&self, id: Id, seen: &mut BTreeSet<Id>, order: &mut Vec<Id>) {
        // An explicit stack: chains of views may be long.
        let mut stack = vec![(id, false)];
        while let Some((id, is_done)) = stack.pop() {
            if is_done {
                order.push(id);
                continue;
            }
            let Some(record) = self.theirs.get(&id) else { continue };
            if !seen.insert(id) {
                continue;
            }
            stack.push((id, true));
            let uses = match record {
                Record::Table(it) => Record::Table(Table { foreign_keys: Vec::new(), ..it.clone() }).uses(),
                other => other.uses(),
            };
            stack.extend(uses.into_iter().rev().map(|it| (it, false)));
        }
    }
}

/// `3 tables and 2 others`.
fn counted(records: &[Record]) -> String {
    let tables = records.iter().filter(|it| matches!(it, Record::Table(_))).count();
    match records.len() - tables {
        0 => format!("{tables} tables"),
        others => format!("{tables} tables and {others} others"),
    }
}

#[cfg(test)]
mod tests;
