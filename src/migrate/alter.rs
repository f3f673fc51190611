//! Tables and enumerated types that stay and are otherwise now.

use super::Script;
use super::rows::{self, Fill, Waiting};
use crate::design::{Column, ColumnValue, Design, EnumType, Id, RowSecurity, Table};
use crate::sql::{ident, literal, qualified_name, type_name};

impl Script<'_> {
    /// Columns, then keys and checks, then foreign keys, so that each finds what it rests on.
    pub(super) fn alter_tables(&mut self) {
        let pairs: Vec<(Table, Table)> = self
            .old
            .design
            .tables()
            .filter_map(|it| Some((it.clone(), self.new.design.table(it.id)?.clone())))
            .filter(|(was, is)| was != is && !is.is_given())
            .collect();
        let mut waiting = Vec::new();
        for (was, is) in &pairs {
            self.columns(was, is, &mut waiting);
            self.security(was, is);
        }
        let first = self.out.len();
        self.move_rows(&waiting);
        self.of_rows = first..self.out.len();
        self.require(&waiting);
        for (was, is) in &pairs {
            self.drop_columns(was, is);
        }
        self.drop_tables(true);
        for foreign in [false, true] {
            for (_, is) in &pairs {
                self.constraints(is, foreign);
            }
        }
    }

    fn table_name(&self, table: &Table) -> String {
        qualified_name(self.new.design, table.namespace, &table.name)
    }

    fn columns(&mut self, was: &Table, is: &Table, waiting: &mut Vec<Waiting>) {
        let table = self.table_name(is);
        if was.comment.is_some() && is.comment.is_none() {
            self.out.push(format!("COMMENT ON TABLE {table} IS NULL"));
        }
        for column in is.columns.iter().filter(|it| !it.inherited) {
            if self.follows(was, is, &column.name) {
                continue;
            }
            match was.column(column.id) {
                None => {
                    let mut part = self.new.sql.part(column.id).to_owned();
                    if let (Some(it), Some(nullable)) =
                        (self.waiting(is, column), part.strip_suffix(" NOT NULL"))
                    {
                        part.truncate(nullable.len());
                        waiting.push(it);
                    }
                    self.out.push(format!("ALTER TABLE {table} ADD COLUMN {part}"));
                }
                Some(old) if old != column => {
                    // What is required from now on is filled with what a row gets that says nothing.
                    let is_required =
                        was.is_nullable(old.id) && !is.is_nullable(column.id) && !is.is_key(column.id);
                    let fill = column.value.default_expression().filter(|_| is_required);
                    if let Some(text) = fill {
                        let fill = Some(Fill::Placed(text.to_owned()));
                        waiting.push(Waiting { table: is.id, column: column.id, fill });
                    }
                    self.column(&table, (was, old), (is, column));
                }
                Some(_) => {}
            }
        }
    }

    /// What a new column waits for that is required and has no default: until then it may be null.
    fn waiting(&self, table: &Table, column: &Column) -> Option<Waiting> {
        let is_plain = !column.nullable && column.value == ColumnValue::Given && column.not_null.is_none();
        if !is_plain || table.is_key(column.id) || table.partition_of.is_some() {
            return None;
        }
        let is_written = rows::writes(&self.flows, table.id, column.id);
        let fill = || rows::fill(self.old.design, self.new.design, table, column);
        Some(Waiting { table: table.id, column: column.id, fill: if is_written { None } else { fill() } })
    }

    fn drop_columns(&mut self, was: &Table, is: &Table) {
        let table = self.table_name(is);
        for column in was.columns.iter().filter(|it| is.column(it.id).is_none() && !it.inherited) {
            if self.follows(was, is, &column.name) {
                continue;
            }
            self.out.push(format!("ALTER TABLE {table} DROP COLUMN {}", ident(&column.name)));
        }
    }

    /// Whether a column of a partition becomes what it is with that of the table above: a statement of its own would be refused.
    fn follows(&self, was: &Table, is: &Table, name: &str) -> bool {
        let above = |table: &Table| table.partition_of.as_ref().map(|it| it.table);
        let Some(id) = above(is).filter(|id| above(was) == Some(*id)) else { return false };
        let told = |it: &Column| (it.data_type.clone(), it.nullable, it.value.clone());
        let of = |table: Option<&Table>| table.and_then(|it| it.column_named(name)).map(told);
        let (old, new) = (of(self.old.design.table(id)), of(self.new.design.table(id)));
        old != new && is.column_named(name).map(told) == new
    }

    fn column(&mut self, table: &str, (was, old): (&Table, &Column), (is, new): (&Table, &Column)) {
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {}", ident(&new.name));
        let is_retyped = old.data_type != new.data_type || old.collation != new.collation;
        let is_other = old.value != new.value;
        let had_default = matches!(old.value, ColumnValue::Default(_));
        if is_retyped || is_other {
            match (&old.value, &new.value) {
                // A default of the old type is none of the new one.
                (ColumnValue::Default(_), _) => self.out.push(format!("{alter} DROP DEFAULT")),
                (ColumnValue::Identity { .. }, _) if is_other => {
                    self.out.push(format!("{alter} DROP IDENTITY"));
                }
                (ColumnValue::Generated { .. }, _) if is_other => {
                    self.out.push(format!("{alter} DROP EXPRESSION"));
                }
                _ => {}
            }
        }
        if is_retyped {
            let to = type_name(self.new.design, &new.data_type);
            let collation = new.collation.as_ref().map_or_else(String::new, |it| format!(" COLLATE {it}"));
            let name = ident(&new.name);
            self.out.push(format!("{alter} TYPE {to}{collation} USING {name}::{to}"));
        }
        let was_nullable = old.nullable && !was.is_key(old.id);
        let is_nullable = new.nullable && !is.is_key(new.id);
        if was_nullable && !is_nullable && !is.is_key(new.id) && new.value.default_expression().is_none() {
            self.out.push(format!("{alter} SET NOT NULL"));
        } else if !was_nullable && is_nullable && !matches!(old.value, ColumnValue::Identity { .. }) {
            self.out.push(format!("{alter} DROP NOT NULL"));
        }
        match &new.value {
            ColumnValue::Default(text) if is_other || is_retyped && had_default => {
                self.out.push(format!("{alter} SET DEFAULT {text}"));
            }
            ColumnValue::Identity { always, .. } if is_other => {
                let when = if *always { "ALWAYS" } else { "BY DEFAULT" };
                self.out.push(format!("{alter} ADD GENERATED {when} AS IDENTITY"));
            }
            // An expression is given to a column when it is made.
            ColumnValue::Generated { .. } if is_other => {
                let part = self.new.sql.part(new.id);
                self.out.push(format!("ALTER TABLE {table} DROP COLUMN {}", ident(&new.name)));
                self.out.push(format!("ALTER TABLE {table} ADD COLUMN {part}"));
            }
            _ => {}
        }
        if old.comment.is_some() && new.comment.is_none() {
            self.out.push(format!("COMMENT ON COLUMN {table}.{} IS NULL", ident(&new.name)));
        }
    }

    fn security(&mut self, was: &Table, is: &Table) {
        let table = self.table_name(is);
        let enabled = |it: RowSecurity| matches!(it, RowSecurity::Enabled | RowSecurity::Forced);
        let forced = |it: RowSecurity| matches!(it, RowSecurity::Forced | RowSecurity::ForcedButDisabled);
        if enabled(was.row_security) && !enabled(is.row_security) {
            self.out.push(format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"));
        }
        if forced(was.row_security) && !forced(is.row_security) {
            self.out.push(format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"));
        }
    }

    /// Keys and the like that the new table has within its `CREATE TABLE`, and that the old one does not have.
    fn constraints(&mut self, is: &Table, foreign: bool) {
        let keys = is.foreign_keys.iter().map(|it| Id::from(it.id)).filter(|_| foreign);
        let others = is
            .primary_key
            .iter()
            .map(|it| Id::from(it.id))
            .chain(is.uniques.iter().map(|it| Id::from(it.id)))
            .chain(is.checks.iter().map(|it| Id::from(it.id)))
            .chain(is.exclusions.iter().map(|it| Id::from(it.id)))
            .filter(|_| !foreign);
        let table = self.table_name(is);
        for id in keys.chain(others) {
            let new = self.new.sql.part(id);
            if new.starts_with("CONSTRAINT") && super::definition(&self.old.sql, id) != new {
                self.out.push(format!("ALTER TABLE {table} ADD {new}"));
            }
        }
    }
}

/// The statements after which an enumerated type has other values.
pub(super) fn values(design: &Design, old: &EnumType, new: &EnumType) -> Vec<String> {
    if old.values == new.values {
        return Vec::new();
    }
    let name = qualified_name(design, new.namespace, &new.name);
    let kept: Vec<&String> = new.values.iter().filter(|it| old.values.contains(it)).collect();
    if kept.iter().copied().eq(old.values.iter()) {
        let added = new.values.iter().enumerate().filter(|it| !old.values.contains(it.1));
        let statement = |(at, value): (usize, &String)| {
            let place = match at.checked_sub(1).and_then(|it| new.values.get(it)) {
                Some(before) => format!(" AFTER {}", literal(before)),
                None => old.values.first().map_or_else(String::new, |it| format!(" BEFORE {}", literal(it))),
            };
            format!("ALTER TYPE {name} ADD VALUE {}{place}", literal(value))
        };
        return added.map(statement).collect();
    }
    // No value can be taken out, or moved: the type is made anew (manual, "ALTER TYPE").
    let aside = format!("{}_old", new.name);
    let values: Vec<String> = new.values.iter().map(|it| literal(it)).collect();
    let mut out = vec![
        format!("ALTER TYPE {name} RENAME TO {}", ident(&aside)),
        format!("CREATE TYPE {name} AS ENUM ({})", values.join(", ")),
    ];
    for table in design.tables() {
        let own = qualified_name(design, table.namespace, &table.name);
        let is_of =
            |it: &&Column| it.data_type.base == crate::design::BaseType::Enum(new.id) && !it.inherited;
        for column in table.columns.iter().filter(is_of) {
            let alter = format!("ALTER TABLE {own} ALTER COLUMN {}", ident(&column.name));
            let (to, text) = if column.data_type.dimensions > 0 { ("[]", "text[]") } else { ("", "text") };
            let default = column.value.default_expression();
            if default.is_some() {
                out.push(format!("{alter} DROP DEFAULT"));
            }
            out.push(format!("{alter} TYPE {name}{to} USING {}::{text}::{name}{to}", ident(&column.name)));
            if let Some(default) = default {
                out.push(format!("{alter} SET DEFAULT {default}"));
            }
        }
    }
    out.push(format!("DROP TYPE {}", qualified_name(design, new.namespace, &aside)));
    out
}
