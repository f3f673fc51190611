//! What leads a database from one design to another: plain statements, in an order in which they run.
//!
//! ```text
//! renames ▶ what is another now is dropped ▶ what is new ▶ columns added ▶ rows moved and filled ▶ columns that go dropped
//!         ▶ constraints ▶ what rests on them ▶ what goes last
//! ```
//! Each statement is what the two designs' own SQL says of the thing; identities tell a rename from a removal and an addition. What is
//! given is left alone.

mod alter;
mod caution;
mod drop;
mod object;
mod remake;
mod rename;
mod rows;
mod statements;
mod undo;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::base::Span;
use crate::design::{Design, Edit, Flow, Id, Record, Rows, changes_of};
use crate::sql::{ForeignKeyPlace, Options, SqlWriter, Written, ddl};
use remake::Remade;
use statements::{Statement, statements};

/// What turns a database of one design into one of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migration {
    statements: Vec<String>,
    /// Those that are about rows, and change nothing in the schema.
    of_rows: Range<usize>,
}

impl Migration {
    /// The SQL; empty where the two databases are alike.
    pub fn sql(&self) -> String {
        text(self.statements.iter())
    }

    /// The SQL without what is done to rows, and without settings of the session that runs it.
    pub fn of_schema(&self) -> String {
        let is_aside = |(at, text): &(usize, &String)| {
            self.of_rows.contains(at) || ["SET ", "RESET ", "SELECT "].iter().any(|it| text.starts_with(it))
        };
        text(self.statements.iter().enumerate().filter(|it| !is_aside(it)).map(|it| it.1))
    }
}

fn text<'a>(statements: impl Iterator<Item = &'a String>) -> String {
    let mut text = String::new();
    for it in statements {
        text.push_str(it.trim_end().trim_end_matches(';'));
        text.push_str(";\n");
    }
    text
}

/// The statements from the one design to the other; rows go where the flows tell.
pub fn migration(before: &Design, after: &Design, flows: &[Flow]) -> Migration {
    let mut out = Vec::new();
    let middle = rename::renamed(before, after, &mut out);
    let target = with_namespaces(after, &middle);
    let options = Options { foreign_keys: place_of_keys(&middle, after), ..Options::of(after) };
    let old = Side::of(&middle, options);
    let new = Side::of(&target, options);
    let said = statements(old.design, &old.sql).iter().map(|it| it.text.to_owned()).collect();
    let flows = rows::needed(&middle, after, flows);
    let remade = Remade::between(&old, &new);
    Script { old, new, after, said, remade, flows, out, of_rows: 0..0 }.write()
}

/// The new design with the SQL schemas that the old one has besides: as long as they are there names are written with theirs.
fn with_namespaces(after: &Design, old: &Design) -> Design {
    let mut target = after.clone();
    for it in old.namespaces().filter(|it| !after.has(it.id.into())) {
        let edit = Edit::default().put(&target, it.clone());
        // What does not fit is named otherwise, and made anew where it need not be.
        let _ = target.apply(&edit);
    }
    target
}

/// Foreign keys of new tables wait where what they point at is altered first.
fn place_of_keys(old: &Design, new: &Design) -> ForeignKeyPlace {
    let is_altered = |id| match (old.table(id), new.table(id)) {
        (Some(was), Some(is)) => {
            was.columns != is.columns || was.primary_key != is.primary_key || was.uniques != is.uniques
        }
        _ => false,
    };
    let mut come = new.tables().filter(|it| !old.has(it.id.into()));
    if come.any(|it| it.foreign_keys.iter().any(|it| is_altered(it.references))) {
        ForeignKeyPlace::AfterTables
    } else {
        ForeignKeyPlace::default()
    }
}

/// What is to be known before a migration is run on a table with rows: queries and words to try before, and what may go
/// wrong there and on the way back.
pub fn cautions(before: &Design, after: &Design, rows: &Rows) -> (Vec<String>, Vec<String>) {
    let (mut checks, mut risks) = (rows.checks.clone(), rows.risks.clone());
    let there = rows::needed(before, after, &rows.there);
    let back = rows::needed(after, before, &rows.back);
    for change in changes_of(before, &Edit::between(before, after)) {
        caution::caution((before, after), &change, (&there, &back), &mut checks, &mut risks);
    }
    checks.dedup();
    risks.dedup();
    (checks, risks)
}

/// A design with its SQL.
struct Side<'d> {
    design: &'d Design,
    sql: Written,
    /// What is written of a thing first.
    first: BTreeMap<Id, Span>,
}

impl<'d> Side<'d> {
    fn of(design: &'d Design, options: Options) -> Self {
        let sql = ddl(design, &options);
        let mut first = BTreeMap::new();
        for (span, id) in &sql.map {
            first.entry(*id).or_insert(*span);
        }
        Self { design, sql, first }
    }

    /// What makes a thing, without the semicolon; nothing for what is not written.
    fn part(&self, id: impl Into<Id>) -> &str {
        let span = self.first.get(&id.into());
        span.map_or("", |it| it.of(&self.sql.text).trim().trim_end_matches(';'))
    }

    /// What makes a thing, whether within its table or in a statement of its own.
    fn definition(&self, id: Id) -> &str {
        let part = self.part(id);
        let at = part.strip_prefix("ALTER TABLE ").and_then(|it| it.find(" ADD CONSTRAINT "));
        at.and_then(|at| part.get("ALTER TABLE ".len() + at + " ADD ".len()..)).unwrap_or(part)
    }
}

struct Script<'d> {
    old: Side<'d>,
    /// The new design, with the SQL schemas that go last.
    new: Side<'d>,
    /// The new design as it is to be.
    after: &'d Design,
    /// What the old design says, renames done.
    said: BTreeSet<String>,
    remade: Remade,
    flows: Vec<Flow>,
    out: Vec<String>,
    /// Which of these are about rows.
    of_rows: Range<usize>,
}

impl Script<'_> {
    fn write(mut self) -> Migration {
        let is_unchecked = self.is_unchecked();
        if is_unchecked {
            self.say("SET check_function_bodies = false");
        }
        self.drops();
        let written = self.new.sql.clone();
        let all = statements(self.new.design, &written);
        // Functions that a table needs stand before it.
        let last_table = all.iter().rposition(|it| it.text.starts_with("CREATE TABLE")).unwrap_or(0);
        let is_early = |(at, it): &(usize, &Statement<'_>)| match self.new.design.record(it.record) {
            Some(Record::Function(function)) => *at < last_table || self.is_free(&function.reads),
            Some(Record::View(_)) => false,
            Some(Record::Verbatim(verbatim)) => {
                let text = it.text.get(..7).unwrap_or_default();
                text.eq_ignore_ascii_case("create ") && *at < last_table && self.is_free(&verbatim.needs)
            }
            _ => it.part.is_none() && !it.text.starts_with("INSERT") && !it.text.starts_with("ALTER"),
        };
        let (early, late): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(is_early);
        for (_, it) in early {
            self.put(it);
        }
        self.alter_tables();
        for (_, it) in late {
            self.put(it);
        }
        self.silence(&written);
        self.lasts();
        if is_unchecked {
            self.say("RESET check_function_bodies");
        }
        Migration { statements: self.out, of_rows: self.of_rows }
    }

    /// Whether a function is made whose body may name what is not there yet.
    fn is_unchecked(&self) -> bool {
        let is_other = |it: &crate::design::Function| self.old.design.function(it.id) != Some(it);
        self.new.design.functions().any(|it| remake::is_checked(it) && is_other(it))
    }

    /// Whether nothing of this is a view or a table that changes.
    fn is_free(&self, needs: &[Id]) -> bool {
        needs.iter().all(|id| match self.new.design.record(*id) {
            Some(Record::View(_)) => false,
            Some(Record::Table(is)) => {
                self.old.design.table(is.id).is_none_or(|was| was.columns == is.columns)
            }
            _ => true,
        })
    }

    fn say(&mut self, statement: impl Into<String>) {
        self.out.push(statement.into());
    }

    /// A statement of the new design, where the old one does not say it.
    fn put(&mut self, it: &Statement<'_>) {
        let about = it.part.unwrap_or(it.record);
        let is_remade = self.remade.ids.contains(&about);
        let (Some(old), Some(new)) = (self.old.design.record(it.record), self.new.design.record(it.record))
        else {
            if let Some(new) = self.new.design.record(it.record).filter(|it| !it.is_given()) {
                self.say_of(&new, it.text);
            }
            return;
        };
        if old == new && !is_remade || new.is_given() {
            return;
        }
        if self.said.contains(it.text) && !is_remade {
            return;
        }
        match (&old, &new) {
            (_, Record::Table(_))
                if ["CREATE TABLE ", "CREATE UNLOGGED TABLE "]
                    .iter()
                    .any(|made| it.text.starts_with(made)) => {}
            // A key that stands by itself now and stood in its table before.
            (_, Record::Table(_))
                if it.part.is_some_and(|id| {
                    it.text.contains(" ADD CONSTRAINT ")
                        && self.old.definition(id) == self.new.definition(id)
                        && !is_remade
                }) => {}
            // Rows are not told from each other.
            (_, Record::Table(_)) if it.text.starts_with("INSERT") && seeded(&old) => {}
            // What rows the other one had is not known.
            (_, Record::Table(_)) if it.text.starts_with("INSERT") => {
                let text = it.text.trim_end().trim_end_matches(';').to_owned();
                self.say(text + " ON CONFLICT DO NOTHING");
            }
            (_, Record::Function(_)) if !is_remade => {
                let text = it.text.replacen("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1);
                let text = text.replacen("CREATE PROCEDURE", "CREATE OR REPLACE PROCEDURE", 1);
                self.say_of(&new, &text);
            }
            _ if it.text.starts_with("CREATE ") && !is_remade => match self.altered(&old, &new) {
                Some(statements) => self.out.extend(statements),
                None => self.say_of(&new, it.text),
            },
            _ => self.say_of(&new, it.text),
        }
    }

    /// A statement that makes a thing, under the search path that it asks for.
    fn say_of(&mut self, record: &Record, text: &str) {
        match record {
            Record::Function(it) if !it.search_path.is_empty() && text.starts_with("CREATE ") => {
                let mut w = SqlWriter::new();
                w.sql("SET search_path = ").idents(it.search_path.iter().map(String::as_str));
                self.say(w.finish().0);
                self.say(text);
                self.say("RESET search_path");
            }
            _ => self.say(text),
        }
    }
}

fn seeded(record: &Record) -> bool {
    matches!(record, Record::Table(it) if it.seed.as_ref().is_some_and(|it| !it.rows.is_empty()))
}
