//! Words of newer versions in SQL text that is kept as written.

use super::functions::function_since;
use super::token::{Token, TokenKind, tokens};

/// Functions that are words of the grammar, so that no search for names finds them.
const KEYWORDS: [&str; 9] = [
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
];

/// What a text says that came after PostgreSQL 13, with the major version that brought it; each once.
///
/// Source: release notes of PostgreSQL 14 to 18, and `src/backend/parser/gram.y` of each.
pub fn newer_words(text: &str) -> Vec<(String, u8)> {
    let all: Vec<Token> = tokens(text).filter(|it| !it.is_blank()).collect();
    let word = |at: usize| {
        all.get(at).filter(|it| it.kind == TokenKind::Word).and_then(|it| it.name(text)).unwrap_or_default()
    };
    let is = |at: usize, words: &[&str]| words.iter().enumerate().all(|(next, it)| word(at + next) == *it);
    let sign = |at: usize, sign: &str| all.get(at).is_some_and(|it| it.is(text, sign));
    let is_of = |verbs: &[&str]| verbs.iter().any(|it| word(0) == *it);
    let about_rights = is_of(&["grant", "revoke"]);
    let about_publication = is_of(&["create", "alter"]) && word(1) == "publication";
    let mut found: Vec<(String, u8)> = Vec::new();
    let mut add = |what: &str, since: u8| {
        if !found.iter().any(|it| it.0 == what) {
            found.push((what.to_owned(), since));
        }
    };
    for (at, token) in all.iter().enumerate() {
        let qualified = at.checked_sub(1).is_some_and(|it| sign(it, "."));
        match token.kind {
            TokenKind::Number => {
                let written = token.span.of(text);
                let prefixed = written.starts_with('0')
                    && written.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
                if prefixed || written.contains('_') {
                    add(written, 16);
                }
            }
            TokenKind::Word if !qualified => match word(at).as_ref() {
                name if KEYWORDS.contains(&name) && sign(at + 1, "(") => {
                    if let Some(since) = function_since(name) {
                        add(&format!("{name}()"), since);
                    }
                }
                "is" if is(at, &["is", "json"]) || is(at, &["is", "not", "json"]) => add("IS JSON", 16),
                "search"
                    if is(at, &["search", "depth", "first"]) || is(at, &["search", "breadth", "first"]) =>
                {
                    add("SEARCH", 14);
                }
                "cycle" if word(at + 2) == "set" => add("CYCLE", 14),
                "maintain" if about_rights => add("MAINTAIN", 17),
                "parameter" if about_rights && is(at.saturating_sub(1), &["on"]) => add("ON PARAMETER", 15),
                "schema" if about_publication && is(at.saturating_sub(2), &["tables", "in"]) => {
                    add("TABLES IN SCHEMA", 15);
                }
                "where" if about_publication => add("WHERE of a publication", 15),
                "publish_generated_columns" if about_publication => add("publish_generated_columns", 18),
                _ => {}
            },
            _ => {}
        }
    }
    if about_publication && has_columns(text, &all) {
        add("columns of a publication", 15);
    }
    found
}

/// Whether a publication names columns: parentheses behind the name of a table, before those of `WITH`.
fn has_columns(text: &str, all: &[Token]) -> bool {
    let is_word = |at: usize, words: &[&str]| {
        all.get(at).is_some_and(|it| {
            it.kind == TokenKind::Word && words.iter().any(|word| it.span.of(text).eq_ignore_ascii_case(word))
        })
    };
    let opens = |at: &usize| all.get(*at).is_some_and(|it| it.is(text, "("));
    let names =
        |at: usize| all.get(at).is_some_and(|it| matches!(it.kind, TokenKind::Word | TokenKind::Quoted));
    (1..all.len())
        .filter(opens)
        .any(|at| names(at - 1) && !is_word(at - 1, &["where", "with", "set"]) && !is_in_where(text, all, at))
}

/// Whether a place is behind a `WHERE` whose parentheses are open.
fn is_in_where(text: &str, all: &[Token], place: usize) -> bool {
    let mut depth = 0_usize;
    for it in all.get(..place).unwrap_or_default() {
        depth = if it.is(text, "(") {
            depth + 1
        } else if it.is(text, ")") {
            depth.saturating_sub(1)
        } else {
            depth
        };
    }
    depth > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, u8)]) {
        let found = newer_words(text);
        assert_eq!(found.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn words_of_newer_versions_are_found_where_they_are_words() {
        check("select * from JSON_TABLE('[]', '$[*]' columns (a int path '$'))", &[("json_table()", 17)]);
        check("select app.json_table(1), json_agg(a), \"json_value\"", &[]);
        check("a IS NOT JSON and b is json object", &[("IS JSON", 16)]);
        check("1_000 + 0x1F + 10", &[("1_000", 16), ("0x1F", 16)]);
        check(
            "with recursive t as (select 1) search breadth first by n set o cycle n set c using p",
            &[("SEARCH", 14), ("CYCLE", 14)],
        );
        check("select cycle, search from parameter where schema = 'maintain'", &[]);
        check("GRANT MAINTAIN ON t TO a", &[("MAINTAIN", 17)]);
        check("grant set on parameter work_mem to a", &[("ON PARAMETER", 15)]);
        check("create publication p for tables in schema a", &[("TABLES IN SCHEMA", 15)]);
        check(
            "create publication p for table t (a), u where (f(b) > 1) with (publish = 'insert')",
            &[("WHERE of a publication", 15), ("columns of a publication", 15)],
        );
        check("create publication p for table t, \"U\" with (publish = 'insert')", &[]);
    }
}
