//! Columns and tables split and merged.

use super::act::{Slots, add_column, new_table, table_of};
use super::fields::{Field, field, fields};
use super::relate::singular;
use super::removal::remove_column;
use super::renaming::{in_column_style, in_number_of};
use super::{ASKED, Asking, NotDone, carried, moving, names};
use crate::base;
use crate::design::naming::Derived;
use crate::design::operation;
use crate::design::{
    Check, Column, ColumnId, ColumnValue, DataType, Edit, ForeignKey, IdSource, Index, PrimaryKey, Record,
    ReferentialAction, Table, TableId, Unique,
};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::{mentions, refactor};

/// `split name of users into first name and last name`.
pub fn split_column(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, old) = (table.id, slots.column(table)?);
    let before = table.column(old).cloned();
    let (first, mut all) = (asking.parts.len(), Vec::new());
    let parts = fields(&asking.after, slots.words("fields").unwrap_or_default()).unwrap_or_default();
    if parts.len() < 2 {
        return Err(NotDone::Impossible { why: "what is split becomes two columns or more".to_owned() });
    }
    for part in parts {
        let stated = part.stated.is_some();
        let made = add_column(asking, id, &part)?;
        all.push(made);
        // What is not said of a part is as it was of the whole.
        let (Some(before), false) = (&before, stated) else { continue };
        let mut table = as_before(asking, id, made)?;
        for column in table.columns.iter_mut().filter(|it| it.id == made) {
            column.data_type = before.data_type.clone();
            column.nullable = part.nullable.unwrap_or(before.nullable);
        }
        if Some(&table) != asking.after.table(id) {
            let edit = Edit::default().put(&asking.after, table);
            asking.part(format!("Make {} as the whole was", part.name), ASKED, edit)?;
        }
    }
    if let Some(whole) = &before {
        let table = table_of(asking, id)?;
        let columns: Vec<Column> = all.iter().filter_map(|it| table.column(*it).cloned()).collect();
        let rows = carried::split(table, whole, &columns);
        asking.carry(first, rows);
    }
    remove_column(asking, id, old)
}

/// Whether a column can be turned into this one: more is told of it than a name, and nothing that a type does not hold.
pub fn is_becoming(field: &Field) -> bool {
    let holds = |it: &str| !it.starts_with("ref(") && !it.starts_with("enum(");
    field.is_told() && field.bound.is_empty() && field.stated.as_deref().is_none_or(holds)
}

/// `descr -> description varchar(200)`: another name, and what more is told of it.
pub fn becoming(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, column) = (table.id, slots.column(table)?);
    let Some(told) = slots.words("told").and_then(|it| field(&asking.after, it)) else { return Ok(()) };
    let old = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let name = told.exact.clone().unwrap_or_else(|| {
        in_column_style(&asking.after, table, column, &crate::design::naming::identifier(&told.name))
    });
    if name != old && table.column_named(&name).is_some() {
        return Err(NotDone::Taken { name: format!("{}.{name}", table.name) });
    }
    if name != old {
        let title = format!("Rename {}.{old} to {name}", table.name);
        let edit = refactor::rename_column(&asking.after, id, column, &name);
        asking.part(title, ASKED, edit)?;
    }
    if let Some(stated) = &told.stated {
        let title = format!("Make {name} {stated}");
        let edit = operation::set_type(&asking.after, id, column, stated)?;
        asking.part(title, ASKED, edit)?;
    }
    if let Some(nullable) =
        told.nullable.filter(|it| table_of(asking, id).is_ok_and(|of| of.is_nullable(column) != *it))
    {
        let title = format!("Make {name} {}", if nullable { "optional" } else { "required" });
        let edit = operation::set_nullable(&asking.after, id, column, nullable);
        asking.part(title, ASKED, edit)?;
    }
    if told.is_unique && !table_of(asking, id)?.is_unique_over(&[column]) {
        let edit = operation::set_unique(&asking.after, id, column, true);
        asking.part(format!("Make {name} unique"), ASKED, edit)?;
    }
    if !told.default.is_empty()
        && let Some(mut of) = table_of(asking, id)?.column(column).cloned()
    {
        super::rules::give_default(&asking.after, &mut of, &told.default)?;
        let edit = operation::set_value(&asking.after, id, column, &of.value);
        asking.part(format!("Give {name} a default"), ASKED, edit)?;
    }
    Ok(())
}

/// The table without the rules that a new column's name brought along: its rows come from other columns, which had none.
pub fn as_before(asking: &Asking, id: TableId, made: ColumnId) -> Result<Table, NotDone> {
    let mut table = table_of(asking, id)?.clone();
    let name = table.column(made).map(|it| it.name.clone()).unwrap_or_default();
    table.checks.retain(|it| !mentions(&it.expression).iter().any(|it| it.last().name == name));
    for column in table.columns.iter_mut().filter(|it| it.id == made) {
        (column.value, column.comment) = (ColumnValue::Given, None);
    }
    Ok(table)
}

/// `merge first name and last name of users into full name`.
pub fn merge_columns(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, columns) = (table.id, slots.columns(table)?);
    let into = match slots.words("field") {
        Some(words) => field(&asking.after, words),
        None => noun_of(table, &columns).map(|name| Field { name, ..Field::default() }),
    };
    let Some(into) = into else {
        return Err(NotDone::Impossible { why: "the merged column has no name".to_owned() });
    };
    let old: Vec<Column> = columns.iter().filter_map(|it| table.column(*it).cloned()).collect();
    if old.len() < 2 {
        return Err(NotDone::Impossible { why: "one column alone cannot be merged".to_owned() });
    }
    let first = asking.parts.len();
    // One of them may be what they become.
    if let Some(kept) = old.iter().find(|it| it.name == into.name) {
        for column in columns.iter().filter(|it| **it != kept.id) {
            remove_column(asking, id, *column)?;
        }
        return Ok(());
    }
    let made = add_column(asking, id, &into)?;
    if into.stated.is_none()
        && let Some(first) = old.first()
    {
        let mut table = as_before(asking, id, made)?;
        for column in table.columns.iter_mut().filter(|it| it.id == made) {
            column.data_type = together(&old).unwrap_or_else(|| first.data_type.clone());
            column.nullable = into.nullable.unwrap_or(old.iter().all(|it| it.nullable));
        }
        if Some(&table) != asking.after.table(id) {
            let edit = Edit::default().put(&asking.after, table);
            asking.part(format!("Make {} as its parts were", into.name), ASKED, edit)?;
        }
    }
    let table = table_of(asking, id)?;
    if let Some(into) = table.column(made) {
        let rows = carried::merged(table, &old, into);
        asking.carry(first, rows);
    }
    columns.into_iter().try_for_each(|it| remove_column(asking, id, it))
}

/// The noun that names have at their end: of `first_name` and `last_name` it is `name`.
fn noun_of(table: &Table, columns: &[ColumnId]) -> Option<String> {
    let mut ends = table.column_names(columns).map(|it| it.rsplit_once('_').map(|it| it.1.to_owned()));
    let first = ends.next()??;
    (columns.len() > 1 && ends.all(|it| it.as_ref() == Some(&first))).then_some(first)
}

/// What several columns together are: a date with a time a moment, texts a text of any length.
fn together(columns: &[Column]) -> Option<DataType> {
    let builtin = |it: &Column| it.data_type.as_builtin().filter(|_| it.data_type.dimensions == 0);
    let all: Vec<Builtin> = columns.iter().map(builtin).collect::<Option<_>>()?;
    let text = DataType::builtin(Builtin::Text);
    match all.as_slice() {
        [Builtin::Date, Builtin::Time] | [Builtin::Time, Builtin::Date] => {
            Some(DataType::builtin(Builtin::Timestamp))
        }
        all if all.iter().any(|it| it.family() == TypeFamily::Text) => Some(text),
        _ => None,
    }
}

/// `move street and city of customers into a table called addresses`: one row there for each row here.
pub fn split_table(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    // `put email of users to citext` names a type.
    if slots.words("name").is_some_and(super::fields::begins_with_type) {
        return Err(NotDone::Impossible { why: format!("`{}` is a type, and no table", slots.name()) });
    }
    let table = split(asking, slots)?;
    let columns = slots.columns(&table)?;
    take_out(asking, slots, &table, columns)
}

/// "Split customers into customers and addresses": the columns that speak of addresses go.
pub fn split_off(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = split(asking, slots)?;
    let name = base::singular(&slots.name());
    let speaks = |it: &&Column| {
        let of = format!("_{}_", base::snake_case(&it.name));
        // Where mail goes to is no place.
        let is_other = name == "address"
            && ["_email_", "_mail_", "_ip_", "_mac_", "_web_"].iter().any(|it| of.contains(it));
        !table.is_key(it.id) && of.contains(&format!("_{name}_")) && !is_other
    };
    let columns: Vec<ColumnId> = table.columns.iter().filter(speaks).map(|it| it.id).collect();
    if columns.is_empty() {
        return Err(not_told(&table, &name));
    }
    take_out(asking, slots, &table, columns)
}

/// That nothing says which columns of a table go to another, and how to say it.
pub fn not_told(table: &Table, name: &str) -> NotDone {
    let own = table.columns.iter().filter(|it| !table.is_key(it.id));
    let some: Vec<&str> = own.take(2).map(|it| it.name.as_str()).collect();
    NotDone::Impossible {
        why: format!(
            "nothing says which columns of `{of}` leave it; say `split {of} into {of} and {new} with {}`",
            some.join(" and "),
            of = table.name,
            new = in_number_of(&table.name, name),
        ),
    }
}

/// The table that is split; where it is named twice it is the same, since it stays.
fn split(asking: &Asking, slots: &Slots<'_>) -> Result<Table, NotDone> {
    let tables = slots.tables(&asking.after);
    if let [first, second] = tables.as_slice()
        && first.id != second.id
    {
        let why = format!("`{}` is there already, so `{}` cannot be split into it", second.name, first.name);
        return Err(NotDone::Impossible { why });
    }
    slots.table(&asking.after).cloned()
}

/// Moves columns of a table to one of the name that the request gives, made for them where there is none.
fn take_out(
    asking: &mut Asking,
    slots: &Slots<'_>,
    table: &Table,
    columns: Vec<ColumnId>,
) -> Result<(), NotDone> {
    if columns.iter().any(|it| table.is_key(*it)) {
        return Err(NotDone::Impossible { why: format!("the key of `{}` cannot leave it", table.name) });
    }
    if let Some(into) = slots.words("name").and_then(|it| names::table(&asking.after, it)).map(|it| it.id) {
        return moving::move_columns(asking, table, &columns, into);
    }
    let Some([key]) = table.primary_key.as_ref().map(|it| it.columns.as_slice()) else {
        return Err(NotDone::Impossible { why: format!("`{}` has no key of one column", table.name) });
    };
    let name = in_number_of(&table.name, &slots.name());
    let reference = Field::required(format!("{}_id", singular(table)), format!("ref({})", singular(table)));
    let (key, first) = (*key, asking.parts.len());
    let mut pairs = Vec::new();
    let made =
        new_table(asking, &name, &[reference], |made, ids| pairs = shape(made, table, &columns, key, ids))?;
    let made = table_of(asking, made)?;
    if let Some([own]) = made.primary_key.as_ref().map(|it| it.columns.as_slice()) {
        let rows = carried::moved(table, made, (key, *own), &pairs);
        asking.carry(first, rows);
    }
    columns.into_iter().try_for_each(|it| remove_column(asking, table.id, it))
}

/// Gives the new table the columns that leave the old one, and their foreign keys, checks and indexes; its key is that of
/// the old one. Gives which column became which.
fn shape(
    made: &mut Table,
    old: &Table,
    columns: &[ColumnId],
    old_key: ColumnId,
    ids: &mut IdSource,
) -> Vec<(ColumnId, ColumnId)> {
    let own: Option<ColumnId> = made.foreign_keys.first().and_then(|it| it.columns.first()).copied();
    let Some(own) = own else { return Vec::new() };
    let surrogate: Vec<ColumnId> = made.primary_key.iter().flat_map(|it| it.columns.clone()).collect();
    made.columns.retain(|it| !surrogate.contains(&it.id));
    let key = made.primary_key.clone().unwrap_or_default();
    made.primary_key = Some(PrimaryKey { columns: vec![own], ..key });
    made.indexes.clear();
    for fk in &mut made.foreign_keys {
        (fk.on_delete, fk.ref_columns) = (ReferentialAction::Cascade, vec![old_key]);
    }
    for column in made.columns.iter_mut().filter(|it| it.id == own) {
        (column.nullable, column.value) = (false, ColumnValue::Given);
    }
    let mut moved: Vec<(ColumnId, ColumnId)> = Vec::new();
    for column in columns.iter().filter_map(|it| old.column(*it)) {
        let id: ColumnId = ids.take();
        moved.push((column.id, id));
        let at = made.columns.iter().position(|it| it.id == own).map_or(0, |it| it + moved.len());
        made.columns.insert(at.min(made.columns.len()), Column { id, ..column.clone() });
    }
    let new = |it: &ColumnId| moved.iter().find(|pair| pair.0 == *it).map(|it| it.1);
    let all = |it: &[ColumnId]| it.iter().map(new).collect::<Option<Vec<ColumnId>>>();
    let names = |ids: &[ColumnId]| old.column_names(ids).map(str::to_owned).collect::<Vec<_>>();
    for fk in &old.foreign_keys {
        if let Some(columns) = all(&fk.columns) {
            let name = Derived::ForeignKey.name(&made.name, names(&fk.columns));
            made.foreign_keys.push(ForeignKey { id: ids.take(), name, columns, ..fk.clone() });
        }
    }
    for unique in &old.uniques {
        if let Some(columns) = all(&unique.columns) {
            let name = Derived::Unique.name(&made.name, names(&unique.columns));
            made.uniques.push(Unique { id: ids.take(), name, columns, ..unique.clone() });
        }
    }
    for index in &old.indexes {
        if let (Some(columns), None) = (index.plain_columns().and_then(|it| all(&it)), &index.predicate) {
            let kind = if index.unique { Derived::Unique } else { Derived::Index };
            let name = kind.name(&made.name, names(&index.plain_columns().unwrap_or_default()));
            let unique = index.unique;
            made.indexes.push(Index { unique, ..Index::over(ids.take(), name, &columns) });
        }
    }
    for check in &old.checks {
        let said: Vec<String> = mentions(&check.expression).iter().map(|it| it.last().name.clone()).collect();
        let of_old: Vec<&Column> = old.columns.iter().filter(|it| said.contains(&it.name)).collect();
        if !of_old.is_empty() && of_old.iter().all(|it| new(&it.id).is_some()) {
            let name = Derived::Check.name(&made.name, of_old.iter().map(|it| it.name.as_str()));
            made.checks.push(Check { id: ids.take(), name, ..check.clone() });
        }
    }
    moved
}

/// `merge clients into customers`: the columns that only one of them has come over, and so does what references it.
pub fn merge_tables(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let [from, into] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
    if from.id == into.id {
        return Err(NotDone::Impossible { why: format!("`{}` cannot be merged into itself", from.name) });
    }
    let (from, into) = ((*from).clone(), (*into).clone());
    let keys = |it: &Table| it.primary_key.as_ref().map(|it| it.columns.clone()).unwrap_or_default();
    let (from_keys, into_keys) = (keys(&from), keys(&into));
    let ([from_key], [into_key]) = (from_keys.as_slice(), into_keys.as_slice()) else {
        return Err(NotDone::Impossible {
            why: "only tables with a key of one column can be merged".to_owned(),
        });
    };
    let are_alike = are_alike(asking, (&from, *from_key), (&into, *into_key))?;
    let (first, mut joined) = (asking.parts.len(), None);
    let (mut pairs, edit) = come_over(asking, &from, &into);
    asking.part(format!("Take over what only {} has", from.name), ASKED, edit).or_else(already_is_fine)?;
    let edit = turned(asking, &from, &into, *into_key);
    asking
        .part(format!("Reference {} in the place of {}", into.name, from.name), ASKED, edit)
        .or_else(already_is_fine)?;
    let is_written = asking.parts.len() > first;
    match moving::between(&from, &into) {
        Some(found) => {
            let rows = carried::absorbed(&from, &into, found, &pairs);
            if is_written {
                asking.carry(first, rows);
            }
        }
        None => {
            let alike = from.columns.iter().filter(|it| it.id != *from_key).filter_map(|old| {
                let new = into.column_named(&old.name)?;
                (new.data_type == old.data_type).then_some((old.id, new.id))
            });
            pairs.extend(alike);
            joined = Some(if are_alike {
                carried::joined(asking, &from, &into, (*from_key, *into_key), &pairs)
            } else {
                carried::appended(asking, &from, &into, (*from_key, *into_key), &pairs)
            });
        }
    }
    // What referenced one of the two from the other has nothing to say any more.
    let merged = table_of(asking, into.id)?;
    let between: Vec<ColumnId> = merged
        .foreign_keys
        .iter()
        .filter(|it| it.references == from.id)
        .flat_map(|it| it.columns.clone())
        .filter(|it| !merged.is_key(*it))
        .collect();
    for column in between {
        remove_column(asking, into.id, column)?;
    }
    let edit = refactor::remove_table(&asking.after, from.id);
    asking.part(format!("Remove table {}", from.name), ASKED, edit)?;
    if let Some(rows) = joined {
        // Rows come over where their table goes.
        asking.carry(asking.parts.len().saturating_sub(1), rows);
    }
    let Some(name) = slots.words("name") else { return Ok(()) };
    let name = in_number_of(&into.name, &names::name(name));
    if name == into.name {
        return Ok(());
    }
    let edit = refactor::rename_table(&asking.after, into.id, &name);
    asking.part(format!("Rename table {} to {name}", into.name), ASKED, edit)
}

/// Whether the keys of two tables are of one type. Where they are not, rows can come over under new keys as long as nothing but
/// the other table knows the old ones.
fn are_alike(
    asking: &Asking,
    (from, from_key): (&Table, ColumnId),
    (into, into_key): (&Table, ColumnId),
) -> Result<bool, NotDone> {
    let (Some(old), Some(new)) = (from.column(from_key), into.column(into_key)) else { return Ok(true) };
    if old.data_type == new.data_type {
        return Ok(true);
    }
    let users = asking.after.users_of(from.id).map(|it| TableId(it.0));
    let knows = |it: &&Table| {
        it.id != from.id && it.id != into.id && it.foreign_keys.iter().any(|fk| fk.references == from.id)
    };
    let third: Vec<String> = users
        .filter_map(|it| asking.after.table(it))
        .filter(knows)
        .map(|it| format!("`{}`", it.name))
        .collect();
    let type_of = |it: &Column| crate::sql::type_name(&asking.after, &it.data_type);
    let keys = format!(
        "the key of `{}` is {} and that of `{}` is {}",
        from.name,
        type_of(old),
        into.name,
        type_of(new)
    );
    if !third.is_empty() {
        let why = format!(
            "{keys}, so that what references `{0}` ({1}) cannot reference `{2}` with the values that it has; link {1} to {2} first, and merge once nothing references {0}",
            from.name,
            third.join(", "),
            into.name
        );
        return Err(NotDone::Impossible { why });
    }
    let is_given = new.value == ColumnValue::Given;
    if is_given && moving::between(from, into).is_none() {
        let why = format!(
            "{keys}, and the rows of `{}` would have none there; give `{}` a default first, or link {0} to {} so that each row tells which one it is",
            from.name, new.name, into.name
        );
        return Err(NotDone::Impossible { why });
    }
    Ok(false)
}

fn already_is_fine(problem: NotDone) -> Result<(), NotDone> {
    match problem {
        NotDone::AlreadySo { .. } => Ok(()),
        other => Err(other),
    }
}

/// Columns that `into` does not have, with their references; they may be null, as its own rows have none.
fn come_over(asking: &Asking, from: &Table, into: &Table) -> (Vec<(ColumnId, ColumnId)>, Edit) {
    let between = |fk: &ForeignKey| fk.references == into.id || fk.references == from.id;
    let to_each_other =
        |id: ColumnId| from.foreign_keys.iter().any(|fk| between(fk) && fk.columns.contains(&id));
    let is_own =
        |it: &&Column| !from.is_key(it.id) && !to_each_other(it.id) && into.column_named(&it.name).is_none();
    let columns: Vec<ColumnId> = from.columns.iter().filter(is_own).map(|it| it.id).collect();
    moving::bring(asking, from, into, &columns, false)
}

/// Every reference to `from` of a third table as one to `into`.
fn turned(asking: &Asking, from: &Table, into: &Table, key: ColumnId) -> Edit {
    let users = asking.after.users_of(from.id).map(|it| TableId(it.0));
    let tables = users.filter(|it| *it != into.id && *it != from.id).filter_map(|it| asking.after.table(it));
    let mut edit = Edit::default();
    for table in tables {
        let mut table = table.clone();
        let turns = |it: &&mut ForeignKey| it.references == from.id && it.columns.len() == 1;
        for fk in table.foreign_keys.iter_mut().filter(turns) {
            (fk.references, fk.ref_columns) = (into.id, vec![key]);
        }
        edit = edit.put(&asking.after, Record::from(table));
    }
    edit.records.retain(|it| it.before != it.after);
    edit
}
