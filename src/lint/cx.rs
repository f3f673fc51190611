//! What a check sees, and how it reports.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Deref;

use super::globals::Asked;
use super::{ColumnFacts, Config, Facts, Finding, Globals, Preset, Remedy, Role, TableFacts, Told, Topic};
use crate::base;
use crate::design::{
    BaseType, Column, ColumnId, DataType, Design, Id, NamespaceId, Origin, Scope, Table, TableId,
};
use crate::pg::{Builtin, TypeFamily};
use crate::sql::ident;

/// What a check sees.
pub struct Cx<'a> {
    /// The design.
    pub design: &'a Design,
    /// What is worked out once.
    pub facts: &'a Facts,
    pub(super) config: &'a Config,
    /// The names of tables that were asked for.
    pub(super) asked: RefCell<Vec<Asked>>,
    /// What the check reports.
    pub told: Told,
}

impl<'a> Cx<'a> {
    /// What is known of the whole design.
    pub fn globals(&self) -> &'a Globals {
        &self.facts.globals
    }

    /// The tables of a name in the singular, in order of identity.
    pub fn tables_named(&self, singular: &str) -> &'a [TableId] {
        self.asked.borrow_mut().push(Asked::of(singular));
        self.facts.globals.names.get(singular).map_or(&[], Vec::as_slice)
    }

    /// A table with what is known of it.
    pub fn view(&self, id: TableId) -> Option<TableView<'a>> {
        Some(TableView { table: self.design.table(id)?, facts: self.facts.table(id)? })
    }

    /// What an SQL schema calls by a name that is not qualified: the first of that name in order of schemas.
    pub fn called<T>(&self, name: &str, pick: impl Fn(Id) -> Option<T>) -> Option<T> {
        let others = self.design.namespaces().map(|it| Some(it.id));
        let mut all = std::iter::once(None).chain(others).map(Scope::Relation);
        all.find_map(|it| self.design.named(it, name).find_map(&pick))
    }

    /// The table of a name that is not qualified, where it is no partition and belongs to no tool.
    pub fn table_called(&self, name: &str) -> Option<TableView<'a>> {
        self.called(name, |it| self.view(TableId(it.0))).filter(|it| !it.facts.is_aside)
    }

    /// Every table that is no partition and belongs to no tool.
    pub fn tables(&self) -> impl Iterator<Item = TableView<'a>> + use<'a> {
        // Both are in order of identity: gone through side by side, none is looked up.
        let mut facts = self.facts.tables().peekable();
        self.design.tables().filter_map(move |table| {
            while facts.next_if(|it| *it.0 < table.id).is_some() {}
            let (_, facts) = facts.next_if(|it| *it.0 == table.id)?;
            (!facts.is_aside).then_some(TableView { table, facts })
        })
    }

    /// Those of them of which `holds` is true. What is known of tables lies side by side, the tables do not: a rule that few
    /// tables concern looks at these alone, which is most of what an edit of a large design costs.
    pub fn tables_that<F: Fn(&TableFacts) -> bool>(
        &self,
        holds: F,
    ) -> impl Iterator<Item = TableView<'a>> + use<'a, F> {
        let design = self.design;
        let those = self.known().filter(move |it| holds(it.1));
        those.filter_map(move |(id, facts)| Some(TableView { table: design.table(id)?, facts }))
    }

    /// What is known of each of them, in order of identity.
    pub fn known(&self) -> impl Iterator<Item = (TableId, &'a TableFacts)> + use<'a> {
        self.facts.tables().map(|it| (*it.0, it.1)).filter(|it| !it.1.is_aside)
    }

    /// A column that takes nulls, to be added to a table; nothing where it has one of the name.
    pub fn adding(&self, t: &TableView<'_>, name: &str, builtin: Builtin) -> Option<Remedy> {
        let (name, data_type) = (name.to_owned(), DataType::builtin(builtin));
        let remedy = Remedy::AddColumn { table: t.id, name, data_type, nullable: true, default: None };
        matches!(&remedy, Remedy::AddColumn { name, .. } if t.column_named(name).is_none()).then_some(remedy)
    }

    /// A number that configuration can set.
    pub fn option(&self, name: &str, default: u64) -> u64 {
        self.config.option(self.told.rule.code, name).and_then(serde_json::Value::as_u64).unwrap_or(default)
    }

    /// Whether strangers are taken to reach the relations of an SQL schema without a word about them: Supabase's default
    /// privileges in `public` have given its API's roles every one, unless a project takes them back.
    pub fn is_exposed(&self, namespace: Option<NamespaceId>) -> bool {
        self.is_supabase() && self.design.namespace_name(namespace) == "public"
    }

    /// Whether the design is for Supabase.
    pub fn is_supabase(&self) -> bool {
        self.config.preset == Some(Preset::Supabase)
    }

    /// Reports something about a table.
    pub fn table(&mut self, table: &Table, message: impl Into<String>) -> &mut Finding {
        self.member(table, [], "", message)
    }

    /// Reports something about a column.
    pub fn column(&mut self, table: &Table, column: &Column, message: impl Into<String>) -> &mut Finding {
        let finding = self.member(table, [column.id.into()], &column.name, message);
        if let Origin::Import { line } = column.origin {
            finding.line = Some(line);
        }
        finding
    }

    /// Reports something about columns.
    pub fn columns(
        &mut self,
        table: &Table,
        columns: &[ColumnId],
        message: impl Into<String>,
    ) -> &mut Finding {
        let names: Vec<&str> = table.column_names(columns).collect();
        let name = names.join(", ");
        self.member(table, columns.iter().map(|it| Id::from(*it)).collect::<Vec<_>>(), &name, message)
    }

    /// Reports something about a named part of a table: a constraint, an index, a trigger, a policy.
    pub fn member(
        &mut self,
        table: &Table,
        objects: impl IntoIterator<Item = Id>,
        name: &str,
        message: impl Into<String>,
    ) -> &mut Finding {
        let mut place = match table.namespace {
            Some(id) => format!("{}.{}", self.design.namespace_name(Some(id)), table.name),
            None => table.name.clone(),
        };
        if !name.is_empty() {
            place.push('.');
            place.push_str(name);
        }
        let mut objects: Vec<Id> = objects.into_iter().collect();
        if objects.is_empty() {
            objects.push(table.id.into());
        }
        self.record(table.id.into(), objects, place, &table.origin, message)
    }

    /// Reports something about any record.
    pub fn record(
        &mut self,
        record: Id,
        objects: Vec<Id>,
        place: String,
        origin: &Origin,
        message: impl Into<String>,
    ) -> &mut Finding {
        let finding = self.told.report(place, message);
        finding.record = Some(record);
        finding.objects = objects;
        finding.line = if let Origin::Import { line } = origin { Some(*line) } else { None };
        finding
    }
}

/// A table with what is known of it.
#[derive(Clone, Copy)]
pub struct TableView<'a> {
    /// The table.
    pub table: &'a Table,
    /// What is known of it.
    pub facts: &'a TableFacts,
}

impl Deref for TableView<'_> {
    type Target = Table;

    fn deref(&self) -> &Table {
        self.table
    }
}

impl<'a> TableView<'a> {
    /// Its own columns, those left aside that come from tables above it.
    pub fn cols(&self) -> impl Iterator<Item = ColumnView<'a>> + use<'a> {
        let all = self.table.columns.iter().zip(&self.facts.columns);
        all.filter(|it| !it.0.inherited).map(|(column, facts)| ColumnView { column, facts })
    }

    /// One of its columns.
    pub fn col(&self, id: ColumnId) -> Option<ColumnView<'a>> {
        let all = self.table.columns.iter().zip(&self.facts.columns);
        all.map(|(column, facts)| ColumnView { column, facts }).find(|it| it.column.id == id)
    }

    /// Whether its name has a word of a topic.
    pub fn is(&self, topic: Topic) -> bool {
        self.facts.any.has(topic)
    }

    /// What it is for.
    pub fn role(&self) -> Role {
        self.facts.role
    }

    /// Whether a column's key alone makes it unique: primary key, unique constraint or unique index over just these.
    pub fn is_single_key(&self, column: ColumnId) -> bool {
        self.table.is_unique_over(&[column])
    }

    /// The names of its columns as SQL lists them.
    pub fn listed(&self, columns: &[ColumnId]) -> String {
        self.table.column_names(columns).map(ident).collect::<Vec<_>>().join(", ")
    }
}

/// A column with what is known of it.
#[derive(Clone, Copy)]
pub struct ColumnView<'a> {
    /// The column.
    pub column: &'a Column,
    /// What is known of it.
    pub facts: &'a ColumnFacts,
}

impl Deref for ColumnView<'_> {
    type Target = Column;

    fn deref(&self) -> &Column {
        self.column
    }
}

impl ColumnView<'_> {
    /// Its name in snake case.
    pub fn snake(&self) -> Cow<'_, str> {
        base::snake_cased(&self.column.name)
    }

    /// Whether any word of its name has a topic.
    pub fn is(&self, topic: Topic) -> bool {
        self.facts.any.has(topic)
    }

    /// Whether the last word of its name has one.
    pub fn ends(&self, topic: Topic) -> bool {
        self.facts.last.has(topic)
    }

    /// Whether the first word of its name has one.
    pub fn begins(&self, topic: Topic) -> bool {
        self.facts.first.has(topic)
    }

    /// The built-in type below domains, when it is no array.
    pub fn builtin(&self) -> Option<Builtin> {
        self.facts.builtin.filter(|_| !self.facts.is_array)
    }

    /// Whether it is of this built-in type, below domains.
    pub fn is_type(&self, builtin: Builtin) -> bool {
        self.builtin() == Some(builtin)
    }

    /// Whether it holds text.
    pub fn is_text(&self) -> bool {
        self.builtin().is_some_and(|it| matches!(it.family(), TypeFamily::Text | TypeFamily::Character))
    }

    /// Whether it holds whole numbers.
    pub fn is_integer(&self) -> bool {
        self.builtin().is_some_and(|it| it.family() == TypeFamily::Integer)
    }

    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        let numeric = |it: Builtin| {
            matches!(it.family(), TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float)
        };
        self.builtin().is_some_and(numeric)
    }

    /// Whether it holds a date, or a date and time.
    pub fn is_moment(&self) -> bool {
        self.builtin().is_some_and(|it| it.family() == TypeFamily::DateTime)
    }

    /// Whether it is `json` or `jsonb`.
    pub fn is_json(&self) -> bool {
        matches!(self.builtin(), Some(Builtin::Json | Builtin::Jsonb))
    }

    /// Another built-in type for it, where nothing else that the design says of it depends on the one it has.
    pub fn retyped(&self, table: TableId, builtin: Builtin) -> Option<Remedy> {
        let free = self.default().is_none() && !self.facts.demand.named && !self.is_generated();
        let direct = matches!(self.data_type.base, BaseType::Builtin(_)) && self.data_type.dimensions == 0;
        let data_type = DataType::builtin(builtin);
        (free && direct).then_some(Remedy::Type { table, column: self.column.id, data_type })
    }

    /// Whether its values come from somewhere else than the row.
    pub fn is_generated(&self) -> bool {
        matches!(self.column.value, crate::design::ColumnValue::Generated { .. })
    }

    /// The default that SQL writes.
    pub fn default(&self) -> Option<&str> {
        self.column.value.default_expression()
    }
}
