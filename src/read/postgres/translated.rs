//! Statements that translate a text of another language: they change the builder like written ones, but their
//! places are those of the original.

use crate::base::{LineIndex, Parsed, Span};
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

/// Runs statements in the order given; `units` is how many blocks of `text` they translate.
pub fn translated(
    text: &str,
    options: &Options,
    statements: &[Statement],
    units: usize,
) -> Parsed<Reading, Diagnostic> {
    let lines = LineIndex::new(text);
    let line_of = |span: Span| lines.place(span.start).line;
    let mut b = Builder::new(options, &line_of);
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
