//! What the tables of a design have in common, whatever its switches say: an imported design says nothing of its own.

use crate::base;
use crate::design::{
    Column, ColumnId, ColumnValue, Conventions, DataType, Design, Edit, IdSource, Record, Table,
};
use crate::pg::Builtin;

/// Whether most tables of a design say when their rows came, whatever its switches say.
pub fn tells_creation(design: &Design) -> bool {
    let tables = || design.tables().filter(|it| it.partition_of.is_none());
    let telling =
        tables().filter(|it| it.columns.iter().any(|it| base::snake_case(&it.name) == "created_at")).count();
    telling * 2 > tables().count()
}

/// Whether a row of a table comes by itself, and not with the rows that it joins or belongs to one to one.
pub fn is_thing(table: &Table) -> bool {
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
    let tables: Vec<&Table> = design.tables().filter(|it| it.partition_of.is_none()).collect();
    let mut habits = design.conventions().clone().with_habits_of(design.tables());
    let most = |is: &dyn Fn(&Table) -> bool| tables.iter().filter(|it| is(it)).count() * 2 > tables.len();
    let none = |is: &dyn Fn(&Table) -> bool| !tables.iter().any(|it| is(it));
    let both = |it: &Table| ["created_at", "updated_at"].iter().all(|name| it.column_named(name).is_some());
    if most(&both) {
        habits.timestamps = true;
    } else if !tables.is_empty() && none(&both) {
        habits.timestamps = false;
    }
    habits
}

/// The edit without indexes that conventions would put on columns that were there before: nobody asked for them.
pub fn of_new_columns(edit: Edit) -> Edit {
    with_new_indexes(edit, |before, columns| !columns.iter().all(|it| before.column(*it).is_some()), true)
}

/// The edit without indexes that conventions would put on columns other than this one: nobody asked for them.
pub fn only_of(edit: Edit, column: ColumnId) -> Edit {
    with_new_indexes(edit, |_, columns| columns == [column], false)
}

/// The edit with those new indexes alone whose columns are wanted of the table as it was; `others` are those of expressions.
fn with_new_indexes(mut edit: Edit, is_wanted: impl Fn(&Table, &[ColumnId]) -> bool, others: bool) -> Edit {
    for replaced in &mut edit.records {
        let (Some(Record::Table(before)), Some(Record::Table(after))) =
            (&replaced.before, &mut replaced.after)
        else {
            continue;
        };
        after.indexes.retain(|it| {
            before.indexes.iter().any(|old| old.id == it.id)
                || it.plain_columns().map_or(others, |columns| is_wanted(before, &columns))
        });
    }
    edit
}
