//! What becomes of the rows of tables and columns that are split, merged and moved.

use crate::design::{BaseType, Column, ColumnId, ColumnValue, Flow, RowValue, Rows, Table, TableId, Way};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::{ident, qualified_name, refactor};

use super::Asking;

fn is_text(column: &Column) -> bool {
    let texts = [Builtin::Text, Builtin::Varchar, Builtin::Character];
    column.data_type.dimensions == 0
        && matches!(column.data_type.base, BaseType::Builtin(it) if texts.contains(&it))
}

fn is_of(column: &Column, builtins: &[Builtin]) -> bool {
    matches!(column.data_type.base, BaseType::Builtin(it) if builtins.contains(&it))
}

/// The name of a column as SQL has it.
fn name(table: &Table, id: ColumnId) -> String {
    table.column(id).map(|it| ident(&it.name)).unwrap_or_default()
}

/// A text taken apart at its blanks; nothing where the column or one of its parts is no text.
pub fn split(table: &Table, whole: &Column, parts: &[Column]) -> Rows {
    if parts.is_empty() || !is_text(whole) || !parts.iter().all(is_text) {
        return Rows::default();
    }
    let there = words(whole.id, parts).into_iter().zip(parts).map(|(value, it)| (it.id, value)).collect();
    let joined = RowValue::Joined(parts.iter().map(|it| it.id).collect());
    let names: Vec<String> = parts.iter().map(|it| format!("`{}`", it.name)).collect();
    Rows {
        there: vec![same(table.id, there)],
        back: vec![same(table.id, vec![(whole.id, joined)])],
        risks: vec![format!(
            "`{}.{}` is taken apart at its blanks into {}, the last of which gets the rest: look at the rows where that is not meant.",
            table.name,
            whole.name,
            names.join(", ")
        )],
        ..Rows::default()
    }
}

fn words(of: ColumnId, parts: &[Column]) -> Vec<RowValue> {
    let count = parts.len();
    (1..=count).map(|at| RowValue::Word { of, at, is_last: at == count }).collect()
}

fn same(table: TableId, values: Vec<(ColumnId, RowValue)>) -> Flow {
    Flow { from: table, into: table, way: Way::Same, values }
}

/// Columns that become one.
pub fn merged(table: &Table, old: &[Column], into: &Column) -> Rows {
    let ids: Vec<ColumnId> = old.iter().map(|it| it.id).collect();
    let one = |value: RowValue, back: Vec<(ColumnId, RowValue)>, risks: Vec<String>| Rows {
        there: vec![same(table.id, vec![(into.id, value)])],
        back: if back.is_empty() { Vec::new() } else { vec![same(table.id, back)] },
        risks,
        ..Rows::default()
    };
    let moments = [Builtin::Timestamp, Builtin::TimestampTz];
    if let ([a, b], true) = (old, is_of(into, &moments)) {
        let (date, time) = if is_of(a, &[Builtin::Date]) { (a, b) } else { (b, a) };
        if is_of(date, &[Builtin::Date]) && is_of(time, &[Builtin::Time]) {
            let value = RowValue::Moment { date: date.id, time: time.id };
            let back = vec![(date.id, RowValue::Of(into.id)), (time.id, RowValue::Of(into.id))];
            let risk = format!("A row of `{}` without `{}` gets midnight.", table.name, time.name);
            return one(value, back, vec![risk]);
        }
    }
    if is_text(into) && old.iter().any(is_text) {
        let are_texts = old.iter().all(is_text);
        let back = if are_texts { words(into.id, old) } else { Vec::new() };
        let back = old.iter().map(|it| it.id).zip(back).collect();
        let lost = if are_texts {
            "going back takes it apart at its blanks, which is not where it was put together where a value has blanks of its own"
        } else {
            "going back brings the columns, not the values"
        };
        let is_checked = table
            .checks
            .iter()
            .any(|it| old.iter().any(|column| refactor::names_column(&it.expression, table, &column.name)));
        let refused = if is_checked { ", and checks of the columns may refuse what comes back" } else { "" };
        let risk = format!(
            "`{}.{}` has the values with a blank between them; {lost}{refused}.",
            table.name, into.name
        );
        return one(RowValue::Joined(ids), back, vec![risk]);
    }
    if old.iter().all(|it| it.data_type == into.data_type) {
        let back = old.first().map(|it| (it.id, RowValue::Of(into.id))).into_iter().collect();
        let risk = format!(
            "`{}.{}` has the first value that there is, in the order in which the columns were named; the others are gone, and going back gives it to `{}`.",
            table.name,
            into.name,
            old.first().map(|it| it.name.as_str()).unwrap_or_default()
        );
        return one(RowValue::First(ids), back, vec![risk]);
    }
    Rows::default()
}

/// The columns that a new table has from an old one, by pairs of old and new, the key first; what both have by the same
/// name comes along.
pub fn moved(
    old: &Table,
    made: &Table,
    (key, own): (ColumnId, ColumnId),
    pairs: &[(ColumnId, ColumnId)],
) -> Rows {
    let mut there: Vec<(ColumnId, RowValue)> = vec![(own, RowValue::Of(key))];
    there.extend(pairs.iter().map(|(old, new)| (*new, RowValue::Of(*old))));
    for column in &made.columns {
        let is_open = column.value != ColumnValue::Given && !matches!(column.value, ColumnValue::Default(_))
            || there.iter().any(|it| it.0 == column.id);
        let like = old.column_named(&column.name).filter(|it| it.data_type == column.data_type);
        if let Some(like) = like.filter(|_| !is_open) {
            there.push((column.id, RowValue::Of(like.id)));
        }
    }
    let back = pairs.iter().map(|(old, new)| (*old, RowValue::Of(*new))).collect();
    let required = |it: &&(ColumnId, ColumnId)| old.column(it.0).is_some_and(|it| !it.nullable);
    let mut risks = Vec::new();
    if pairs.iter().any(|it| required(&it)) {
        risks.push(format!(
            "Going back needs a row of `{}` for each of `{}`, since what comes back is required.",
            made.name, old.name
        ));
    }
    risks.extend(forced(&[old]));
    Rows {
        there: vec![Flow { from: old.id, into: made.id, way: Way::New(Vec::new()), values: there }],
        back: vec![Flow {
            from: made.id,
            into: old.id,
            way: Way::Matching { there: key, here: own },
            values: back,
        }],
        risks,
        ..Rows::default()
    }
}

/// What a policy may keep from a migration.
fn forced(tables: &[&Table]) -> Option<String> {
    let is_forced = |it: &&&Table| it.row_security == crate::design::RowSecurity::Forced;
    let names: Vec<String> = tables.iter().filter(is_forced).map(|it| format!("`{}`", it.name)).collect();
    (!names.is_empty()).then(|| {
        format!(
            "{} has row security that binds its owner: run this as a role that bypasses it.",
            names.join(", ")
        )
    })
}

/// A value, or a reference, that becomes a row of its own with the key of the row that had it; `what` names these rows.
pub fn apart(
    from: &Table,
    made: &Table,
    (key, own): (ColumnId, ColumnId),
    (old, new): (ColumnId, ColumnId),
    what: &str,
) -> Rows {
    let of = from.column(old);
    let name = of.map(|it| it.name.clone()).unwrap_or_default();
    let is_required = of.is_some_and(|it| !it.nullable);
    let none = if is_required { "; one that has none makes it fail" } else { "" };
    Rows {
        there: vec![Flow {
            from: from.id,
            into: made.id,
            way: Way::New(vec![old]),
            values: vec![(own, RowValue::Of(key)), (new, RowValue::Of(old))],
        }],
        back: vec![Flow {
            from: made.id,
            into: from.id,
            way: Way::Matching { there: key, here: own },
            values: vec![(old, RowValue::Of(new))],
        }],
        risks: [format!(
            "Going back keeps one of the {what} of a row in `{}.{name}`, the others are lost{none}.",
            from.name
        )]
        .into_iter()
        .chain(forced(&[from]))
        .collect(),
        ..Rows::default()
    }
}

/// Values that are listed once in a table of their own, and referenced from where they were.
pub fn listed(
    from: &Table,
    made: &Table,
    (old, new): (ColumnId, ColumnId),
    (reference, key): (ColumnId, ColumnId),
) -> Rows {
    let name = from.column(old).map(|it| it.name.clone()).unwrap_or_default();
    Rows {
        there: vec![Flow {
            from: from.id,
            into: made.id,
            way: Way::Listed { reference, key },
            values: vec![(new, RowValue::Of(old))],
        }],
        back: vec![Flow {
            from: made.id,
            into: from.id,
            way: Way::Matching { there: reference, here: key },
            values: vec![(old, RowValue::Of(new))],
        }],
        risks: [format!(
            "Values of `{}.{name}` that differ in a letter or a blank are rows of their own in `{}`.",
            from.name, made.name
        )]
        .into_iter()
        .chain(forced(&[from]))
        .collect(),
        ..Rows::default()
    }
}

/// A column that goes to a table that is there.
pub fn followed(
    asking: &Asking,
    (from, old): (&Table, ColumnId),
    (into, new): (&Table, ColumnId),
    (there, here): (ColumnId, ColumnId),
) -> Rows {
    let design = &asking.after;
    let is_one = from.is_unique_over(&[here]);
    let mut risks = Vec::new();
    let mut checks = Vec::new();
    if is_one {
        risks.push(format!(
            "A row of `{}` that no row of `{}` references has nowhere to leave its value.",
            from.name, into.name
        ));
    } else {
        let (table, key, value) =
            (qualified_name(design, from.namespace, &from.name), name(from, here), name(from, old));
        checks.push(format!(
            "SELECT {key} FROM {table} GROUP BY {key} HAVING count(DISTINCT {value}) > 1; -- must give no row: only one value is kept"
        ));
        risks.push(format!(
            "Of the rows of `{}` that share a row of `{}` the least value is kept, and going back gives it to all of them.",
            from.name, into.name
        ));
    }
    risks.extend(forced(&[from, into]));
    Rows {
        there: vec![Flow {
            from: from.id,
            into: into.id,
            way: Way::Matching { there, here },
            values: vec![(new, RowValue::Of(old))],
        }],
        back: vec![Flow {
            from: into.id,
            into: from.id,
            way: Way::Matching { there: here, here: there },
            values: vec![(old, RowValue::Of(new))],
        }],
        checks,
        risks,
    }
}

/// The rows of one table as rows of another, under keys that are free there.
pub fn joined(
    asking: &Asking,
    from: &Table,
    into: &Table,
    (key, into_key): (ColumnId, ColumnId),
    pairs: &[(ColumnId, ColumnId)],
) -> Rows {
    let design = &asking.after;
    let is_counted = from.column(key).is_some_and(
        |it| matches!(it.data_type.base, BaseType::Builtin(it) if it.family() == TypeFamily::Integer),
    );
    let is_written = |table: &Table, id: ColumnId| {
        table.column(id).is_none_or(|it| !matches!(it.value, ColumnValue::Generated { .. }))
    };
    let there = pairs
        .iter()
        .filter(|it| is_written(into, it.1))
        .map(|(old, new)| (*new, RowValue::Of(*old)))
        .collect();
    let back = pairs
        .iter()
        .filter(|it| is_written(from, it.0))
        .map(|(old, new)| (*old, RowValue::Of(*new)))
        .collect();
    let (old, new) = (
        qualified_name(design, from.namespace, &from.name),
        qualified_name(design, into.namespace, &into.name),
    );
    let (mut checks, mut risks) = (Vec::new(), Vec::new());
    if is_counted {
        risks.push(format!(
            "The rows of `{}` get new keys in `{}`, behind its greatest; what referenced them follows, what knows the keys elsewhere does not.",
            from.name, into.name
        ));
    } else {
        let (a, b) = (name(from, key), name(into, into_key));
        checks.push(format!("SELECT count(*) FROM {old} f JOIN {new} t ON f.{a} = t.{b}; -- must be 0"));
    }
    let (more_checks, more_risks) = hindrances(from, into, (key, into_key), pairs, &old);
    checks.extend(more_checks);
    risks.extend(more_risks);
    risks.push(format!(
        "Nothing tells afterwards which row was in `{0}`: going back, those that are referenced as such return there, the others stay in `{1}`.",
        from.name, into.name
    ));
    risks.extend(forced(&[from, into]));
    Rows {
        there: vec![Flow {
            from: from.id,
            into: into.id,
            way: Way::Merged { there: into_key, here: key, is_counted },
            values: there,
        }],
        back: vec![Flow {
            from: into.id,
            into: from.id,
            way: Way::Parted { there: key, here: into_key },
            values: back,
        }],
        checks,
        risks,
    }
}

/// The rows of one table as columns of another's, by the reference between the two.
pub fn absorbed(
    from: &Table,
    into: &Table,
    (there, here): (ColumnId, ColumnId),
    pairs: &[(ColumnId, ColumnId)],
) -> Rows {
    let references = from.foreign_keys.iter().any(|it| it.columns == [here] && it.references == into.id);
    let mut risks = Vec::new();
    let mut back = Vec::new();
    if references {
        let mut values: Vec<(ColumnId, RowValue)> = vec![(here, RowValue::Of(there))];
        values.extend(pairs.iter().map(|(old, new)| (*old, RowValue::Of(*new))));
        let with = pairs.iter().map(|it| it.1).collect();
        back.push(Flow { from: into.id, into: from.id, way: Way::New(with), values });
        if !from.is_unique_over(&[here]) {
            risks.push(format!(
                "Of several rows of `{}` for one of `{}` one is kept, the others are lost.",
                from.name, into.name
            ));
        }
        if !from.is_key(here) {
            risks.push(format!("Going back gives the rows of `{}` new keys.", from.name));
        }
    } else {
        risks.push(format!(
            "Rows of `{0}` that none of `{1}` references are lost; going back brings `{0}` without rows, and the values stay lost.",
            from.name, into.name
        ));
    }
    risks.extend(forced(&[from, into]));
    Rows {
        there: vec![Flow {
            from: from.id,
            into: into.id,
            way: Way::Matching { there, here },
            values: pairs.iter().map(|(old, new)| (*new, RowValue::Of(*old))).collect(),
        }],
        back,
        risks,
        ..Rows::default()
    }
}

/// What is lost of the rows of one table that become rows of another, and what may keep them from it.
fn hindrances(
    from: &Table,
    into: &Table,
    (key, into_key): (ColumnId, ColumnId),
    pairs: &[(ColumnId, ColumnId)],
    old: &str,
) -> (Vec<String>, Vec<String>) {
    let (mut checks, mut risks) = (Vec::new(), Vec::new());
    let lost: Vec<String> = from
        .columns
        .iter()
        .filter(|it| it.id != key && !pairs.iter().any(|pair| pair.0 == it.id))
        .map(|it| format!("`{}`", it.name))
        .collect();
    if !lost.is_empty() {
        risks.push(format!(
            "The values of {} of `{}` have no place there, and are lost.",
            lost.join(", "),
            from.name
        ));
    }
    let open: Vec<String> = into
        .columns
        .iter()
        .filter(|it| !it.nullable && it.value == ColumnValue::Given && it.id != into_key)
        .filter(|it| !pairs.iter().any(|pair| pair.1 == it.id))
        .map(|it| format!("`{}.{}`", into.name, it.name))
        .collect();
    if !open.is_empty() {
        checks
            .push(format!("SELECT count(*) FROM {old}; -- must be 0, or {} have a default", open.join(", ")));
        risks.push(format!(
            "{} is required, and the rows of `{}` have none: with rows it fails.",
            open.join(", "),
            from.name
        ));
    }
    if !into.uniques.is_empty() || into.indexes.iter().any(|it| it.unique) {
        risks.push(format!(
            "Rows of `{}` with a value that `{}` has only once make it fail.",
            from.name, into.name
        ));
    }
    (checks, risks)
}

/// The rows of one table as rows of another that gives them keys of its own; nothing else knew the old ones.
pub fn appended(
    asking: &Asking,
    from: &Table,
    into: &Table,
    (key, into_key): (ColumnId, ColumnId),
    pairs: &[(ColumnId, ColumnId)],
) -> Rows {
    let is_written =
        |id: ColumnId| into.column(id).is_none_or(|it| !matches!(it.value, ColumnValue::Generated { .. }));
    let values = pairs.iter().filter(|it| is_written(it.1)).map(|(old, new)| (*new, RowValue::Of(*old)));
    let old = qualified_name(&asking.after, from.namespace, &from.name);
    let (checks, mut risks) = hindrances(from, into, (key, into_key), pairs, &old);
    risks.push(format!(
        "The rows of `{0}` get keys of `{1}`, and the old ones are lost with `{0}`; going back brings the table without rows, which stay in `{1}`.",
        from.name, into.name
    ));
    risks.extend(forced(&[from, into]));
    let there =
        vec![Flow { from: from.id, into: into.id, way: Way::New(Vec::new()), values: values.collect() }];
    Rows { there, checks, risks, ..Rows::default() }
}
