//! Statements that translate a text of another language: they change the builder like written ones, but their
//! places are those of the original.

use crate::base::{Parsed, Span};
use crate::read::translation::{Content, Statement};
use crate::read::{Diagnostic, Options, Reading};

use super::builder::{Builder, Fate};
use super::parse::parse;
use super::{finish, read, rows};

/// What became of a block of the original.
#[derive(Clone, Copy, Default)]
struct Outcome {
    modelled: bool,
    kept: bool,
}

/// Runs statements in the order given; `units` is how many blocks of the original they translate.
pub fn translated(
    options: &Options,
    line_of: &dyn Fn(Span) -> u32,
    statements: &[Statement],
    units: usize,
) -> Parsed<Reading, Diagnostic> {
    let mut b = Builder::new(options, line_of);
    b.begin_translation();
    let mut outcomes = vec![Outcome::default(); units];
    for statement in statements {
        b.enter(statement.span);
        let fate = match &statement.content {
            Content::Sql(sql) => read(&mut b, sql, None),
            Content::Kept(words, why) => {
                b.keep(words.clone(), statement.stage, Vec::new(), why.clone());
                Fate::Modelled
            }
        };
        if let Some(outcome) = outcomes.get_mut(statement.unit) {
            outcome.kept |= b.has_kept();
            outcome.modelled |= fate == Fate::Modelled;
        }
    }
    b.report.statements = units;
    b.report.verbatim = outcomes.iter().filter(|it| it.kept).count();
    b.report.modelled = outcomes.iter().filter(|it| it.modelled && !it.kept).count();
    b.report.skipped = outcomes.iter().filter(|it| !it.modelled && !it.kept).count();
    rows::settle(&mut b);
    let tree = finish::finish(&mut b);
    Parsed { tree, errors: std::mem::take(&mut b.diagnostics) }
}

/// What is wrong with words that are to be an expression, and where; nothing where PostgreSQL's grammar takes them.
pub fn expression_problem(words: &str) -> Option<String> {
    const BEFORE: &str = "SELECT (";
    if words.trim().is_empty() {
        return Some("an expression is missing".to_owned());
    }
    if is_expression(words) {
        return None;
    }
    let sql = format!("{BEFORE}{words}\n)");
    let first = parse(&sql)
        .ok()
        .and_then(|it| it.errors().first().map(|it| (it.range().start().into(), it.to_string())));
    let (at, message): (usize, String) = first.unwrap_or((BEFORE.len(), "this is no expression".to_owned()));
    let before = words.get(..at.saturating_sub(BEFORE.len())).unwrap_or(words).trim_end();
    let rest = words.get(before.len()..).unwrap_or_default().trim_start();
    let rest: String = rest.chars().take(24).collect();
    Some(match (before.is_empty(), rest.is_empty()) {
        (_, true) => format!("{message}, at the end"),
        (true, false) => format!("{message}, at the beginning"),
        (false, false) => format!("{message}, at `{rest}`"),
    })
}

/// Whether PostgreSQL's grammar takes the words as an expression.
pub fn is_expression(words: &str) -> bool {
    !words.trim().is_empty() && is_script(&format!("SELECT ({words}\n)"))
}

/// Whether PostgreSQL's grammar takes the words as a type.
pub fn is_type(words: &str) -> bool {
    !words.trim().is_empty() && is_script(&format!("CREATE TABLE t (c {words}\n)"))
}

fn is_script(sql: &str) -> bool {
    parse(sql).is_ok_and(|it| it.errors().is_empty() && it.tree().stmts().count() == 1)
}
