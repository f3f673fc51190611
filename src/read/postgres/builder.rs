//! The design in the making: its records, and which name means which of them.

mod keep;
mod relation;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Span;
use crate::design::{
    BaseType, ColumnId, CompositeId, CompositeType, DataType, Domain, DomainId, EnumId, EnumType, Extension,
    ExtensionId, Function, FunctionId, Id, IdSource, Namespace, NamespaceId, Origin, RangeId, RangeType,
    Sequence, SequenceId, Table, TableId, Verbatim, VerbatimId, View, ViewId,
};
use crate::read::{Diagnostic, DiagnosticKind, Options, Report};

use super::constraint_body::Body;
use super::element::Extra;
use super::everything_in::EverythingIn;
use super::naming;
use super::subject::Made;
use super::syntax::Name;
use super::temporary;
pub use relation::Relation;

/// An SQL schema; none is `public`.
pub type Place = Option<NamespaceId>;

/// What a statement came to, or why it has to be kept as it was written.
pub type Step = Result<Fate, DiagnosticKind>;

/// What a statement that was understood came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in the records.
    Modelled,
    /// It says nothing about the schema.
    Skipped,
}

/// Rows that are not part of the design.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// How many.
    pub rows: usize,
    /// The first statement that gives some.
    pub at: Span,
}

/// The design in the making.
pub struct Builder<'a> {
    /// How it is read.
    pub options: &'a Options,
    /// Identities for new records.
    pub ids: IdSource,
    /// SQL schemas.
    pub namespaces: BTreeMap<NamespaceId, Namespace>,
    /// Extensions.
    pub extensions: BTreeMap<ExtensionId, Extension>,
    /// Enumerated types.
    pub enums: BTreeMap<EnumId, EnumType>,
    /// Domains.
    pub domains: BTreeMap<DomainId, Domain>,
    /// Composite types.
    pub composites: BTreeMap<CompositeId, CompositeType>,
    /// Range types.
    pub ranges: BTreeMap<RangeId, RangeType>,
    /// Sequences.
    pub sequences: BTreeMap<SequenceId, Sequence>,
    /// Functions and procedures.
    pub functions: BTreeMap<FunctionId, Function>,
    /// Tables; boxed, as nodes of a map that grows at its end are half empty.
    pub tables: BTreeMap<TableId, Box<Table>>,
    /// Views.
    pub views: BTreeMap<ViewId, View>,
    /// What is kept as written.
    pub verbatims: BTreeMap<VerbatimId, Verbatim>,
    /// `pg_class`.
    pub relations: BTreeMap<(Place, String), Relation>,
    /// `pg_type`, the row types of tables left out.
    pub types: BTreeMap<(Place, String), BaseType>,
    /// `pg_proc`.
    pub routines: BTreeMap<(Place, String), Vec<FunctionId>>,
    /// The types of the arguments that go into each function.
    pub signatures: BTreeMap<FunctionId, Vec<DataType>>,
    /// How often each constraint name stands in an SQL schema.
    pub constraints: BTreeMap<(Place, String), usize>,
    /// The whole of what is read; empty where it is made on the way.
    pub text: &'a str,
    /// The statement and the words of each constraint, so that one that does not fit can be kept as written.
    pub sources: BTreeMap<Id, (Span, Body)>,
    /// Rows in the text that are not in the design, by table.
    pub rows_left_out: BTreeMap<TableId, LeftOut>,
    /// Rows of what the text does not create, by its name.
    pub rows_of_unknown: BTreeMap<String, LeftOut>,
    /// The statement that gave the first rows of each table.
    pub rows_from: BTreeMap<TableId, Span>,
    /// Columns that asked for values when rows came which do not give them.
    pub rows_refused: BTreeSet<ColumnId>,
    /// What elements of exclusion constraints say that the parser does not know, by their place in the statement.
    pub elements: BTreeMap<usize, Extra>,
    /// Tables whose rows were changed in a way that is left out.
    pub rows_changed: BTreeSet<TableId>,
    /// Whether code that is not followed may have given rows to tables.
    pub rows_by_code: bool,
    /// Tables whose rows are in files beside the text.
    pub rows_elsewhere: BTreeSet<TableId>,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// The count.
    pub report: Report,
    search_path: Vec<String>,
    namespace_names: BTreeMap<String, NamespaceId>,
    line_of: &'a dyn Fn(Span) -> u32,
    statement: Span,
    kept_in_statement: bool,
    kept: u32,
    translates: bool,
    /// Whether code of the text was left to run.
    pub ran_code: bool,
    /// Kept statements that make a function, call it and drop it, with its name.
    pub called_once: Vec<(VerbatimId, (Place, String))>,
    /// What kept statements make that has no record.
    pub made: Made,
    /// Kept statements about all of a kind.
    pub everything_in: Vec<EverythingIn>,
    /// Default privileges, in the order of the text.
    pub default_privileges: Vec<VerbatimId>,
    /// The last statement about each thing that is kept as it was written.
    last_about: BTreeMap<VerbatimId, VerbatimId>,
    made_temporary: bool,
}

impl<'a> Builder<'a> {
    /// An empty design.
    pub fn new(options: &'a Options, line_of: &'a dyn Fn(Span) -> u32) -> Self {
        Self {
            options,
            ids: IdSource::starting_at(crate::design::Record::FIRST_FREE),
            namespaces: BTreeMap::new(),
            extensions: BTreeMap::new(),
            enums: BTreeMap::new(),
            domains: BTreeMap::new(),
            composites: BTreeMap::new(),
            ranges: BTreeMap::new(),
            sequences: BTreeMap::new(),
            functions: BTreeMap::new(),
            tables: BTreeMap::new(),
            views: BTreeMap::new(),
            verbatims: BTreeMap::new(),
            relations: BTreeMap::new(),
            types: BTreeMap::new(),
            routines: BTreeMap::new(),
            signatures: BTreeMap::new(),
            constraints: BTreeMap::new(),
            text: "",
            sources: BTreeMap::new(),
            rows_left_out: BTreeMap::new(),
            rows_of_unknown: BTreeMap::new(),
            rows_from: BTreeMap::new(),
            rows_refused: BTreeSet::new(),
            rows_changed: BTreeSet::new(),
            rows_by_code: false,
            elements: BTreeMap::new(),
            rows_elsewhere: BTreeSet::new(),
            diagnostics: Vec::new(),
            report: Report::default(),
            default_privileges: Vec::new(),
            search_path: vec!["public".to_owned()],
            namespace_names: BTreeMap::new(),
            line_of,
            statement: Span::default(),
            kept_in_statement: false,
            kept: 0,
            translates: false,
            ran_code: false,
            made: Made::default(),
            everything_in: Vec::new(),
            last_about: BTreeMap::new(),
            made_temporary: false,
            called_once: Vec::new(),
        }
    }

    /// Statements translate another language from here on: what would not run is kept in comments.
    pub fn begin_translation(&mut self) {
        self.translates = true;
    }

    /// Begins a statement.
    pub fn enter(&mut self, span: Span) {
        self.statement = span;
        self.kept_in_statement = false;
    }

    /// The statement being read.
    pub fn statement(&self) -> Span {
        self.statement
    }

    /// Whether a part of the statement was kept as written.
    pub fn has_kept(&self) -> bool {
        self.kept_in_statement
    }

    /// The origin of what the statement makes.
    pub fn origin(&self) -> Origin {
        Origin::Import { line: (self.line_of)(self.statement) }
    }

    /// Says something about the statement.
    pub fn say(&mut self, kind: DiagnosticKind) {
        self.diagnostics.push(Diagnostic { span: self.statement, kind });
    }

    /// Says something about a place in or beside the statement.
    pub fn say_at(&mut self, span: Span, kind: DiagnosticKind) {
        self.diagnostics.push(Diagnostic { span, kind });
    }

    /// Counts a statement that is passed over.
    pub fn skip(&mut self, span: Span) {
        self.enter(span);
        self.report.statements += 1;
        self.report.skipped += 1;
    }

    /// `search_path`.
    pub fn search_path(&self) -> &[String] {
        &self.search_path
    }

    /// Sets `search_path`.
    pub fn set_search_path(&mut self, path: Vec<String>) {
        self.search_path = path;
    }

    /// The SQL schemas in which names without a schema are looked for; `public` last where it is not named, since what a
    /// text leaves open can only mean that.
    fn search(&self) -> impl Iterator<Item = Place> + '_ {
        let known = |it: &String| match it.as_str() {
            "public" => Some(None),
            other => self.namespace_names.get(other).map(|id| Some(*id)),
        };
        self.search_path.iter().filter_map(known).chain(std::iter::once(None))
    }

    /// The SQL schema in which an object without one would be created, where it is known.
    pub fn first_place(&self) -> Place {
        let first =
            self.search_path.iter().find(|it| !it.is_empty() && *it != "$user" && *it != "pg_catalog");
        first.and_then(|it| self.known_namespace(it)).flatten()
    }

    /// Whether names without a schema mean what they mean by default.
    pub fn has_plain_path(&self) -> bool {
        self.search().all(|it| it.is_none())
    }

    /// The SQL schema of this name; made, and said, when the text did not create it.
    pub fn namespace(&mut self, name: &str) -> Place {
        if name == "public" {
            return None;
        }
        if let Some(id) = self.namespace_names.get(name) {
            return Some(*id);
        }
        if name != temporary::NAMESPACE {
            self.say(DiagnosticKind::NamespaceAssumed { name: name.to_owned() });
        }
        Some(self.add_namespace(name))
    }

    /// Creates an SQL schema, or finds it.
    pub fn add_namespace(&mut self, name: &str) -> NamespaceId {
        if let Some(id) = self.namespace_names.get(name) {
            return *id;
        }
        let id: NamespaceId = self.ids.take();
        let namespace = Namespace { id, name: name.to_owned(), comment: None, origin: self.origin() };
        self.namespaces.insert(id, namespace);
        self.namespace_names.insert(name.to_owned(), id);
        id
    }

    /// The SQL schema of this name, where the design has it; `Some(None)` is `public`.
    pub fn known_namespace(&self, name: &str) -> Option<Place> {
        if name == "public" { Some(None) } else { self.namespace_names.get(name).map(|id| Some(*id)) }
    }

    /// Gives an SQL schema another name.
    pub fn rename_namespace(&mut self, id: NamespaceId, name: &str) {
        self.namespace_names.retain(|_, it| *it != id);
        self.namespace_names.insert(name.to_owned(), id);
        if let Some(namespace) = self.namespaces.get_mut(&id) {
            name.clone_into(&mut namespace.name);
        }
    }

    /// Takes an SQL schema out.
    pub fn remove_namespace(&mut self, id: NamespaceId) {
        self.namespace_names.retain(|_, it| *it != id);
        self.namespaces.remove(&id);
    }

    /// The name of an SQL schema.
    pub fn place_name(&self, place: Place) -> &str {
        place.and_then(|it| self.namespaces.get(&it)).map_or("public", |it| it.name.as_str())
    }

    /// Where a new object of this name goes.
    pub fn place_of_new(&mut self, name: &Name) -> Place {
        self.made_temporary |= name.is_temporary();
        match &name.namespace {
            Some(namespace) => self.namespace(&namespace.clone()),
            None => self.place_of_unqualified(),
        }
    }

    /// Where a new object without a schema goes.
    pub fn place_of_unqualified(&mut self) -> Place {
        let first =
            self.search_path.iter().find(|it| !it.is_empty() && *it != "$user" && *it != "pg_catalog");
        match first.cloned() {
            Some(name) => self.namespace(&name),
            None => None,
        }
    }

    fn look_up<T: Clone>(&self, map: &BTreeMap<(Place, String), T>, name: &Name) -> Option<(Place, T)> {
        let within = |place: Place| map.get(&(place, name.name.clone())).map(|it| (place, it.clone()));
        match &name.namespace {
            Some(namespace) => within(self.known_namespace(namespace)?),
            None => {
                let own = self.known_namespace(temporary::NAMESPACE);
                own.into_iter().chain(self.search()).find_map(within)
            }
        }
    }

    /// Whether something that ends with the session was made since this was last asked.
    pub fn made_temporary(&mut self) -> bool {
        std::mem::take(&mut self.made_temporary)
    }

    /// What a name of a table, view, sequence or index means.
    pub fn relation(&self, name: &Name) -> Option<Relation> {
        self.look_up(&self.relations, name).map(|it| it.1)
    }

    /// The SQL schema in which a relation of this name is found.
    pub fn place_of_relation(&self, name: &Name) -> Option<Place> {
        self.look_up(&self.relations, name).map(|it| it.0)
    }

    /// The SQL schema of an object of this name that is kept as it was written.
    pub fn place_of_kept(&self, name: &str) -> Option<Place> {
        self.search().find(|place| self.made.has(name, self.place_name(*place)))
    }

    /// The table of this name.
    pub fn table(&self, name: &Name) -> Result<TableId, DiagnosticKind> {
        match self.relation(name) {
            Some(Relation::Table(id)) => Ok(id),
            _ => Err(DiagnosticKind::Unknown { what: "table", name: name.to_string() }),
        }
    }

    /// What a type name means, tables' row types included.
    pub fn base_type(&self, name: &Name) -> Option<(Place, BaseType)> {
        let row = || {
            let (place, relation) = self.look_up(&self.relations, name)?;
            match relation {
                Relation::Table(id) => Some((place, BaseType::Row(id))),
                _ => None,
            }
        };
        self.look_up(&self.types, name).or_else(row)
    }

    /// The functions of this name.
    pub fn routines(&self, name: &Name) -> Option<(Place, Vec<FunctionId>)> {
        let (place, found) = self.look_up(&self.routines, name).filter(|it| !it.1.is_empty())?;
        // Functions of the session are never looked for there unless they are named so.
        let own = name.namespace.is_none() && self.known_namespace(temporary::NAMESPACE) == Some(place);
        if own && place.is_some() {
            let key =
                |place: Place| self.routines.get(&(place, name.name.clone())).map(|it| (place, it.clone()));
            return self.search().find_map(key).filter(|it| !it.1.is_empty());
        }
        Some((place, found))
    }

    /// The column of this name.
    pub fn column(&self, table: TableId, name: &str) -> Result<ColumnId, DiagnosticKind> {
        let column = self.tables.get(&table).and_then(|it| it.column_named(name)).map(|it| it.id);
        column.ok_or_else(|| DiagnosticKind::Unknown { what: "column", name: name.to_owned() })
    }

    /// The tables that inherit from this one or are its partitions.
    pub fn heirs(&self, table: TableId) -> Vec<TableId> {
        let heir = |it: &Table| {
            it.inherits.contains(&table) || it.partition_of.as_ref().is_some_and(|it| it.table == table)
        };
        self.tables.values().filter(|it| heir(it)).map(|it| it.id).collect()
    }

    /// This table and all below it.
    pub fn with_heirs(&self, table: TableId) -> Vec<TableId> {
        let mut all = vec![table];
        let mut seen = BTreeSet::from([table]);
        let mut at = 0;
        while let Some(next) = all.get(at).copied() {
            all.extend(self.heirs(next).into_iter().filter(|it| seen.insert(*it)));
            at += 1;
        }
        all
    }

    /// Whether there is anything in the design but SQL schemas, extensions and what is kept as written.
    pub fn has_objects(&self) -> bool {
        !self.relations.is_empty() || !self.types.is_empty() || !self.functions.is_empty()
    }

    /// Whether a name of `pg_class` is taken.
    pub fn is_relation(&self, place: Place, name: &str) -> bool {
        self.relations.contains_key(&(place, name.to_owned()))
    }

    /// Whether a constraint of an SQL schema has this name.
    pub fn is_constraint(&self, place: Place, name: &str) -> bool {
        self.constraints.contains_key(&(place, name.to_owned()))
    }

    /// Notes the name of a constraint.
    pub fn add_constraint_name(&mut self, place: Place, name: &str) {
        *self.constraints.entry((place, name.to_owned())).or_default() += 1;
    }

    /// Forgets the name of a constraint.
    pub fn remove_constraint_name(&mut self, place: Place, name: &str) {
        let key = (place, name.to_owned());
        if let Some(count) = self.constraints.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                self.constraints.remove(&key);
            }
        }
    }

    /// The name that PostgreSQL gives to a constraint without an index.
    pub fn free_constraint_name(
        &self,
        place: Place,
        table: &str,
        column: Option<&str>,
        label: &str,
    ) -> String {
        naming::free_name(table, column, label, |it| self.is_constraint(place, it))
    }

    /// The name that PostgreSQL gives to an index, or to a constraint with one.
    pub fn free_relation_name(
        &self,
        place: Place,
        table: &str,
        columns: Option<&str>,
        label: &str,
        constraint: bool,
    ) -> String {
        naming::free_name(table, columns, label, |it| {
            self.is_relation(place, it) || constraint && self.is_constraint(place, it)
        })
    }
}
