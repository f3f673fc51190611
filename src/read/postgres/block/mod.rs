//! `DO` blocks whose statements can be read as if they stood alone: what migrations write to be run twice.

mod assign;
mod catalog;
mod doubt;
mod loops;
mod names;
mod program;
mod question;
mod rows_only;
mod value;

use std::collections::BTreeMap;

use squawk_syntax::ast;

use crate::design::{FunctionBody, Stage};
use crate::pg::{Token, TokenKind, tokens};
use crate::read::DiagnosticKind;
use crate::read::split::{PieceKind, split};

use super::builder::{Builder, Fate};
use super::parse::parse;
use super::settings;
use super::syntax::{self, Name};
use super::text::reset_after;
use program::{Act, Slot, Step, program};
use value::{Value, Variables};

/// Reads a block that is only `CREATE`, `ALTER`, `DROP` and their kind, changes of rows, and `EXECUTE` of texts that are known,
/// in loops over what is written there, under `IF [NOT] EXISTS (… catalog …)` or not, with handlers for what is there already,
/// in blocks of their own or not. What only reads and changes rows is left out, and any other block kept as it was written.
pub fn read(b: &mut Builder, node: &ast::Do) -> super::builder::Step {
    let body = node.body().and_then(|it| syntax::string(&it)).unwrap_or_default();
    let sql = b.sql(node).trim_end_matches(';').trim_end().to_owned();
    let Some(steps) = program(b, &body, Variables::default()) else {
        if rows_only::is(b, &body) {
            settings_of(b, &body);
            b.rows_by_code = true;
            return Err(DiagnosticKind::LeftOut { what: "a block about rows" });
        }
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
    let about_rows = steps.iter().all(|it| !matches!(it.act, Act::Run(_)));
    let is_empty = steps.is_empty();
    take(b, steps);
    match about_rows {
        true if is_empty => Ok(Fate::Skipped),
        true => Err(DiagnosticKind::LeftOut { what: "a block about rows" }),
        false => Ok(Fate::Modelled),
    }
}

/// Runs a function or procedure of the text, called for what it does, where its body can be read as a block; whether it could.
pub fn call(b: &mut Builder, name: &Name, arguments: Option<&ast::ArgList>) -> bool {
    let ids = b.routines(name).map(|it| it.1).unwrap_or_default();
    let [id] = ids.as_slice() else { return false };
    let Some(function) = b.functions.get(id).filter(|it| it.language == "plpgsql") else { return false };
    let FunctionBody::Text(body) = &function.body else { return false };
    let given: Option<Vec<ast::Expr>> =
        arguments.into_iter().flat_map(ast::ArgList::args).map(|it| it.expr()).collect();
    let Some(given) = given.filter(|it| it.len() <= function.arguments.len()) else { return false };
    let mut variables = Variables::default();
    for (at, argument) in function.arguments.iter().enumerate() {
        let value = match (given.get(at), &argument.default) {
            (Some(it), _) => Variables::default().value(&syntax::text(it)),
            (None, Some(it)) => Variables::default().value(it),
            (None, None) => Value::Unknown,
        };
        variables.0.insert(format!("${}", at + 1), value.clone());
        variables.0.extend(argument.name.clone().map(|it| (it, value)));
    }
    let Some(steps) = program(b, body, variables) else { return false };
    take(b, steps);
    true
}

/// Takes the steps of a block for which what was asked came out as they want it.
fn take(b: &mut Builder, steps: Vec<Step>) {
    let mut answers: BTreeMap<Slot, bool> = BTreeMap::new();
    for Step { guards, act } in steps {
        if !guards.iter().all(|(slot, expected)| answers.get(slot) == Some(expected)) {
            continue;
        }
        match act {
            Act::Ask(slot, condition) => drop(answers.insert(slot, condition.holds(b))),
            Act::Rows(text) => doubt::take_rows(b, &text),
            Act::Know(slot, holds) => drop(answers.insert(slot, holds)),
            Act::All(slot, parts) => {
                let holds = parts.iter().all(|it| answers.get(&it.0) == Some(&it.1));
                answers.insert(slot, holds);
            }
            Act::Return => return,
            Act::Run(text) => {
                if let Ok(parse) = parse(&text)
                    && let Some(stmt) = parse.tree().stmts().next()
                {
                    match stmt {
                        ast::Stmt::CreateRole(_) | ast::Stmt::CreateUser(_) => keep_role(b, &text),
                        _ => drop(super::run(b, &stmt, None)),
                    }
                }
            }
        }
    }
}

/// Roles are the server's: a block makes those that are not there, whatever it asked before.
fn keep_role(b: &mut Builder, text: &str) {
    let text = text.trim().trim_end_matches(';').trim_end();
    let quotes = if text.contains("$$") { "$role$" } else { "$$" };
    let sql = format!("DO {quotes} BEGIN {text}; EXCEPTION WHEN duplicate_object THEN NULL; END {quotes}");
    b.keep(sql, Stage::Prologue, Vec::new(), DiagnosticKind::NotModelled { what: "CREATE ROLE".into() });
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
    /// What a script comes to, and how many statements it keeps.
    #[track_caller]
    fn check(sql: &str, tables: &[&str], kept: usize) {
        let read = crate::read::postgres(sql, &crate::read::Options::default());
        let found: Vec<&str> = read.tree.design.tables().map(|it| it.name.as_str()).collect();
        assert_eq!((found.as_slice(), read.tree.design.verbatims().count()), (tables, kept), "{sql}");
    }

    #[test]
    fn the_answer_to_a_question_holds_for_both_branches() {
        let branches = "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 'a') THEN \
                        CREATE TABLE a (x int); ELSE DROP TABLE a; END IF; END $$;";
        check(branches, &["a"], 0);
        check(&format!("{branches}{branches}"), &[], 0);
        let chain = "DO $$ BEGIN IF EXISTS (SELECT FROM pg_tables WHERE tablename = 'a') THEN CREATE TABLE b (x int); \
                     ELSIF EXISTS (SELECT FROM pg_tables WHERE tablename = 'c') THEN CREATE TABLE d (x int); \
                     ELSE CREATE TABLE e (x int); END IF; END $$;";
        check(&format!("CREATE TABLE a (); {chain}"), &["a", "b"], 0);
        check(&format!("CREATE TABLE c (); {chain}"), &["c", "d"], 0);
        check(chain, &["e"], 0);
    }

    #[test]
    fn functions_that_are_called_for_what_they_make_are_run() {
        let once = "CREATE FUNCTION once() RETURNS text AS $$ DECLARE there boolean; BEGIN \
                    SELECT exists(SELECT FROM pg_tables WHERE tablename = 'a') INTO there; \
                    IF there THEN RETURN 'there'; END IF; PERFORM set_config('a.b', 'c', false); \
                    CREATE TABLE a (x int); RETURN 'made'; END; $$ LANGUAGE plpgsql;";
        check(&format!("{once} SELECT once(); SELECT once(); DROP FUNCTION once();"), &["a"], 0);
        let named = "CREATE PROCEDURE make(name text, suffix text DEFAULT '_x') LANGUAGE plpgsql AS \
                     $$ BEGIN EXECUTE format('CREATE TABLE %I (x int)', name || suffix); END $$;";
        check(&format!("{named} CALL make('a'); CALL make('b', '_y');"), &["a_x", "b_y"], 0);
        check(&format!("{named} CALL make(current_user);"), &[], 1);
    }

    #[test]
    fn roles_that_are_there_stay() {
        let sql = "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'web') THEN CREATE ROLE web; END IF; END $$;";
        let read = crate::read::postgres(sql, &crate::read::Options::default());
        let kept: Vec<&str> = read.tree.design.verbatims().map(|it| it.sql.as_str()).collect();
        assert_eq!(kept, ["DO $$ BEGIN CREATE ROLE web; EXCEPTION WHEN duplicate_object THEN NULL; END $$"]);
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
