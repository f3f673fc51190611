//! From a pattern's slots to edits: what each kind of request does to columns and tables as they are.

use super::fields::{Field, field, fields, is_fresh, is_name, stated};
use super::names::{self, column, columns, is_everything, name, read, table, tables};
use super::pattern::Bound;
use super::words::Word;
use super::{Asking, NotDone, features, relate, restructure};
use crate::base;
use crate::design::aggregate;
use crate::design::naming::{Derived, identifier};
use crate::design::{
    Column, ColumnId, ColumnValue, Conventions, DataType, Design, Edit, IdSource, KeyStyle, Record, Scope,
    Table, TableId, TableNames, Unique, operation,
};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::refactor;

/// Whether words may stand in a slot.
pub fn fits(design: &Design, slot: &str, words: &[Word]) -> bool {
    match slot {
        "table" => !is_everything(words) && table(design, words).is_some(),
        "tables" => tables(design, words).is_some(),
        "column" => words.len() <= 5 && is_name(words),
        "columns" | "role" => names::listed(words).iter().all(|it| is_name(it)) && words.len() <= 12,
        "name" => is_fresh(words),
        "type" => stated(names::bare(words)).is_some(),
        "field" => field(design, words).is_some(),
        "fields" => fields(design, words).is_some(),
        "kind" | "verb" | "part" | "doing" => features::is_word(slot, words),
        _ => false,
    }
}

/// What stands in the slots of one request.
pub struct Slots<'a> {
    bound: &'a [Bound<'a>],
}

impl<'a> Slots<'a> {
    /// The words of the first slot of a name.
    pub fn words(&self, slot: &str) -> Option<&'a [Word]> {
        self.bound.iter().find(|it| it.slot == slot).map(|it| it.words)
    }

    /// The tables of all slots for one, in order.
    pub fn tables<'d>(&self, design: &'d Design) -> Vec<&'d Table> {
        let all = self.bound.iter().filter(|it| it.slot == "table");
        all.filter_map(|it| table(design, it.words)).collect()
    }

    /// The first table.
    pub fn table<'d>(&self, design: &'d Design) -> Result<&'d Table, NotDone> {
        self.tables(design)
            .first()
            .copied()
            .ok_or_else(|| NotDone::NoTable { words: String::new(), nearest: None })
    }

    /// The tables of a list; none was named where there is no slot for it.
    pub fn list(&self, design: &Design) -> Option<Vec<TableId>> {
        tables(design, self.words("tables")?)
    }

    /// The columns of a list, or the one column.
    pub fn columns(&self, of: &Table) -> Result<Vec<ColumnId>, NotDone> {
        let words = self.words("columns").or_else(|| self.words("column")).unwrap_or_default();
        columns(of, words).ok_or_else(|| no_column(of, words))
    }

    /// The one column.
    pub fn column(&self, of: &Table) -> Result<ColumnId, NotDone> {
        let words = self.words("column").unwrap_or_default();
        column(of, words).ok_or_else(|| no_column(of, words))
    }

    /// A new name, as it was quoted or in snake case.
    pub fn name(&self) -> String {
        self.words("name").map(names::fresh).unwrap_or_default()
    }

    /// Whether a new name was quoted, and is meant as it stands.
    pub fn is_quoted(&self) -> bool {
        self.words("name").is_some_and(|it| names::bare(it).iter().any(|it| it.is_quoted))
    }
}

/// That a table has no such column, with the nearest of the columns that the words list.
fn no_column(of: &Table, words: &[Word]) -> NotDone {
    let missing = names::listed(words).into_iter().find(|it| column(of, it).is_none()).unwrap_or(words);
    let words = name(missing);
    let nearest = names::nearest(&words, of.columns.iter().map(|it| it.name.as_str())).map(str::to_owned);
    NotDone::NoColumn { words, table: of.name.clone(), nearest }
}

/// Does what one request asks.
pub fn act(asking: &mut Asking, kind: &str, bound: &[Bound<'_>]) -> Result<(), NotDone> {
    let slots = Slots { bound };
    match kind {
        "add_table" => add_table(asking, &slots),
        "add_column" => add_columns(asking, &slots),
        "rename_table" => rename_table(asking, &slots),
        "rename_column" => rename_column(asking, &slots),
        "remove_table" => remove_tables(asking, &slots),
        "remove_column" => remove_columns(asking, &slots),
        "unique" => unique(asking, &slots),
        "not_unique" => not_unique(asking, &slots),
        "required" => nullable(asking, &slots, false),
        "optional" => nullable(asking, &slots, true),
        "type" => retype(asking, &slots),
        "split_column" => restructure::split_column(asking, &slots),
        "split_table" => restructure::split_table(asking, &slots),
        "merge_columns" => restructure::merge_columns(asking, &slots),
        "merge_tables" => restructure::merge_tables(asking, &slots),
        "many_to_many" => relate::many_to_many(asking, &slots),
        "reference" => relate::reference(asking, &slots),
        other => features::feature(asking, other, &slots),
    }
}

const ASKED: &str = "It was asked for.";

fn add_table(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let fields =
        slots.words("fields").map(|it| fields(&asking.after, it).unwrap_or_default()).unwrap_or_default();
    let name = slots.name();
    if let Some(there) =
        asking.after.tables().find(|it| base::singular(&base::snake_case(&it.name)) == base::singular(&name))
    {
        return Err(NotDone::Taken { name: there.name.clone() });
    }
    new_table(asking, &name, &fields, |_, _| ()).map(drop)
}

/// Adds a table as `relata table` would, by the habits of the design, with `shape` given to it before conventions are.
pub fn new_table(
    asking: &mut Asking,
    name: &str,
    fields: &[Field],
    shape: impl FnOnce(&mut Table, &mut IdSource),
) -> Result<TableId, NotDone> {
    let habits = habits(&asking.after);
    let mut design = asking.after.clone();
    let own = design.conventions().clone();
    design.apply(&Edit::default().put(&design, Record::Conventions(habits.clone())))?;
    let written: Vec<String> = fields.iter().map(Field::written).collect();
    let parsed = aggregate::parse(&format!("{} {}", identifier(name), written.join(" ")));
    if let Some(error) = parsed.errors.first() {
        return Err(NotDone::Impossible { why: error.to_string() });
    }
    let proposal = parsed.tree.proposal(&design)?;
    let mut edit = proposal.accept_all(&design)?;
    let ids = edit.records.iter().filter_map(|it| it.after.as_ref()).flat_map(Record::all_ids);
    let mut ids =
        IdSource::starting_at(ids.map(|it| it.0 + 1).max().unwrap_or_default().max(design.ids().peek()));
    let mut made = None;
    let mut shape = Some(shape);
    for replaced in &mut edit.records {
        if let (None, Some(Record::Table(table))) = (&replaced.before, &mut replaced.after) {
            // What this design does by habit and not by its switches is said of the table.
            table.overrides.key = table.overrides.key.or((habits.key != own.key).then_some(habits.key));
            table.overrides.timestamps = table
                .overrides
                .timestamps
                .or((habits.timestamps != own.timestamps).then_some(habits.timestamps));
            made = Some((table.id, table.name.clone()));
            if let Some(shape) = shape.take() {
                shape(table, &mut ids);
            }
            if tells_creation(&asking.after) && is_thing(table) {
                add_creation(table, &mut ids);
            }
        }
    }
    let Some((id, name)) = made else { return Err(NotDone::Taken { name: name.to_owned() }) };
    asking.untouched_part(format!("Add table {name}"), ASKED, edit)?;
    for field in fields.iter().filter(|it| it.is_unique) {
        let column =
            asking.after.table(id).and_then(|it| it.column_named(&identifier(&field.name))).map(|it| it.id);
        let is_so = |it: &ColumnId| table_of(asking, id).is_ok_and(|table| table.is_unique_over(&[*it]));
        if let Some(column) = column.filter(|it| !is_so(it)) {
            let edit = operation::set_unique(&asking.after, id, column, true);
            asking.part(format!("Make {name}.{} unique", field.name), ASKED, edit)?;
        }
    }
    Ok(id)
}

/// Whether most tables of a design say when their rows came, whatever its switches say.
fn tells_creation(design: &Design) -> bool {
    let tables = || design.tables().filter(|it| it.partition_of.is_none());
    let telling = tables().filter(|it| it.column_named("created_at").is_some()).count();
    telling * 2 > tables().count()
}

/// Whether a row of a table comes by itself, and not with the rows that it joins or belongs to one to one.
fn is_thing(table: &Table) -> bool {
    let is_reference = |it: &ColumnId| table.foreign_keys.iter().any(|fk| fk.columns.contains(it));
    !table.primary_key.iter().flat_map(|it| &it.columns).any(is_reference)
}

/// Adds the time at which a row came, unless the table has such a time.
pub fn add_creation(table: &mut Table, ids: &mut IdSource) {
    let now = || ColumnValue::Default("now()".to_owned());
    if table.columns.iter().all(|it| it.value != now()) {
        let column = Column::new(ids.take(), "created_at", DataType::builtin(Builtin::TimestampTz));
        table.columns.push(Column { nullable: false, value: now(), ..column });
    }
}

/// The design's conventions, and where most of its tables are otherwise, theirs: an imported design says nothing of its own.
pub fn habits(design: &Design) -> Conventions {
    let mut habits = design.conventions().clone();
    let tables: Vec<&Table> = design.tables().filter(|it| it.partition_of.is_none()).collect();
    let most = |is: &dyn Fn(&Table) -> bool| tables.iter().filter(|it| is(it)).count() * 2 > tables.len();
    let none = |is: &dyn Fn(&Table) -> bool| !tables.iter().any(|it| is(it));
    let plural = |it: &Table| base::plural(&it.name) == it.name;
    if most(&plural) {
        habits.table_names = TableNames::Plural;
    } else if most(&|it| !plural(it)) {
        habits.table_names = TableNames::Singular;
    }
    let key = |it: &Table, is: &dyn Fn(Builtin) -> bool| {
        let key = it.primary_key.as_ref().and_then(|key| it.column(*key.columns.first()?));
        key.and_then(|it| it.data_type.as_builtin()).is_some_and(is)
    };
    if most(&|it| key(it, &|it| it.family() == TypeFamily::Integer)) {
        habits.key = KeyStyle::Identity;
    } else if habits.key == KeyStyle::Identity && most(&|it| key(it, &|it| it == Builtin::Uuid)) {
        habits.key = KeyStyle::UuidV4;
    }
    let both = |it: &Table| ["created_at", "updated_at"].iter().all(|name| it.column_named(name).is_some());
    if most(&both) {
        habits.timestamps = true;
    } else if !tables.is_empty() && none(&both) {
        habits.timestamps = false;
    }
    habits
}

fn add_columns(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let (id, table_name) = (table.id, table.name.clone());
    let fields = fields(&asking.after, slots.words("fields").unwrap_or_default()).unwrap_or_default();
    for field in fields {
        if table_of(asking, id)?.column_named(&identifier(&field.name)).is_some() {
            return Err(NotDone::Taken { name: format!("{table_name}.{}", field.name) });
        }
        add_column(asking, id, &field)?;
    }
    Ok(())
}

/// Adds one column, with what its name and type bring along.
pub fn add_column(asking: &mut Asking, id: TableId, field: &Field) -> Result<ColumnId, NotDone> {
    let before: Vec<ColumnId> = table_of(asking, id)?.columns.iter().map(|it| it.id).collect();
    let edit = aggregate::add_fields(&asking.after, id, &field.written())
        .map_err(|error| NotDone::Impossible { why: error.to_string() })?;
    let title = format!("Add {} to {}", field.name, table_of(asking, id)?.name);
    asking.untouched_part(title, ASKED, of_new_columns(edit))?;
    let table = table_of(asking, id)?;
    let (name, column) = (table.name.clone(), table.columns.iter().find(|it| !before.contains(&it.id)));
    let column = column.map(|it| it.id).ok_or_else(|| NotDone::Taken { name: field.name.clone() })?;
    if field.is_unique && !table.is_unique_over(&[column]) {
        let edit = operation::set_unique(&asking.after, id, column, true);
        asking.part(format!("Make {name}.{} unique", field.name), ASKED, edit)?;
    }
    Ok(column)
}

/// The edit without indexes that conventions would put on columns that were there before: nobody asked for them.
pub fn of_new_columns(mut edit: Edit) -> Edit {
    for replaced in &mut edit.records {
        let (Some(Record::Table(before)), Some(Record::Table(after))) =
            (&replaced.before, &mut replaced.after)
        else {
            continue;
        };
        let is_old = |id: &ColumnId| before.column(*id).is_some();
        after.indexes.retain(|it| {
            before.indexes.iter().any(|old| old.id == it.id)
                || !it.plain_columns().is_some_and(|columns| columns.iter().all(is_old))
        });
    }
    edit
}

/// The table as it is by now.
pub fn table_of(asking: &Asking, id: TableId) -> Result<&Table, NotDone> {
    asking
        .after
        .table(id)
        .ok_or_else(|| NotDone::Impossible { why: "the table is not there any more".to_owned() })
}

fn rename_table(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
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

/// A name in the singular or plural as another is.
pub fn in_number_of(model: &str, name: &str) -> String {
    let name = identifier(name);
    if base::plural(model) == model { base::plural(&name) } else { base::singular(&name) }
}

fn rename_column(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let column = slots.column(table)?;
    let old = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let name = if slots.is_quoted() { slots.name() } else { identifier(&slots.name()) };
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

fn remove_tables(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    for id in slots.list(&asking.after).unwrap_or_default() {
        let title = format!("Remove table {}", table_of(asking, id)?.name);
        let edit = refactor::remove_table(&asking.after, id);
        asking.part(title, ASKED, edit)?;
    }
    Ok(())
}

fn remove_columns(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let table = slots.table(&asking.after)?;
    let id = table.id;
    for column in slots.columns(table)? {
        remove_column(asking, id, column)?;
    }
    Ok(())
}

/// Removes a column with what names it.
pub fn remove_column(asking: &mut Asking, id: TableId, column: ColumnId) -> Result<(), NotDone> {
    let table = table_of(asking, id)?;
    let name = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let title = format!("Remove {}.{name}", table.name);
    let edit = refactor::remove_column(&asking.after, id, column);
    asking.part(title, ASKED, edit)
}

fn unique(asking: &mut Asking, slots: &Slots<'_>) -> Result<(), NotDone> {
    let tables = slots.tables(&asking.after);
    let (Some(table), within) = (tables.first(), tables.get(1)) else {
        return slots.table(&asking.after).map(drop);
    };
    let mut columns = slots.columns(table)?;
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
            table.uniques.push(Unique { id: asking.after.ids().take(), name, columns, ..Unique::default() });
            Edit::default().put(&asking.after, table)
        }
    };
    asking.part(format!("Make {table_name} unique by ({listed})"), ASKED, edit)
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
    let text = stated(names::bare(slots.words("type").unwrap_or_default())).unwrap_or_default();
    let name = table.column(column).map(|it| it.name.clone()).unwrap_or_default();
    let title = format!("Make {}.{name} {}", table.name, read(slots.words("type").unwrap_or_default()));
    let edit = operation::set_type(&asking.after, table.id, column, &text)?;
    asking.part(title, ASKED, edit)
}

/// The place among a table's columns before what conventions put at its end.
pub fn before_scaffold(table: &Table) -> usize {
    use crate::design::{ConventionKind, Origin};
    let of_convention =
        |it: &Origin| matches!(it, Origin::Convention(kind) if *kind != ConventionKind::SurrogateKey);
    table.columns.iter().rposition(|it| !of_convention(&it.origin)).map_or(0, |it| it + 1)
}
