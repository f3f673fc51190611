//! `created_at` and `updated_at`, and one function for the triggers of all tables that keep the latter.

use super::column::{comment_of, insert_scaffold, take_back};
use super::draft::Draft;
use super::settings::Settings;
use crate::design::naming::{Derived, free};
use crate::design::{
    Column, ColumnValue, ConventionKind, DataType, Function, FunctionBody, FunctionId, Origin, Scope,
    TableId, Trigger, TriggerEvent, TriggerFiring, TriggerFunction, TriggerTiming,
};
use crate::pg::Builtin;

const MADE: Origin = Origin::Convention(ConventionKind::Timestamps);
const COLUMNS: [&str; 2] = ["created_at", "updated_at"];
const FUNCTION: &str = "set_updated_at";
const BODY: &str = "\nBEGIN\n    NEW.updated_at := now();\n    RETURN NEW;\nEND;\n";

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    if settings.timestamps { add(draft, id, settings) } else { remove(draft, id) }
}

fn add(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    for name in COLUMNS {
        if draft.table(id).is_some_and(|it| it.column_named(name).is_none()) {
            let column = Column {
                value: ColumnValue::Default("now()".to_owned()),
                comment: comment_of(name).filter(|_| settings.comments).map(str::to_owned),
                origin: MADE,
                ..Column::new(draft.ids.take(), name, DataType::builtin(Builtin::TimestampTz))
            };
            if let Some(table) = draft.table_mut(id) {
                insert_scaffold(table, column);
            }
        }
    }
    let Some(table) = draft.table(id) else { return };
    let calls = |it: &Trigger| match it.function {
        TriggerFunction::Function(id) => draft.function(id).is_some_and(|it| it.name == FUNCTION),
        TriggerFunction::Other(ref name) => name.ends_with(FUNCTION),
    };
    let kept = table.column_named("updated_at").and_then(|it| it.data_type.as_builtin());
    let is_kept = matches!(kept, Some(Builtin::TimestampTz | Builtin::Timestamp));
    if !is_kept || table.triggers.iter().any(calls) {
        return;
    }
    let taken = |name: &str| table.triggers.iter().any(|it| it.name == name);
    let name = free(Derived::Trigger.name(&table.name, [FUNCTION]), taken);
    let trigger = Trigger {
        id: draft.ids.take(),
        name,
        timing: TriggerTiming::Before,
        events: vec![TriggerEvent::Update],
        update_of: Vec::new(),
        for_each_row: true,
        condition: None,
        old_table: None,
        new_table: None,
        constraint: None,
        from_table: None,
        function: TriggerFunction::Function(function(draft)),
        arguments: Vec::new(),
        firing: TriggerFiring::default(),
        comment: None,
        origin: MADE,
    };
    if let Some(table) = draft.table_mut(id) {
        table.triggers.push(trigger);
    }
}

/// The shared function, made where there is none; one of the same name and kind that came otherwise serves as well.
fn function(draft: &mut Draft<'_>) -> FunctionId {
    let is_trigger =
        |it: &Function| it.returns.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("trigger"));
    let serves = |it: &&Function| it.name == FUNCTION && it.arguments.is_empty() && is_trigger(it);
    if let Some(function) = draft.functions().find(serves) {
        return function.id;
    }
    let scope = Scope::Function(None, Vec::new());
    let name = free(FUNCTION.to_owned(), |it| draft.is_taken(&scope, it, None));
    let function = Function {
        id: draft.ids.take(),
        name,
        returns: Some("trigger".to_owned()),
        language: "plpgsql".to_owned(),
        body: FunctionBody::Text(BODY.to_owned()),
        origin: MADE,
        ..Function::default()
    };
    let id = function.id;
    draft.put(function);
    id
}

fn remove(draft: &mut Draft<'_>, id: TableId) {
    if draft.table(id).is_some_and(|it| it.triggers.iter().any(|it| it.origin == MADE))
        && let Some(table) = draft.table_mut(id)
    {
        table.triggers.retain(|it| it.origin != MADE);
    }
    for name in COLUMNS {
        take_back(draft, id, name, ConventionKind::Timestamps);
    }
    let made: Vec<FunctionId> = draft.functions().filter(|it| it.origin == MADE).map(|it| it.id).collect();
    for function in made {
        if draft.users_of(function).is_empty() {
            draft.remove(function);
        }
    }
}
