//! PostgreSQL's own language: `pg_dump` files, `structure.sql`, migrations applied in order.
//!
//! A script is cut into statements, each is parsed for itself, and each changes a [`Builder`] as it would change a
//! database. What comes out at the end is one valid design.

// Readers of statements have one shape, whether or not one of them can refuse.
#![allow(clippy::unnecessary_wraps)]

mod alter;
mod alter_column;
mod block;
mod builder;
mod bulk;
mod column;
mod comment;
mod complaint;
mod condition;
mod constraint;
mod constraint_body;
mod data_type;
mod dispatch;
mod drop;
mod element;
mod everything_in;
mod exclusion;
mod existence;
mod finish;
mod foreign_key;
mod function;
mod geometry;
mod index;
mod inherit;
mod like;
mod mentions;
mod namespace;
mod naming;
mod not_null;
mod once;
mod parse;
mod privilege;
mod psql;
mod query;
mod quoted;
mod rename;
mod rewrite;
mod row_facts;
mod rows;
mod sequence;
mod settings;
mod subject;
mod syntax;
mod table;
mod table_as;
mod temporary;
mod text;
mod transaction;
mod translated;
mod trigger;
mod types;
mod view;

use squawk_syntax::SourceFile;
use squawk_syntax::ast::{self, AstNode};

use crate::base::{LineIndex, Parsed, Span};
use crate::design::{Id, Stage, VerbatimId};

use super::dialect::other_dialect;
use super::split::{self, Piece, PieceKind};
use super::{Diagnostic, DiagnosticKind, Options, Reading};
use builder::{Builder, Fate};
use psql::{Psql, State};

pub(super) use naming::{joined, object_name};
pub use translated::expression_problem;
pub(super) use translated::{is_expression, is_type, translated};

/// Reads a script. Never fails: what cannot be modelled is kept as it was written and told of.
pub fn postgres(text: &str, options: &Options) -> Parsed<Reading, Diagnostic> {
    let lines = LineIndex::new(text);
    let mut read = script(text, split::pieces(text), options, &|statement| lines.place(statement.start).line);
    read.errors.splice(0..0, other_dialect(text));
    read
}

/// Reads a script that is cut into pieces already and may have been made from another text; `line_of` tells in which line of
/// that a statement stands.
pub(super) fn script(
    text: &str,
    pieces: impl Iterator<Item = Piece>,
    options: &Options,
    line_of: &dyn Fn(Span) -> u32,
) -> Parsed<Reading, Diagnostic> {
    let mut builder = Builder::new(options, line_of);
    builder.text = text;
    let pieces: Vec<Piece> = pieces.collect();
    let undone = transaction::undone(text, &pieces);
    let mut pieces = pieces.into_iter().peekable();
    let mut psql = Psql::default();
    while let Some(piece) = pieces.next() {
        let own = piece.span.of(text);
        match piece.kind {
            PieceKind::Statement => {
                let data = pieces.next_if(|it| it.kind == PieceKind::CopyData);
                match psql.state() {
                    State::Reads if undone.iter().any(|it| it.contains(&piece.span.start)) => {
                        builder.skip(piece.span);
                    }
                    State::Reads => {
                        let data = data.map(|it| (it.span, it.span.of(text)));
                        statement(&mut builder, piece, &psql.written_out(own), data);
                    }
                    State::SkipsBranch => {
                        builder.skip(piece.span);
                        builder.say(DiagnosticKind::LeftOut { what: "a branch of `\\if` that is not taken" });
                    }
                    // It was said where the other database begins.
                    State::SkipsDatabase => builder.skip(piece.span),
                }
            }
            PieceKind::Command => {
                builder.enter(piece.span);
                psql.command(&mut builder, own);
            }
            PieceKind::Trivia if own.contains("/*") => {
                unclosed(&mut builder, piece.span, own);
            }
            PieceKind::CopyData | PieceKind::Trivia => {}
        }
    }
    temporary::end(&mut builder);
    rows::settle(&mut builder);
    let tree = finish::finish(&mut builder);
    let mut errors = std::mem::take(&mut builder.diagnostics);
    errors.sort_by_key(|it| it.span);
    Parsed { tree, errors }
}

/// Reads one statement and counts what became of it.
fn statement(b: &mut Builder, piece: Piece, sql: &str, data: Option<(Span, &str)>) {
    if sql.trim_matches(|it: char| it == ';' || it.is_whitespace()).is_empty() {
        return;
    }
    b.enter(piece.span);
    b.report.statements += 1;
    let fate = whole(b, piece, sql, data);
    match fate {
        _ if b.has_kept() => b.report.verbatim += 1,
        Fate::Modelled => b.report.modelled += 1,
        Fate::Skipped => b.report.skipped += 1,
    }
}

/// Reads a statement, unless it goes on to the end of the text because something in it is never closed.
fn whole(b: &mut Builder, piece: Piece, sql: &str, data: Option<(Span, &str)>) -> Fate {
    if !sql.ends_with(';')
        && let Some(what) = unclosed(b, piece.span, sql)
    {
        if bulk::left_out(b, sql).is_some() {
            return Fate::Skipped;
        }
        b.keep_said(
            sql.trim_end().to_owned(),
            dispatch::stage_of_words(sql),
            Vec::new(),
            &DiagnosticKind::Unclosed { what },
        );
        return Fate::Modelled;
    }
    if let Some((span, rows)) = data
        && !rows.trim_end().ends_with("\\.")
    {
        b.say_at(span, DiagnosticKind::Unclosed { what: "data of COPY" });
    }
    bulk::left_out(b, sql).unwrap_or_else(|| read(b, sql, data.map(|it| it.1)))
}

/// Tells of what a piece leaves open, at the place where that begins.
fn unclosed(b: &mut Builder, piece: Span, text: &str) -> Option<&'static str> {
    let (what, at) = split::unclosed(text)?;
    // Variables of psql that were written out move what comes after them.
    let start = (piece.start as usize + at).min(piece.end as usize);
    b.say_at(Span::new(start, piece.end as usize), DiagnosticKind::Unclosed { what });
    Some(what)
}

fn read(b: &mut Builder, sql: &str, data: Option<&str>) -> Fate {
    if namespace::is_given_language(sql) {
        return Fate::Skipped;
    }
    match understood(b, sql) {
        Ok(stmt) => run(b, &stmt, data),
        Err(Broken { at, why }) => {
            let stage = dispatch::stage_of_words(sql);
            let statement = b.statement();
            let own = sql.trim_end().trim_end_matches(';').trim_end();
            let start = (statement.start as usize + at.min(own.len())).min(statement.end as usize);
            b.say_at(Span::new(start, statement.end as usize), why.clone());
            // Nothing is known of its names but the path on which they are looked for.
            let sql = b.under_path(own.to_owned());
            b.keep_said(sql, stage, Vec::new(), &why);
            Fate::Modelled
        }
    }
}

/// Why a text is no statement, and at which byte of it.
struct Broken {
    at: usize,
    why: DiagnosticKind,
}

impl From<DiagnosticKind> for Broken {
    fn from(why: DiagnosticKind) -> Self {
        Self { at: 0, why }
    }
}

/// The one statement that a text is.
fn understood(b: &mut Builder, sql: &str) -> Result<ast::Stmt, Broken> {
    let mut parse = parse::parse(sql)?;
    let mut errors = parse.errors();
    b.elements.clear();
    if !errors.is_empty()
        && let Some((left, found)) = element::blanked(sql)
    {
        parse = parse::parse(&left)?;
        errors = parse.errors();
        b.elements = found;
    }
    if !errors.is_empty()
        && let Some(quoted) = quoted::quoted(sql)
    {
        return understood(b, &quoted)
            .map_err(|it| Broken { at: quoted::unquoted_at(sql, &quoted, it.at), ..it });
    }
    let file = parse.tree();
    let mut statements = file.stmts();
    let first = statements.next();
    let rest = statements.next();
    let broken = errors.into_iter().find(|it| !in_string(&file, it.range().start().into()));
    match (first, rest, broken) {
        (Some(stmt), None, None) => Ok(stmt),
        (_, _, Some(error)) => Err(Broken {
            at: error.range().start().into(),
            why: DiagnosticKind::Syntax { message: complaint::in_sql(error.message()) },
        }),
        (_, rest, None) => Err(Broken {
            at: rest.map_or(0, |it| it.syntax().text_range().start().into()),
            why: DiagnosticKind::Syntax { message: "more than one statement".to_owned() },
        }),
    }
}

/// Lets a statement change the design, or keeps it.
fn run(b: &mut Builder, stmt: &ast::Stmt, data: Option<&str>) -> Fate {
    let fate = dispatch::statement(b, stmt, data);
    if b.made_temporary() && !matches!(fate, Ok(Fate::Skipped)) {
        b.say(temporary::made(stmt));
        return Fate::Skipped;
    }
    match fate {
        Ok(fate) => fate,
        Err(why @ (DiagnosticKind::LeftOut { .. } | DiagnosticKind::Exists { .. })) => {
            b.say(why);
            Fate::Skipped
        }
        Err(why) => {
            let needs = b.mentions(stmt.syntax());
            let text = b.sql(stmt);
            let stage = dispatch::stage(b, stmt);
            let id = keep(b, &text, stage, needs, why);
            dispatch::name_kept(b, stmt, id);
            Fate::Modelled
        }
    }
}

fn keep(b: &mut Builder, sql: &str, stage: Stage, needs: Vec<Id>, why: DiagnosticKind) -> VerbatimId {
    let sql = sql.trim_end().trim_end_matches(';').trim_end().to_owned();
    b.keep(sql, stage, needs, why)
}

/// Whether an error lies inside a string, such as the body of a function in a language of its own.
fn in_string(file: &SourceFile, at: u32) -> bool {
    let token = file.syntax().token_at_offset(at.into()).left_biased();
    token.and_then(|it| it.parent()).is_some_and(|it| ast::Literal::can_cast(it.kind()))
}
