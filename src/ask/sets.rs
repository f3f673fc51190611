//! Values that are added to a closed set that is there.

use super::act::Slots;
use super::choices::{is_said_of, value};
use super::fields::stated;
use super::names::read;
use super::words::Word;
use super::{ASKED, Asking, NotDone};
use crate::base;
use crate::design::convention::{value_check, values_in, values_of};
use crate::design::{BaseType, Edit};

/// Whether words may be a value that is new: `appealed`, `on hold`; no type, and nothing that is said of a column.
pub fn is_new_value(words: &[Word]) -> bool {
    let is_word = |it: &Word| it.is_quoted || !super::fresh::STOPS.contains(&it.text.as_str());
    words.len() <= 3
        && words.iter().all(is_word)
        && !words.first().is_some_and(|it| it.is_any(&["a", "an", "the", "new", "value"]))
        && stated(words).is_none()
        && !is_said_of(words)
        && value(words).is_some()
}

/// `add appealed to the status of claims`, behind one of its values or before one.
pub fn add_value(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let design = &asking.after;
    let table = slots.table(design)?;
    let id = slots.column(table)?;
    let Some(column) = table.column(id) else { return Ok(()) };
    let whole = format!("{}.{}", table.name, column.name);
    let none = || NotDone::Impossible { why: format!("`{whole}` has no closed set of values") };
    let mut values = values_of(design, table, column).ok_or_else(none)?;
    let Some(new) = slots.words("new_value").and_then(value) else { return Ok(()) };
    // Where those that are there begin with a capital letter this one does, as it was written.
    let is_raised = values.iter().all(|it| it.starts_with(char::is_uppercase));
    let written = slots.words("new_value").and_then(|it| it.first()).and_then(|it| it.capital.clone());
    let new = written.filter(|it| is_raised && it.to_lowercase() == new).unwrap_or(new);
    if values.contains(&new) {
        return Err(NotDone::AlreadySo { what: format!("`{new}` is one of the values of `{whole}`") });
    }
    let at = |slot: &str| {
        let Some(words) = slots.words(slot) else { return Ok(None) };
        let said = base::snake_case(&read(words));
        let at = values.iter().position(|it| base::snake_case(it) == said);
        let none = || NotDone::Impossible { why: format!("`{said}` is none of the values of `{whole}`") };
        at.map(Some).ok_or_else(none)
    };
    let place = at("low")?.map(|it| it + 1).or(at("high")?).unwrap_or(values.len());
    values.insert(place, new.clone());
    let title = format!("Let {whole} be {new} as well");
    if let BaseType::Enum(id) = column.data_type.base
        && let Some(of) = design.enum_type(id)
    {
        let mut of = of.clone();
        of.values = values;
        let edit = Edit::default().put(design, of);
        return asking.part(title, ASKED, edit);
    }
    let mut table = table.clone();
    let expression = value_check(&table, design.ids().take(), &column.name, &values).expression;
    let is_it = |it: &&mut crate::design::Check| values_in(&it.expression, &column.name).is_some();
    let Some(check) = table.checks.iter_mut().find(is_it) else {
        let why = format!("the values of `{whole}` are rows of a table: they are added there");
        return Err(NotDone::Impossible { why });
    };
    check.expression = expression;
    let edit = Edit::default().put(design, table);
    asking.part(title, ASKED, edit)
}
