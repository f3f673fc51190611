//! New names of tables and columns, spelled as those beside them are.

use super::act::Slots;
use super::{ASKED, Asking, NotDone};
use crate::base::{self, capitalized};
use crate::design::naming::identifier;
use crate::design::{ColumnId, Design, Edit, Scope, Table, TableId};
use crate::sql::refactor;

pub fn rename_table(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, old) = (table.id, table.name.clone());
    let name = if slots.is_quoted() { slots.name() } else { in_number_of(&old, &slots.name()) };
    if name == old {
        return Err(NotDone::AlreadySo { what: format!("the table is called `{name}`") });
    }
    let scope = Scope::Relation(table.namespace);
    if asking.after.named(scope, &name).next().is_some() {
        return Err(NotDone::Taken { name });
    }
    let edit = refactor::rename_table(&asking.after, id, &name);
    asking.part(format!("Rename table {old} to {name}"), ASKED, edit)
}

/// A name in the singular or plural, and in the case, as another is.
pub fn in_number_of(model: &str, name: &str) -> String {
    let name = identifier(name);
    let is_plural = name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us");
    let name = match base::plural(model) == model {
        true if is_plural => name,
        true => base::plural(&name),
        false => base::singular(&name),
    };
    in_case_of(model, name)
}

/// Whether a name is written as `Enrollment` or `firstName`.
fn is_mixed(name: &str) -> bool {
    name.contains(char::is_uppercase) && name.contains(char::is_lowercase) && !name.contains('_')
}

/// A name in snake case as `Enrollment` or `firstName` is written, where the model is written so.
pub fn in_case_of(model: &str, name: String) -> String {
    if !is_mixed(model) {
        return name;
    }
    let is_first_raised = model.starts_with(char::is_uppercase);
    let parts = name.split('_').enumerate();
    parts.map(|(at, it)| if at > 0 || is_first_raised { capitalized(it) } else { it.to_owned() }).collect()
}

/// Spells a new table and its columns as most of the others are, where these are `Enrollment` and `firstName`.
pub fn spell_as_others(asking: &mut Asking, id: TableId) -> Result<(), NotDone> {
    let others = || asking.after.tables().filter(|it| it.id != id);
    // A name of one word is of either way.
    let mixed = others().filter(|it| is_mixed(&it.name)).count();
    let snakes = others().filter(|it| it.name.contains('_')).count();
    let model = others().find(|it| is_mixed(&it.name)).filter(|_| mixed > snakes).map(|it| it.name.clone());
    let columns = || others().flat_map(|it| &it.columns).map(|it| it.name.clone());
    let model_column = columns().find(|it| is_mixed(it) && it.starts_with(char::is_lowercase));
    let snakes = columns().filter(|it| it.contains('_')).count();
    let model_column = model_column.filter(|_| columns().filter(|it| is_mixed(it)).count() > snakes);
    let table = super::act::table_of(asking, id)?;
    let name = model.map_or_else(|| table.name.clone(), |it| in_case_of(&it, table.name.clone()));
    let mut trial = asking.after.clone();
    if name != table.name && asking.after.named(Scope::Relation(table.namespace), &name).next().is_none() {
        trial.apply(&refactor::rename_table(&trial, id, &name))?;
    }
    for column in &table.columns {
        let spelled = model_column.as_ref().map(|it| in_case_of(it, column.name.clone()));
        if let Some(spelled) = spelled.filter(|it| *it != column.name) {
            trial.apply(&refactor::rename_column(&trial, id, column.id, &spelled))?;
        }
    }
    let edit = Edit::between(&asking.after, &trial);
    if edit.is_empty() { Ok(()) } else { asking.part(format!("Call it {name}"), ASKED, edit) }
}

/// Whether most columns of several words are written as `firstName`.
pub fn are_columns_mixed(design: &Design) -> bool {
    let all = || design.tables().flat_map(|it| &it.columns).map(|it| it.name.as_str());
    let mixed = all().filter(|it| is_mixed(it) && it.starts_with(char::is_lowercase)).count();
    mixed > all().filter(|it| it.contains('_')).count()
}

/// A column's name in snake case as most of those of several words are written in its table, itself left out; where it has none
/// as in the design.
pub fn in_column_style(design: &Design, table: &Table, own: ColumnId, name: &str) -> String {
    let others = || table.columns.iter().filter(|it| it.id != own).map(|it| it.name.as_str());
    let is_raised = |it: &&str| it.chars().skip(1).any(char::is_uppercase) && !it.contains('_');
    let mixed = others().filter(is_raised).count();
    let snakes = others().filter(|it| it.contains('_')).count();
    match others().find(is_raised) {
        Some(model) if mixed > snakes => in_case_of(model, name.to_owned()),
        None if snakes == 0 && are_columns_mixed(design) => in_case_of("firstName", name.to_owned()),
        _ => name.to_owned(),
    }
}

pub fn rename_column(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let column = slots.column(table)?;
    let old = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let name = if slots.is_quoted() {
        slots.name()
    } else {
        in_column_style(&asking.after, table, column, &identifier(&slots.name()))
    };
    // `assignee` may mean the column `assignee_id`; what it is called from now on refers as well.
    let refers = table.foreign_keys.iter().any(|it| it.columns == [column]) && old.ends_with("_id");
    let name =
        if refers && !slots.is_quoted() && !name.ends_with("_id") { format!("{name}_id") } else { name };
    if table.column_named(&name).is_some() {
        return Err(NotDone::Taken { name: format!("{}.{name}", table.name) });
    }
    let title = format!("Rename {}.{old} to {name}", table.name);
    let edit = refactor::rename_column(&asking.after, table.id, column, &name);
    asking.part(title, ASKED, edit)
}
