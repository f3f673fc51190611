//! Rules that only a trigger holds: how deep rows may hang under each other, and rows that never change.

use super::Proposer;
use crate::base::Span;
use crate::brief::reading::{Entity, Reading, Rule, RuleKind};
use crate::design::naming::{Derived, in_expression, text_in_expression};
use crate::design::{
    Column, ColumnId, ColumnValue, DataType, Edit, FunctionId, Origin, Record, Table, TableId, Trigger,
    TriggerEvent, TriggerFunction, TriggerId, TriggerTiming,
};
use crate::pg::Builtin;

/// The column that tells when a row was written.
const CREATED: &str = "created_at";

impl Proposer {
    /// A trigger that refuses a row more than `levels` below the topmost; without a limit the reference says it all.
    pub(super) fn nested(&mut self, id: TableId, levels: Option<u8>, evidence: Span, mut needs: Vec<usize>) {
        let (Some(levels), Some(table)) = (levels, self.design.table(id).cloned()) else { return };
        let Some(fk) = table.foreign_keys.iter().find(|it| it.references == id && it.columns.len() == 1)
        else {
            return;
        };
        let parent = fk.columns.first().copied();
        let key = fk.ref_columns.first().copied();
        let names = |id: Option<ColumnId>| id.and_then(|it| table.column(it)).map(|it| it.name.clone());
        let (Some(parent_name), Some(key_name)) = (names(parent), names(key)) else { return };
        let refers = format!("{}.{parent_name} refers to", table.name);
        needs.extend(self.proposal.parts.iter().position(|it| it.title.starts_with(&refers)));
        needs.sort_unstable();
        needs.dedup();
        let origin = Origin::Brief { brief: self.brief, spans: vec![evidence] };
        let body = body(&table.name, &key_name, &parent_name, levels);
        let comment = format!("Refuses more than {levels} level(s) of {} under each other.", table.name);
        let name = Derived::Type.name(&table.name, ["nesting"]);
        let function =
            self.function(&format!("check_{name}"), body, &comment, vec![id.into()], origin.clone());
        let events = vec![TriggerEvent::Insert, TriggerEvent::Update];
        let mut after = table;
        let trigger = trigger(
            self.ids.take(),
            Derived::Trigger.name(&after.name, ["nesting"]),
            events,
            parent.into_iter().collect(),
            function.id,
            origin,
        );
        after.triggers.push(trigger);
        let title = format!("Limit the nesting of {} to {levels}", after.name);
        let edit = Edit::adding([Record::Function(function)]).put(&self.design, Record::Table(after));
        self.push(
            title,
            "A foreign key cannot count levels; a trigger can.".to_owned(),
            &[evidence],
            false,
            needs,
            edit,
        );
    }

    /// When a row that never changes was written, where the conventions keep times: it has no time of its last change.
    pub(super) fn only_created(&mut self, reading: &Reading, entity: &Entity, table: &mut Table) {
        let is_it = |it: &&Rule| it.entity == entity.name && it.kind == RuleKind::Immutable;
        let Some(rule) = reading.rules.iter().find(is_it) else { return };
        let conventions = self.design.conventions();
        if !conventions.timestamps || table.column_named(CREATED).is_some() {
            return;
        }
        let column = Column {
            value: ColumnValue::Default("now()".to_owned()),
            comment: conventions.comments.then(|| "When the row was written; it never changes.".to_owned()),
            origin: Origin::Brief { brief: self.brief, spans: vec![rule.evidence] },
            ..Column::new(self.ids.take(), CREATED, DataType::builtin(Builtin::TimestampTz))
        };
        table.columns.push(column);
    }

    /// A trigger that refuses to change or delete what has been written.
    pub(super) fn immutable(&mut self, id: TableId, evidence: Span, needs: Vec<usize>) {
        let Some(mut table) = self.design.table(id).cloned() else { return };
        let depends = table.foreign_keys.iter().any(|it| {
            !matches!(
                it.on_delete,
                crate::design::ReferentialAction::Restrict | crate::design::ReferentialAction::NoAction
            )
        });
        // A row that goes or forgets with another cannot be kept from changing.
        if depends || table.overrides.soft_delete == Some(true) {
            return;
        }
        let origin = Origin::Brief { brief: self.brief, spans: vec![evidence] };
        let message = text_in_expression(&format!("rows of {} are never changed", table.name));
        let body = format!(
            "\nBEGIN\n    RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'restrict_violation';\nEND;\n"
        );
        let comment = format!("Refuses to change or delete rows of {}.", table.name);
        let name = Derived::Type.name(&table.name, ["immutable"]);
        let function = self.function(&format!("keep_{name}"), body, &comment, Vec::new(), origin.clone());
        let events = vec![TriggerEvent::Update, TriggerEvent::Delete];
        let name = Derived::Trigger.name(&table.name, ["immutable"]);
        if table.triggers.iter().any(|it| it.name == name) {
            return;
        }
        table.triggers.push(trigger(self.ids.take(), name, events, Vec::new(), function.id, origin));
        let title = format!("Keep rows of {} from being changed", table.name);
        let edit = Edit::adding([Record::Function(function)]).put(&self.design, Record::Table(table));
        self.push(title, "What has happened does not change.".to_owned(), &[evidence], false, needs, edit);
    }
}

fn trigger(
    id: TriggerId,
    name: String,
    events: Vec<TriggerEvent>,
    update_of: Vec<ColumnId>,
    function: FunctionId,
    origin: Origin,
) -> Trigger {
    let calls = TriggerFunction::Function(function);
    Trigger { update_of, origin, ..Trigger::of_row(id, name, TriggerTiming::Before, events, calls) }
}

/// Counts the rows above the new parent and the levels below the row itself; the parent is locked, so that two
/// transactions cannot each add a level without seeing the other's.
fn body(table: &str, key: &str, parent: &str, levels: u8) -> String {
    let (name, key, parent) = (in_expression(table), in_expression(key), in_expression(parent));
    let message = text_in_expression(&match levels {
        1 => format!("a {} under another cannot have any under itself", table.replace('_', " ")),
        levels => format!("{} hang under each other at most {levels} levels deep", table.replace('_', " ")),
    });
    if levels == 1 {
        return format!(
            "
BEGIN
    IF NEW.{parent} IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM {name} WHERE {key} = NEW.{parent} FOR UPDATE;
    IF EXISTS (SELECT FROM {name} WHERE {key} = NEW.{parent} AND {parent} IS NOT NULL)
        OR EXISTS (SELECT FROM {name} WHERE {parent} = NEW.{key})
    THEN
        RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
"
        );
    }
    format!(
        "
DECLARE
    above integer;
    below integer;
BEGIN
    IF NEW.{parent} IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM {name} WHERE {key} = NEW.{parent} FOR UPDATE;
    WITH RECURSIVE up AS (
        SELECT {key}, {parent}, 1 AS level FROM {name} WHERE {key} = NEW.{parent}
        UNION ALL
        SELECT it.{key}, it.{parent}, up.level + 1 FROM {name} it JOIN up ON it.{key} = up.{parent} WHERE up.level <= {levels}
    )
    SELECT coalesce(max(level), 0) INTO above FROM up;
    WITH RECURSIVE down AS (
        SELECT {key}, 1 AS level FROM {name} WHERE {parent} = NEW.{key}
        UNION ALL
        SELECT it.{key}, down.level + 1 FROM {name} it JOIN down ON it.{parent} = down.{key} WHERE down.level <= {levels}
    )
    SELECT coalesce(max(level), 0) INTO below FROM down;
    IF above + below > {levels} THEN
        RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
"
    )
}
