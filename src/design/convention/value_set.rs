//! Closed sets of values as an enumerated type, a check, or a lookup table.

use super::draft::Draft;
use super::settings::Settings;
use crate::base;
use crate::design::naming::{Derived, free, in_expression, table_name, text_in_expression};
use crate::design::{
    BaseType, Check, Column, ColumnId, ConstraintId, ConventionKind, DataType, Design, EnumId, EnumType,
    ForeignKey, Id, IndexKey, Origin, PrimaryKey, Record, ReferentialAction, SeedRows, Table, TableId,
    TableKind, ValueSetStyle,
};
use crate::pg::Builtin;

const MADE: Origin = Origin::Convention(ConventionKind::ValueSet);

/// A value set as a check, the form in which one is added to a table; [`applied`](super::applied) gives it the form
/// that the conventions ask for.
pub fn value_check(table: &Table, id: ConstraintId, column: &str, values: &[String]) -> Check {
    let taken = |name: &str| table.checks.iter().any(|it| it.name == name);
    Check {
        id,
        name: free(Derived::Check.name(&table.name, [column]), taken),
        expression: expression(column, values),
        origin: MADE,
        ..Check::default()
    }
}

/// The closed set of values that a column may have, in order, however it is held; nothing where there is none.
pub fn values_of(design: &Design, table: &Table, column: &Column) -> Option<Vec<String>> {
    if let BaseType::Enum(id) = column.data_type.base {
        return design.enum_type(id).map(|it| it.values.clone());
    }
    let listed = table.checks.iter().find_map(|it| values_in(&it.expression, &column.name));
    let looked_up = || {
        let fk = table.foreign_keys.iter().find(|it| it.columns == [column.id])?;
        seeded(design.table(fk.references)?, *fk.ref_columns.first()?)
    };
    listed.or_else(looked_up)
}

fn expression(column: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|it| text_in_expression(it)).collect();
    format!("{} IN ({})", in_expression(column), values.join(", "))
}

/// The values of `column IN ('a', 'b')`, as [`expression`] writes it.
pub fn values_in(expression: &str, column: &str) -> Option<Vec<String>> {
    let list = expression.strip_prefix(in_expression(column).as_ref())?.trim_start();
    let list = list.get(..2).filter(|it| it.eq_ignore_ascii_case("in")).and_then(|_| list.get(2..))?.trim();
    let mut rest = list.strip_prefix('(')?.strip_suffix(')')?.trim();
    let mut values = Vec::new();
    loop {
        let (value, after) = literal(rest)?;
        values.push(value);
        rest = after.trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return rest.is_empty().then_some(values),
        }
    }
}

/// A literal at the beginning, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('\'')?;
    let mut value = String::new();
    loop {
        let end = rest.find('\'')?;
        value.push_str(rest.get(..end)?);
        rest = rest.get(end + 1..)?;
        match rest.strip_prefix('\'') {
            Some(after) => {
                value.push('\'');
                rest = after;
            }
            None => return Some((value, rest)),
        }
    }
}

fn seeded(lookup: &Table, key: ColumnId) -> Option<Vec<String>> {
    let seed = lookup.seed.as_ref().filter(|_| lookup.kind == TableKind::Lookup)?;
    let at = seed.columns.iter().position(|it| *it == key)?;
    seed.rows.iter().map(|row| literal(row.get(at)?).map(|it| it.0)).collect()
}

/// How a value set that the convention made is held.
#[derive(Clone, Debug)]
enum Held {
    Enum(EnumId),
    Check(ConstraintId),
    Lookup(TableId),
}

impl Held {
    fn style(&self) -> ValueSetStyle {
        match self {
            Self::Enum(_) => ValueSetStyle::Enum,
            Self::Check(_) => ValueSetStyle::Check,
            Self::Lookup(_) => ValueSetStyle::Lookup,
        }
    }
}

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let Some(table) = draft.table(id) else { return };
    let columns: Vec<Column> =
        table.columns.iter().filter(|it| it.data_type.dimensions == 0).cloned().collect();
    for column in columns {
        let Some((held, values)) = draft.table(id).and_then(|it| held(draft, it, &column)) else { continue };
        if held.style() == settings.value_sets {
            continue;
        }
        release(draft, id, &column, &held);
        match settings.value_sets {
            ValueSetStyle::Enum => hold_as_enum(draft, id, &column, values),
            ValueSetStyle::Check => hold_as_check(draft, id, &column, &values),
            ValueSetStyle::Lookup => hold_in_lookup(draft, id, &column, &values, settings),
        }
    }
}

fn held(draft: &Draft<'_>, table: &Table, column: &Column) -> Option<(Held, Vec<String>)> {
    if let BaseType::Enum(id) = column.data_type.base {
        let values = draft.enum_type(id).filter(|it| it.origin == MADE)?.values.clone();
        return Some((Held::Enum(id), values));
    }
    let checks = table.checks.iter().filter(|it| it.origin == MADE);
    for check in checks {
        if let Some(values) = values_in(&check.expression, &column.name) {
            return Some((Held::Check(check.id), values));
        }
    }
    let fk = table.foreign_keys.iter().find(|it| it.origin == MADE && it.columns == [column.id])?;
    let values = seeded(draft.table(fk.references)?, *fk.ref_columns.first()?)?;
    Some((Held::Lookup(fk.references), values))
}

/// Leaves the column as plain text.
fn release(draft: &mut Draft<'_>, id: TableId, column: &Column, held: &Held) {
    let Some(table) = draft.table_mut(id) else { return };
    match held {
        Held::Enum(enum_type) => {
            set_type(table, column.id, DataType::builtin(Builtin::Text));
            if draft.users_of(*enum_type).is_empty() {
                draft.remove(*enum_type);
            }
        }
        Held::Check(check) => table.checks.retain(|it| it.id != *check),
        Held::Lookup(lookup) => {
            table.foreign_keys.retain(|it| !(it.origin == MADE && it.columns == [column.id]));
            let of_key = Origin::Convention(ConventionKind::ForeignKeyIndex);
            let over = |it: &crate::design::Index| {
                it.elements.iter().all(|it| it.key == IndexKey::Column(column.id))
            };
            table.indexes.retain(|it| !(it.origin == of_key && over(it)));
            remove_lookup(draft, *lookup);
        }
    }
}

fn set_type(table: &mut Table, column: ColumnId, data_type: DataType) {
    if let Some(column) = table.columns.iter_mut().find(|it| it.id == column) {
        column.data_type = data_type;
    }
}

/// Removes a lookup table that is still as the convention made it and that nothing but the diagram refers to.
fn remove_lookup(draft: &mut Draft<'_>, id: TableId) {
    let as_made = |it: &Table| it.origin == MADE && it.columns.iter().all(|it| it.origin == MADE);
    if !draft.table(id).is_some_and(as_made) {
        return;
    }
    let users: Vec<Record> = draft.users_of(id).into_iter().filter_map(|it| draft.record(it)).collect();
    if users.iter().any(|it| !matches!(it, Record::Placement(_) | Record::Area(_))) {
        return;
    }
    for user in users {
        match user {
            Record::Area(mut area) => {
                area.tables.retain(|it| *it != id);
                draft.put(area);
            }
            other => draft.remove(other.id()),
        }
    }
    draft.remove(id);
}

fn hold_as_enum(draft: &mut Draft<'_>, id: TableId, column: &Column, values: Vec<String>) {
    let Some(table) = draft.table(id) else { return };
    let namespace = table.namespace;
    let name = set_name(table, column);
    let same = |it: &&EnumType| it.name == name && it.namespace == namespace && it.values == values;
    let shared = draft.enum_types().find(same).map(|it| it.id);
    let enum_type = shared.unwrap_or_else(|| {
        let id = draft.ids.take();
        let name = draft.claim(namespace, name);
        draft.put(EnumType { id, namespace, name, values, comment: None, origin: MADE });
        id
    });
    if let Some(table) = draft.table_mut(id) {
        set_type(table, column.id, DataType::new(BaseType::Enum(enum_type)));
    }
}

fn hold_as_check(draft: &mut Draft<'_>, id: TableId, column: &Column, values: &[String]) {
    let Some(table) = draft.table(id) else { return };
    let check = value_check(table, Id(draft.ids.peek()).into(), &column.name, values);
    draft.ids.take::<ConstraintId>();
    if let Some(table) = draft.table_mut(id) {
        table.checks.push(check);
    }
}

fn hold_in_lookup(
    draft: &mut Draft<'_>,
    id: TableId,
    column: &Column,
    values: &[String],
    settings: &Settings,
) {
    let Some(table) = draft.table(id) else { return };
    let namespace = table.namespace;
    let name = table_name(&set_name(table, column), settings.table_names);
    let serves = |it: &&Table| {
        let key = it.primary_key.as_ref().and_then(|it| it.columns.first().copied());
        it.name == name
            && it.namespace == namespace
            && key.and_then(|key| seeded(it, key)).as_deref() == Some(values)
    };
    let shared =
        draft.tables().find(serves).and_then(|it| Some((it.id, *it.primary_key.as_ref()?.columns.first()?)));
    let (lookup, key) = shared.unwrap_or_else(|| {
        let name = draft.claim(namespace, name);
        let lookup = lookup_table(draft, name, namespace, values);
        let made = (lookup.id, lookup.columns.first().map(|it| it.id).unwrap_or_default());
        draft.put(lookup);
        made
    });
    let fk = draft.ids.take();
    let Some(table) = draft.table_mut(id) else { return };
    let taken = |name: &str| table.foreign_keys.iter().any(|it| it.name == name);
    let name = free(Derived::ForeignKey.name(&table.name, [&column.name]), taken);
    table.foreign_keys.push(ForeignKey {
        id: fk,
        name,
        columns: vec![column.id],
        references: lookup,
        ref_columns: vec![key],
        on_delete: ReferentialAction::Restrict,
        on_update: ReferentialAction::Cascade,
        origin: MADE,
        ..ForeignKey::default()
    });
}

/// `value`, which is the key, and `position`, with a row for each value.
fn lookup_table(
    draft: &mut Draft<'_>,
    name: String,
    namespace: Option<crate::design::NamespaceId>,
    values: &[String],
) -> Table {
    let text =
        Column { origin: MADE, ..Column::new(draft.ids.take(), "value", DataType::builtin(Builtin::Text)) };
    let position = Column {
        origin: MADE,
        ..Column::new(draft.ids.take(), "position", DataType::builtin(Builtin::Integer))
    };
    let row = |(at, value): (usize, &String)| vec![text_in_expression(value), (at + 1).to_string()];
    Table {
        id: draft.ids.take(),
        namespace,
        kind: TableKind::Lookup,
        primary_key: Some(PrimaryKey {
            id: draft.ids.take(),
            name: Derived::PrimaryKey.name(&name, [""; 0]),
            columns: vec![text.id],
            origin: MADE,
            ..PrimaryKey::default()
        }),
        seed: Some(SeedRows {
            columns: vec![text.id, position.id],
            rows: values.iter().enumerate().map(row).collect(),
        }),
        columns: vec![text, position],
        name,
        origin: MADE,
        ..Table::default()
    }
}

/// `order_status`, whatever the number of the table's name.
fn set_name(table: &Table, column: &Column) -> String {
    Derived::Type.name(&base::singular(&table.name), [&column.name])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_check_reads_back() {
        for values in [vec!["a"], vec!["low", "it's", "x, y", ")"]] {
            let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            assert_eq!(values_in(&expression("order", &values), "order"), Some(values));
        }
        assert_eq!(values_in("status IN ('a') OR true", "status"), None);
        assert_eq!(values_in("status IN ()", "status"), None);
        assert_eq!(values_in("état in ('a')", "état"), None, "needs quotes");
    }
}
