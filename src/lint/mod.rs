//! The critic: rules that read a design, or the statements of a script, and say what will hurt.
//!
//! A rule is one file under `rules/`: its doc comment is its page, its examples are run as tests. [`lint`] runs all of
//! them over a design, a [`Linter`] keeps its findings up to date edit by edit, and [`lint_scripts`] reads SQL that
//! changes a database.

mod checklist;
mod config;
mod copies;
mod cx;
mod decompose;
mod dependency;
mod expression;
mod facts;
mod finding;
mod gather;
mod globals;
mod ignore;
mod judgement;
mod linter;
mod mentioned;
mod output;
mod platform;
mod privilege;
mod query;
mod regret;
mod remedy;
mod rule;
mod rules;
mod script;
mod stated;
mod topics;
mod widening;
mod written;

#[cfg(test)]
mod tests;

pub use checklist::{Line, Ran, State, checklist, line_of, unserved};
pub use config::{Config, ConfigError, Ignored, Preset};
pub use cx::{ColumnView, Cx, TableView};
pub use facts::{ColumnFacts, Facts, Role, TableFacts};
pub use finding::{Finding, Fix, Safety, Severity, Told};
pub use gather::{ONE_BY_ONE, Place, TABLES, gather};
pub use globals::{Globals, Habits, Known};
pub use ignore::{Comment, ignored_in};
pub use judgement::{IGNORE, Judgement, Unfounded, is_judgement};
pub use linter::{Linter, fix_all, lint};
pub use output::{github, sarif, text};
pub use regret::{Regret, regrets};
pub use remedy::Remedy;
pub use rule::{Check, Mark, Reads, Rule};
pub use rules::rules;
pub use script::{Lock, Locked, Script, TextEdit, fix_scripts, lint_scripts, locks, locks_on, rewritten};
pub use stated::stated;
pub use topics::Topic;

/// What every rule needs.
mod prelude {
    #![allow(unused_imports)] // no rule needs all of it
    pub(super) use super::expression;
    pub(crate) use super::rule::rule;
    pub(crate) use super::script::{Act, Action, Added, ColumnAdded, Constraint, Reading, Steps};
    pub(crate) use super::{ColumnView, Cx, Known, Reads, Remedy, Role, Severity, TableView, Topic};
    pub(crate) use crate::design::*;
    pub(crate) use crate::pg::{Builtin, TypeFamily};
}

use facts::{is_deleted_by_mark, is_deletion_mark};
use topics::words as words_of;

/// The page of a rule by code or name, as Markdown with a heading.
pub fn page(name: &str) -> Option<String> {
    let rule = rules().find(|it| it.code.eq_ignore_ascii_case(name) || it.name.eq_ignore_ascii_case(name))?;
    let fix = match rule.fix() {
        Some(Safety::Safe) => "safe",
        Some(Safety::Unsafe) => "to be looked at",
        None => "none",
    };
    let core = if rule.is(Mark::Core) { ", core" } else { "" };
    let off = if rule.is(Mark::Off) { ", off unless selected" } else { "" };
    let head = format!("# {} {}\n\n{}{core}{off}; fix: {fix}\n", rule.code, rule.name, rule.severity.name());
    Some(format!("{head}\n{}\n", rule.markdown().trim()))
}
