//! What goes, or is another now and stands in the way.

use std::collections::BTreeSet;

use super::{Script, remake, rows, undo};
use crate::design::{ColumnValue, Design, Function, Id, Record, Stage, Table, TableId, View};
use crate::sql::{function_signature, ident, qualified_name};

impl Script<'_> {
    /// What rests on a thing goes before it: statements, views, triggers, policies, foreign keys, other members, functions, tables.
    pub(super) fn drops(&mut self) {
        let old = self.old.design;
        let hit = |id: Id| self.remade.ids.contains(&id);
        let mut out: Vec<String> = Vec::new();
        let gone: Vec<_> = old.verbatims().filter(|it| hit(it.id.into())).collect();
        let stands_alone = |stage: Stage| stage <= Stage::Functions;
        let undone = |is_alone: bool| {
            let mut all: Vec<_> = gone.iter().filter(|it| stands_alone(it.stage) == is_alone).collect();
            all.sort_by_key(|it| std::cmp::Reverse((it.stage, it.position)));
            // What is about a thing that goes is gone with it.
            let stays = |id: &Id| self.new.design.has(*id) || !old.has(*id);
            let all = all.into_iter().filter(|it| is_alone || it.needs.iter().all(stays));
            all.filter_map(|it| undo::undone(&it.sql)).collect::<Vec<String>>()
        };
        out.extend(undone(false));
        let views: Vec<&View> = old.views().collect();
        for view in views.iter().rev().filter(|it| hit(it.id.into())) {
            out.push(format!("DROP {}", view_words(old, view)));
        }
        for view in views.iter().filter(|it| !hit(it.id.into())) {
            let name = qualified_name(old, view.namespace, &view.name);
            for it in view.triggers.iter().filter(|it| hit(it.id.into())) {
                out.push(format!("DROP TRIGGER {} ON {name}", ident(&it.name)));
            }
            for it in view.indexes.iter().filter(|it| hit(it.id.into())) {
                out.push(format!("DROP INDEX {}", qualified_name(old, view.namespace, &it.name)));
            }
        }
        let tables: Vec<&Table> = remake::pairs(old, self.new.design).map(|it| it.0).collect();
        for was in &tables {
            let table = qualified_name(old, was.namespace, &was.name);
            for it in was.triggers.iter().filter(|it| hit(it.id.into())) {
                out.push(format!("DROP TRIGGER {} ON {table}", ident(&it.name)));
            }
            for it in was.policies.iter().filter(|it| hit(it.id.into())) {
                out.push(format!("DROP POLICY {} ON {table}", ident(&it.name)));
            }
        }
        for was in tables.iter().filter(|it| it.partition_of.is_none()) {
            let table = qualified_name(old, was.namespace, &was.name);
            for it in was.foreign_keys.iter().filter(|it| hit(it.id.into())) {
                out.push(format!("ALTER TABLE {table} DROP CONSTRAINT {}", ident(&it.name)));
            }
        }
        for it in old.functions().filter(|it| self.goes_with_table(it)) {
            out.push(drop_function(old, it));
        }
        let mut members = Vec::new();
        for was in &tables {
            self.drop_members(was, &mut members);
        }
        let others = old.functions().filter(|it| hit(it.id.into()) && !self.goes_with_table(it));
        members.extend(others.map(|it| drop_function(old, it)));
        members.extend(undone(true).into_iter().filter(|it| !undo::is_last(it)));
        self.out.extend(out);
        self.free_sequences();
        self.drop_tables(false);
        self.out.extend(members);
    }

    fn drop_members(&self, was: &Table, out: &mut Vec<String>) {
        let old = self.old.design;
        let hit = |id: Id| self.remade.ids.contains(&id);
        let table = qualified_name(old, was.namespace, &was.name);
        let constraints = was
            .checks
            .iter()
            .map(|it| (Id::from(it.id), &it.name))
            .chain(was.exclusions.iter().map(|it| (Id::from(it.id), &it.name)))
            .chain(was.uniques.iter().map(|it| (Id::from(it.id), &it.name)))
            .chain(was.primary_key.iter().map(|it| (Id::from(it.id), &it.name)));
        if was.partition_of.is_none() {
            for (_, name) in constraints.filter(|it| hit(it.0)) {
                out.push(format!("ALTER TABLE {table} DROP CONSTRAINT {}", ident(name)));
            }
        }
        // An index that came with one of the table above goes with it.
        for it in was.indexes.iter().filter(|it| hit(it.id.into()) && it.attached_to.is_none()) {
            out.push(format!("DROP INDEX {}", qualified_name(old, was.namespace, &it.name)));
        }
        for column in was.columns.iter().filter(|it| hit(it.id.into()) && !it.inherited) {
            out.push(format!("ALTER TABLE {table} ALTER COLUMN {} DROP DEFAULT", ident(&column.name)));
        }
        let Some(is) = self.new.design.table(was.id) else { return };
        // What is computed from a column goes before that changes, and comes after.
        for column in was.columns.iter().filter(|it| !it.inherited && !self.follows(was, is, &it.name)) {
            let name = ident(&column.name);
            let is_computed = matches!(column.value, ColumnValue::Generated { .. });
            match is.column(column.id).map(|it| &it.value) {
                None if is_computed => out.push(format!("ALTER TABLE {table} DROP COLUMN {name}")),
                Some(_) if self.remade.columns.contains(&column.id) => {
                    out.push(format!("ALTER TABLE {table} DROP COLUMN {name}"));
                }
                Some(ColumnValue::Generated { .. }) | None => {}
                Some(_) if is_computed => {
                    out.push(format!("ALTER TABLE {table} ALTER COLUMN {name} DROP EXPRESSION"));
                }
                Some(_) => {}
            }
        }
        // An identity's sequence has the name that one of its own may be given.
        for column in &was.columns {
            let Some(now) = is.column(column.id) else { continue };
            let is_identity = |it: &ColumnValue| matches!(it, ColumnValue::Identity { .. });
            if is_identity(&column.value) && !is_identity(&now.value) && !column.inherited {
                out.push(format!("ALTER TABLE {table} ALTER COLUMN {} DROP IDENTITY", ident(&column.name)));
            }
        }
    }

    /// Whether a function goes that names the rows of a table that goes, too, or a type that is made anew.
    fn goes_with_table(&self, function: &Function) -> bool {
        let goes = |id: &Id| {
            self.old.design.record(*id).is_some_and(|it| matches!(it, Record::Table(_) | Record::View(_)))
                && (!self.new.design.has(*id) || self.remade.ids.contains(id))
        };
        let id = function.id.into();
        let is_dropped = !self.new.design.has(id) || self.remade.ids.contains(&id);
        is_dropped
            && (function.reads.iter().any(goes)
                || remake::names_rebuilt(function, self.old.design, self.new.design))
    }

    /// Sequences that stay belong to no table that goes.
    fn free_sequences(&mut self) {
        let (old, new) = (self.old.design, self.new.design);
        for it in old.sequences() {
            let Some((table, column)) = it.owned_by else { continue };
            let owner_stays = new.table(table).is_some_and(|it| it.column(column).is_some());
            if !owner_stays && new.sequence(it.id).is_some() {
                let name = qualified_name(old, it.namespace, &it.name);
                self.say(format!("ALTER SEQUENCE {name} OWNED BY NONE"));
            }
        }
    }

    /// The tables that go: those whose rows are read before that, or the others.
    pub(super) fn drop_tables(&mut self, are_read: bool) {
        let stays = self.stay_longer();
        let (old, new) = (self.old.design, self.new.design);
        let gone = old.tables().filter(|it| new.table(it.id).is_none() && !it.is_given());
        // Foreign keys of tables that stay are gone by now; those among the tables go with them.
        let names: Vec<String> = gone
            .filter(|it| stays.contains(&it.id) == are_read)
            .map(|it| qualified_name(old, it.namespace, &it.name))
            .collect();
        if !names.is_empty() {
            self.say(format!("DROP TABLE {}", names.join(", ")));
        }
    }

    /// The tables that go and that are read before, with those of which they know.
    pub(super) fn stay_longer(&self) -> BTreeSet<TableId> {
        let (old, new) = (self.old.design, self.new.design);
        let gone = old.tables().filter(|it| new.table(it.id).is_none() && !it.is_given());
        let mut stays: BTreeSet<TableId> =
            gone.map(|it| it.id).filter(|it| rows::reads(&self.flows, *it, None)).collect();
        let mut count = 0;
        while count != stays.len() {
            count = stays.len();
            let uses = stays.iter().filter_map(|it| old.table(*it)).flat_map(|it| &it.foreign_keys);
            let uses: Vec<TableId> = uses.map(|it| it.references).collect();
            stays.extend(uses);
        }
        stays
    }

    /// What other things may have rested on.
    pub(super) fn lasts(&mut self) {
        let (old, new) = (self.old.design, self.after);
        let gone: Vec<&Function> =
            old.functions().filter(|it| !new.has(it.id.into()) && !self.goes_with_table(it)).collect();
        for it in gone.iter().rev() {
            self.say(drop_function(old, it));
        }
        for it in old.sequences().filter(|it| !new.has(it.id.into())) {
            let is_owned = it
                .owned_by
                .is_some_and(|(table, column)| new.table(table).is_none_or(|it| it.column(column).is_none()));
            if !is_owned && !self.has_identity(it.owned_by) {
                self.say(format!("DROP SEQUENCE {}", qualified_name(old, it.namespace, &it.name)));
            }
        }
        // What columns may be computed with goes last, unless it is there under the same name still.
        let kept: BTreeSet<String> = new.verbatims().filter_map(|it| undo::undone(&it.sql)).collect();
        let gone: Vec<String> = old
            .verbatims()
            .filter(|it| self.remade.ids.contains(&it.id.into()) && it.stage <= Stage::Functions)
            .filter_map(|it| undo::undone(&it.sql))
            .filter(|it| undo::is_last(it) && !kept.contains(it))
            .collect();
        self.out.extend(gone);
        let mut last: Vec<(u8, String)> = Vec::new();
        for it in old.enums() {
            if new.enum_type(it.id).is_some_and(|now| super::alter::is_rebuilt(it, now)) {
                let aside = super::alter::aside(it);
                last.push((2, format!("DROP TYPE {}", qualified_name(old, it.namespace, &aside))));
            }
        }
        for id in old.record_ids().filter(|it| !new.has(*it)) {
            let Some(record) = old.record(id).filter(|it| !it.is_given()) else { continue };
            last.extend(match &record {
                Record::EnumType(it) => {
                    Some((2, format!("DROP TYPE {}", qualified_name(old, it.namespace, &it.name))))
                }
                Record::CompositeType(it) => {
                    Some((0, format!("DROP TYPE {}", qualified_name(old, it.namespace, &it.name))))
                }
                Record::RangeType(it) => {
                    Some((0, format!("DROP TYPE {}", qualified_name(old, it.namespace, &it.name))))
                }
                Record::Domain(it) => {
                    Some((1, format!("DROP DOMAIN {}", qualified_name(old, it.namespace, &it.name))))
                }
                Record::Extension(it) => Some((3, format!("DROP EXTENSION {}", ident(&it.name)))),
                Record::Namespace(it) if it.name != "public" => {
                    Some((4, format!("DROP SCHEMA {}", ident(&it.name))))
                }
                _ => None,
            });
        }
        last.sort_by_key(|it| it.0);
        self.out.extend(last.into_iter().map(|it| it.1));
    }

    /// Whether a column that a sequence belonged to is an identity now, for which the sequence was dropped already.
    fn has_identity(&self, owner: Option<(TableId, crate::design::ColumnId)>) -> bool {
        let column = owner.and_then(|(table, column)| self.new.design.table(table)?.column(column));
        column.is_some_and(|it| matches!(it.value, ColumnValue::Identity { .. }))
    }
}

fn drop_function(design: &Design, it: &Function) -> String {
    let kind = if it.procedure { "PROCEDURE" } else { "FUNCTION" };
    format!("DROP {kind} {}", function_signature(design, it))
}

fn view_words(design: &Design, view: &View) -> String {
    let kind = if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    format!("{kind} {}", qualified_name(design, view.namespace, &view.name))
}
