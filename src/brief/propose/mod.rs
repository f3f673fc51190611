//! A reading as a proposal: one part for each table, reference and rule, each with its reason and evidence.

mod columns;
mod constraints;
mod nesting;
mod references;
mod rows;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Entity, EntityKind, Reading, Relationship, RelationshipKind, RuleKind};
use crate::base::{Clip, Span};
use crate::design::naming::{free, table_name};
use crate::design::{
    Area, BriefId, Design, Edit, Evidence, ForeignKeyId, Function, Id, IdSource, Origin, Part, Proposal,
    Record, Replaced, Scope, Story, Table, TableId, TableKind, convention,
};

pub use constraints::{Held, expected, held};

/// What a reading suggests for a design: accepted wholly, it gives the tables, keys and rules that the brief tells of.
///
/// A table that the design has already is not proposed again; it gets the columns and references that it lacks.
/// Each part's edit fits the design with all parts before it applied.
pub fn propose(design: &Design, reading: &Reading, brief: BriefId) -> Proposal {
    // All holds together, as good as always, so it is checked once; else part by part, and what does not fit is left out.
    let whole = Proposer::all(design, reading, brief, false);
    let edits = whole.proposal.parts.iter().map(|it| &it.edit);
    let holds = whole.design.violations_after(edits).is_empty();
    let proposer = if holds { whole } else { Proposer::all(design, reading, brief, true) };
    proposer.proposal.sparing_given(design)
}

pub(super) struct Proposer {
    /// The design with all parts so far applied.
    design: Design,
    ids: IdSource,
    brief: BriefId,
    /// The table of each entity.
    tables: BTreeMap<String, TableId>,
    /// The part that adds each table; none for those that the design had.
    parts: BTreeMap<String, usize>,
    /// The part that adds each record.
    adds: BTreeMap<Id, usize>,
    proposal: Proposal,
    /// Whether each part is checked when it is made.
    is_checked: bool,
}

/// A function that a convention adds once for all tables.
fn is_shared(replaced: &Replaced) -> bool {
    matches!((&replaced.before, &replaced.after), (None, Some(Record::Function(it))) if matches!(it.origin, Origin::Convention(_)))
}

impl Proposer {
    fn all(design: &Design, reading: &Reading, brief: BriefId, is_checked: bool) -> Self {
        let mut proposer = Self {
            design: design.clone(),
            ids: design.ids(),
            brief,
            tables: BTreeMap::new(),
            parts: BTreeMap::new(),
            adds: BTreeMap::new(),
            proposal: Proposal { title: "What the brief tells".to_owned(), parts: Vec::new() },
            is_checked,
        };
        proposer.constraints(reading);
        // One subject after the other, what links them last; without subjects all is one. What is in none comes last.
        let places: BTreeMap<&str, usize> = reading
            .contexts
            .iter()
            .enumerate()
            .rev()
            .flat_map(|(at, it)| it.entities.iter().map(move |name| (name.as_str(), at)))
            .collect();
        let place = |name: &str| places.get(name).copied().unwrap_or(reading.contexts.len());
        for subject in 0..=reading.contexts.len() {
            let is_here = |name: &str| place(name) == subject;
            for entity in
                reading.entities.iter().filter(|it| it.kind != EntityKind::Junction && is_here(&it.name))
            {
                proposer.table(reading, entity);
            }
            proposer.relationships(reading, |it| is_here(&it.from) && is_here(&it.to));
            proposer.area(reading, subject);
        }
        proposer.relationships(reading, |it| place(&it.from) != place(&it.to));
        proposer.tenants(reading);
        proposer.uniques(reading);
        proposer.rules(reading);
        proposer.rows(reading);
        proposer.security(reading);
        proposer.stories(reading);
        proposer.load(reading);
        proposer.title(reading);
        proposer
    }

    /// Where a thing came from: its words, or the reason why it was assumed.
    fn origin(&self, evidence: &[Span], assumed: bool, reason: &str) -> Origin {
        if assumed || evidence.is_empty() {
            let reason = if reason.is_empty() { "usual for such a thing" } else { reason };
            Origin::Assumption { reason: reason.to_owned() }
        } else {
            Origin::Brief { brief: self.brief, spans: evidence.to_vec() }
        }
    }

    /// A design without a name takes the one that its brief has.
    fn title(&mut self, reading: &Reading) {
        let Some((title, span)) = reading.title.as_ref().filter(|_| self.design.title().is_empty()) else {
            return;
        };
        let edit = Edit::default().put(&self.design, Record::Title(title.clone()));
        let (what, reason) =
            (format!("Call the design “{title}”"), "The text has it as its heading.".to_owned());
        self.push(what, reason, &[*span], false, Vec::new(), edit);
    }

    /// A subject of a large brief as an area of the diagram, with the tables that are in none.
    fn area(&mut self, reading: &Reading, subject: usize) {
        /// Colours of the palette.
        const COLORS: usize = 8;
        let Some(context) = reading.contexts.get(subject) else { return };
        let taken: BTreeSet<TableId> = self.design.areas().flat_map(|it| it.tables.iter().copied()).collect();
        let tables: Vec<TableId> = context
            .entities
            .iter()
            .filter_map(|it| self.tables.get(it))
            .copied()
            .filter(|it| self.design.table(*it).is_some() && !taken.contains(it))
            .collect();
        if tables.len() < 2 {
            return;
        }
        let title = format!("Draw {} as an area of {} tables", context.name, tables.len());
        let color = u8::try_from(subject % COLORS + 1).ok();
        let area = Area { id: self.ids.take(), name: context.name.clone(), tables, color, ..Area::default() };
        let reason = "They reference each other more than others.".to_owned();
        self.push(title, reason, &[], false, Vec::new(), Edit::adding([area]));
    }

    /// Applies a part to what is there so far and keeps it; a part that does not fit is left out.
    fn push(
        &mut self,
        title: String,
        reason: String,
        evidence: &[Span],
        assumed: bool,
        needs: Vec<usize>,
        edit: Edit,
    ) -> Option<usize> {
        // What the conventions of several tables share is a part of its own, so that any of them can be left out.
        let (shared, own): (Vec<Replaced>, Vec<Replaced>) = edit.records.into_iter().partition(is_shared);
        if !shared.is_empty() {
            let title = "Add what the conventions share".to_owned();
            let reason = "Tables that follow the conventions use it.".to_owned();
            self.push_part(title, reason, None, true, Vec::new(), Edit { records: shared });
        }
        let spans = evidence.to_vec();
        let evidence = (!spans.is_empty()).then_some(Evidence { brief: self.brief, spans });
        self.push_part(title, reason, evidence, assumed, needs, Edit { records: own })
    }

    fn push_part(
        &mut self,
        title: String,
        reason: String,
        evidence: Option<Evidence>,
        assumed: bool,
        mut needs: Vec<usize>,
        edit: Edit,
    ) -> Option<usize> {
        if edit.is_empty() || self.is_checked && self.design.apply(&edit).is_err() {
            return None;
        }
        if !self.is_checked {
            self.design.apply_made(&edit);
        }
        self.ids = self.design.ids();
        // A part needs whatever it refers to that another part adds.
        let used = edit.records.iter().filter_map(|it| it.after.as_ref()).flat_map(Record::uses);
        needs.extend(used.filter_map(|it| self.adds.get(&it)).copied());
        needs.sort_unstable();
        needs.dedup();
        let part = self.proposal.parts.len();
        for replaced in &edit.records {
            if let (None, Some(after)) = (&replaced.before, &replaced.after) {
                self.adds.insert(after.id(), part);
            }
        }
        self.proposal.parts.push(Part { title, reason, evidence, assumed, needs, edit, ..Part::default() });
        Some(part)
    }

    /// A table that is there, with foreign keys more and what the conventions ask of those.
    fn joined(&self, table: Table) -> Edit {
        let id = table.id;
        let is_old = |it: &ForeignKeyId| {
            self.design.table(id).is_some_and(|before| before.foreign_keys.iter().any(|fk| fk.id == *it))
        };
        let new: Vec<ForeignKeyId> =
            table.foreign_keys.iter().map(|it| it.id).filter(|it| !is_old(it)).collect();
        let edit = Edit::default().put(&self.design, Record::Table(table));
        convention::joined(&self.design, edit, id, &new)
    }

    /// The relationships that `is_meant` picks: foreign keys, then junctions, then what junctions themselves point at.
    fn relationships(&mut self, reading: &Reading, is_meant: impl Fn(&Relationship) -> bool) {
        let meant: Vec<(usize, &Relationship)> =
            reading.relationships.iter().enumerate().filter(|it| is_meant(it.1)).collect();
        let (many, one): (Vec<_>, Vec<_>) =
            meant.into_iter().partition(|it| it.1.kind == RelationshipKind::ManyToMany);
        for (at, _) in &one {
            self.reference(reading, *at);
        }
        for (at, _) in &many {
            self.junction(reading, *at);
        }
        let junctions: BTreeSet<&str> = reading
            .entities
            .iter()
            .filter(|it| it.kind == EntityKind::Junction)
            .map(|it| it.name.as_str())
            .collect();
        for (at, _) in one.iter().filter(|it| junctions.contains(it.1.from.as_str())) {
            self.reference(reading, *at);
        }
    }

    /// The parts that a reference between these entities needs.
    fn needs(&self, entities: &[&str]) -> Vec<usize> {
        let mut needs: Vec<usize> = entities.iter().filter_map(|it| self.parts.get(*it)).copied().collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    fn new_table(&mut self, reading: &Reading, entity: &Entity) -> Option<Table> {
        let wanted = table_name(&entity.name, self.design.conventions().table_names);
        if self.design.table_named(None, &wanted).is_some() {
            return None;
        }
        let name = free(wanted, |it| self.design.named(Scope::Relation(None), it).next().is_some());
        let mut table = Table {
            id: self.ids.take(),
            name,
            kind: match entity.kind {
                EntityKind::Core => TableKind::Core,
                EntityKind::Lookup => TableKind::Lookup,
                EntityKind::Junction => TableKind::Junction,
                EntityKind::Infrastructure => TableKind::Infrastructure,
            },
            comment: self.design.conventions().comments.then(|| entity.description.clone()),
            origin: self.origin(&entity.evidence, entity.assumed, &entity.reason),
            ..Table::default()
        };
        let deleted_by_mark =
            reading.rules.iter().any(|it| it.entity == entity.name && it.kind == RuleKind::SoftDeleted);
        if deleted_by_mark {
            table.overrides.soft_delete = Some(true);
        }
        let conventions = self.design.conventions().clone();
        let is_fixed =
            reading.rules.iter().any(|it| it.entity == entity.name && it.kind == RuleKind::Immutable);
        if is_fixed {
            // What is never changed has nobody who changed it, and is not marked as gone.
            let off = |on: bool, own: &mut Option<bool>| {
                if on && own.is_none() {
                    *own = Some(false);
                }
            };
            off(conventions.timestamps, &mut table.overrides.timestamps);
            off(conventions.authorship, &mut table.overrides.authorship);
            off(conventions.soft_delete, &mut table.overrides.soft_delete);
            off(conventions.version, &mut table.overrides.version);
        }
        convention::add_key(&mut table, &mut self.ids, &conventions);
        Some(table)
    }

    fn table(&mut self, reading: &Reading, entity: &Entity) {
        let wanted = table_name(&entity.name, self.design.conventions().table_names);
        if let Some(known) = self.design.table_named(None, &wanted) {
            let id = known.id;
            self.tables.insert(entity.name.clone(), id);
            self.missing_columns(entity, id);
            return;
        }
        let Some(mut table) = self.new_table(reading, entity) else { return };
        for attribute in &entity.attributes {
            self.column(&mut table, entity, attribute);
        }
        self.only_created(reading, entity, &mut table);
        let id = table.id;
        let title = format!("Add table {}", table.name);
        let reason =
            if entity.reason.is_empty() { entity.description.clone() } else { entity.reason.clone() };
        let edit = convention::applied(&self.design, Edit::adding([table]), &[id]);
        if let Some(part) = self.push(title, reason, &entity.evidence, entity.assumed, Vec::new(), edit) {
            self.tables.insert(entity.name.clone(), id);
            self.parts.insert(entity.name.clone(), part);
        }
    }

    /// A table that was there before gets the attributes that it lacks.
    fn missing_columns(&mut self, entity: &Entity, id: TableId) {
        let Some(before) = self.design.table(id).cloned() else { return };
        let mut table = before.clone();
        for attribute in entity.attributes.iter().filter(|it| !it.assumed) {
            self.column(&mut table, entity, attribute);
        }
        if table.columns.len() == before.columns.len() {
            return;
        }
        let added: Vec<String> =
            table.columns.clip(before.columns.len()..).iter().map(|it| it.name.clone()).collect();
        for column in table.columns.iter_mut().skip(before.columns.len()) {
            // Rows may be there already, and they have no value.
            column.nullable = true;
        }
        let title = format!("Add {} to {}", added.join(", "), table.name);
        let edit = Edit::default().put(&self.design, Record::Table(table));
        let edit = convention::applied(&self.design, edit, &[id]);
        self.push(
            title,
            "The brief names what the table lacks.".to_owned(),
            &entity.evidence,
            false,
            Vec::new(),
            edit,
        );
    }

    fn rules(&mut self, reading: &Reading) {
        for rule in &reading.rules {
            let (Some(id), needs) = (self.tables.get(&rule.entity).copied(), self.needs(&[&rule.entity]))
            else {
                continue;
            };
            match rule.kind {
                RuleKind::Nested(levels) => self.nested(id, levels, rule.evidence, needs),
                RuleKind::Immutable => self.immutable(id, rule.evidence, needs),
                RuleKind::SoftDeleted | RuleKind::Logged => {}
            }
        }
    }

    fn stories(&mut self, reading: &Reading) {
        let mut records: Vec<Record> = Vec::new();
        let mut spans = Vec::new();
        for story in &reading.stories {
            let known = self.design.stories().any(|it| it.actor == story.actor && it.goal == story.goal);
            if !known {
                let origin = self.origin(&story.evidence, false, "");
                spans.extend(story.evidence.iter().copied());
                records.push(Record::Story(Story {
                    id: self.ids.take(),
                    actor: story.actor.clone(),
                    goal: story.goal.clone(),
                    origin,
                }));
            }
        }
        let title = format!("Keep {} user stories", records.len());
        let edit = Edit::adding(records);
        self.push(title, "The schema is checked against them.".to_owned(), &spans, false, Vec::new(), edit);
    }

    fn load(&mut self, reading: &Reading) {
        let (load, spans) = expected(self.design.load(), &reading.load, self.brief);
        let edit = Edit::default().put(&self.design, Record::Load(load));
        self.push(
            "Note the expected volumes".to_owned(),
            "The brief counts them.".to_owned(),
            &spans,
            false,
            Vec::new(),
            edit,
        );
    }

    /// A function of the design that no other has the name of.
    fn function(
        &mut self,
        name: &str,
        body: String,
        comment: &str,
        reads: Vec<Id>,
        origin: Origin,
    ) -> Function {
        let taken = |it: &str| self.design.functions().any(|function| function.name == it);
        Function {
            id: self.ids.take(),
            name: free(name.to_owned(), taken),
            returns: Some("trigger".to_owned()),
            language: "plpgsql".to_owned(),
            body: crate::design::FunctionBody::Text(body),
            reads,
            comment: self.design.conventions().comments.then(|| comment.to_owned()),
            origin,
            ..Function::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_hold_is_found_at_the_end_or_left_out() {
        let text = "A lamp has a colour and a height. A tower has a name and several lamps.";
        let reading = crate::brief::read(text);
        for is_checked in [false, true] {
            let mut proposer = Proposer::all(&Design::new(), &reading, BriefId::default(), is_checked);
            // PostgreSQL cuts names off behind 63 bytes.
            let long = Table { id: proposer.ids.take(), name: "x".repeat(64), ..Table::default() };
            let part = proposer.push_part(
                String::new(),
                String::new(),
                None,
                false,
                Vec::new(),
                Edit::adding([long]),
            );
            let edits = proposer.proposal.parts.iter().map(|it| &it.edit);
            let holds = proposer.design.violations_after(edits).is_empty();
            assert_eq!((part.is_none(), holds), (is_checked, is_checked));
            assert_eq!(proposer.design.tables().count(), if is_checked { 2 } else { 3 });
        }
    }
}
