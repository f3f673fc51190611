//! Rows that a migration takes along: values carried from table to table, and columns filled before they are required.

use std::collections::BTreeSet;

use super::Script;
use crate::design::{
    BaseType, Column, ColumnId, ColumnValue, Design, Flow, ForeignKey, RowValue, Table, TableId, Way,
};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::refactor::names_column;
use crate::sql::{ident, literal, qualified_name, type_name};

/// A column that is required once its rows have a value.
pub(super) struct Waiting {
    pub table: TableId,
    pub column: ColumnId,
    /// What the rows that are there get, where something can be said.
    pub fill: Option<Fill>,
}

/// What rows get that have no value of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// An expression.
    Placed(String),
    /// What the row has that this column references.
    Through { own: ColumnId, of: TableId, key: ColumnId, value: ColumnId },
}

/// The flows that have something to do: they write what the old design does not have.
pub(super) fn needed(old: &Design, new: &Design, flows: &[Flow]) -> Vec<Flow> {
    let all = flows.iter().filter_map(|flow| {
        let mut flow = flow.clone();
        let (from, into) = (old.table(flow.from)?, new.table(flow.into)?);
        let was = old.table(flow.into);
        let is_row = !matches!(flow.way, Way::Same | Way::Matching { .. });
        flow.values.retain(|(to, value)| {
            into.column(*to).is_some()
                && (is_row || was.is_none_or(|it| it.column(*to).is_none()))
                && value.columns().iter().all(|it| from.column(*it).is_some())
        });
        let is_new = match flow.way {
            Way::New(_) | Way::Listed { .. } => was.is_none(),
            Way::Merged { .. } => new.table(flow.from).is_none(),
            Way::Parted { .. } => was.is_none(),
            Way::Same | Way::Matching { .. } => true,
        };
        (is_new && !flow.values.is_empty()).then_some(flow)
    });
    all.collect()
}

/// Whether a flow gives a column its values.
pub(super) fn writes(flows: &[Flow], table: TableId, column: ColumnId) -> bool {
    flows.iter().any(|it| {
        it.into == table && it.values.iter().any(|it| it.0 == column)
            || it.from == table && matches!(it.way, Way::Listed { reference, .. } if reference == column)
    })
}

/// Whether the values of a column, or the rows of a table where none is named, are in a flow.
pub(super) fn reads(flows: &[Flow], table: TableId, column: Option<ColumnId>) -> bool {
    let said = |flow: &Flow| {
        column.is_none_or(|column| {
            let key = match &flow.way {
                Way::Matching { here, .. } | Way::Merged { here, .. } | Way::Parted { here, .. } => {
                    Some(*here)
                }
                Way::New(_) | Way::Listed { .. } | Way::Same => None,
            };
            key == Some(column) || flow.values.iter().any(|it| it.1.columns().contains(&column))
        })
    };
    flows.iter().any(|it| it.from == table && said(it))
}

/// What the rows of a table that is there get in a column that they lack and must have; nothing where nothing can be said.
pub(super) fn fill(old: &Design, new: &Design, table: &Table, column: &Column) -> Option<Fill> {
    if let ColumnValue::Default(text) = &column.value {
        return Some(Fill::Placed(text.clone()));
    }
    let of = |it: &&ForeignKey| it.columns == [column.id];
    if let Some(fk) = table.foreign_keys.iter().find(of) {
        return through(old, new, table, column, fk);
    }
    let in_key = |all: &[ColumnId]| all.contains(&column.id);
    let is_told_apart = table.uniques.iter().any(|it| in_key(&it.columns))
        || table.indexes.iter().any(|it| it.unique && it.plain_columns().is_none_or(|it| in_key(&it)))
        || !table.exclusions.is_empty()
        || table.is_key(column.id);
    let is_uuid = column.data_type.base == BaseType::Builtin(Builtin::Uuid);
    if is_told_apart && !is_uuid || column.value != ColumnValue::Given {
        return None;
    }
    let checks: Vec<&str> = table
        .checks
        .iter()
        .map(|it| it.expression.as_str())
        .filter(|it| names_column(it, table, &column.name))
        .collect();
    placed(new, column, &checks).map(Fill::Placed)
}

/// A value that says nothing, where the type has one that the checks let through.
fn placed(design: &Design, column: &Column, checks: &[&str]) -> Option<String> {
    if column.data_type.dimensions > 0 {
        return checks.is_empty().then(|| "'{}'".to_owned());
    }
    let is_sign = |it: &&str| it.contains(">= 0") && !it.contains("AND") && !it.contains("OR");
    match &column.data_type.base {
        BaseType::Enum(id) => {
            design.enum_type(*id)?.values.first().filter(|_| checks.is_empty()).map(|it| literal(it))
        }
        BaseType::Builtin(builtin) => {
            let (text, zero) = match builtin {
                Builtin::Text | Builtin::Varchar | Builtin::Character => ("''", false),
                Builtin::SmallInt
                | Builtin::Integer
                | Builtin::BigInt
                | Builtin::Numeric
                | Builtin::Real
                | Builtin::Double => ("0", true),
                Builtin::Boolean => ("false", false),
                Builtin::Date => ("current_date", false),
                Builtin::Timestamp | Builtin::TimestampTz => ("now()", false),
                Builtin::Uuid => ("gen_random_uuid()", false),
                Builtin::Jsonb | Builtin::Json => ("'{}'", false),
                _ => return None,
            };
            (checks.is_empty() || zero && checks.iter().all(is_sign)).then(|| text.to_owned())
        }
        _ => None,
    }
}

/// By a required reference to a row that has the same: of an order the organization that its customer has.
fn through(old: &Design, new: &Design, table: &Table, column: &Column, fk: &ForeignKey) -> Option<Fill> {
    let was = old.table(table.id)?;
    let required = |id: ColumnId| was.column(id).is_some_and(|it| !it.nullable);
    table.foreign_keys.iter().find_map(|it| {
        let ([own], [key]) = (it.columns.as_slice(), it.ref_columns.as_slice()) else { return None };
        let of = new.table(it.references).filter(|of| of.id != table.id && of.id != fk.references)?;
        let value = of.column_named(&column.name)?;
        let same = |it: &ForeignKey| it.columns == [value.id] && it.references == fk.references;
        let is_so = required(*own) && of.foreign_keys.iter().any(same);
        is_so.then_some(Fill::Through { own: *own, of: of.id, key: *key, value: value.id })
    })
}

impl Script<'_> {
    /// The statements that move and fill, those of columns that others are filled from first.
    pub(super) fn move_rows(&mut self, waiting: &[Waiting]) {
        for flow in self.flows.clone() {
            let statements = self.flow(&flow).unwrap_or_default();
            self.out.extend(statements);
        }
        let mut left: Vec<&Waiting> = waiting.iter().collect();
        while !left.is_empty() {
            let open: BTreeSet<(TableId, ColumnId)> = left.iter().map(|it| (it.table, it.column)).collect();
            let (later, now): (Vec<&Waiting>, Vec<&Waiting>) = left.into_iter().partition(|it| {
                matches!(&it.fill, Some(Fill::Through { of, value, .. }) if open.contains(&(*of, *value)))
            });
            // Those that go round in a ring have nothing to be filled from.
            if now.is_empty() {
                break;
            }
            for it in now {
                let statement = it.fill.as_ref().and_then(|fill| self.filled(it, fill));
                self.out.extend(statement);
            }
            left = later;
        }
    }

    /// What is required now that it is filled.
    pub(super) fn require(&mut self, waiting: &[Waiting]) {
        for it in waiting {
            let Some(table) = self.new.design.table(it.table) else { continue };
            let Some(column) = table.column(it.column) else { continue };
            let name = qualified_name(self.new.design, table.namespace, &table.name);
            self.out.push(format!("ALTER TABLE {name} ALTER COLUMN {} SET NOT NULL", ident(&column.name)));
        }
    }

    fn filled(&self, it: &Waiting, fill: &Fill) -> Option<String> {
        let (table, name) = (self.table(it.table)?, self.column_name(it.table, it.column)?);
        Some(match fill {
            Fill::Placed(text) => format!("UPDATE {table} SET {name} = {text} WHERE {name} IS NULL"),
            Fill::Through { own, of, key, value } => {
                let (other, own) = (self.table(*of)?, self.column_name(it.table, *own)?);
                let (key, value) = (self.column_name(*of, *key)?, self.column_name(*of, *value)?);
                format!(
                    "UPDATE {table} t SET {name} = s.{value} FROM {other} s WHERE s.{key} = t.{own} AND t.{name} IS NULL"
                )
            }
        })
    }

    fn table(&self, id: TableId) -> Option<String> {
        let name = |design: &Design| {
            design.table(id).map(|table| qualified_name(design, table.namespace, &table.name))
        };
        name(self.new.design).or_else(|| name(self.old.design))
    }

    fn column_name(&self, table: TableId, column: ColumnId) -> Option<String> {
        let find =
            |design: &Design| design.table(table).and_then(|it| it.column(column).map(|it| ident(&it.name)));
        find(self.new.design).or_else(|| find(self.old.design))
    }

    /// A value, read from what is called `s`.
    fn value(&self, from: TableId, into: (TableId, ColumnId), value: &RowValue) -> Option<String> {
        let name = |id: &ColumnId| self.column_name(from, *id).map(|it| format!("s.{it}"));
        let names = |all: &[ColumnId]| all.iter().map(name).collect::<Option<Vec<String>>>();
        let is_text = |it: &ColumnId| {
            let column = self.old.design.table(from).and_then(|table| table.column(*it));
            column.is_some_and(is_text)
        };
        Some(match value {
            RowValue::Of(id) => {
                let (was, is) = (self.old.design.table(from)?.column(*id)?, self.new.design.table(into.0)?);
                let is = is.column(into.1)?;
                let cast = was.data_type != is.data_type;
                let to = if cast {
                    format!("::{}", type_name(self.new.design, &is.data_type))
                } else {
                    String::new()
                };
                format!("{}{to}", name(id)?)
            }
            RowValue::Word { of, at, is_last: false } => format!("split_part({}, ' ', {at})", name(of)?),
            RowValue::Word { of, at, is_last: true } => {
                format!("array_to_string((string_to_array({}, ' '))[{at}:], ' ')", name(of)?)
            }
            RowValue::Joined(all) => {
                let texts = all.iter().map(|id| {
                    let name = name(id)?;
                    let text = if is_text(id) { name } else { format!("{name}::text") };
                    Some(format!("nullif({text}, '')"))
                });
                let texts: Option<Vec<String>> = texts.collect();
                let present = names(all)?.join(", ");
                format!(
                    "CASE WHEN num_nonnulls({present}) > 0 THEN concat_ws(' ', {}) END",
                    texts?.join(", ")
                )
            }
            RowValue::First(all) => format!("coalesce({})", names(all)?.join(", ")),
            RowValue::Moment { date, time } => {
                let (date, time) = (name(date)?, name(time)?);
                format!("{date} + coalesce({time}, '00:00'::time)")
            }
        })
    }

    fn flow(&self, flow: &Flow) -> Option<Vec<String>> {
        let (from, into) = (self.table(flow.from)?, self.table(flow.into)?);
        let mut values: Vec<(String, String)> = Vec::new();
        for (to, value) in &flow.values {
            let value = self.value(flow.from, (flow.into, *to), value)?;
            values.push((self.column_name(flow.into, *to)?, value));
        }
        let columns = values.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(", ");
        let read = values.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(", ");
        Some(match &flow.way {
            Way::New(with) => {
                let with: Option<Vec<String>> = with
                    .iter()
                    .map(|it| self.column_name(flow.from, *it).map(|it| format!("s.{it}")))
                    .collect();
                let with = with.filter(|it| !it.is_empty());
                let only =
                    with.map_or_else(String::new, |it| format!(" WHERE num_nonnulls({}) > 0", it.join(", ")));
                let system = self.overriding(flow);
                vec![format!("INSERT INTO {into} ({columns}){system} SELECT {read} FROM {from} s{only}")]
            }
            Way::Listed { reference, key } => {
                let (own, key) =
                    (self.column_name(flow.from, *reference)?, self.column_name(flow.into, *key)?);
                let same = values.iter().map(|(to, value)| format!("n.{to} = {value}"));
                let given = values.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(", ");
                vec![
                    format!(
                        "INSERT INTO {into} ({columns}) SELECT DISTINCT {read} FROM {from} s WHERE num_nonnulls({given}) > 0 ORDER BY {given}"
                    ),
                    format!(
                        "UPDATE {from} s SET {own} = n.{key} FROM {into} n WHERE {}",
                        same.collect::<Vec<_>>().join(" AND ")
                    ),
                ]
            }
            Way::Same => {
                let set = values.iter().map(|(to, value)| format!("{to} = {value}")).collect::<Vec<_>>();
                vec![format!("UPDATE {into} s SET {}", set.join(", "))]
            }
            Way::Matching { there, here } => {
                let (there, here) =
                    (self.column_name(flow.into, *there)?, self.column_name(flow.from, *here)?);
                let set = values.iter().enumerate().map(|(at, (to, _))| format!("{to} = s.v{at}"));
                let read = values.iter().enumerate().map(|(at, (_, value))| format!("{value} AS v{at}"));
                let (set, read) = (set.collect::<Vec<_>>().join(", "), read.collect::<Vec<_>>().join(", "));
                let order = (1..=values.len() + 1).map(|it| it.to_string()).collect::<Vec<_>>().join(", ");
                // Of several rows the same one is taken each time.
                vec![format!(
                    "UPDATE {into} t SET {set} FROM (SELECT DISTINCT ON (s.{here}) s.{here} AS k, {read} FROM {from} s ORDER BY {order}) s WHERE s.k = t.{there}"
                )]
            }
            Way::Merged { there, here, is_counted } => {
                let (to, of) = (self.column_name(flow.into, *there)?, self.column_name(flow.from, *here)?);
                let shift = if *is_counted {
                    format!(" + (SELECT coalesce(max({to}), 0) FROM {into})")
                } else {
                    String::new()
                };
                let mut out = Vec::new();
                if *is_counted {
                    for (table, column) in self.referencing(flow.from) {
                        out.push(format!(
                            "UPDATE {table} SET {column} = {column}{shift} WHERE {column} IS NOT NULL"
                        ));
                    }
                }
                let (comma, system) =
                    (if columns.is_empty() { "" } else { ", " }, " OVERRIDING SYSTEM VALUE");
                out.push(format!(
                    "INSERT INTO {into} ({to}{comma}{columns}){system} SELECT s.{of}{shift}{comma}{read} FROM {from} s"
                ));
                if *is_counted {
                    out.push(next_after(&into, &to));
                }
                out
            }
            Way::Parted { there, here } => {
                let (to, of) = (self.column_name(flow.into, *there)?, self.column_name(flow.from, *here)?);
                let turned = self.turned(flow.into);
                if turned.is_empty() {
                    return None;
                }
                let others: Vec<(String, String)> =
                    self.referencing(flow.from).into_iter().filter(|it| !turned.contains(it)).collect();
                let comma = if columns.is_empty() { "" } else { ", " };
                let mut out = vec![format!(
                    "INSERT INTO {into} ({to}{comma}{columns}) OVERRIDING SYSTEM VALUE SELECT s.{of}{comma}{read} FROM {from} s WHERE {}",
                    used(&turned, &of)
                )];
                let kept = if others.is_empty() {
                    String::new()
                } else {
                    format!(" AND NOT ({})", used(&others, &of))
                };
                out.push(format!("DELETE FROM {from} s WHERE s.{of} IN (SELECT {to} FROM {into}){kept}"));
                if self.is_number(flow.into, *there) {
                    out.push(next_after(&into, &to));
                }
                out
            }
        })
    }

    /// Whether a key is a number, which something may count; others have no greatest.
    fn is_number(&self, table: TableId, column: ColumnId) -> bool {
        let key = self.new.design.table(table).and_then(|it| it.column(column));
        key.is_some_and(
            |it| matches!(it.data_type.base, BaseType::Builtin(it) if it.family() == TypeFamily::Integer),
        )
    }

    /// `OVERRIDING SYSTEM VALUE` where an identity is written.
    fn overriding(&self, flow: &Flow) -> &'static str {
        let identity = |it: &Column| matches!(it.value, ColumnValue::Identity { always: true, .. });
        let table = self.new.design.table(flow.into);
        let is =
            flow.values.iter().any(|it| table.and_then(|table| table.column(it.0)).is_some_and(identity));
        if is { " OVERRIDING SYSTEM VALUE" } else { "" }
    }

    /// The columns that reference a table in the old design and are there in the new one.
    fn referencing(&self, id: TableId) -> Vec<(String, String)> {
        self.references_in(self.old.design, self.new.design, id)
    }

    /// The columns that reference a table from now on, and another one until now.
    fn turned(&self, id: TableId) -> Vec<(String, String)> {
        self.references_in(self.new.design, self.old.design, id)
    }

    /// The columns that reference a table in one design and are there in the other, too.
    fn references_in(&self, design: &Design, other: &Design, id: TableId) -> Vec<(String, String)> {
        let all = design.tables().flat_map(|table| table.foreign_keys.iter().map(move |fk| (table, fk)));
        all.filter(|(_, fk)| fk.references == id)
            .filter_map(|(table, fk)| {
                let [column] = fk.columns.as_slice() else { return None };
                other.table(table.id)?.column(*column)?;
                Some((self.table(table.id)?, self.column_name(table.id, *column)?))
            })
            .collect()
    }
}

/// Whether one of these columns has a key.
fn used(all: &[(String, String)], key: &str) -> String {
    let all = all
        .iter()
        .map(|(table, column)| format!("EXISTS (SELECT 1 FROM {table} u WHERE u.{column} = s.{key})"));
    all.collect::<Vec<_>>().join(" OR ")
}

/// Lets what counts keys go on behind the greatest; does nothing where nothing counts them.
pub(super) fn next_after(table: &str, key: &str) -> String {
    let bare = key.trim_matches('"');
    format!(
        "SELECT setval(pg_get_serial_sequence({}, {}), max({key})) FROM {table} HAVING max({key}) IS NOT NULL AND pg_get_serial_sequence({}, {}) IS NOT NULL",
        literal(table),
        literal(bare),
        literal(table),
        literal(bare)
    )
}

fn is_text(column: &Column) -> bool {
    matches!(column.data_type.base, BaseType::Builtin(Builtin::Text | Builtin::Varchar | Builtin::Character))
}
