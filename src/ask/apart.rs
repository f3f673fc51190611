//! What leaves a column for a table of its own: several values in the place of one, and values that are listed once.

use super::act::{self, Slots, add_column, new_table, table_of};
use super::fields::{Field, fields, in_list};
use super::names::{self, column};
use super::relate::{self, singular};
use super::removal::remove_column;
use super::renaming::in_number_of;
use super::words::Word;
use super::{ASKED, Asking, NotDone, carried, choices};
use crate::base;
use crate::design::naming::{Derived, identifier};
use crate::design::{
    Column, ColumnId, ColumnValue, DataType, Origin, ReferentialAction, Table, TableId, Unique,
};
use crate::pg::{Builtin, TypeFamily};

/// The column of a table that holds one of what there are to be several of; no reference, no part of its key.
pub fn value_column(table: &Table, words: &[Word]) -> Option<ColumnId> {
    let id = column(table, words)?;
    let is_reference = table.foreign_keys.iter().any(|it| it.columns.contains(&id));
    (!is_reference && !table.is_key(id)).then_some(id)
}

/// `a user may have more than one email`: a row for each value, with the key of the row that has it.
pub fn several(asking: &mut Asking, table: TableId, column: ColumnId) -> Result<(), NotDone> {
    let old = table_of(asking, table)?.clone();
    let Some(value) = old.column(column).cloned() else { return Ok(()) };
    let Some([key]) = old.primary_key.as_ref().map(|it| it.columns.as_slice()) else {
        return Err(NotDone::Impossible { why: format!("`{}` has no key of one column", old.name) });
    };
    let (key, entity) = (*key, singular(&old));
    let name =
        in_number_of(&old.name, &format!("{entity}_{}", base::singular(&base::snake_case(&value.name))));
    let reference = Field::required(format!("{entity}_id"), format!("ref({entity})"));
    let (first, mut pair) = (asking.parts.len(), None);
    let made = new_table(asking, &name, &[reference], |made, ids| {
        let own = made.foreign_keys.first().and_then(|it| it.columns.first()).copied();
        for fk in &mut made.foreign_keys {
            fk.on_delete = ReferentialAction::Cascade;
        }
        let Some(own) = own else { return };
        let id: ColumnId = ids.take();
        let at = made.columns.iter().position(|it| it.id == own).map_or(0, |it| it + 1);
        let kept = Column { id, nullable: false, not_null: None, value: ColumnValue::Given, ..value.clone() };
        made.columns.insert(at, Column { origin: Origin::Hand, ..kept });
        let name = Derived::Unique.name(&made.name, made.column_names(&[own, id]));
        made.uniques.push(Unique { id: ids.take(), name, columns: vec![own, id], ..Unique::default() });
        // The pairs serve what the index of the reference would.
        made.indexes.retain(|it| it.plain_columns().is_none_or(|it| it != [own]));
        pair = Some((own, id));
    })?;
    if let Some((own, id)) = pair {
        let made = table_of(asking, made)?;
        let rows = carried::apart(&old, made, (key, own), (column, id), "values");
        asking.carry(first, rows);
    }
    remove_column(asking, table, column)
}

/// `customers can have several addresses (street, city)`: a table of their own, with what is told of each; one row of it for each
/// where no more is said.
pub fn children(asking: &mut Asking, slots: &Slots<'_>, is_one: bool) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?.clone();
    let plural = slots.words("plural");
    let said = plural.map_or_else(|| slots.name(), names::fresh);
    // `skills: welding, painting` are values of theirs, where they are called as values are, or written as such.
    let values = slots.listed().or_else(|| slots.words("fields")).filter(|it| are_values(&said, it));
    let told = match (slots.words("listed"), slots.words("fields")) {
        _ if values.is_some() => values.and_then(choices::values_told).map(|values| {
            let name = base::snake_case(&base::singular(&said));
            vec![Field::required(name, format!("enum({})", values.join(",")))]
        }),
        (Some(words), _) => in_list(&asking.after, words),
        (None, Some(words)) => fields(&asking.after, words),
        (None, None) => None,
    };
    let none = || NotDone::Impossible { why: "what it lists are no columns".to_owned() };
    // `refills (integer, default 0)` are a number.
    if slots.listed().is_some_and(super::fields::begins_with_type) {
        return Err(none());
    }
    let told = told.ok_or_else(none)?;
    // What has more than a row has of it is a thing of its own: contacts have a name and a phone, as patients have.
    let is_there = |it: &&Field| table.column_named(&identifier(&it.name)).is_some();
    if let Some(there) = told.first().filter(|_| told.iter().all(|it| is_there(&it))) {
        let why = format!(
            "`{}.{}` is there, and a row has one of it: move it, or name others",
            table.name, there.name
        );
        return Err(NotDone::Impossible { why });
    }
    let (entity, said) = (singular(&table), base::singular(&said));
    // `addresses` of customers are theirs, as long as there are no others.
    if names::table(&asking.after, plural.or_else(|| slots.words("name")).unwrap_or_default()).is_some() {
        return Err(NotDone::Taken { name: said });
    }
    let name = in_number_of(&table.name, &format!("{entity}_{said}"));
    let reference = Field::required(format!("{entity}_id"), format!("ref({entity})"));
    let all: Vec<Field> = std::iter::once(reference).chain(told).collect();
    new_table(asking, &name, &all, |made, ids| {
        for fk in made.foreign_keys.iter_mut().filter(|it| it.references == table.id) {
            fk.on_delete = ReferentialAction::Cascade;
        }
        let own = made.foreign_keys.iter().find(|it| it.references == table.id);
        let mut unique: Vec<ColumnId> = own.iter().flat_map(|it| it.columns.clone()).collect();
        if values.is_some() {
            // A row has each of them once.
            unique.extend(made.columns.last().map(|it| it.id));
        } else if !is_one {
            return;
        }
        let name = Derived::Unique.name(&made.name, made.column_names(&unique));
        made.indexes
            .retain(|it| it.plain_columns().is_none_or(|it| it != unique.get(..1).unwrap_or_default()));
        made.uniques.push(Unique { id: ids.take(), name, columns: unique, ..Unique::default() });
    })
    .map(drop)
}

/// Whether words that are listed of what a row has several of are values: `classes: B, C, CE`.
fn are_values(said: &str, words: &[Word]) -> bool {
    let last = said.rsplit('_').next().unwrap_or_default();
    let are_capital =
        words.iter().filter(|it| !it.is_any(&[",", "and", "or"])).all(|it| it.capital.is_some());
    let is_sort = choices::are_sorts(&[super::words::plain(last)])
        || ["skill", "language"].contains(&base::singular(last).as_str());
    (are_capital || is_sort) && words.iter().all(|it| !it.is("(")) && choices::values_told(words).is_some()
}

/// `turn specialty of doctors into its own table`: each value once, and a reference to it in the place of the text.
pub fn lookup(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let old = slots.table(&asking.after)?.clone();
    let column = slots.column(&old)?;
    let Some(value) = old.column(column).cloned() else { return Ok(()) };
    let whole = format!("{}.{}", old.name, value.name);
    let texts = [TypeFamily::Text, TypeFamily::Character];
    let is_text = value.data_type.as_builtin().is_some_and(|it| texts.contains(&it.family()));
    if !is_text || value.data_type.dimensions > 0 {
        let why = format!(
            "`{whole}` is no text: say which columns go to which table, `move … of {} into a table called …`",
            old.name
        );
        return Err(NotDone::Impossible { why });
    }
    if old.is_unique_over(&[column]) || old.is_key(column) {
        return Err(NotDone::Impossible {
            why: format!("each row has a `{whole}` of its own, and nothing is listed once"),
        });
    }
    let entity = match slots.words("name") {
        Some(_) => base::singular(&slots.name()),
        None => base::singular(&base::snake_case(&value.name)),
    };
    let entity = entity.strip_suffix("_name").map_or(entity.clone(), str::to_owned);
    if let Some(there) = asking.after.tables().find(|it| singular(it) == entity) {
        return Err(NotDone::Taken { name: there.name.clone() });
    }
    let first = asking.parts.len();
    let field = Field { name: "name".into(), nullable: Some(false), is_unique: true, ..Field::default() };
    let made = new_table(asking, &entity, &[field], |made, _| {
        // What is listed are the values that are there, whatever their length.
        made.checks.clear();
        for it in made.columns.iter_mut().filter(|it| it.name == "name") {
            it.data_type = DataType::builtin(Builtin::Text);
        }
    })?;
    let reference = Field {
        name: entity.clone(),
        stated: Some(format!("ref({})", singular(table_of(asking, made)?))),
        nullable: Some(value.nullable),
        ..Field::default()
    };
    let reference = add_column(asking, old.id, &reference)?;
    let listed = table_of(asking, made)?;
    let key = listed.primary_key.as_ref().and_then(|it| it.columns.first()).copied();
    let name = listed.column_named("name").map(|it| it.id);
    if let (Some(key), Some(name)) = (key, name) {
        let rows = carried::listed(&old, listed, (column, name), (reference, key));
        asking.carry(first, rows);
    }
    remove_column(asking, old.id, column)
}

/// A table that is spoken of and not there, made with a name of its rows; nothing where its own name may be a slip.
pub fn unknown(asking: &mut Asking, words: &[Word]) -> Result<TableId, NotDone> {
    let said = names::name(words);
    let near = names::nearest(&said, asking.after.tables().map(|it| it.name.as_str())).map(str::to_owned);
    let is_word = names::bare(words).len() <= 2 && super::fresh::is_name(words) && said.len() > 2;
    if near.is_some() || !is_word || is_vague(&said) {
        return Err(NotDone::NoTable { words: said, nearest: near });
    }
    let at = asking.parts.len();
    let own = Field { name: "name".into(), nullable: Some(false), ..Field::default() };
    let id = new_table(asking, &base::singular(&said), &[own], |_, _| ())?;
    asking.told(at, &format!("there is no table `{said}`: what else it holds is to be said"));
    Ok(id)
}

/// Words that are no thing to keep rows of.
fn is_vague(said: &str) -> bool {
    const VAGUE: &[&str] = &[
        "thing",
        "one",
        "other",
        "value",
        "row",
        "item_of",
        "time",
        "way",
        "kind",
        "type",
        "lot",
        "place",
        "problem",
        "past",
        "future",
        "name",
        "column",
        "date",
        "different",
        "more",
        "less",
        "entry",
        "same",
    ];
    VAGUE.contains(&base::singular(said).as_str())
}

/// `prescriptions belong to a patient or a doctor`: a reference to each, exactly one of which is there.
pub fn either(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let all: Vec<TableId> = slots.tables(&asking.after).iter().map(|it| it.id).collect();
    let (Some((from, to)), true) = (all.split_first(), all.len() > 2) else { return Ok(()) };
    one_of_them(asking, *from, to)
}

/// A reference to each of several tables, exactly one of which is there.
pub fn one_of_them(asking: &mut Asking, from: TableId, to: &[TableId]) -> Result<(), NotDone> {
    let mut columns = Vec::new();
    for target in to {
        let (table, other) = (table_of(asking, from)?, table_of(asking, *target)?);
        if table.id == other.id || to.iter().filter(|it| **it == *target).count() > 1 {
            return Err(NotDone::Impossible { why: format!("`{}` is named twice", other.name) });
        }
        let column = match relate::reference_of(table, other) {
            Some(there) => there,
            None => {
                let entity = singular(other);
                let field = Field {
                    name: entity.clone(),
                    stated: Some(format!("ref({entity})")),
                    nullable: Some(true),
                    ..Field::default()
                };
                add_column(asking, from, &field)?
            }
        };
        columns.push(column);
    }
    for column in &columns {
        let table = table_of(asking, from)?;
        if !table.is_nullable(*column) {
            let title = format!("Let a row of {} be without it", table.name);
            let edit = crate::design::operation::set_nullable(&asking.after, from, *column, true);
            asking.part(title, ASKED, edit)?;
        }
    }
    let table = table_of(asking, from)?.clone();
    let names: Vec<String> = table.column_names(&columns).map(crate::sql::ident).collect();
    super::conditions::held(asking, table, &columns, format!("num_nonnulls({}) = 1", names.join(", ")))
}

/// `add shipments between orders and products`: a table whose key are the two, with what is told of each pair; `add milestones
/// between projects and tasks`, where tasks are of projects: a table of what is of a project, and that a task may be of.
pub fn between(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let all = slots.tables(&asking.after);
    let [one, other] = all.as_slice() else { return slots.table(&asking.after).map(drop) };
    let ends = ((one.id, singular(one)), (other.id, singular(other)));
    if names::table(&asking.after, slots.words("name").unwrap_or_default()).is_some() {
        return Err(NotDone::Taken { name: slots.name() });
    }
    let told = slots.words("fields").and_then(|it| fields(&asking.after, it)).unwrap_or_default();
    // Where one of the two references the other, what comes between is a level of its own.
    let below = match (relate::reference_of(one, other), relate::reference_of(other, one)) {
        (Some(_), None) => Some((&ends.1, ends.0.0)),
        (None, Some(_)) => Some((&ends.0, ends.1.0)),
        _ => None,
    };
    if let Some(((_, above), below)) = below {
        let reference = Field::required(format!("{above}_id"), format!("ref({above})"));
        let all: Vec<Field> = std::iter::once(reference).chain(told).collect();
        let made = new_table(asking, &slots.name(), &all, |_, _| ())?;
        let entity = singular(table_of(asking, made)?);
        let stated = Some(format!("ref({entity})"));
        let field = Field { name: entity, stated, nullable: Some(true), ..Field::default() };
        return add_column(asking, below, &field).map(drop);
    }
    let made = relate::junction(asking, &slots.name(), (ends.0.0, &ends.0.1), (ends.1.0, &ends.1.1))?;
    told.iter().try_for_each(|it| act::add_column(asking, made, it).map(drop))
}
