//! Conventions that a request asks for, in all tables or in some, with columns spelled as those of the design are.

use super::act::{Slots, table_of};
use super::names;
use super::renaming::{are_columns_mixed, in_case_of};
use super::{ASKED, Asking, NotDone};
use crate::design::convention;
use crate::design::{
    ConventionOverrides, Conventions, Design, Edit, Function, FunctionBody, Record, Refused, TableId,
};
use crate::sql::{ident, refactor};

/// A convention for the design, or for some tables.
pub fn switch(
    asking: &mut Asking,
    slots: &Slots<'_>,
    title: &str,
    one: impl Fn(&mut ConventionOverrides),
    all: impl Fn(&mut Conventions),
) -> Result<(), NotDone> {
    let whole = slots.words("tables").is_none_or(names::is_everything);
    let is_spelled_otherwise = are_columns_mixed(&asking.after);
    if whole && !is_spelled_otherwise {
        let mut conventions = asking.after.conventions().clone();
        all(&mut conventions);
        let edit = convention::switched(&asking.after, &conventions).accept_all(&asking.after)?;
        return asking.untouched_part(title, ASKED, edit);
    }
    let everything = [super::words::plain("everything")];
    let wanted = slots.list(&asking.after).or_else(|| names::tables(&asking.after, &everything));
    for id in wanted.unwrap_or_default() {
        let table = table_of(asking, id)?;
        if let Some(what) = asking.after.record(id.into()).filter(Record::is_given).and_then(|it| it.words())
        {
            return Err(Refused::Given { what }.into());
        }
        let mut overrides = table.overrides.clone();
        one(&mut overrides);
        let title = format!("{title} in {}", table.name);
        let edit = convention::overridden(&asking.after, id, &overrides);
        let spelled = if is_spelled_otherwise { spelled_as_others(&asking.after, id, &edit)? } else { None };
        match spelled {
            Some(edit) => asking.part(title, ASKED, edit)?,
            None => asking.untouched_part(title, ASKED, edit)?,
        }
    }
    Ok(())
}

/// What an edit does to a table, with the columns that it adds spelled as those beside them are; nothing where it adds none that is
/// spelled otherwise. They are the table's own then: conventions know them by another name.
fn spelled_as_others(design: &Design, id: TableId, edit: &Edit) -> Result<Option<Edit>, NotDone> {
    let mut trial = design.clone();
    trial.apply(edit)?;
    let (Some(before), Some(after)) = (design.table(id), trial.table(id).cloned()) else { return Ok(None) };
    let mut is_other = false;
    for column in after.columns.iter().filter(|it| before.column(it.id).is_none()) {
        let name = in_case_of("firstName", column.name.clone());
        // What a trigger that is there already writes keeps its name.
        let written = format!("NEW.{} ", column.name);
        let is_written =
            |it: &Function| matches!(&it.body, FunctionBody::Text(body) if body.contains(&written));
        if name == column.name || design.functions().any(is_written) {
            continue;
        }
        is_other = true;
        // The table has it already, by the name that it would be given.
        if after.column_named(&name).is_some() {
            if column.nullable {
                return Err(NotDone::AlreadySo { what: format!("`{}` has `{name}`", after.name) });
            }
            trial.apply(&refactor::remove_column(&trial, id, column.id))?;
            continue;
        }
        trial.apply(&refactor::rename_column(&trial, id, column.id, &name))?;
        let (old, new) = (format!("NEW.{}", column.name), format!("NEW.{}", ident(&name)));
        let is_made = |it: &&Function| design.functions().all(|of| of.id != it.id);
        let made: Vec<Function> = trial.functions().filter(is_made).cloned().collect();
        for mut function in made {
            if let FunctionBody::Text(body) = &mut function.body {
                *body = body.replace(&old, &new);
            }
            trial.apply(&Edit::default().put(&trial, function))?;
        }
    }
    let Some(mut table) = trial.table(id).cloned().filter(|_| is_other) else { return Ok(None) };
    table.overrides = before.overrides.clone();
    trial.apply(&Edit::default().put(&trial, table))?;
    Ok(Some(Edit::between(design, &trial)))
}
