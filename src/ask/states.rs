//! What rows are held to together: an order of two columns, no negative number, one row in a state.

use super::act::{Slots, add_column, table_of};
use super::bounds::without_length;
use super::conditions::{clause_of, held, told_of};
use super::fields::{Field, field};
use super::names::{column, read};
use super::relate::reference_of;
use super::restructure::as_before;
use super::words::{Word, plain};
use super::{ASKED, Asking, NotDone};
use crate::base;
use crate::design::convention::values_of;
use crate::design::naming::Derived;
use crate::design::{Column, ColumnId, ColumnValue, Edit, Index, Scope, TableId};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::{ident, literal};

/// `no negative stock`
pub fn not_negative(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    for column in slots.columns(table)? {
        let table = table_of(asking, table_id(slots, asking)?)?;
        let Some(subject) = table.column(column) else { continue };
        let said = ["must", "not", "be", "negative"].map(plain);
        let why = || NotDone::Impossible { why: format!("`{}.{}` is no number", table.name, subject.name) };
        let (expression, about) = told_of(&asking.after, table, subject, &said).ok_or_else(why)?;
        let table = table.clone();
        held(asking, table, &about, expression)?;
    }
    Ok(())
}

/// Holds a new column to what was said of it: that goes before what its name is usually held to.
pub fn bounded(asking: &mut Asking, id: TableId, column: ColumnId, limit: &[Word]) -> Result<(), NotDone> {
    if limit.is_empty() {
        return Ok(());
    }
    let table = as_before(asking, id, column)?;
    if Some(&table) != asking.after.table(id) {
        let edit = Edit::default().put(&asking.after, table);
        asking.part("Hold it to what was said".to_owned(), ASKED, edit)?;
    }
    limited(asking, id, column, limit)
}

fn limited(asking: &mut Asking, id: TableId, column: ColumnId, limit: &[Word]) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    let not_told = || NotDone::Impossible {
        why: format!("`{}` is no condition that `{}` can be held to", read(limit), table.name),
    };
    let subject = table.column(column).ok_or_else(not_told)?;
    let said = [&[plain("is")], limit].concat();
    let (expression, about) = told_of(&asking.after, table, subject, &said).ok_or_else(not_told)?;
    let table = table.clone();
    held(asking, table, &about, expression)
}

/// `a course has a capacity of at least 1`: a column that is held to it, made where it is not there.
pub fn add_limited(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let words = slots.words("field").unwrap_or_default();
    let limit = slots.words("bound").unwrap_or_default();
    let said = [&[plain("is")], limit].concat();
    for id in slots.list(&asking.after).unwrap_or_default() {
        let there = column(table_of(asking, id)?, words);
        let column = match (there, field(&asking.after, words)) {
            (Some(there), _) => there,
            (None, Some(field)) => {
                let nullable = field.nullable.or(slots.words("must").map(|_| false));
                // Of text its length is limited, of a number what it is.
                let usual = if without_length(&said).1 { "text" } else { "int" };
                let stated = field.stated.clone().or_else(|| Some(usual.to_owned()));
                let bound = limit.to_vec();
                add_column(asking, id, &Field { stated, nullable, bound, ..field })?;
                continue;
            }
            (None, None) => return Ok(()),
        };
        limited(asking, id, column, limit)?;
    }
    Ok(())
}

fn table_id(slots: &Slots<'_>, asking: &Asking) -> Result<TableId, NotDone> {
    slots.table(&asking.after).map(|it| it.id)
}

/// `appointments start before they end`: two columns by the stems of their names.
pub fn ordered(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (Some(first), Some(last)) = (slots.words("first"), slots.words("then")) else { return Ok(()) };
    let of_stem = |words: &[Word]| {
        let stem = base::singular(&read(words));
        let is_of = |it: &&Column| {
            let name = base::snake_case(&it.name);
            let begins = name.split('_').next().map(base::singular);
            let dated = it.data_type.as_builtin().is_some_and(|it| it.family() == TypeFamily::DateTime);
            dated
                && begins
                    .is_some_and(|it| it == stem || it == format!("{stem}ed") || it == format!("{stem}d"))
        };
        let mut found = table.columns.iter().filter(is_of);
        let one = found.next().filter(|_| found.next().is_none());
        one.or_else(|| table.column(column(table, words)?))
    };
    let missing =
        |words: &[Word]| NotDone::NoColumn { words: read(words), table: table.name.clone(), nearest: None };
    let first = of_stem(first).ok_or_else(|| missing(first))?;
    let last = of_stem(last).ok_or_else(|| missing(last))?;
    let alike =
        first.data_type.as_builtin().map(Builtin::family) == last.data_type.as_builtin().map(Builtin::family);
    if first.id == last.id || !alike {
        let why = format!("`{}` and `{}` cannot be compared", first.name, last.name);
        return Err(NotDone::Impossible { why });
    }
    let sign = if slots.words("equal").is_some() { "<=" } else { "<" };
    let expression = format!("{} {sign} {}", ident(&first.name), ident(&last.name));
    held(asking, table.clone(), &[first.id, last.id], expression)
}

/// `customers have several addresses, one of them is the default`: a mark that one row of each may have.
pub fn one_of_them(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let none = || NotDone::Impossible { why: "nothing is told of which there are several".to_owned() };
    let id = asking.spoken.last_made().ok_or_else(none)?;
    let table = table_of(asking, id)?;
    let first = table.foreign_keys.iter().find(|it| it.columns.len() == 1);
    let pairs = table.primary_key.as_ref().filter(|it| it.columns.len() > 1);
    let whole = pairs.map(|it| &it.columns).or(first.map(|it| &it.columns));
    let whole = whole.and_then(|it| it.first()).copied().ok_or_else(none)?;
    let words: Vec<&Word> = slots.words("mark").unwrap_or_default().iter().collect();
    let mark = words.first().map(|it| it.text.clone()).unwrap_or_default();
    let field = Field {
        name: format!("is_{mark}"),
        stated: Some("boolean".to_owned()),
        nullable: Some(false),
        default: vec![plain("false")],
        ..Field::default()
    };
    let made = add_column(asking, id, &field)?;
    let mut table = table_of(asking, id)?.clone();
    let predicate = table.column(made).map(|it| ident(&it.name)).unwrap_or_default();
    let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
    let name = Derived::Unique.free_name(&table.name, table.column_names(&[whole]), taken);
    let title = format!("Let one of {} be the {mark}", table.name);
    let index = Index {
        unique: true,
        predicate: Some(predicate),
        ..Index::over(asking.after.ids().take(), name, &[whole])
    };
    table.indexes.push(index);
    let edit = Edit::default().put(&asking.after, table);
    asking.part(title, ASKED, edit)
}

/// Whether words name a mark that one of several has: `default`, `main address`.
pub fn is_mark(words: &[Word]) -> bool {
    const MARKS: &[&str] = &[
        "default",
        "main",
        "primary",
        "preferred",
        "current",
        "favourite",
        "favorite",
        "cover",
        "principal",
        "lead",
        "official",
    ];
    matches!(words, [mark] | [mark, _] if mark.is_any(MARKS))
}

/// `only one active membership per user`: unique by the reference where the state is so.
pub fn one_in_state(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    // `at most one open task per assignee`: the table that a column refers to.
    let role = tables.first().and_then(|it| {
        let column = column(it, slots.words("role")?)?;
        let fk = it.foreign_keys.iter().find(|it| it.columns == [column])?;
        Some((column, asking.after.table(fk.references)?))
    });
    let (table, whole, role) = match (tables.as_slice(), role) {
        ([table, ..], Some((column, whole))) => (*table, whole, Some(column)),
        // Whichever of the two references the other.
        ([one, other], None) if reference_of(one, other).is_some() => (*one, *other, None),
        ([one, other], None) => (*other, *one, None),
        _ => return slots.table(&asking.after).map(drop),
    };
    let state = slots.words("state").unwrap_or_default();
    let is = [plain("is")];
    let told = clause_of(&asking.after, table, &[&is[..], state].concat()).or_else(|| {
        // A value that the column begins with is one of its values, closed set or not.
        let said = base::snake_case(&read(state));
        let begins = |it: &&Column| {
            matches!(&it.value, ColumnValue::Default(text) if text.split("::").next() == Some(literal(&said).as_str()))
        };
        let equal = |it: &Column| Some((format!("{} = {}", ident(&it.name), literal(&said)), vec![it.id]));
        if let Some(found) = table.columns.iter().find(begins) {
            return equal(found);
        }
        // `unpaid` is not paid.
        let denied = said.strip_prefix("un").and_then(|it| table.column_named(it));
        if let Some(flag) = denied.filter(|it| it.data_type.as_builtin() == Some(Builtin::Boolean)) {
            return Some((format!("NOT {}", ident(&flag.name)), vec![flag.id]));
        }
        // A column of states that lists none may have this one.
        let is_state = |it: &&Column| {
            it.name.rsplit('_').next().is_some_and(|it| matches!(it, "status" | "state" | "stage" | "phase"))
                && it.data_type.as_builtin().is_some_and(|it| it.family() == TypeFamily::Text)
                && values_of(&asking.after, table, it).is_none()
        };
        let mut states = table.columns.iter().filter(is_state);
        states.next().filter(|_| states.next().is_none()).and_then(equal)
    });
    let unknown = || NotDone::Impossible {
        why: format!(
            "nothing tells which of `{0}` are {1}: `add a status to {0}: {2}, …` first",
            table.name,
            read(state),
            base::snake_case(&read(state))
        ),
    };
    let none = || NotDone::Impossible {
        why: format!("`{}` and `{}` have no one reference between them", table.name, whole.name),
    };
    let column = role.or_else(|| reference_of(table, whole)).ok_or_else(none)?;
    let (predicate, _) = told.ok_or_else(unknown)?;
    let taken = |it: &str| asking.after.named(Scope::Relation(table.namespace), it).next().is_some();
    let name = Derived::Unique.free_name(&table.name, table.column_names(&[column]), taken);
    let title = format!("Let {} have one of {} where {predicate}", whole.name, table.name);
    let index = Index {
        unique: true,
        predicate: Some(predicate),
        ..Index::over(asking.after.ids().take(), name, &[column])
    };
    let mut table = (*table).clone();
    table.indexes.push(index);
    let edit = Edit::default().put(&asking.after, table);
    asking.part(title, ASKED, edit)
}
