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
mod rename;
mod rows;
mod statements;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::design::{Design, Edit, Flow, Id, Record, Rows, Table, TableId, View, changes_of};
use crate::sql::{Options, Written, ddl, function_signature, ident, qualified_name};
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

    /// The SQL without what is done to rows.
    pub fn of_schema(&self) -> String {
        let is_of_rows = |at: &usize| self.of_rows.contains(at);
        text(self.statements.iter().enumerate().filter(|it| !is_of_rows(&it.0)).map(|it| it.1))
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
    let old = Side::of(&middle);
    let said = statements(old.design, &old.sql).iter().map(|it| it.text.to_owned()).collect();
    let flows = rows::needed(&middle, after, flows);
    Script { old, new: Side::of(after), said, flows, out, of_rows: 0..0 }.write()
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
}

impl<'d> Side<'d> {
    fn of(design: &'d Design) -> Self {
        Self { design, sql: ddl(design, &Options::of(design)) }
    }
}

struct Script<'d> {
    old: Side<'d>,
    new: Side<'d>,
    /// What the old design says, renames done.
    said: BTreeSet<String>,
    flows: Vec<Flow>,
    out: Vec<String>,
    /// Which of these are about rows.
    of_rows: Range<usize>,
}

impl Script<'_> {
    fn write(mut self) -> Migration {
        let dropped = self.drops();
        let written = self.new.sql.clone();
        let all = statements(self.new.design, &written);
        // Functions that a table needs stand before the first.
        let first_table = all.iter().position(|it| it.text.starts_with("CREATE TABLE")).unwrap_or(all.len());
        let is_early = |(at, it): &(usize, &Statement<'_>)| match self.new.design.record(it.record) {
            Some(Record::Function(_)) => *at < first_table,
            Some(Record::View(_) | Record::Verbatim(_)) => false,
            _ => it.part.is_none() && !it.text.starts_with("INSERT") && !it.text.starts_with("ALTER"),
        };
        let (early, late): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(is_early);
        for (_, it) in early {
            self.put(it, &dropped);
        }
        self.alter_tables();
        for (_, it) in late {
            self.put(it, &dropped);
        }
        self.lasts();
        Migration { statements: self.out, of_rows: self.of_rows }
    }

    fn say(&mut self, statement: impl Into<String>) {
        self.out.push(statement.into());
    }

    /// A statement of the new design, where the old one does not say it.
    fn put(&mut self, it: &Statement<'_>, dropped: &BTreeSet<Id>) {
        let about = it.part.unwrap_or(it.record);
        let (Some(old), Some(new)) = (self.old.design.record(it.record), self.new.design.record(it.record))
        else {
            if self.new.design.record(it.record).is_some_and(|it| !it.is_given()) {
                self.say(it.text);
            }
            return;
        };
        if old == new && !dropped.contains(&about) || new.is_given() {
            return;
        }
        if self.said.contains(it.text) && !dropped.contains(&about) {
            return;
        }
        match &new {
            Record::Table(_) if it.text.starts_with("CREATE TABLE") => {}
            // A key that stands by itself now and stood in its table before.
            Record::Table(_)
                if it.part.is_some_and(|id| {
                    it.text.contains(" ADD CONSTRAINT ")
                        && definition(&self.old.sql, id) == definition(&self.new.sql, id)
                        && !dropped.contains(&id)
                }) => {}
            // Rows are not told from each other.
            Record::Table(_) if it.text.starts_with("INSERT") && seeded(&old) => {}
            // Enumerated types and the like are altered, functions replaced.
            Record::Function(_) => {
                let text = it.text.replacen("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1);
                let text = text.replacen("CREATE PROCEDURE", "CREATE OR REPLACE PROCEDURE", 1);
                self.say(text);
            }
            Record::EnumType(new) if it.text.starts_with("CREATE") => {
                if let Record::EnumType(old) = &old {
                    let statements = alter::values(self.new.design, old, new);
                    self.out.extend(statements);
                }
            }
            _ => self.say(it.text),
        }
    }

    /// What goes, or is another now, and stands in the way; gives what has to be made again.
    fn drops(&mut self) -> BTreeSet<Id> {
        let mut dropped = BTreeSet::new();
        let (old, new) = (self.old.design, self.new.design);
        let retyped = self.retyped();
        for view in old.views().collect::<Vec<_>>().into_iter().rev() {
            let reads = view.reads.iter().any(|it| retyped.contains(it));
            if !view_stays(new, view) || reads {
                self.say(format!("DROP {}", view_words(old, view)));
                dropped.insert(view.id.into());
                dropped.extend(view.indexes.iter().map(|it| Id::from(it.id)));
                dropped.extend(view.triggers.iter().map(|it| Id::from(it.id)));
            }
        }
        let pairs: Vec<(&Table, &Table)> = old
            .tables()
            .filter_map(|it| Some((it, new.table(it.id)?)))
            .filter(|(old, new)| old != new && !new.is_given())
            .collect();
        for (was, is) in &pairs {
            self.drop_members(was, is, &mut dropped);
        }
        self.drop_tables(false);
        dropped
    }

    /// The tables that go: those whose rows are read before that, or the others.
    fn drop_tables(&mut self, are_read: bool) {
        let (old, new) = (self.old.design, self.new.design);
        let gone: Vec<&Table> =
            old.tables().filter(|it| new.table(it.id).is_none() && !it.is_given()).collect();
        // Those of which a table that is read knows stay as long as it does.
        let stays: BTreeSet<TableId> = {
            let mut stays: BTreeSet<TableId> =
                gone.iter().map(|it| it.id).filter(|it| rows::reads(&self.flows, *it, None)).collect();
            let mut count = 0;
            while count != stays.len() {
                count = stays.len();
                let uses = stays.iter().filter_map(|it| old.table(*it)).flat_map(|it| &it.foreign_keys);
                let uses: Vec<TableId> = uses.map(|it| it.references).collect();
                stays.extend(uses);
            }
            stays
        };
        // Foreign keys of tables that stay are gone by now; those among the tables go with them.
        let names: Vec<String> = gone
            .into_iter()
            .filter(|it| stays.contains(&it.id) == are_read)
            .map(|it| qualified_name(old, it.namespace, &it.name))
            .collect();
        if !names.is_empty() {
            self.say(format!("DROP TABLE {}", names.join(", ")));
        }
    }

    /// Tables of which a column that stays has another type, or a column goes: what reads them is made again.
    fn retyped(&self) -> BTreeSet<Id> {
        let is = |was: &&Table| {
            self.new.design.table(was.id).is_some_and(|is| {
                was.columns.iter().any(|it| is.column(it.id).is_none_or(|now| now.data_type != it.data_type))
            })
        };
        self.old.design.tables().filter(is).map(|it| it.id.into()).collect()
    }

    fn drop_members(&mut self, was: &Table, is: &Table, dropped: &mut BTreeSet<Id>) {
        let table = qualified_name(self.old.design, was.namespace, &was.name);
        let stays = |script: &Self, id: Id| {
            let new = definition(&script.new.sql, id);
            !new.is_empty() && new == definition(&script.old.sql, id)
        };
        for it in was.triggers.iter().filter(|it| !stays(self, it.id.into())).collect::<Vec<_>>() {
            self.say(format!("DROP TRIGGER {} ON {table}", ident(&it.name)));
            dropped.insert(it.id.into());
        }
        for it in was.policies.iter().filter(|it| !stays(self, it.id.into())).collect::<Vec<_>>() {
            self.say(format!("DROP POLICY {} ON {table}", ident(&it.name)));
            dropped.insert(it.id.into());
        }
        let foreign = was.foreign_keys.iter().map(|it| (Id::from(it.id), &it.name));
        let others = was
            .checks
            .iter()
            .map(|it| (Id::from(it.id), &it.name))
            .chain(was.exclusions.iter().map(|it| (Id::from(it.id), &it.name)))
            .chain(was.uniques.iter().map(|it| (Id::from(it.id), &it.name)))
            .chain(was.primary_key.iter().map(|it| (Id::from(it.id), &it.name)));
        for (id, name) in foreign.chain(others).collect::<Vec<_>>() {
            if !stays(self, id) && is.partition_of.is_none() {
                self.say(format!("ALTER TABLE {table} DROP CONSTRAINT {}", ident(name)));
                dropped.insert(id);
            }
        }
        for it in was.indexes.iter().filter(|it| !stays(self, it.id.into())).collect::<Vec<_>>() {
            let name = qualified_name(self.old.design, was.namespace, &it.name);
            self.say(format!("DROP INDEX {name}"));
            dropped.insert(it.id.into());
        }
    }

    /// What other things may have rested on.
    fn lasts(&mut self) {
        let (old, new) = (self.old.design, self.new.design);
        for it in old.functions().filter(|it| new.function(it.id).is_none()) {
            let kind = if it.procedure { "PROCEDURE" } else { "FUNCTION" };
            self.say(format!("DROP {kind} {}", function_signature(old, it)));
        }
        for id in old.record_ids().filter(|it| !new.has(*it)) {
            let Some(record) = old.record(id).filter(|it| !it.is_given()) else { continue };
            let statement = match &record {
                Record::Sequence(it) if it.owned_by.is_none() => {
                    format!("DROP SEQUENCE {}", qualified_name(old, it.namespace, &it.name))
                }
                Record::EnumType(it) => format!("DROP TYPE {}", qualified_name(old, it.namespace, &it.name)),
                Record::CompositeType(it) => {
                    format!("DROP TYPE {}", qualified_name(old, it.namespace, &it.name))
                }
                Record::RangeType(it) => format!("DROP TYPE {}", qualified_name(old, it.namespace, &it.name)),
                Record::Domain(it) => format!("DROP DOMAIN {}", qualified_name(old, it.namespace, &it.name)),
                Record::Extension(it) => format!("DROP EXTENSION {}", ident(&it.name)),
                Record::Namespace(it) => format!("DROP SCHEMA {}", ident(&it.name)),
                _ => continue,
            };
            self.say(statement);
        }
    }
}

/// What makes a thing, whether within its table or in a statement of its own.
fn definition(sql: &Written, id: Id) -> &str {
    let part = sql.part(id);
    match part
        .strip_prefix("ALTER TABLE ")
        .and_then(|it| it.find(" ADD CONSTRAINT ").and_then(|at| it.get(at + 5..)))
    {
        Some(alone) => alone,
        None => part,
    }
}

fn seeded(record: &Record) -> bool {
    matches!(record, Record::Table(it) if it.seed.as_ref().is_some_and(|it| !it.rows.is_empty()))
}

fn view_stays(new: &Design, view: &View) -> bool {
    new.view(view.id).is_some_and(|it| it == view)
}

fn view_words(design: &Design, view: &View) -> String {
    let kind = if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    format!("{kind} {}", qualified_name(design, view.namespace, &view.name))
}
