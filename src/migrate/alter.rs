//! Tables and enumerated types that stay and are otherwise now; and what to heed on tables with rows.

use super::Script;
use crate::design::{Change, Column, ColumnValue, Design, EnumType, Id, RowSecurity, Table, TableId};
use crate::sql::refactor::names_column;
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
        for (was, is) in &pairs {
            self.columns(was, is);
            self.security(was, is);
        }
        for foreign in [false, true] {
            for (_, is) in &pairs {
                self.constraints(is, foreign);
            }
        }
    }

    fn table_name(&self, table: &Table) -> String {
        qualified_name(self.new.design, table.namespace, &table.name)
    }

    fn columns(&mut self, was: &Table, is: &Table) {
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
                    let part = self.new.sql.part(column.id);
                    self.out.push(format!("ALTER TABLE {table} ADD COLUMN {part}"));
                }
                Some(old) if old != column => self.column(&table, (was, old), (is, column)),
                Some(_) => {}
            }
        }
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
        if was_nullable && !is_nullable && !is.is_key(new.id) {
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

/// What to try before a change, and what it may do.
pub(super) fn caution(
    before: &Design,
    after: &Design,
    change: &Change,
    checks: &mut Vec<String>,
    risks: &mut Vec<String>,
) {
    let Some((_, place)) = change.at() else { return };
    let owner = place.of.as_ref().map_or(place.id, |it| it.id);
    let id = TableId::from(owner);
    // A table that is new has no rows to think of, nor has one that goes with all that belongs to it.
    let (Some(old), new) = (before.table(id), after.table(id)) else { return };
    let table = qualified_name(before, old.namespace, &old.name);
    match change {
        Change::TableRemoved(_) => {
            checks.push(format!("SELECT count(*) FROM {table}; -- rows that are lost"));
            risks.push(format!(
                "`{}` and its rows are gone; going back brings the table, not the rows.",
                old.name
            ));
        }
        Change::TableRenamed { from, .. } => {
            risks.push(format!("What still reads `{from}` fails as soon as this has run."));
        }
        Change::ColumnRenamed { from, .. } => {
            risks.push(format!("What still reads `{}.{from}` fails as soon as this has run.", old.name));
        }
        Change::ColumnRemoved(_) if new.is_some() => {
            let column = ident(&place.name);
            checks.push(format!(
                "SELECT count(*) FROM {table} WHERE {column} IS NOT NULL; -- values that are lost"
            ));
            risks.push(format!(
                "The values of `{}.{}` are gone; going back brings the column, not the values.",
                old.name, place.name
            ));
        }
        Change::ColumnAdded(_) => {
            let column = new.and_then(|it| it.columns.iter().find(|it| Id::from(it.id) == place.id));
            if column.is_some_and(|it| !it.nullable && matches!(it.value, ColumnValue::Given)) {
                checks.push(format!("SELECT count(*) FROM {table}; -- must be 0"));
                risks.push(format!(
                    "`{}.{}` is required and has no default: a table with rows refuses it. Give it a default, or fill it before it is required.",
                    old.name, place.name
                ));
            }
        }
        Change::ColumnTypeChanged { from, to, .. } => {
            let column = old.columns.iter().find(|it| Id::from(it.id) == place.id);
            let column = column.map_or_else(String::new, |it| ident(&it.name));
            checks.push(format!("SELECT {column}::{to} FROM {table}; -- fails on what does not convert"));
            risks.push(format!(
                "`{}.{}` goes from {from} to {to}: the table may be written anew, and nobody reads or writes it meanwhile.",
                old.name, place.name
            ));
        }
        Change::ColumnNullabilityChanged { nullable: false, .. } => {
            let column = old.columns.iter().find(|it| Id::from(it.id) == place.id);
            let column = column.map_or_else(String::new, |it| ident(&it.name));
            checks.push(format!("SELECT count(*) FROM {table} WHERE {column} IS NULL; -- must be 0"));
            risks.push(format!("The whole of `{}` is read under a lock that keeps everybody out.", old.name));
        }
        Change::UniqueAdded(_) | Change::PrimaryKeyAdded(_) => {
            if let Some(columns) = new.and_then(|it| key(it, place.id)) {
                checks.push(format!(
                    "SELECT {columns}, count(*) FROM {table} GROUP BY {columns} HAVING count(*) > 1; -- must give no row"
                ));
            }
            risks.push(format!(
                "Writing to `{}` waits while the index of `{}` is built.",
                old.name, place.name
            ));
        }
        Change::CheckAdded(_) => {
            let check = new.and_then(|it| it.checks.iter().find(|it| Id::from(it.id) == place.id));
            // A column that is not there yet has nothing to count; its rows have no value, which no check refuses.
            let is_countable = |expression: &str| {
                new.is_some_and(|new| {
                    let added = new.columns.iter().filter(|it| old.column(it.id).is_none());
                    !added.into_iter().any(|it| names_column(expression, new, &it.name))
                })
            };
            if let Some(check) = check.filter(|it| is_countable(&it.expression)) {
                checks.push(format!(
                    "SELECT count(*) FROM {table} WHERE NOT ({}); -- must be 0",
                    check.expression
                ));
            }
        }
        Change::ForeignKeyAdded(_) => {
            if let Some((query, referenced)) = new.and_then(|it| orphans(after, it, place.id)) {
                let is_there = new.is_some_and(|new| {
                    let fk = new.foreign_keys.iter().find(|it| Id::from(it.id) == place.id);
                    fk.is_some_and(|it| it.columns.iter().all(|it| old.column(*it).is_some()))
                });
                if is_there {
                    checks.push(format!("{query}; -- must be 0"));
                }
                risks.push(format!(
                    "Writing to `{}` and `{referenced}` waits while the rows are checked.",
                    old.name
                ));
            }
        }
        Change::IndexAdded(_) => {
            risks.push(format!(
                "Writing to `{}` waits while `{}` is built; CREATE INDEX CONCURRENTLY, outside a transaction, lets it go on.",
                old.name, place.name
            ));
        }
        _ => {}
    }
}

fn key(table: &Table, id: Id) -> Option<String> {
    let unique = table.uniques.iter().find(|it| Id::from(it.id) == id).map(|it| &it.columns);
    let primary = table.primary_key.as_ref().filter(|it| Id::from(it.id) == id).map(|it| &it.columns);
    let columns: Vec<String> = table.column_names(unique.or(primary)?).map(ident).collect();
    Some(columns.join(", "))
}

/// The query that counts rows which reference nothing, and the name of what they would reference.
fn orphans(design: &Design, table: &Table, id: Id) -> Option<(String, String)> {
    let fk = table.foreign_keys.iter().find(|it| Id::from(it.id) == id)?;
    let referenced = design.table(fk.references)?;
    let own: Vec<String> = table.column_names(&fk.columns).map(ident).collect();
    let theirs: Vec<String> = referenced.column_names(&fk.ref_columns).map(ident).collect();
    let pairs: Vec<String> = own.iter().zip(&theirs).map(|(a, b)| format!("r.{b} = t.{a}")).collect();
    let present: Vec<String> = own.iter().map(|it| format!("t.{it} IS NOT NULL")).collect();
    let (from, to) = (
        qualified_name(design, table.namespace, &table.name),
        qualified_name(design, referenced.namespace, &referenced.name),
    );
    let query = format!(
        "SELECT count(*) FROM {from} t WHERE {} AND NOT EXISTS (SELECT 1 FROM {to} r WHERE {})",
        present.join(" AND "),
        pairs.join(" AND ")
    );
    Some((query, referenced.name.clone()))
}
