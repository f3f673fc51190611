//! Tables and enumerated types that stay and are otherwise now.

use super::Script;
use super::rows::{self, Fill, Waiting};
use crate::design::{BaseType, Column, ColumnValue, Design, EnumType, Id, RowSecurity, Sequence, Table};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::{ident, literal, qualified_name, type_name};

impl Script<'_> {
    /// Columns, then keys and checks, then foreign keys, so that each finds what it rests on.
    pub(super) fn alter_tables(&mut self) {
        let pairs: Vec<(Table, Table)> = self
            .old
            .design
            .tables()
            .filter_map(|it| Some((it.clone(), self.new.design.table(it.id)?.clone())))
            .filter(|(was, is)| (was != is || self.is_touched(was)) && !is.is_given())
            .collect();
        let mut waiting = Vec::new();
        for (was, is) in &pairs {
            self.columns(was, is, &mut waiting);
            self.security(was, is);
            self.storage(was, is);
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

    /// Whether a table that is the same has a part that is made anew.
    fn is_touched(&self, table: &Table) -> bool {
        table.all_ids().iter().any(|it| self.remade.ids.contains(it))
    }

    fn table_name(&self, table: &Table) -> String {
        qualified_name(self.new.design, table.namespace, &table.name)
    }

    fn columns(&mut self, was: &Table, is: &Table, waiting: &mut Vec<Waiting>) {
        let table = self.table_name(is);
        let is_computed = |it: &Column| matches!(it.value, ColumnValue::Generated { .. });
        let mut columns: Vec<&Column> = is.columns.iter().collect();
        columns.sort_by_key(|it| is_computed(it));
        for column in columns.into_iter().filter(|it| !it.inherited) {
            if self.follows(was, is, &column.name) {
                continue;
            }
            let old = was.column(column.id).filter(|it| !self.remade.columns.contains(&it.id));
            match old {
                None => {
                    let mut part = self.new.part(column.id).to_owned();
                    if let (Some(it), Some(nullable)) =
                        (self.waiting(is, column), part.strip_suffix(" NOT NULL"))
                    {
                        part.truncate(nullable.len());
                        waiting.push(it);
                    }
                    self.out.push(format!("ALTER TABLE {table} ADD COLUMN {part}"));
                }
                Some(old) if old != column || self.remade.ids.contains(&column.id.into()) => {
                    // What is required from now on is filled with what a row gets that says nothing.
                    let is_required =
                        was.is_nullable(old.id) && !is.is_nullable(column.id) && !is.is_key(column.id);
                    let fill = column.value.default_expression().filter(|_| is_required);
                    if let Some(text) = fill {
                        let fill = Some(Fill::Placed(text.to_owned()));
                        waiting.push(Waiting { table: is.id, column: column.id, fill });
                    }
                    self.column(&table, (was, old), (is, column));
                    if is_identity(&column.value) && !is_identity(&old.value) {
                        let name = ident(&column.name);
                        self.out.push(rows::next_after(&table, &name));
                    }
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
        let goes = |it: &&Column| is.column(it.id).is_none() && !it.inherited;
        let is_computed = |it: &Column| matches!(it.value, ColumnValue::Generated { .. });
        for column in was.columns.iter().filter(goes).filter(|it| !is_computed(it)) {
            if self.follows(was, is, &column.name) {
                continue;
            }
            self.out.push(format!("ALTER TABLE {table} DROP COLUMN {}", ident(&column.name)));
        }
    }

    /// Whether a column of a partition becomes what it is with that of the table above: a statement of its own would be refused.
    pub(super) fn follows(&self, was: &Table, is: &Table, name: &str) -> bool {
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
        let is_other = old.value != new.value || self.remade.ids.contains(&new.id.into());
        let had_default = matches!(old.value, ColumnValue::Default(_));
        // A default of the old type is none of the new one.
        if (is_retyped || is_other) && had_default {
            self.out.push(format!("{alter} DROP DEFAULT"));
        }
        if is_retyped {
            let to = type_name(self.new.design, &new.data_type);
            let collation = new.collation.as_ref().map_or_else(String::new, |it| format!(" COLLATE {it}"));
            let value = cast(self.new.design, (old, new), &ident(&new.name));
            self.out.push(format!("{alter} TYPE {to}{collation} USING {value}"));
        }
        let gone = old.options.iter().filter(|it| !new.options.iter().any(|now| now.0 == it.0));
        let gone: Vec<&str> = gone.map(|it| it.0.as_str()).collect();
        if !gone.is_empty() {
            self.out.push(format!("{alter} RESET ({})", gone.join(", ")));
        }
        if old.statistics.is_some() && new.statistics.is_none() {
            self.out.push(format!("{alter} SET STATISTICS -1"));
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
            ColumnValue::Identity { always, options } if is_other => {
                let when = if *always { "ALWAYS" } else { "BY DEFAULT" };
                if let ColumnValue::Identity { always: was_always, options: was } = &old.value {
                    let mut sets = super::object::options(was, options);
                    if was_always != always {
                        sets.insert(0, format!("GENERATED {when}"));
                    }
                    if !sets.is_empty() {
                        self.out.push(format!("{alter} SET {}", sets.join(" SET ")));
                    }
                    return;
                }
                for it in self.owned_by(is, new) {
                    self.out.push(format!(
                        "DROP SEQUENCE {}",
                        qualified_name(self.old.design, it.namespace, &it.name)
                    ));
                }
                let part = self.new.part(new.id);
                let how = part.find("GENERATED ").and_then(|at| part.get(at..)).unwrap_or_default();
                let how = how.strip_suffix(" NOT NULL").unwrap_or(how);
                self.out.push(format!("{alter} ADD {how}"));
            }
            _ => {}
        }
    }

    /// The sequences of a column that go.
    fn owned_by(&self, table: &Table, column: &Column) -> Vec<Sequence> {
        let is_of = |it: &&Sequence| {
            it.owned_by == Some((table.id, column.id)) && self.new.design.sequence(it.id).is_none()
        };
        self.old.design.sequences().filter(is_of).cloned().collect()
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

    /// Where and how the rows are kept, and what the table inherits from.
    fn storage(&mut self, was: &Table, is: &Table) {
        let table = self.table_name(is);
        if was.unlogged != is.unlogged {
            let how = if is.unlogged { "UNLOGGED" } else { "LOGGED" };
            self.out.push(format!("ALTER TABLE {table} SET {how}"));
        }
        let new = &is.storage_parameters;
        let gone = was.storage_parameters.iter().filter(|it| !new.iter().any(|now| now.0 == it.0));
        let gone: Vec<&str> = gone.map(|it| it.0.as_str()).collect();
        if !gone.is_empty() {
            self.out.push(format!("ALTER TABLE {table} RESET ({})", gone.join(", ")));
        }
        let set = new.iter().filter(|it| !was.storage_parameters.contains(it));
        let set: Vec<String> = set.map(|it| format!("{} = {}", it.0, it.1)).collect();
        if !set.is_empty() {
            self.out.push(format!("ALTER TABLE {table} SET ({})", set.join(", ")));
        }
        let name = |design: &Design, it: &Table| qualified_name(design, it.namespace, &it.name);
        for (from, to, design, word) in [
            (&was.inherits, &is.inherits, self.old.design, "NO INHERIT"),
            (&is.inherits, &was.inherits, self.new.design, "INHERIT"),
        ] {
            let other = from.iter().filter(|it| !to.contains(it) && self.new.design.has((**it).into()));
            for above in other.filter_map(|it| design.table(*it)) {
                self.out.push(format!("ALTER TABLE {table} {word} {}", name(design, above)));
            }
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
            let new = self.new.part(id);
            let is_new = self.old.definition(id) != new || self.remade.ids.contains(&id);
            if new.starts_with("CONSTRAINT") && is_new {
                self.out.push(format!("ALTER TABLE {table} ADD {new}"));
            }
        }
    }

    /// The statements after which an enumerated type has other values.
    pub(super) fn values(&self, old: &EnumType, new: &EnumType) -> Vec<String> {
        let name = qualified_name(self.new.design, new.namespace, &new.name);
        if !is_rebuilt(old, new) {
            let added = new.values.iter().enumerate().filter(|it| !old.values.contains(it.1));
            let statement = |(at, value): (usize, &String)| {
                let place = match at.checked_sub(1).and_then(|it| new.values.get(it)) {
                    Some(before) => format!(" AFTER {}", literal(before)),
                    None => {
                        old.values.first().map_or_else(String::new, |it| format!(" BEFORE {}", literal(it)))
                    }
                };
                format!("ALTER TYPE {name} ADD VALUE {}{place}", literal(value))
            };
            return added.map(statement).collect();
        }
        // No value can be taken out, or moved: the type is made anew (manual, "ALTER TYPE"). The old one goes last.
        let values: Vec<String> = new.values.iter().map(|it| literal(it)).collect();
        let mut out = vec![
            format!("ALTER TYPE {name} RENAME TO {}", ident(&aside(new))),
            format!("CREATE TYPE {name} AS ENUM ({})", values.join(", ")),
        ];
        for it in self.old.design.composites().filter(|it| self.new.design.has(it.id.into())) {
            let own = qualified_name(self.old.design, it.namespace, &it.name);
            for attribute in it.attributes.iter().filter(|it| it.data_type.base == BaseType::Enum(new.id)) {
                let to = if attribute.data_type.dimensions > 0 { "[]" } else { "" };
                out.push(format!(
                    "ALTER TYPE {own} ALTER ATTRIBUTE {} TYPE {name}{to}",
                    ident(&attribute.name)
                ));
            }
        }
        let longer = self.stay_longer();
        let is_there = |it: &&Table| self.new.design.table(it.id).is_some() || longer.contains(&it.id);
        for table in self.old.design.tables().filter(is_there).filter(|it| it.partition_of.is_none()) {
            let own = qualified_name(self.old.design, table.namespace, &table.name);
            let is_of = |it: &&Column| it.data_type.base == BaseType::Enum(new.id) && !it.inherited;
            let is_kept = |it: &&Column| !self.remade.columns.contains(&it.id);
            for column in table.columns.iter().filter(is_of).filter(is_kept) {
                let now = self.new.design.table(table.id).and_then(|it| it.column(column.id));
                let alter = format!("ALTER TABLE {own} ALTER COLUMN {}", ident(&column.name));
                let (to, text) =
                    if column.data_type.dimensions > 0 { ("[]", "text[]") } else { ("", "text") };
                let default = column.value.default_expression();
                if default.is_some() {
                    out.push(format!("{alter} DROP DEFAULT"));
                }
                let value = format!("{}::{text}", ident(&column.name));
                // One that goes or gets another type waits for that as text.
                match now.filter(|it| it.data_type == column.data_type) {
                    Some(now) => {
                        out.push(format!("{alter} TYPE {name}{to} USING {value}::{name}{to}"));
                        if let Some(default) = default.filter(|_| now.value == column.value) {
                            out.push(format!("{alter} SET DEFAULT {default}"));
                        }
                    }
                    None => out.push(format!("{alter} TYPE {text} USING {value}")),
                }
            }
        }
        out
    }
}

/// Whether an enumerated type has to be made anew: values go, or stand in another order.
pub(super) fn is_rebuilt(old: &EnumType, new: &EnumType) -> bool {
    let kept = new.values.iter().filter(|it| old.values.contains(it));
    !kept.eq(old.values.iter())
}

/// What an enumerated type is called while the one that takes its place is there.
pub(super) fn aside(it: &EnumType) -> String {
    format!("{}_old", it.name)
}

fn is_identity(value: &ColumnValue) -> bool {
    matches!(value, ColumnValue::Identity { .. })
}

/// The value of a column as the type that it gets: by way of text where no cast leads there (manual, "CREATE CAST": every
/// type goes to text and back).
pub(super) fn cast(design: &Design, (old, new): (&Column, &Column), name: &str) -> String {
    let to = type_name(design, &new.data_type);
    let family = |it: &Column| match &it.data_type.base {
        BaseType::Builtin(it) => Some((*it, it.family())),
        _ => None,
    };
    let is_array = |it: &Column| it.data_type.dimensions > 0;
    let is_number =
        |it: TypeFamily| matches!(it, TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float);
    let is_text = |it: TypeFamily| matches!(it, TypeFamily::Text | TypeFamily::Character);
    let is_json = |it: Builtin| matches!(it, Builtin::Json | Builtin::Jsonb);
    let is_direct = match (family(old), family(new)) {
        (Some(was), Some(is)) if is_array(old) == is_array(new) => {
            was.1 == is.1
                || is_number(was.1) && is_number(is.1)
                || is_text(was.1)
                || is_text(is.1)
                || is_json(was.0) && is_json(is.0)
                || was.0 == Builtin::Integer && is.0 == Builtin::Boolean
                || was.0 == Builtin::Boolean && is.0 == Builtin::Integer
        }
        (Some(was), _) => is_text(was.1),
        (None, Some(is)) if is_array(old) == is_array(new) => is_text(is.1),
        _ => old.data_type.base == new.data_type.base,
    };
    if is_direct { format!("{name}::{to}") } else { format!("{name}::text::{to}") }
}
