//! Blocks that read and change rows, and nothing else: they say nothing of a schema.

use crate::pg::{Token, TokenKind, tokens};

use super::super::builder::Builder;
use super::super::syntax::Name;
use super::doubt::ROWS;

/// Words that begin statements which may change a schema, or of which that cannot be told.
const CHANGES: [&str; 16] = [
    "create", "alter", "drop", "grant", "revoke", "comment", "execute", "call", "import", "security",
    "reassign", "cluster", "refresh", "reindex", "copy", "load",
];
/// Functions that may follow `PERFORM`: they set something of the session or of a sequence, wait or tell.
pub const HARMLESS: [&str; 6] =
    ["set_config", "setval", "pg_sleep", "pg_notify", "pg_advisory_lock", "pg_advisory_xact_lock"];
/// Words of a query that may follow it.
const QUERIES: [&str; 3] = ["count", "*", "1"];
/// Words after which a statement of a block begins.
const BEFORE: [&str; 5] = ["begin", "then", "else", "loop", ";"];

/// Whether a block leaves the schema as it is: no statement in it makes or changes anything but rows, and no function that
/// it calls is one of the script.
pub fn is(b: &Builder, body: &str) -> bool {
    let all: Vec<Token> = tokens(body).filter(|it| !it.is_blank()).collect();
    let word = |at: usize| all.get(at).map_or(String::new(), |it| it.span.of(body).to_ascii_lowercase());
    let mut begins = false;
    let mut has_statement = false;
    let mut about_rows = false;
    for (at, token) in all.iter().enumerate() {
        let found = word(at);
        let is_name = matches!(token.kind, TokenKind::Word | TokenKind::Quoted);
        if is_name && word(at + 1) == "(" && calls_the_script(b, body, &all, at) {
            return false;
        }
        if begins && CHANGES.contains(&found.as_str()) {
            return false;
        }
        // What a function does that is called for that alone cannot be told, but for some of PostgreSQL's own.
        if begins
            && found == "perform"
            && word(at + 2) != "from"
            && !HARMLESS.iter().chain(&QUERIES).any(|it| word(at + 1) == *it)
        {
            return false;
        }
        has_statement |= begins;
        about_rows |= begins && (ROWS.contains(&found.as_str()) || found == "raise");
        // `BEGIN` is the first of them; what stands before it is declared.
        begins = BEFORE.contains(&found.as_str()) && (has_statement || begins || found == "begin");
    }
    about_rows
}

/// Whether a text calls a function that the script makes.
pub fn calls(b: &Builder, text: &str) -> bool {
    let all: Vec<Token> = tokens(text).filter(|it| !it.is_blank()).collect();
    let is_call = |at: usize| all.get(at + 1).is_some_and(|it| it.is(text, "("));
    (0..all.len()).any(|at| is_call(at) && calls_the_script(b, text, &all, at))
}

/// Whether the name here is one of a function that the text makes.
fn calls_the_script(b: &Builder, body: &str, all: &[Token], at: usize) -> bool {
    let name = |at: usize| all.get(at).and_then(|it| it.name(body)).map(std::borrow::Cow::into_owned);
    let is_dotted = at.checked_sub(1).and_then(|it| all.get(it)).is_some_and(|it| it.is(body, "."));
    let namespace = at.checked_sub(2).filter(|_| is_dotted).and_then(name);
    name(at).is_some_and(|it| b.routines(&Name { namespace, name: it }).is_some())
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(before: &str, body: &str, kept: usize) {
        let sql = format!(
            "CREATE TABLE t (x int, n text); INSERT INTO t VALUES (1, 'a'); {before} DO $$ {body} $$;"
        );
        let read = crate::read::postgres(&sql, &crate::read::Options::default());
        assert_eq!(read.tree.design.verbatims().count(), kept, "{body}");
        assert_eq!(read.tree.report.skipped, 1 - kept, "{body}");
    }

    #[test]
    fn blocks_that_only_read_and_change_rows_are_left_out() {
        check(
            "",
            "DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP UPDATE t SET n = 'create' WHERE x = r.x; END LOOP; END",
            0,
        );
        check(
            "",
            "BEGIN IF EXISTS (SELECT FROM t GROUP BY x HAVING count(*) > 1) THEN RAISE EXCEPTION 'drop'; END IF; END",
            0,
        );
        check(
            "",
            "<<again>> DECLARE n int := 0; BEGIN LOOP DELETE FROM t WHERE x < n; GET DIAGNOSTICS n = ROW_COUNT; \
             EXIT WHEN n = 0; PERFORM pg_sleep(1); END LOOP; END again",
            0,
        );
    }

    #[test]
    fn blocks_that_may_change_a_schema_are_kept() {
        check(
            "",
            "DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP EXECUTE 'DROP TABLE ' || r.n; END LOOP; END",
            1,
        );
        let made = "CREATE FUNCTION f(int) RETURNS void LANGUAGE plpgsql AS 'begin execute x; end';";
        check(made, "BEGIN PERFORM f(x) FROM t; END", 1);
        check(made, "DECLARE n int; BEGIN SELECT f(x) INTO n FROM t; END", 1);
        check("", "BEGIN PERFORM 1; END", 1);
        check("", "BEGIN PERFORM create_series('t', 'x'); END", 1);
    }
}
