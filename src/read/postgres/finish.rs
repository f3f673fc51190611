//! The design in the making becomes a design; what would break an invariant is kept as it was written.

use std::collections::BTreeMap;

use crate::design::{Design, Id, Record, Stage, TableId, ViolationKind};
use crate::read::{DiagnosticKind, Reading};

use super::builder::Builder;
use super::{everything_in, once, privilege};

/// How often what was refused is taken out before what is left is given up: each round takes out all that the last found.
const MOST_ROUNDS: usize = 12;

/// In how many of them only parts of records go.
const PATIENT_ROUNDS: usize = 6;

/// The design with its report. The builder is empty afterwards.
pub fn finish(b: &mut Builder) -> Reading {
    once::settle(b);
    everything_in::settle(b);
    privilege::settle(b);
    // Nothing is looked up by its name any more, and a large design needs the room.
    b.relations.clear();
    b.types.clear();
    b.routines.clear();
    b.signatures.clear();
    b.constraints.clear();
    let mut design = Design::new();
    for round in 0..MOST_ROUNDS {
        match Design::assemble(records(b)) {
            Ok(whole) => {
                design = whole;
                break;
            }
            Err((violations, records)) => {
                for record in records {
                    put_back(b, record);
                }
                for violation in violations {
                    // What a part of a record does not mend, the record itself does: one of many is lost, and not all.
                    if round < PATIENT_ROUNDS {
                        take_out(b, violation.record, &violation.kind);
                    } else {
                        remove_record(b, violation.record, &violation.kind);
                    }
                }
            }
        }
    }
    Reading { design, report: b.report, live: None }
}

/// The records, moved out one after the other: never is there a second list of them.
fn records(b: &mut Builder) -> impl Iterator<Item = Record> + use<> {
    fn all<I, T: Into<Record>>(of: &mut BTreeMap<I, T>) -> impl Iterator<Item = Record> + use<I, T> {
        std::mem::take(of).into_values().map(Into::into)
    }
    let conventions = b.options.conventions.clone().with_habits_of(b.tables.values().map(|it| &**it));
    std::iter::once(Record::Conventions(conventions))
        .chain(all(&mut b.namespaces))
        .chain(all(&mut b.extensions))
        .chain(all(&mut b.enums))
        .chain(all(&mut b.domains))
        .chain(all(&mut b.composites))
        .chain(all(&mut b.ranges))
        .chain(all(&mut b.sequences))
        .chain(all(&mut b.functions))
        .chain(std::mem::take(&mut b.tables).into_values().map(|it| Record::Table(*it)))
        .chain(all(&mut b.views))
        .chain(all(&mut b.verbatims))
}

fn put_back(b: &mut Builder, record: Record) {
    match record {
        Record::Namespace(it) => drop(b.namespaces.insert(it.id, it)),
        Record::Extension(it) => drop(b.extensions.insert(it.id, it)),
        Record::EnumType(it) => drop(b.enums.insert(it.id, it)),
        Record::Domain(it) => drop(b.domains.insert(it.id, it)),
        Record::CompositeType(it) => drop(b.composites.insert(it.id, it)),
        Record::RangeType(it) => drop(b.ranges.insert(it.id, it)),
        Record::Sequence(it) => drop(b.sequences.insert(it.id, it)),
        Record::Function(it) => drop(b.functions.insert(it.id, it)),
        Record::Table(it) => drop(b.tables.insert(it.id, Box::new(it))),
        Record::View(it) => drop(b.views.insert(it.id, it)),
        Record::Verbatim(it) => drop(b.verbatims.insert(it.id, it)),
        // A script makes none of these.
        Record::Title(_)
        | Record::Conventions(_)
        | Record::Load(_)
        | Record::Placement(_)
        | Record::Area(_)
        | Record::Note(_)
        | Record::Brief(_)
        | Record::Story(_)
        | Record::AccessPattern(_)
        | Record::Decision(_)
        | Record::Snapshot(_) => {}
    }
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
        if let Some((statement, body)) = b.sources.remove(&constraint) {
            b.enter(statement);
            let sql = body.as_statement(b, id);
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
