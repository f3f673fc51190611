//! Triggers that keep a column of every row that is changed; those of all tables call one function.

use super::draft::Draft;
use crate::design::naming::{Derived, free};
use crate::design::{
    ConventionKind, Function, FunctionBody, FunctionId, Origin, Scope, TableId, Trigger, TriggerEvent,
    TriggerFunction, TriggerTiming,
};

/// What a convention runs before a row is changed.
pub struct RowTrigger {
    pub convention: ConventionKind,
    pub function: &'static str,
    /// Of the function, in PL/pgSQL.
    pub body: &'static str,
}

impl RowTrigger {
    const fn made(&self) -> Origin {
        Origin::Convention(self.convention)
    }

    /// Gives the table a trigger that calls the function, unless it has one.
    pub fn add(&self, draft: &mut Draft<'_>, id: TableId) {
        let Some(table) = draft.table(id) else { return };
        let calls = |it: &Trigger| match it.function {
            TriggerFunction::Function(id) => draft.function(id).is_some_and(|it| it.name == self.function),
            TriggerFunction::Other(ref name) => name.ends_with(self.function),
        };
        if table.triggers.iter().any(calls) {
            return;
        }
        let taken = |name: &str| table.triggers.iter().any(|it| it.name == name);
        let name = free(Derived::Trigger.name(&table.name, [self.function]), taken);
        let function = TriggerFunction::Function(self.shared(draft));
        let events = vec![TriggerEvent::Update];
        let mut trigger = Trigger::of_row(draft.ids.take(), name, TriggerTiming::Before, events, function);
        trigger.origin = self.made();
        if let Some(table) = draft.table_mut(id) {
            table.triggers.push(trigger);
        }
    }

    /// The shared function, made where there is none; one of the same name and kind that came otherwise serves as well.
    fn shared(&self, draft: &mut Draft<'_>) -> FunctionId {
        let is_trigger =
            |it: &Function| it.returns.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("trigger"));
        let serves = |it: &&Function| it.name == self.function && it.arguments.is_empty() && is_trigger(it);
        if let Some(function) = draft.functions().find(serves) {
            return function.id;
        }
        let scope = Scope::Function(None, Vec::new());
        let name = free(self.function.to_owned(), |it| draft.is_taken(&scope, it, None));
        let function = Function {
            id: draft.ids.take(),
            name,
            returns: Some("trigger".to_owned()),
            language: "plpgsql".to_owned(),
            body: FunctionBody::Text(self.body.to_owned()),
            origin: self.made(),
            ..Function::default()
        };
        let id = function.id;
        draft.put(function);
        id
    }

    /// Takes the convention's trigger from the table.
    pub fn remove(&self, draft: &mut Draft<'_>, id: TableId) {
        let made = self.made();
        if draft.table(id).is_some_and(|it| it.triggers.iter().any(|it| it.origin == made))
            && let Some(table) = draft.table_mut(id)
        {
            table.triggers.retain(|it| it.origin != made);
        }
    }

    /// Takes back the function once nothing calls it.
    pub fn forget(&self, draft: &mut Draft<'_>) {
        let made = self.made();
        let unused: Vec<FunctionId> =
            draft.functions().filter(|it| it.origin == made).map(|it| it.id).collect();
        for function in unused {
            if draft.users_of(function).is_empty() {
                draft.remove(function);
            }
        }
    }
}
