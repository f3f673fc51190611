//! The design in the making becomes a design; what would break an invariant is kept as it was written.

use crate::design::{Design, Edit, Id, Record, Refused, Replaced, Stage, TableId, ViolationKind};
use crate::read::{DiagnosticKind, Reading};

use super::builder::Builder;

/// How often what was refused is taken out before what is left is given up: each round takes out all that the last found.
const MOST_ROUNDS: usize = 8;

/// The design with its report.
pub fn finish(b: &mut Builder) -> Reading {
    let mut design = Design::new();
    for _ in 0..MOST_ROUNDS {
        match design.apply(&edit(b)) {
            Ok(()) => break,
            Err(Refused::Stale { .. }) => break,
            Err(Refused::Invalid(violations)) => {
                for violation in violations {
                    take_out(b, violation.record, &violation.kind);
                }
            }
        }
    }
    Reading { design, report: b.report, live: None }
}

fn edit(b: &Builder) -> Edit {
    let mut edit = Edit::default();
    let conventions = Record::Conventions(b.options.conventions.clone());
    let default = Record::Conventions(crate::design::Conventions::default());
    if conventions != default {
        edit.records.push(Replaced { before: Some(default), after: Some(conventions) });
    }
    let mut add = |record: Record| edit.records.push(Replaced { before: None, after: Some(record) });
    b.namespaces.values().cloned().for_each(|it| add(it.into()));
    b.extensions.values().cloned().for_each(|it| add(it.into()));
    b.enums.values().cloned().for_each(|it| add(it.into()));
    b.domains.values().cloned().for_each(|it| add(it.into()));
    b.composites.values().cloned().for_each(|it| add(it.into()));
    b.ranges.values().cloned().for_each(|it| add(it.into()));
    b.sequences.values().cloned().for_each(|it| add(it.into()));
    b.functions.values().cloned().for_each(|it| add(it.into()));
    b.tables.values().cloned().for_each(|it| add(it.into()));
    b.views.values().cloned().for_each(|it| add(it.into()));
    b.verbatims.values().cloned().for_each(|it| add(it.into()));
    edit
}

/// Takes out of the records what a violation is about, and keeps it as it was written where it can stand alone.
fn take_out(b: &mut Builder, record: Id, kind: &ViolationKind) {
    let table = TableId::from(record);
    match kind {
        ViolationKind::ColumnCount { foreign_key }
        | ViolationKind::TypeMismatch { foreign_key, .. }
        | ViolationKind::NotUnique { foreign_key, .. } => {
            take_out_constraint(b, table, foreign_key, kind);
        }
        ViolationKind::NoSuchColumn { of, .. }
        | ViolationKind::NoColumns { of, .. }
        | ViolationKind::RepeatedColumn { of, .. } => take_out_constraint(b, table, of, kind),
        ViolationKind::DuplicateWithin { name, .. } => take_out_constraint(b, table, name, kind),
        ViolationKind::SeedRow { .. } => {
            b.tables.entry(table).and_modify(|it| it.seed = None);
        }
        ViolationKind::Dangling { to, .. } => {
            b.forget(*to);
            b.sequences.retain(|_, it| it.owned_by.is_none_or(|it| Id::from(it.0) != *to));
            b.tables
                .entry(table)
                .and_modify(|it| it.foreign_keys.retain(|fk| Id::from(fk.references) != *to));
        }
        ViolationKind::Name { .. }
        | ViolationKind::NameTaken { .. }
        | ViolationKind::DuplicateValue { .. }
        | ViolationKind::Cycle { .. }
        | ViolationKind::DuplicateId { .. } => remove_record(b, record, kind),
    }
}

fn take_out_constraint(b: &mut Builder, id: TableId, name: &str, kind: &ViolationKind) {
    let Some(table) = b.tables.get_mut(&id) else { return remove_record(b, id.into(), kind) };
    let mut gone: Vec<Id> = Vec::new();
    gone.extend(table.foreign_keys.iter().filter(|it| it.name == name).map(|it| Id::from(it.id)));
    gone.extend(table.checks.iter().filter(|it| it.name == name).map(|it| Id::from(it.id)));
    gone.extend(table.uniques.iter().filter(|it| it.name == name).map(|it| Id::from(it.id)));
    gone.extend(table.exclusions.iter().filter(|it| it.name == name).map(|it| Id::from(it.id)));
    gone.extend(table.primary_key.iter().filter(|it| it.name == name).map(|it| Id::from(it.id)));
    // Of two of one name, the later one goes.
    if let (ViolationKind::DuplicateWithin { .. }, Some(last)) = (kind, gone.last().copied()) {
        gone = vec![last];
    }
    let stays = |it: Id| !gone.contains(&it);
    table.foreign_keys.retain(|it| stays(it.id.into()));
    table.checks.retain(|it| stays(it.id.into()));
    table.uniques.retain(|it| stays(it.id.into()));
    table.exclusions.retain(|it| stays(it.id.into()));
    table.primary_key.take_if(|it| !stays(it.id.into()));
    table.indexes.retain(|it| it.name != name);
    table.triggers.retain(|it| it.name != name || matches!(kind, ViolationKind::NotUnique { .. }));
    for constraint in gone {
        if let Some((span, sql)) = b.sources.remove(&constraint) {
            b.enter(span);
            let reason = kind.to_string();
            b.keep(sql, Stage::Constraints, vec![id.into()], DiagnosticKind::Refused { reason });
        }
    }
}

fn remove_record(b: &mut Builder, id: Id, kind: &ViolationKind) {
    b.namespaces.remove(&id.into());
    b.extensions.remove(&id.into());
    b.enums.remove(&id.into());
    b.domains.remove(&id.into());
    b.composites.remove(&id.into());
    b.ranges.remove(&id.into());
    b.sequences.remove(&id.into());
    b.functions.remove(&id.into());
    b.tables.remove(&id.into());
    b.views.remove(&id.into());
    b.verbatims.remove(&id.into());
    b.forget(id);
    b.say(DiagnosticKind::Refused { reason: kind.to_string() });
}
