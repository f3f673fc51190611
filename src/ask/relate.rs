//! Relationships asked for: a reference, or pairs of many-to-many.

use super::act::{self, Slots, table_of};
use super::fields::Field;
use super::names::{self, column, name, table};
use super::renaming::{in_column_style, in_number_of};
use super::{ASKED, Asking, NotDone, apart, carried, habits};
use crate::base;
use crate::design::naming::{Derived, identifier};
use crate::design::operation::{self, Drawn};
use crate::design::{ColumnId, Design, Edit, PrimaryKey, ReferentialAction, Rows, Table, TableId, TableKind};
use crate::sql::refactor;

/// `link tasks to users as reviewer`.
pub fn reference(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let [from, to] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
    let ends = (from.id, to.id);
    refer(asking, ends.0, ends.1, slots.words("name"))
}

/// `know which room an appointment is in`: what is referenced is said first.
pub fn reference_back(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let [to, from] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
    let ends = (from.id, to.id);
    refer(asking, ends.0, ends.1, slots.words("name"))
}

fn refer(
    asking: &mut Asking,
    from: TableId,
    to: TableId,
    role: Option<&[super::words::Word]>,
) -> Result<(), NotDone> {
    let (from, to) = (table_of(asking, from)?, table_of(asking, to)?);
    let role = role.map(|it| identifier(&name(it)));
    let there = from.foreign_keys.iter().any(|it| it.references == to.id);
    if there && role.is_none() {
        return Err(NotDone::AlreadySo { what: format!("`{}` references `{}`", from.name, to.name) });
    }
    let (from_id, entity) = (from.id, singular(to));
    let title = format!("Reference {} from {}", to.name, from.name);
    let end = |table: TableId| Drawn { table, column: None };
    let (id, edit) = operation::connect(&asking.after, end(from.id), end(to.id))?;
    asking.part(title, ASKED, habits::of_new_columns(edit))?;
    let table = table_of(asking, from_id)?;
    let made = table.foreign_keys.iter().find(|it| it.id == id).and_then(|it| it.columns.first()).copied();
    let Some((column, own)) = made.and_then(|it| Some((it, table.column(it)?.name.clone()))) else {
        return Ok(());
    };
    // `teacher_teacher_id` references what has a `teacherId`.
    let twice = format!("{entity}_{entity}_");
    let once = own.strip_prefix(&twice).map_or(own.clone(), |it| format!("{entity}_{it}"));
    let wanted = match role {
        Some(role) if role.ends_with("_id") => role,
        Some(role) => format!("{role}_id"),
        None => once,
    };
    let wanted = in_column_style(&asking.after, table, column, &wanted);
    if wanted != own && table.column_named(&wanted).is_none() {
        let edit = refactor::rename_column(&asking.after, from_id, column, &wanted);
        asking.part(format!("Call it {wanted}"), ASKED, edit)?;
    }
    Ok(())
}

/// `products should reference a brand`, of which there is no table yet.
pub fn refer_unknown(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let from = slots.table(&asking.after)?.id;
    let words = slots.words("name").or_else(|| slots.words("plural")).unwrap_or_default();
    if column(table_of(asking, from)?, words).is_some() {
        return Err(NotDone::AlreadySo { what: format!("`{}` is there", name(words)) });
    }
    if let Some(there) = table(&asking.after, words).map(|it| it.id) {
        return refer(asking, from, there, None);
    }
    let made = apart::unknown(asking, words)?;
    let entity = singular(table_of(asking, made)?);
    let field = Field {
        name: entity.clone(),
        stated: Some(format!("ref({entity})")),
        nullable: Some(true),
        ..Field::default()
    };
    act::add_column(asking, from, &field).map(drop)
}

/// The column by which one table references another; nothing where there is none or more than one.
pub fn reference_of(from: &Table, to: &Table) -> Option<ColumnId> {
    let mut all = from.foreign_keys.iter().filter(|it| it.references == to.id && it.columns.len() == 1);
    all.next().filter(|_| all.next().is_none()).and_then(|it| it.columns.first().copied())
}

fn no_one_reference(from: &Table, to: &Table) -> NotDone {
    NotDone::Impossible {
        why: format!("`{}` and `{}` have no one reference between them", from.name, to.name),
    }
}

/// `tasks no longer belong to projects`
pub fn unlink(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let [from, to] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
    let found = reference_of(from, to).map(|it| (from.id, it));
    let found = found.or_else(|| reference_of(to, from).map(|it| (to.id, it)));
    let (table, column) = found.ok_or_else(|| no_one_reference(from, to))?;
    super::removal::remove_column(asking, table, column)
}

/// A foreign key over a column that is there.
pub fn foreign_key(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let [from, to] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
    let column = match slots.column(from) {
        // `appointments.room should reference rooms`: a column that is not there, by the name that is said.
        Err(NotDone::NoColumn { nearest: None, words, .. }) => {
            let (id, entity) = (from.id, singular(to));
            let own = words.strip_prefix(&format!("{}_", base::snake_case(&from.name)));
            if let Some(there) = own.and_then(|it| from.column_named(it)) {
                let why = format!(
                    "the type of `{}.{}` is not that of the key of `{}`",
                    from.name, there.name, to.name
                );
                return Err(NotDone::Impossible { why });
            }
            let name = base::without_end(&words, "_id").to_owned();
            let stated = Some(format!("ref({entity})"));
            return act::add_column(
                asking,
                id,
                &Field { name, stated, nullable: Some(true), ..Field::default() },
            )
            .map(drop);
        }
        found => found?,
    };
    let name = from.column(column).map(|it| it.name.clone()).unwrap_or_default();
    if from.foreign_keys.iter().any(|it| it.columns == [column] && it.references == to.id) {
        return Err(NotDone::AlreadySo { what: format!("`{}.{name}` references `{}`", from.name, to.name) });
    }
    let title = format!("Reference {} from {}.{name}", to.name, from.name);
    let ends = (Drawn { table: from.id, column: Some(column) }, Drawn { table: to.id, column: None });
    let (_, edit) = operation::connect(&asking.after, ends.0, ends.1)?;
    asking.part(title, ASKED, habits::only_of(edit, column))
}

/// What becomes of the rows of one table when those of another that they reference are deleted.
pub fn on_delete(asking: &mut Asking, slots: &Slots<'_>, action: ReferentialAction) -> Result<(), NotDone> {
    let mut tables = slots.tables(&asking.after);
    tables.dedup_by_key(|it| it.id);
    // `on delete set null for tasks.assignee_id`: what the column references.
    if let ([one], Some(words)) = (tables.as_slice(), slots.words("column")) {
        let column = column(one, words);
        let fk = one.foreign_keys.iter().find(|it| column.is_some_and(|id| it.columns == [id]));
        tables.extend(fk.and_then(|it| asking.after.table(it.references)));
    }
    let [one, other] = tables.as_slice() else { return slots.table(&asking.after).map(drop) };
    // Whichever of the two references the other.
    let (from, to) = if reference_of(one, other).is_some() { (one, other) } else { (other, one) };
    let column = match slots.words("column") {
        Some(_) => Some(slots.column(from)?),
        None => reference_of(from, to),
    };
    let is_it =
        |it: &&crate::design::ForeignKey| it.references == to.id && column.is_some_and(|c| it.columns == [c]);
    let fk = from.foreign_keys.iter().find(is_it).ok_or_else(|| no_one_reference(from, to))?.id;
    let mut table = (*from).clone();
    let mut title = String::new();
    for it in table.foreign_keys.iter_mut().filter(|it| it.id == fk) {
        if it.on_delete == action {
            return Err(NotDone::AlreadySo { what: format!("`{}` is so", it.name) });
        }
        it.on_delete = action;
        title = format!("Let {} {} on delete", it.name, action.sql().to_lowercase());
    }
    // What is to be null has to be able to.
    for it in table.columns.iter_mut().filter(|it| Some(it.id) == column) {
        it.nullable |= action == ReferentialAction::SetNull;
    }
    let edit = Edit::default().put(&asking.after, table);
    asking.part(title, ASKED, edit)
}

/// `when an organization is removed everything of it goes too`: all that references it.
pub fn cascade_all(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let to = slots.table(&asking.after)?;
    let (id, name) = (to.id, to.name.clone());
    let of_it = |it: &&Table| it.foreign_keys.iter().any(|fk| fk.references == id);
    let all: Vec<TableId> = asking.after.tables().filter(of_it).map(|it| it.id).collect();
    for from in all {
        let mut table = table_of(asking, from)?.clone();
        let title = format!("Let rows of {} go with those of {name}", table.name);
        for fk in table.foreign_keys.iter_mut().filter(|it| it.references == id) {
            fk.on_delete = ReferentialAction::Cascade;
        }
        if table_of(asking, from)? != &table {
            let edit = Edit::default().put(&asking.after, table);
            asking.part(title, ASKED, edit)?;
        }
    }
    Ok(())
}

/// The table that words for what is below a row mean, none where they name none: `subtasks`, `sub tasks`, `child tasks`, `children`.
pub fn below<'d>(design: &'d Design, words: &[super::words::Word]) -> Option<Vec<&'d Table>> {
    let said = names::read(names::bare(words));
    if matches!(said.as_str(), "children" | "parents" | "a parent" | "parent") {
        return Some(Vec::new());
    }
    let rest = ["sub_", "sub ", "child ", "nested ", "sub"].iter().find_map(|it| said.strip_prefix(it))?;
    table(design, &[super::words::plain(rest)]).map(|it| vec![it])
}

/// A reference of a table to itself: `tasks can have subtasks`.
pub fn nested(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let said = slots.words("sub").and_then(|it| below(&asking.after, it)).unwrap_or_default();
    let Some(table) = tables.iter().chain(&said).next().copied() else {
        return slots.table(&asking.after).map(drop);
    };
    if tables.iter().chain(&said).any(|it| it.id != table.id) {
        return Err(NotDone::Impossible { why: format!("only `{0}` can be above `{0}`", table.name) });
    }
    if table.foreign_keys.iter().any(|it| it.references == table.id) {
        return Err(NotDone::AlreadySo { what: format!("`{0}` references `{0}`", table.name) });
    }
    let id = table.id;
    let parent = Field {
        name: "parent_id".to_owned(),
        stated: Some(format!("ref({})", singular(table))),
        nullable: Some(true),
        ..Field::default()
    };
    act::add_column(asking, id, &parent).map(drop)
}

/// `a task can have several assignees`: pairs in a table of their own, in the place of a reference where there is one.
pub fn many_to_many(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let Some(first) = tables.first() else { return slots.table(&asking.after).map(drop) };
    let role = slots.words("role");
    let second = match role {
        None => tables.get(1).copied(),
        Some(words) => referenced(asking, first, words),
    };
    let Some(second) = second else {
        let words = role.unwrap_or_default();
        let first_id = first.id;
        if let Some(value) = apart::value_column(first, &singular_words(words)) {
            return apart::several(asking, first_id, value);
        }
        if super::features::is_word("part", names::bare(words)) {
            return super::features::part_of(asking, first_id, words, slots);
        }
        let made = apart::unknown(asking, words)?;
        let (first, second) = (singular(table_of(asking, first_id)?), singular(table_of(asking, made)?));
        return junction(asking, &format!("{first}_{second}"), (first_id, &first), (made, &second)).map(drop);
    };
    let (first_name, second_name) = (singular(first), singular(second));
    let role =
        role.filter(|it| table(&asking.after, it).is_none()).map(|it| base::singular(&identifier(&name(it))));
    let role = role.unwrap_or_else(|| second_name.clone());
    if is_joined(asking, first.id, second.id) && role == second_name {
        let what = format!("`{}` and `{}` are many-to-many", first.name, second.name);
        return Err(NotDone::AlreadySo { what });
    }
    // The reference that the pairs stand in for, on either side.
    let old = |from: &Table, to: &Table| {
        let fits = |it: &&crate::design::ForeignKey| it.references == to.id && it.columns.len() == 1;
        let named = |it: &&crate::design::ForeignKey| {
            let names: Vec<&str> = from.column_names(&it.columns).collect();
            names.first().is_some_and(|it| it.strip_suffix("_id") == Some(role.as_str()))
        };
        let all: Vec<_> = from.foreign_keys.iter().filter(fits).collect();
        let one = all
            .iter()
            .copied()
            .find(|it| named(it))
            .or_else(|| all.first().copied().filter(|_| all.len() == 1));
        one.and_then(|it| Some((from.id, *it.columns.first()?)))
    };
    let replaced = old(first, second).or_else(|| old(second, first).filter(|_| role == second_name));
    let (first_id, second_id) = (first.id, second.id);
    let both = format!("{first_name}_{role}");
    let at = asking.parts.len();
    let made = junction(asking, &both, (first_id, &first_name), (second_id, &role))?;
    if let Some((table, column)) = replaced {
        let rows = table_of(asking, made)
            .ok()
            .and_then(|made| pairs_of(asking.after.table(table)?, column, made, table == first_id));
        asking.carry(at, rows.unwrap_or_default());
        super::removal::remove_column(asking, table, column)?;
    }
    Ok(())
}

/// The pairs that a reference stands for.
fn pairs_of(from: &Table, reference: ColumnId, made: &Table, is_first: bool) -> Option<Rows> {
    let [key] = from.primary_key.as_ref()?.columns.as_slice() else { return None };
    let [first, second] = made.primary_key.as_ref()?.columns.as_slice() else { return None };
    let (own, other) = if is_first { (*first, *second) } else { (*second, *first) };
    let fk = |table: &Table, id: ColumnId| table.foreign_keys.iter().find(|it| it.columns == [id]).cloned();
    // Both have to point at the same key.
    let is_alike = fk(from, reference)?.ref_columns == fk(made, other)?.ref_columns;
    is_alike.then(|| carried::apart(from, made, (*key, own), (reference, other), "pairs"))
}

/// The table that a role of another means: by its own name, or by the column that refers to it.
fn referenced<'a>(asking: &'a Asking, from: &Table, words: &[super::words::Word]) -> Option<&'a Table> {
    let own = || {
        let column = column(from, words)?;
        let fk = from.foreign_keys.iter().find(|it| it.columns == [column])?;
        asking.after.table(fk.references)
    };
    table(&asking.after, words).or_else(own).or_else(|| {
        let person = names::is_role(&singular_words(words));
        person.then(|| crate::design::convention::user_table(asking.after.tables())).flatten()
    })
}

fn singular_words(words: &[super::words::Word]) -> Vec<super::words::Word> {
    let single =
        |it: &super::words::Word| super::words::Word { text: base::singular(&it.text), ..it.clone() };
    words.iter().map(single).collect()
}

/// A table's name in the singular.
pub fn singular(table: &Table) -> String {
    base::singular(&base::snake_case(&table.name))
}

/// Whether a table of pairs joins two tables.
fn is_joined(asking: &Asking, one: TableId, other: TableId) -> bool {
    asking.after.tables().any(|it| {
        let to = |id: TableId| it.foreign_keys.iter().any(|fk| fk.references == id);
        it.kind == TableKind::Junction && to(one) && to(other)
    })
}

/// A table of pairs, whose key they are; a pair goes with either of its rows.
pub fn junction(
    asking: &mut Asking,
    name: &str,
    one: (TableId, &str),
    other: (TableId, &str),
) -> Result<TableId, NotDone> {
    let entity = |id: TableId| Ok::<_, NotDone>(singular(table_of(asking, id)?));
    let second = if one.1 == other.1 { format!("other_{}", other.1) } else { other.1.to_owned() };
    let fields = [(one.1.to_owned(), entity(one.0)?), (second, entity(other.0)?)]
        .map(|(name, entity)| Field::required(format!("{name}_id"), format!("ref({entity})")));
    let model = table_of(asking, one.0)?.name.clone();
    let wanted = in_number_of(&model, name);
    let id = act::new_table(asking, &wanted, &fields, |table, _| {
        table.kind = TableKind::Junction;
        table.overrides.soft_delete = Some(false);
        let pairs: Vec<_> = table.foreign_keys.iter().filter_map(|it| it.columns.first().copied()).collect();
        let surrogate: Vec<_> = table.primary_key.iter().flat_map(|it| it.columns.clone()).collect();
        table.columns.retain(|it| !surrogate.contains(&it.id));
        let key = table.primary_key.clone().unwrap_or_default();
        table.primary_key = Some(PrimaryKey { columns: pairs.clone(), ..key });
        for column in table.columns.iter_mut().filter(|it| pairs.contains(&it.id)) {
            column.nullable = false;
        }
        for fk in &mut table.foreign_keys {
            fk.on_delete = ReferentialAction::Cascade;
        }
        // The key serves the first of the two.
        let first = pairs.first().copied();
        table.indexes.retain(|it| it.plain_columns().is_none_or(|it| it.first().copied() != first));
    })?;
    let made = table_of(asking, id)?;
    if made.foreign_keys.len() < 2 {
        let missing = Derived::ForeignKey.name(&made.name, [""; 0]);
        return Err(NotDone::Impossible { why: format!("a key of one column is missing for `{missing}`") });
    }
    Ok(id)
}
