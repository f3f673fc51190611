//! Rules of columns: unique, required, optional, a type, a closed set of values, a default, an index.

use super::act::{Slots, table_of};
use super::conditions::some_of;
use super::fields::stated;
use super::names::{self, read};
use super::relate::reference_of;
use super::words::Word;
use super::{ASKED, Asking, NotDone, choices, deeds};
use crate::design::naming::Derived;
use crate::design::{
    BaseType, Column, ColumnId, ColumnValue, Design, Edit, Index, Origin, Scope, Table, Unique, operation,
};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::literal;

/// Does what one rule asks.
pub fn rule(asking: &mut Asking, kind: &str, slots: &Slots<'_>) -> Result<(), NotDone> {
    match kind {
        "unique" => unique(asking, slots),
        "unique_each" => each_unique(asking, slots),
        "not_unique" => not_unique(asking, slots),
        // `a phone or an email`: one of them is enough.
        "required"
            if slots.words("columns").is_some_and(|it| {
                it.iter().any(|it| it.is("or")) || it.first().is_some_and(|it| it.is_any(&["any", "either"]))
            }) =>
        {
            some_of(asking, slots, false)
        }
        "required" => nullable(asking, slots, false),
        "optional" => nullable(asking, slots, true),
        "type" => retype(asking, slots),
        "values" => choices::values(asking, slots, false),
        "enum" => choices::values(asking, slots, true),
        "default" => default(asking, slots),
        "no_default" => no_default(asking, slots),
        "index" => index(asking, slots),
        _ => no_index(asking, slots),
    }
}

/// Columns that tell one row from another, each by itself.
const TELLING: &[&str] = &[
    "email", "username", "login", "nickname", "slug", "sku", "isbn", "iban", "barcode", "phone", "mobile",
    "handle",
];

/// Whether of columns that are listed as unique each is meant, and not all of them together: `emails and phones`.
fn is_each(table: &Table, words: &[Word], columns: &[ColumnId]) -> bool {
    let tells = |it: &str| {
        let name = crate::base::snake_case(it);
        TELLING.iter().any(|end| name.rsplit('_').next() == Some(*end))
    };
    names::listed(words).iter().all(|it| super::act::is_several(it)) || table.column_names(columns).all(tells)
}

/// `email and phone must each be unique`
fn each_unique(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, name, columns) = (table.id, table.name.clone(), slots.columns(table)?);
    let mut so = None;
    let before = asking.parts.len();
    for column in columns {
        let table = table_of(asking, id)?;
        let own = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
        if table.is_unique_over(&[column]) {
            so = Some(NotDone::AlreadySo { what: format!("`{name}` is unique by ({own})") });
            continue;
        }
        let edit = operation::set_unique(&asking.after, id, column, true);
        asking.part(format!("Make {name} unique by ({own})"), ASKED, edit)?;
    }
    so.filter(|_| asking.parts.len() == before).map_or(Ok(()), Err)
}

fn unique(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let (Some(table), within) = (tables.first(), tables.get(1)) else {
        return slots.table(&asking.after).map(drop);
    };
    if slots.words("once").is_some() || slots.words("again").is_some() {
        return once(asking, slots);
    }
    let mut columns = slots.columns(table)?;
    let words = slots.words("columns").unwrap_or_default();
    let is_open = words.len() > 1
        && columns.len() > 1
        && within.is_none()
        && slots.words("together").is_none()
        && slots.words("per").is_none();
    let said: Vec<String> = table.column_names(&columns).map(|it| format!("`{it}`")).collect();
    let said = said.join(" and ");
    if is_open && is_each(table, words, &columns) {
        let before = asking.parts.len();
        each_unique(asking, slots)?;
        asking.told(before, &format!("each by itself; together: {said} must be unique together"));
        return Ok(());
    }
    // Unique per row of its own is unique.
    let within = within.filter(|it| it.id != table.id);
    if let Some(whole) = within {
        let scope = table.foreign_keys.iter().find(|it| it.references == whole.id && it.columns.len() == 1);
        let scope = scope.and_then(|it| it.columns.first()).copied();
        let none =
            || NotDone::Impossible { why: format!("`{}` does not reference `{}`", table.name, whole.name) };
        columns.insert(0, scope.ok_or_else(none)?);
    }
    let together = slots.words("columns").is_some_and(|it| names::listed(it).len() > 1) || within.is_some();
    let (id, table_name) = (table.id, table.name.clone());
    let listed = table.column_names(&columns).collect::<Vec<_>>().join(", ");
    if together && table.uniques.iter().any(|it| it.columns == columns)
        || !together && table.is_unique_over(&columns)
    {
        return Err(NotDone::AlreadySo { what: format!("`{table_name}` is unique by ({listed})") });
    }
    let edit = match columns.as_slice() {
        [column] => operation::set_unique(&asking.after, id, *column, true),
        _ => {
            let mut table = (*table).clone();
            let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
            let name = Derived::Unique.free_name(&table.name, table.column_names(&columns), taken);
            // What its name alone made unique is so within what was said.
            let of_name = |origin: &Origin, of: &[ColumnId]| {
                matches!(origin, Origin::Convention(_)) && matches!(of, [it] if columns.contains(it))
            };
            table.uniques.retain(|it| !of_name(&it.origin, &it.columns));
            table.uniques.push(Unique { id: asking.after.ids().take(), name, columns, ..Unique::default() });
            Edit::default().put(&asking.after, table)
        }
    };
    asking.part(format!("Make {table_name} unique by ({listed})"), ASKED, edit)?;
    if is_open {
        asking.told(asking.parts.len() - 1, &format!("together; each by itself: {said} must each be unique"));
    }
    Ok(())
}

/// `a member can book a class only once`: unique by both references of the one table that has them.
fn once(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let (table, columns) = match tables.as_slice() {
        [one, other] => {
            let both = |it: &Table| Some([reference_of(it, one)?, reference_of(it, other)?].to_vec());
            let mut found: Vec<_> = asking.after.tables().filter_map(|it| Some((it, both(it)?))).collect();
            let is_one = found.len() == 1;
            found.pop().filter(|_| is_one).map(|it| (it.0.clone(), it.1)).ok_or_else(|| {
                let why = format!("no one table references both `{}` and `{}`", one.name, other.name);
                NotDone::Impossible { why }
            })?
        }
        [what] => deeds::record_of(&asking.after, what, slots.words("act").or_else(|| slots.words("did")))?,
        _ => return slots.table(&asking.after).map(drop),
    };
    let listed = table.column_names(&columns).collect::<Vec<_>>().join(", ");
    let title = format!("Make {} unique by ({listed})", table.name);
    let same = |it: &[ColumnId]| it.len() == 2 && columns.iter().all(|of| it.contains(of));
    if table.uniques.iter().any(|it| same(&it.columns))
        || table.primary_key.iter().any(|it| same(&it.columns))
    {
        return Err(NotDone::AlreadySo { what: format!("`{}` is unique by ({listed})", table.name) });
    }
    let mut table = table;
    let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
    let name = Derived::Unique.free_name(&table.name, table.column_names(&columns), taken);
    table.uniques.push(Unique { id: asking.after.ids().take(), name, columns, ..Unique::default() });
    asking.part(title, ASKED, Edit::default().put(&asking.after, table))
}

fn not_unique(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let columns = slots.columns(table)?;
    let mut left = table.clone();
    let same = |of: &[ColumnId]| of.len() == columns.len() && of.iter().all(|it| columns.contains(it));
    left.uniques.retain(|it| !same(&it.columns));
    left.indexes.retain(|it| !(it.unique && it.plain_columns().is_some_and(|it| same(&it))));
    let listed = table.column_names(&columns).collect::<Vec<_>>().join(", ");
    if left == *table {
        return Err(NotDone::AlreadySo {
            what: format!("`{}` may have the same ({listed}) twice", table.name),
        });
    }
    let title = format!("Let rows of {} have the same ({listed})", table.name);
    let edit = Edit::default().put(&asking.after, left);
    asking.part(title, ASKED, edit)
}

fn nullable(asking: &mut Asking, slots: &Slots<'_>, nullable: bool) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, name, columns) = (table.id, table.name.clone(), slots.columns(table)?);
    for column in columns {
        let table = table_of(asking, id)?;
        let column_name = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
        let word = if nullable { "optional" } else { "required" };
        if table.is_key(column) && nullable {
            return Err(NotDone::Impossible { why: format!("`{name}.{column_name}` is the primary key") });
        }
        if table.is_nullable(column) == nullable {
            return Err(NotDone::AlreadySo { what: format!("`{name}.{column_name}` is {word}") });
        }
        let edit = operation::set_nullable(&asking.after, id, column, nullable);
        asking.part(format!("Make {name}.{column_name} {word}"), ASKED, edit)?;
    }
    Ok(())
}

fn retype(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let column = slots.column(table)?;
    // `from text to integer`: the last of two is meant.
    let words = slots.last("type").unwrap_or_default();
    let text = stated(names::bare(words)).unwrap_or_default();
    let name = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let title = format!("Make {}.{name} {}", table.name, read(words));
    let edit = operation::set_type(&asking.after, table.id, column, &text)?;
    asking.part(title, ASKED, edit)
}

/// Whether words may be a value: a number, a text, now, true.
pub fn is_value(words: &[Word]) -> bool {
    match words {
        [] => false,
        [word] => {
            let is_sign =
                matches!(word.text.as_str(), "," | "." | "(" | ")" | ":" | "to" | "is" | "be" | "of" | "a");
            word.is_quoted || !is_sign
        }
        _ if is_number(words) => true,
        _ => matches!(
            read(words).as_str(),
            "now ( )" | "the current time" | "current time" | "the current date" | "gen_random_uuid ( )"
        ),
    }
}

fn is_number(words: &[Word]) -> bool {
    let is_digits = |it: &Word| it.text.trim_start_matches('-').bytes().all(|it| it.is_ascii_digit());
    words.iter().all(|it| !it.is_quoted && (it.is(".") || is_digits(it)))
        && words.first().is_some_and(|it| !it.is("."))
}

/// Gives a column the value that words tell.
pub fn give_default(design: &Design, column: &mut Column, words: &[Word]) -> Result<(), NotDone> {
    if words.is_empty() {
        return Ok(());
    }
    let said = read(words);
    let family = column.data_type.as_builtin().map(Builtin::family);
    let values = match column.data_type.base {
        BaseType::Enum(id) => design.enum_type(id).map(|it| &it.values),
        _ => None,
    };
    // The values of a type that is new are not yet in the design.
    let is_text = matches!(column.data_type.base, BaseType::Enum(_))
        || matches!(family, Some(TypeFamily::Text | TypeFamily::Character));
    let is_boolean = column.data_type.as_builtin() == Some(Builtin::Boolean);
    let no = || NotDone::Impossible { why: format!("`{said}` is no value of `{}`", column.name) };
    let text = match said.as_str() {
        "null" | "nothing" => {
            column.value = ColumnValue::Given;
            return Ok(());
        }
        "now ( )" | "now" | "the current time" | "current time" | "current_timestamp"
        | "the current date" | "today" | "current_date"
            if matches!(family, Some(TypeFamily::DateTime)) =>
        {
            let is_day = column.data_type.as_builtin() == Some(Builtin::Date);
            if is_day { "CURRENT_DATE".to_owned() } else { "now()".to_owned() }
        }
        "gen_random_uuid ( )" if column.data_type.as_builtin() == Some(Builtin::Uuid) => {
            "gen_random_uuid()".to_owned()
        }
        "true" | "yes" | "on" if is_boolean => "true".to_owned(),
        "false" | "no" | "off" if is_boolean => "false".to_owned(),
        _ if is_text => {
            let value =
                if words.iter().any(|it| it.is_quoted) { said.clone() } else { said.replace(' ', "_") };
            if values.is_some_and(|it| !it.contains(&value)) {
                return Err(no());
            }
            literal(&value)
        }
        "zero" if matches!(family, Some(TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float)) => {
            "0".to_owned()
        }
        _ if is_number(words)
            && matches!(family, Some(TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float)) =>
        {
            said.replace(' ', "")
        }
        _ => return Err(no()),
    };
    column.value = ColumnValue::Default(text);
    Ok(())
}

fn default(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (table_id, columns) = (table.id, slots.columns(table)?);
    for id in columns {
        let table = table_of(asking, table_id)?;
        let Some(mut column) = table.column(id).cloned() else { continue };
        give_default(&asking.after, &mut column, slots.words("value").unwrap_or_default())?;
        let title = format!("Give {}.{} a default", table.name, column.name);
        let edit = operation::set_value(&asking.after, table_id, id, &column.value);
        asking.part(title, ASKED, edit)?;
    }
    Ok(())
}

fn no_default(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let id = slots.column(table)?;
    let Some(column) = table.column(id) else { return Ok(()) };
    if !matches!(column.value, ColumnValue::Default(_)) {
        return Err(NotDone::AlreadySo { what: format!("`{}.{}` has no default", table.name, column.name) });
    }
    let title = format!("Give {}.{} no default", table.name, column.name);
    let edit = operation::set_value(&asking.after, table.id, id, &ColumnValue::Given);
    asking.part(title, ASKED, edit)
}

/// Whether an index or a key of the table begins with the columns.
pub fn is_served(table: &Table, columns: &[ColumnId]) -> bool {
    let leads = |it: &[ColumnId]| it.starts_with(columns);
    table.indexes.iter().any(|it| it.predicate.is_none() && it.plain_columns().is_some_and(|it| leads(&it)))
        || table.uniques.iter().any(|it| leads(&it.columns))
        || table.primary_key.iter().any(|it| leads(&it.columns))
}

fn index(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let columns = slots.columns(table)?;
    let listed = table.column_names(&columns).collect::<Vec<_>>().join(", ");
    if is_served(table, &columns) {
        return Err(NotDone::AlreadySo {
            what: format!("an index of `{}` begins with ({listed})", table.name),
        });
    }
    let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
    let name = Derived::Index.free_name(&table.name, table.column_names(&columns), taken);
    let mut table = table.clone();
    let title = format!("Index {} by ({listed})", table.name);
    table.indexes.push(Index::over(asking.after.ids().take(), name, &columns));
    let edit = Edit::default().put(&asking.after, table);
    asking.part(title, ASKED, edit)
}

/// The table that has an index or a rule of the name that words are.
fn table_with<'d>(design: &'d Design, words: &[Word]) -> Option<(&'d Table, String)> {
    let [word] = bare_rule(words) else { return None };
    let is_it = |it: &str| {
        it == word.text
            || !word.is_quoted && (it.to_lowercase() == word.text || crate::base::snake_case(it) == word.text)
    };
    design.tables().find_map(|table| {
        let names = table.indexes.iter().map(|it| &it.name).chain(table.uniques.iter().map(|it| &it.name));
        let names = names.chain(table.checks.iter().map(|it| &it.name));
        let mut names = names.chain(table.foreign_keys.iter().map(|it| &it.name));
        Some((table, names.find(|it| is_it(it))?.clone()))
    })
}

fn bare_rule(words: &[Word]) -> &[Word] {
    const BEFORE: &[&str] = &["the", "index", "constraint", "check", "unique", "foreign", "key"];
    let at = words.iter().position(|it| !it.is_any(BEFORE)).unwrap_or(words.len());
    words.get(at..).unwrap_or_default()
}

/// Whether words name an index or a constraint.
pub fn is_rule(design: &Design, words: &[Word]) -> bool {
    words.len() <= 4 && table_with(design, words).is_some()
}

/// `drop idx_tasks_project_id`: what is called so.
fn no_rule(asking: &mut Asking, words: &[Word]) -> Result<(), NotDone> {
    let Some((table, name)) = table_with(&asking.after, words) else { return Ok(()) };
    let mut left = table.clone();
    left.indexes.retain(|it| it.name != name);
    left.uniques.retain(|it| it.name != name);
    left.checks.retain(|it| it.name != name);
    left.foreign_keys.retain(|it| it.name != name);
    let edit = Edit::default().put(&asking.after, left);
    asking.part(format!("Remove {name}"), ASKED, edit)
}

fn no_index(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    if let Some(words) = slots.words("rule") {
        return no_rule(asking, words);
    }
    let table = slots.table(&asking.after)?;
    let columns = slots.columns(table)?;
    let listed = table.column_names(&columns).collect::<Vec<_>>().join(", ");
    let mut left = table.clone();
    left.indexes.retain(|it| it.unique || it.plain_columns().is_none_or(|it| it != columns));
    if left == *table {
        return Err(NotDone::AlreadySo { what: format!("`{}` has no index over ({listed})", table.name) });
    }
    let title = format!("Remove the index over ({listed}) of {}", table.name);
    let edit = Edit::default().put(&asking.after, left);
    asking.part(title, ASKED, edit)
}
