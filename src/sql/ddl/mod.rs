//! A whole design as PostgreSQL DDL.

mod constraint;
mod index;
mod item;
mod not_null;
mod order;
mod routine;
mod rows;
mod table;
mod target;
mod types;
mod verbatim;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use super::type_name::{write_name, write_type};
use super::writer::SqlWriter;
use crate::base::Span;
use crate::design::{
    BaseType, Check, Column, DataType, Design, ForeignKey, Id, NamespaceId, Sequence, Table, TableId, Unique,
};
use crate::pg::is_contrib_type;
use item::{Item, Level};

/// For whom the SQL is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The PostgreSQL major version, 13 to 18.
    pub target: u8,
    /// Where foreign keys stand.
    pub foreign_keys: ForeignKeyPlace,
    /// Whether what is given is written as well.
    pub given: Given,
}

impl Default for Options {
    fn default() -> Self {
        Self { target: 18, foreign_keys: ForeignKeyPlace::default(), given: Given::default() }
    }
}

impl Options {
    /// For the version that the design's conventions name.
    pub fn of(design: &Design) -> Self {
        Self { target: design.conventions().target, ..Self::default() }
    }
}

/// Whether the SQL makes what is given: objects of a database that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// As all else, for an empty database.
    #[default]
    Written,
    /// Left out and named in a comment at the top, for the database that has it.
    LeftOut,
}

/// Where foreign keys stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForeignKeyPlace {
    /// In `CREATE TABLE`, except where tables refer to each other in a circle.
    #[default]
    WithTable,
    /// Each as an `ALTER TABLE` after all tables, as `pg_dump` writes them.
    AfterTables,
}

/// A written design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The SQL.
    pub text: String,
    /// What the target version cannot say, in order of place.
    pub lost: Vec<Note>,
    /// Which bytes belong to which table, column, constraint, index, trigger, policy, type, view or function:
    /// by first byte, what holds others before them. Something may have several places, a comment for example.
    pub map: Vec<(Span, Id)>,
}

impl Written {
    /// What is written of this thing first, which is what makes it, without the semicolon; nothing for what is not written.
    pub fn part(&self, id: impl Into<Id>) -> &str {
        let id = id.into();
        let first = self.map.iter().find(|it| it.1 == id);
        first.map_or("", |it| it.0.of(&self.text).trim().trim_end_matches(';'))
    }

    /// The text with `sql` in place of what makes this thing; with no SQL all that is written of it is gone.
    pub fn with(&self, id: impl Into<Id>, sql: &str) -> String {
        let id = id.into();
        let is_gone = sql.trim().is_empty();
        let places = self.map.iter().filter(|it| it.1 == id).map(|it| it.0);
        let mut text = String::with_capacity(self.text.len() + sql.len());
        let mut rest = 0;
        for (count, span) in places.take(if is_gone { usize::MAX } else { 1 }).enumerate() {
            let (start, end) = (span.start as usize, span.end as usize);
            // A part within one that is gone already.
            if start < rest {
                continue;
            }
            text.push_str(self.text.get(rest..start).unwrap_or_default());
            rest = end;
            let is_statement = span.of(&self.text).trim_end().ends_with(';');
            if is_gone {
                if !is_statement {
                    rest += without_comma(&mut text, self.text.get(end..).unwrap_or_default());
                }
            } else if count == 0 {
                text.push_str(sql.trim().trim_end_matches(';'));
                text.push_str(if is_statement { ";\n" } else { "" });
            }
        }
        text.push_str(self.text.get(rest..).unwrap_or_default());
        text
    }
}

/// Takes the comma away that parted an element from its neighbours; gives how much of what follows goes with it.
fn without_comma(before: &mut String, after: &str) -> usize {
    let kept = before.trim_end();
    if let Some(kept) = kept.strip_suffix(',') {
        before.truncate(kept.len());
        return 0;
    }
    let blank = after.len() - after.trim_start().len();
    if after.trim_start().starts_with(',') { blank + 1 } else { 0 }
}

/// Something that was left out or written otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub about: Id,
    /// What became of it, in words.
    pub message: String,
}

/// Writes a design for an empty database: the same design gives the same bytes.
///
/// Extensions, SQL schemas, types, functions that tables need, sequences, tables (each after those that it refers to;
/// circles are closed by an `ALTER TABLE` at the end), indexes, functions, views, triggers, policies, rows. Comments
/// follow what they are about, and statements kept as they were stand at the end of their stage.
pub fn ddl(design: &Design, options: &Options) -> Written {
    let mut writer = Ddl::new(design, *options);
    let left_out = writer.leave_given();
    for placed in order::in_order(design) {
        if left_out.contains(&placed.item.record()) {
            continue;
        }
        writer.reach(placed.level);
        writer.early = placed.early;
        writer.item(placed.item);
    }
    writer.search_path(&[]);
    writer.reach(Level::Epilogue);
    let (text, map) = writer.w.finish();
    Written { text, lost: writer.lost, map }
}

/// A writer on its way through a design.
struct Ddl<'a> {
    design: &'a Design,
    options: Options,
    w: SqlWriter,
    lost: Vec<Note>,
    level: Level,
    /// The level whose one-line statements stand close together at the end of what was written.
    dense: Option<Level>,
    /// Tables that were written already, in order.
    written: Vec<&'a Table>,
    /// The same by identity.
    known: BTreeSet<TableId>,
    /// Tables that bring rows along, in the order in which they were written.
    with_rows: Vec<&'a Table>,
    /// Constraints that wait until all tables, or all indexes, are there.
    late: Vec<Late<'a>>,
    /// Whether what is being written needs something that comes later.
    early: bool,
    /// The search path of the moment; none is the usual one.
    path: &'a [String],
    /// Tables that need more than a plain server has: a type of an extension that is not shipped with PostgreSQL.
    fragile: BTreeSet<TableId>,
    /// Sequences by the table whose column owns them.
    owned: BTreeMap<TableId, Vec<&'a Sequence>>,
}

/// A constraint that is added after its table.
#[derive(Clone, Copy)]
enum Late<'a> {
    Check { table: &'a Table, check: &'a Check },
    NotNull { table: &'a Table, column: &'a Column },
    Unique { table: &'a Table, unique: &'a Unique },
    ForeignKey { table: &'a Table, fk: &'a ForeignKey, after_indexes: bool },
}

impl<'a> Ddl<'a> {
    fn new(design: &'a Design, options: Options) -> Self {
        let mut owned: BTreeMap<TableId, Vec<&Sequence>> = BTreeMap::new();
        for sequence in design.sequences() {
            if let Some((table, _)) = sequence.owned_by {
                owned.entry(table).or_default().push(sequence);
            }
        }
        Self {
            design,
            options,
            w: SqlWriter::new(),
            lost: Vec::new(),
            level: Level::Prologue,
            dense: None,
            written: Vec::new(),
            known: BTreeSet::new(),
            with_rows: Vec::new(),
            late: Vec::new(),
            early: false,
            path: &[],
            fragile: fragile(design),
            owned,
        }
    }

    /// What is given and left out, where the options want that; a comment at the top names it.
    fn leave_given(&mut self) -> BTreeSet<Id> {
        if self.options.given == Given::Written || !self.design.has_given() {
            return BTreeSet::new();
        }
        let given = |id: &Id| self.design.is_given(*id);
        let left_out: BTreeSet<Id> = self.design.record_ids().filter(given).collect();
        let tables = self.design.tables().filter(|it| it.is_given());
        let names: Vec<String> = tables
            .map(|it| {
                self.known.insert(it.id);
                let namespace = it.namespace.map(|id| self.design.namespace_name(Some(id)));
                let name = namespace.into_iter().chain([it.name.as_str()]).collect::<Vec<_>>().join(".");
                // A comment ends with its line, whatever a name holds.
                name.replace(char::is_control, " ")
            })
            .collect();
        let mut line = format!("-- Given, and not made here: {}", names.join(", "));
        match left_out.len() - names.len() {
            0 => {}
            1 => line.push_str("; 1 other object"),
            more => line.push_str(&format!("; {more} other objects")),
        }
        self.w.raw(&line);
        left_out
    }

    fn item(&mut self, item: Item<'a>) {
        self.search_path(match item {
            Item::Function(it) => &it.search_path,
            _ => &[],
        });
        match item {
            Item::Namespace(it) => self.namespace(it),
            Item::Extension(it) => self.extension(it),
            Item::Enum(it) => self.enum_type(it),
            Item::Domain(it) => self.domain(it),
            Item::Composite(it) => self.composite(it),
            Item::Range(it) => self.range(it),
            Item::Sequence(it) => self.sequence(it),
            Item::Table(it) => self.table(it),
            Item::Index(owner, it) => self.index(owner, it),
            Item::Function(it) => self.function(it),
            Item::View(it) => self.view(it),
            Item::Trigger(owner, it) => self.trigger(owner, it),
            Item::Policies(it) => self.row_security(it),
            // Rows that had to come early are not waiting any more.
            Item::Rows(it) => {
                if self.with_rows.iter().any(|waiting| waiting.id == it.id) {
                    self.rows(it);
                }
            }
            Item::Verbatim(it) => self.verbatim(it),
        }
    }

    /// Sets the search path for functions whose bodies need it, and takes it back after them.
    fn search_path(&mut self, path: &'a [String]) {
        if self.path == path {
            return;
        }
        self.path = path;
        self.block();
        if path.is_empty() {
            self.w.sql("RESET search_path;\n");
        } else {
            self.w.sql("SET search_path = ").idents(path.iter().map(String::as_str)).sql(";\n");
        }
    }

    /// Writes what stands before a level.
    fn reach(&mut self, level: Level) {
        if level > self.level {
            self.search_path(&[]);
        }
        if level > Level::TableVerbatims && self.level <= Level::TableVerbatims {
            // Rows of tables that refer to each other in a circle load only while the circle is open, and rows that refer to
            // others from elsewhere only before the key is there.
            if self.late.iter().any(|it| it.joins_rows()) {
                for table in std::mem::take(&mut self.with_rows) {
                    self.rows(table);
                }
            }
            self.late_constraints(false);
        }
        if level > Level::Indexes && self.level <= Level::Indexes {
            self.index_uses();
            self.late_constraints(true);
        }
        self.level = level;
    }

    /// Begins a statement after a blank line; gives where it begins.
    fn block(&mut self) -> usize {
        if self.w.here() > 0 {
            self.w.sql("\n");
        }
        self.dense = None;
        self.w.here()
    }

    /// Begins a statement of one line, close to others of its level; gives where it begins.
    fn line(&mut self, level: Level) -> usize {
        if self.dense != Some(level) {
            self.block();
            self.dense = Some(level);
        }
        self.w.here()
    }

    fn name(&mut self, namespace: Option<NamespaceId>, name: &str) {
        write_name(&mut self.w, self.design, namespace, name);
    }

    fn table_name(&mut self, table: &Table) {
        self.name(table.namespace, &table.name);
    }

    fn data_type(&mut self, data_type: &DataType) {
        write_type(&mut self.w, self.design, data_type);
    }

    /// `WITH (…)` of a table, index or view.
    fn parameters(&mut self, parameters: &[(String, String)]) {
        self.w.sql("(").list(parameters, ", ", |w, (name, value)| {
            w.list(name.split('.'), ".", |w, part| {
                w.ident(part);
            });
            if !value.is_empty() {
                w.sql(" = ").raw(value);
            }
        });
        self.w.sql(")");
    }

    fn lose(&mut self, about: impl Into<Id>, message: impl Into<String>) {
        self.lost.push(Note { about: about.into(), message: message.into() });
    }

    fn before(&self, version: u8) -> bool {
        self.options.target < version
    }
}

/// The tables that a server without the extensions that they use refuses. What merely refers to them is written so that it
/// does not go down with them.
fn fragile(design: &Design) -> BTreeSet<TableId> {
    let foreign = |it: &DataType| match &it.base {
        BaseType::Other { namespace, name } => {
            namespace.as_deref() != Some("pg_catalog") && !is_contrib_type(name)
        }
        _ => false,
    };
    let is_foreign = |it: &DataType| match it.base {
        BaseType::Domain(id) => design.domain(id).is_some_and(|it| foreign(&it.data_type)),
        BaseType::Composite(id) => {
            design.composite(id).is_some_and(|it| it.attributes.iter().any(|it| foreign(&it.data_type)))
        }
        _ => foreign(it),
    };
    let tables = design.tables().filter(|it| it.columns.iter().any(|it| is_foreign(&it.data_type)));
    tables.map(|it| it.id).collect()
}

impl Late<'_> {
    /// Whether the referencing table of the foreign key brings rows along.
    fn joins_rows(self) -> bool {
        let Self::ForeignKey { table, .. } = self else { return false };
        table.seed.as_ref().is_some_and(|it| !it.rows.is_empty())
    }
}

#[cfg(test)]
mod tests;
