//! `DO` blocks whose statements can be read as if they stood alone: what migrations write to be run twice.

use squawk_syntax::ast::{self, AstNode};

use crate::design::Stage;
use crate::pg::{Token, TokenKind, tokens};
use crate::read::DiagnosticKind;
use crate::read::split::{PieceKind, split};

use super::builder::{Builder, Fate, Step};
use super::condition::Condition;
use super::parse::parse;
use super::settings;
use super::syntax;
use super::text::reset_after;

/// Reads a block that is only `CREATE`, `ALTER`, `DROP` and their kind, changes of rows, and `EXECUTE` of a constant, under
/// `IF [NOT] EXISTS (… catalog …)` or not, with handlers for what is there already, in blocks of their own or not. Any other
/// block is kept as it was written.
pub fn read(b: &mut Builder, node: &ast::Do) -> Step {
    let body = node.body().and_then(|it| syntax::string(&it)).unwrap_or_default();
    let sql = b.sql(node).trim_end_matches(';').trim_end().to_owned();
    let Some(statements) = statements(&body).filter(|it| !it.is_empty()) else {
        let path = b.search_path().to_vec();
        let sql = b.under_path(sql);
        settings_of(b, &body);
        let sql = if path == b.search_path() { sql } else { reset_after(sql) };
        let why = DiagnosticKind::NotModelled { what: "DO".into() };
        let stage = stage(&body);
        b.keep(sql, stage, Vec::new(), why);
        b.ran_code();
        return Ok(Fate::Modelled);
    };
    for (conditions, text) in &statements {
        if conditions.iter().all(|it| it.holds(b))
            && let Ok(parse) = parse(text)
            && let Some(stmt) = parse.tree().stmts().next()
        {
            super::run(b, &stmt, None);
        }
    }
    Ok(Fate::Modelled)
}

/// A search path that a block sets holds for the rest of the session, unless it says `LOCAL`.
fn settings_of(b: &mut Builder, body: &str) {
    let Some(begin) = tokens(body).find(|it| is(body, *it, "begin")) else { return };
    let inner = body.get(begin.span.end as usize..).unwrap_or_default();
    for piece in split(inner).into_iter().filter(|it| it.kind == PieceKind::Statement) {
        if let Ok(parse) = parse(piece.span.of(inner))
            && let Some(ast::Stmt::Set(node)) = parse.tree().stmts().next()
            && parse.errors().is_empty()
            && !syntax::words(&node).starts_with("SET LOCAL")
        {
            let _ = settings::set(b, &node);
        }
    }
}

/// The statements of a block with the conditions around each; nothing when there is anything else in it.
fn statements(body: &str) -> Option<Vec<(Vec<Condition>, String)>> {
    let words: Vec<Token> = tokens(body).filter(|it| !it.is_blank()).collect();
    let first = words.first().filter(|it| is(body, **it, "begin"))?;
    let inner = body.get(first.span.end as usize..)?;
    let mut found = Vec::new();
    let mut conditions: Vec<Condition> = Vec::new();
    // How many blocks within this one are open, and whether the innermost is at its handlers.
    let (mut depth, mut handles) = (0_usize, false);
    for piece in split(inner) {
        match piece.kind {
            PieceKind::Trivia => continue,
            PieceKind::Statement => {}
            PieceKind::Command | PieceKind::CopyData => return None,
        }
        let mut rest = piece.span.of(inner);
        loop {
            let words: Vec<Token> = tokens(rest).filter(|it| !it.is_blank()).collect();
            let word = |at: usize| words.get(at).map_or("", |it| it.span.of(rest)).to_ascii_lowercase();
            match (word(0).as_str(), word(1).as_str()) {
                ("end", "" | ";") if depth > 0 => {
                    (depth, handles) = (depth - 1, false);
                    break;
                }
                ("begin", _) if handles => return None,
                _ if handles => break,
                ("begin", _) => {
                    depth += 1;
                    rest = rest.get(words.first()?.span.end as usize..)?;
                }
                ("exception", _) if depth > 0 => {
                    if words.iter().any(|it| is(rest, *it, "begin")) {
                        return None;
                    }
                    handles = true;
                    break;
                }
                ("end", "if") => {
                    conditions.pop()?;
                    break;
                }
                ("end" | "exception", _) => return Some(found),
                ("if", _) => {
                    let (condition, after) = Condition::read(rest, &words)?;
                    conditions.push(condition);
                    rest = rest.get(after..)?;
                }
                ("else", _) => {
                    let last = conditions.last_mut()?;
                    last.exists = !last.exists;
                    rest = rest.get(words.first()?.span.end as usize..)?;
                }
                (
                    "create" | "alter" | "drop" | "comment" | "grant" | "revoke" | "insert" | "update"
                    | "delete",
                    _,
                ) => {
                    if !one_statement(rest) {
                        return None;
                    }
                    found.push((conditions.clone(), rest.to_owned()));
                    break;
                }
                ("execute", _) => {
                    found.push((conditions.clone(), constant(rest, &words)?));
                    break;
                }
                ("null", ";") | ("raise" | "", _) => break,
                _ => return None,
            }
        }
    }
    Some(found)
}

/// The one statement that `EXECUTE 'text'` runs; nothing when the text is put together.
fn constant(text: &str, words: &[Token]) -> Option<String> {
    let (value, rest) = words.get(1..)?.split_first()?;
    if rest.iter().any(|it| !it.is(text, ";")) || !matches!(value.kind, TokenKind::Text | TokenKind::Dollar) {
        return None;
    }
    let select = format!("SELECT {}", value.span.of(text));
    let parse = parse(&select).ok()?;
    let statement = parse.syntax_node().descendants().find_map(ast::Literal::cast);
    let statement = statement.and_then(|it| syntax::string(&it))?;
    one_statement(&statement).then_some(statement)
}

/// Whether a text is one statement of those that are read.
fn one_statement(text: &str) -> bool {
    let Ok(parse) = parse(text) else { return false };
    let mut statements = parse.tree().stmts();
    statements.next().is_some() && statements.next().is_none() && parse.errors().is_empty()
}

fn is(text: &str, token: Token, word: &str) -> bool {
    token.span.of(text).eq_ignore_ascii_case(word)
}

/// Where a block belongs, by the first thing that it makes.
fn stage(body: &str) -> Stage {
    let words: Vec<String> = tokens(body)
        .filter(|it| it.kind == TokenKind::Word)
        .map(|it| it.span.of(body).to_ascii_lowercase())
        .collect();
    let mut stage = Stage::Epilogue;
    for pair in words.windows(2) {
        let [verb, what] = pair else { continue };
        let found = match (verb.as_str(), what.as_str()) {
            ("create", "role" | "user") => Stage::Prologue,
            ("create", "extension" | "schema") => Stage::Namespaces,
            ("create", "type" | "domain") => Stage::Types,
            ("create", "function" | "procedure" | "aggregate") | ("replace", "function" | "procedure") => {
                Stage::Functions
            }
            ("create", "table" | "sequence") => Stage::Tables,
            ("add", "constraint") => Stage::Constraints,
            ("create", "index") => Stage::Indexes,
            ("create" | "replace" | "materialized", "view") => Stage::Views,
            ("create", "trigger") => Stage::Triggers,
            ("create", "policy") => Stage::Policies,
            ("grant" | "revoke", _) => Stage::Privileges,
            _ => continue,
        };
        stage = stage.min(found);
    }
    stage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Option<&[&str]>) {
        let found: Option<Vec<String>> = statements(body)
            .map(|it| it.into_iter().map(|it| it.1.trim().trim_end_matches(';').to_owned()).collect());
        let expected: Option<Vec<String>> =
            expected.map(|it| it.iter().copied().map(str::to_owned).collect());
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_that_only_make_things_are_read() {
        check(
            "BEGIN CREATE TYPE a AS ENUM ('x'); EXCEPTION WHEN duplicate_object THEN null; END",
            Some(&["CREATE TYPE a AS ENUM ('x')"]),
        );
        check(
            "BEGIN\n BEGIN\n CREATE TABLE a (x int);\n EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'there'; null;\n \
             END;\n DROP TABLE b;\nEND;",
            Some(&["CREATE TABLE a (x int)", "DROP TABLE b"]),
        );
        check(
            "BEGIN UPDATE a SET x = 1; EXECUTE 'create index i on a (x)'; END",
            Some(&["UPDATE a SET x = 1", "create index i on a (x)"]),
        );
        check(
            "BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'a') THEN CREATE DOMAIN a AS int; END IF; END",
            Some(&["CREATE DOMAIN a AS int"]),
        );
        check("BEGIN EXECUTE 'create index i on a (x)' || b; END", None);
        check("BEGIN EXECUTE 'create index i on a (x); drop table a'; END", None);
        check(
            "BEGIN BEGIN CREATE TABLE a (x int); EXCEPTION WHEN others THEN BEGIN DROP TABLE a; END; END; END",
            None,
        );
        check("BEGIN PERFORM f(); END", None);
        check("DECLARE r record; BEGIN DROP TABLE a; END", None);
    }

    #[test]
    fn what_runs_code_runs_under_its_own_search_path() {
        let sql = "CREATE SCHEMA app; SET search_path = app, public; DO $$ BEGIN PERFORM f(); END $$; \
                   RESET search_path; DO $$ BEGIN SET search_path = app; PERFORM f(); END $$;";
        let read = crate::read::postgres(sql, &crate::read::Options::default());
        let kept: Vec<&str> = read.tree.design.verbatims().map(|it| it.sql.as_str()).collect();
        assert_eq!(
            kept,
            [
                "SET search_path = app, public;\nDO $$ BEGIN PERFORM f(); END $$;\nRESET search_path",
                "DO $$ BEGIN SET search_path = app; PERFORM f(); END $$;\nRESET search_path",
            ]
        );
    }
}
