//! Scripts that change a database, statement by statement, with what is in force at each.

mod act;
mod added;
mod columns;
mod dependents;
mod locks;
mod parse;
mod rewrite;
mod words;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::written::Written;
use super::{Check, Config, Finding, Told, ignored_in, rules};
use crate::base::{LineIndex, Span};
use crate::design::Design;
use crate::pg::LockMode;
use crate::read::{self, PieceKind, split};

pub use act::{Act, Action, Added, ColumnAdded, Constraint};
pub use dependents::Reading;
pub use locks::{Lock, Locked, locks, locks_on};
pub use parse::act;
pub use rewrite::{TextEdit, fix_scripts, rewritten};

/// A script: one migration, or a file of statements that are run in one go.
#[derive(Clone, Copy, Debug)]
pub struct Script<'a> {
    /// Its name, for people.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// One statement with what is in force when it runs.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its bytes in the script.
    pub span: Span,
    /// Its first line, 1-based.
    pub line: u32,
    /// What it does.
    pub act: Act,
    /// The explicit transaction that it stands in, counted from 1.
    pub transaction: Option<usize>,
    /// Whether waiting for locks is bounded.
    pub lock_timeout: bool,
    /// Whether the time of statements is bounded.
    pub statement_timeout: bool,
}

/// That the script makes a table.
#[derive(Default)]
struct Creation {
    /// The first statement that finds it there.
    at: usize,
    /// The SQL schema that is written before its name, once somebody asked.
    schema: OnceCell<Option<String>>,
}

fn create(created: &mut BTreeMap<String, Vec<Creation>>, at: usize, name: &str) {
    created.entry(name.to_owned()).or_default().push(Creation { at, ..Creation::default() });
}

/// What a rule about scripts sees.
#[allow(clippy::struct_field_names)] // the steps of a script are its steps
pub struct Steps<'a> {
    /// The statements in order.
    pub steps: &'a [Step],
    /// The script's text.
    pub text: &'a str,
    /// Whether the script is run within one transaction that it does not begin.
    pub wrapped: bool,
    /// Names of tables that the script itself creates before the statement at a place.
    created: &'a BTreeMap<String, Vec<Creation>>,
    earlier: &'a [Script<'a>],
    before: &'a OnceCell<Design>,
    after: &'a OnceCell<Design>,
    name: &'a str,
    /// What the check reports.
    pub told: Told,
}

impl<'a> Steps<'a> {
    /// The statements with their places.
    pub fn each(&self) -> impl Iterator<Item = (usize, &'a Step)> + use<'a> {
        self.steps.iter().enumerate()
    }

    /// Whether a table was there before the script began, as far as the script tells.
    pub fn exists(&self, table: &str, at: usize) -> bool {
        let all = self.created.get(table).map(Vec::as_slice).unwrap_or_default();
        !all.iter().any(|it| it.at <= at && !self.is_in_other_schema(it, at, table))
    }

    /// Whether a table has rows when a step comes: it was there before, or an earlier step adds some.
    pub fn has_rows(&self, table: &str, at: usize) -> bool {
        let fills = |it: &Step| matches!(&it.act, Act::Insert { table: filled, .. } if filled == table);
        self.exists(table, at) || self.steps.iter().take(at).any(fills)
    }

    /// Whether a step writes another SQL schema before a name than the step that made it.
    fn is_in_other_schema(&self, made: &Creation, at: usize, name: &str) -> bool {
        let schema = |at: usize| {
            let words = Written::of(self.steps.get(at)?.span.of(self.text));
            let is_it = |it: &usize| words.at(it + 1) == "." && words.name(it + 2).as_deref() == Some(name);
            words.name((0..words.len()).find(is_it)?)
        };
        made.at != at
            && made
                .schema
                .get_or_init(|| schema(made.at))
                .as_ref()
                .is_some_and(|own| schema(at).is_some_and(|other| *own != other))
    }

    /// Whether a comment before a step says that it is the contracting one of several deployments: `/*@ phase 2 contract */`.
    pub fn contracts(&self, at: usize) -> bool {
        let start = self.steps.get(at).map_or(0, |it| it.span.start as usize);
        let from = at.checked_sub(1).and_then(|it| self.steps.get(it)).map_or(0, |it| it.span.end as usize);
        let before = self.text.get(from..start).unwrap_or_default();
        before.split("/*@").skip(1).any(|it| it.split("*/").next().is_some_and(|it| it.contains("contract")))
    }

    /// Whether a step clears the way for what the script makes anew: `DROP … IF EXISTS` of what no earlier script made.
    pub fn clears(&self, at: usize, name: &str) -> bool {
        let Some(Act::Drop { if_exists: true, .. }) = self.steps.get(at).map(|it| &it.act) else {
            return false;
        };
        let anew = self.steps.iter().skip(at).any(|it| match &it.act {
            Act::CreateTable { name: made, .. } | Act::CreateIndex { name: Some(made), .. } => made == name,
            Act::CreateSchema { name: made, tables } => made == name || tables.iter().any(|it| it == name),
            Act::CreateType { name: made, .. } | Act::CreateView { name: made, .. } => made == name,
            _ => false,
        });
        anew && !self
            .before()
            .tables()
            .any(|it| it.name == name || it.indexes.iter().any(|it| it.name == name))
    }

    /// The table that a step is about, when it was there before the script began.
    pub fn existing(&self, at: usize) -> Option<&'a str> {
        let table = self.steps.get(at)?.act.table()?;
        (self.exists(table, at) && !self.clears(at, table)).then_some(table)
    }

    /// The actions of `ALTER TABLE` on tables that were there before, each with its place and table.
    pub fn actions(&self) -> Vec<(usize, &'a str, &'a Action)> {
        let mut found = Vec::new();
        for (at, step) in self.each() {
            if let Act::AlterTable { table, actions } = &step.act
                && self.exists(table, at)
            {
                found.extend(actions.iter().map(|it| (at, table.as_str(), it)));
            }
        }
        found
    }

    /// The design that the scripts before this one make.
    pub fn before(&self) -> &'a Design {
        self.before.get_or_init(|| {
            let text: String = self.earlier.iter().flat_map(|it| [it.text, "\n;\n"]).collect();
            read::postgres(&text, &read::Options::default()).tree.design
        })
    }

    /// The statements of the scripts before this one.
    pub fn earlier_statements(&self) -> Vec<&'a str> {
        let of = |script: &Script<'a>| {
            let text = script.text;
            split(text)
                .into_iter()
                .filter(|it| it.kind == PieceKind::Statement)
                .map(move |it| it.span.of(text))
        };
        self.earlier.iter().flat_map(of).collect()
    }

    /// The tables that statements before a step make `OF` a composite type.
    pub fn of_type(&self, at: usize, name: &str) -> Vec<String> {
        let own = self.steps.iter().take(at).filter_map(|it| it.act.of_type());
        let earlier = self.earlier_statements().into_iter().filter_map(|it| parse::act(it).of_type());
        earlier.chain(own).filter(|it| it.0 == name).map(|it| it.1).collect()
    }

    /// The design that the scripts before this one and its first steps make.
    pub fn design_before(&self, at: usize) -> Design {
        let end = at.checked_sub(1).and_then(|it| self.steps.get(it)).map_or(0, |it| it.span.end as usize);
        let own = self.text.get(..end).unwrap_or_default();
        let text: String =
            self.earlier.iter().map(|it| it.text).chain([own]).flat_map(|it| [it, "\n;\n"]).collect();
        read::postgres(&text, &read::Options::default()).tree.design
    }

    /// The design that this script and those before it make.
    pub fn after(&self) -> &'a Design {
        self.after.get_or_init(|| {
            let all = self.earlier.iter().map(|it| it.text).chain([self.text]);
            let text: String = all.flat_map(|it| [it, "\n;\n"]).collect();
            read::postgres(&text, &read::Options::default()).tree.design
        })
    }

    /// The strongest lock that a step takes on the table that it is about, when it was there before.
    pub fn lock(&self, at: usize) -> Option<LockMode> {
        self.existing(at)?;
        self.steps.get(at)?.act.lock()
    }

    /// The locks that a step takes on tables that were there before: on the one that it names, and on others that earlier
    /// scripts made.
    pub fn locks(&self, at: usize) -> Vec<Lock> {
        let Some(act) = self.steps.get(at).map(|it| &it.act) else { return Vec::new() };
        let before = self.before();
        let is_known = |name: &str| act.table() == Some(name) || before.tables().any(|it| it.name == name);
        let mut all = locks::of_act(act, before, &|name| self.of_type(at, name));
        all.retain(|it| self.exists(&it.table, at) && !self.clears(at, &it.table) && is_known(&it.table));
        all
    }

    /// The strongest of them; of equals that on the table which the statement names.
    pub fn strongest(&self, at: usize) -> Option<Lock> {
        let named = self.steps.get(at)?.act.table();
        self.locks(at).into_iter().max_by_key(|it| (it.mode, named == Some(it.table.as_str())))
    }

    /// Reports something about a statement.
    pub fn report(&mut self, at: usize, place: &str, message: impl Into<String>) -> &mut Finding {
        let (span, line) = self.steps.get(at).map_or((Span::default(), 0), |it| (it.span, it.line));
        let finding = self.told.report(place.to_owned(), message);
        finding.file = Some(self.name.to_owned());
        (finding.line, finding.span) = (Some(line), Some(span));
        finding
    }
}

/// Every finding about the statements of scripts that are run one after the other. What an earlier script creates is
/// there, with rows, when a later one runs.
pub fn lint_scripts(scripts: &[Script<'_>], config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut made: BTreeSet<String> = BTreeSet::new();
    let mut before = OnceCell::new();
    for (place, script) in scripts.iter().enumerate() {
        let steps = read_steps(script.text, config.in_transaction);
        let mut created: BTreeMap<String, Vec<Creation>> = BTreeMap::new();
        for (at, step) in steps.iter().enumerate() {
            match &step.act {
                Act::CreateTable { name, .. } | Act::CreateView { name, .. }
                    if !created.contains_key(name) =>
                {
                    create(&mut created, at, name);
                }
                Act::CreateSchema { tables, .. } => {
                    for it in tables {
                        create(&mut created, at, it);
                    }
                }
                Act::AlterTable { table, actions } if created.contains_key(table) => {
                    for action in actions {
                        if let Action::RenameTable { to } = action {
                            create(&mut created, at + 1, to);
                        }
                    }
                }
                _ => {}
            }
        }
        let after = OnceCell::new();
        let ignored = ignored_in(script.text);
        let told = |it: &Finding| {
            let at = it.span.map_or(0, |it| it.start);
            config.tells(it) && !ignored.iter().any(|ignored| ignored.covers(&it.code, at))
        };
        made.extend(created.keys().cloned());
        found.extend(columns::lint(&steps, script.name, &made, config).into_iter().filter(told));
        for rule in rules() {
            let (Check::Script(check), Some(severity)) = (&rule.check, config.severity_of(rule)) else {
                continue;
            };
            let mut steps = Steps {
                steps: &steps,
                text: script.text,
                wrapped: config.in_transaction && steps.len() > 1,
                created: &created,
                earlier: scripts.get(..place).unwrap_or_default(),
                before: &before,
                after: &after,
                name: script.name,
                told: Told { rule, severity, found: Vec::new() },
            };
            check(&mut steps);
            tell_locks(&mut steps);
            found.extend(steps.told.found.into_iter().filter(told));
        }
        // What this script and those before it make is what the next one begins with.
        before = after;
    }
    // Scripts come in the order in which they run, and so do their findings.
    found.sort_by(|a, b| {
        let place = |it: &Finding| scripts.iter().position(|script| Some(script.name) == it.file.as_deref());
        (place(a), a.span.map(|it| it.start), &a.code, &a.message).cmp(&(
            place(b),
            b.span.map(|it| it.start),
            &b.code,
            &b.message,
        ))
    });
    found
}

/// Who waits because of a statement, with each finding about how it locks.
fn tell_locks(steps: &mut Steps<'_>) {
    if steps.told.rule.family() != "MIG" || steps.told.rule.code == "MIG018" {
        return;
    }
    let mut found = std::mem::take(&mut steps.told.found);
    for finding in &mut found {
        let at = steps.steps.iter().position(|it| Some(it.span) == finding.span);
        let lock = at.and_then(|it| steps.strongest(it)).filter(|it| it.mode.blocks_writes());
        if let Some(Lock { table, mode }) = lock {
            finding.because(format!("it takes {} on `{table}`: {}", mode.name(), mode.waiting()));
        }
    }
    steps.told.found = found;
}

fn read_steps(text: &str, in_transaction: bool) -> Vec<Step> {
    let lines = LineIndex::new(text);
    let mut steps: Vec<Step> = Vec::new();
    // `SET LOCAL` does nothing outside of a transaction: a script that says it without one is run within one.
    let is_wrapped = |acts: &[Act]| {
        let begins = acts.iter().any(|it| matches!(it, Act::Begin));
        !begins && acts.iter().any(|it| matches!(it, Act::Set { local: true, .. }))
    };
    let pieces: Vec<_> = split(text).into_iter().filter(|it| it.kind == PieceKind::Statement).collect();
    let acts: Vec<Act> = pieces.iter().map(|it| parse::act(it.span.of(text))).collect();
    // Tools run a statement that stands alone by itself: some cannot run within a transaction.
    let wrapped = in_transaction && acts.len() > 1 || is_wrapped(&acts);
    let (mut transactions, mut open) = (0, wrapped.then_some(0));
    let mut timeouts = Timeouts::default();
    for (piece, act) in pieces.into_iter().zip(acts) {
        match &act {
            Act::Begin if open.is_none() => {
                transactions += 1;
                open = Some(transactions);
            }
            Act::Set { name, value, local } => timeouts.set(name, value, *local),
            _ => {}
        }
        let transaction = open;
        if matches!(act, Act::Commit) {
            open = None;
            timeouts.leave();
        }
        steps.push(Step {
            span: piece.span,
            line: lines.place(piece.span.start).line,
            act,
            transaction,
            lock_timeout: timeouts.lock.iter().any(|it| *it),
            statement_timeout: timeouts.statement.iter().any(|it| *it),
        });
    }
    steps
}

/// Whether a bound is set for the session, and for the transaction.
#[derive(Default)]
struct Timeouts {
    lock: [bool; 2],
    statement: [bool; 2],
}

impl Timeouts {
    fn set(&mut self, name: &str, value: &str, local: bool) {
        let zero = value.trim_matches('\'').trim_start_matches('0').trim().is_empty();
        let bounded = !zero && !value.eq_ignore_ascii_case("default");
        let of = match name {
            "lock_timeout" => &mut self.lock,
            "statement_timeout" => &mut self.statement,
            _ => return,
        };
        of[usize::from(local)] = bounded;
    }

    fn leave(&mut self) {
        (self.lock[1], self.statement[1]) = (false, false);
    }
}
