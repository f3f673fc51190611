//! Names that PostgreSQL knows by their place, or an older server knew, and the parser takes for keywords: quoted for it.

use crate::pg::{Token, TokenKind, needs_quotes, tokens};

/// The statement with quotes around such names; nothing when it has none.
pub fn quoted(sql: &str) -> Option<String> {
    exclude_quoted(sql).or_else(|| parameters_quoted(sql))
}

/// The statement with quotes around columns that are called `exclude`, which the parser takes for a constraint; nothing when
/// it has none. PostgreSQL knows by what follows.
fn exclude_quoted(sql: &str) -> Option<String> {
    names_quoted(sql, &significant(sql), |before, word, after| {
        is_any(sql, before, &["(", ","])
            && is_any(sql, word, &["exclude"])
            && !is_any(sql, after, &["(", "using"])
    })
}

/// A function's statement with quotes around parameters whose names became keywords after it was written; nothing when it has none.
fn parameters_quoted(sql: &str) -> Option<String> {
    let words = significant(sql);
    if !words.iter().take(4).any(|it| is_any(sql, it, &["function", "procedure"])) {
        return None;
    }
    // Since PostgreSQL 13, 15, 16 and 17. Source: appendix C of their manuals.
    let is_later = |it: &Token| {
        let word = it.span.of(sql).to_ascii_lowercase();
        needs_quotes(&word) && (word.starts_with("json") || word == "normalize" || word == "merge_action")
    };
    names_quoted(sql, &words, |before, word, after| {
        // What its type follows; a type of the same name ends, or has a default.
        let is_name =
            matches!(after.kind, TokenKind::Word | TokenKind::Quoted) && !is_any(sql, after, &["default"]);
        is_name && is_any(sql, before, &["(", ",", "in", "out", "inout", "variadic"]) && is_later(word)
    })
}

/// The byte of a statement that a byte of it with quotes around names stands for.
pub fn unquoted_at(sql: &str, quoted: &str, at: usize) -> usize {
    let mut own = 0;
    let mut rest = sql.bytes().peekable();
    for byte in quoted.bytes().take(at) {
        if rest.next_if(|it| it.eq_ignore_ascii_case(&byte)).is_some() {
            own += 1;
        }
    }
    own
}

fn significant(sql: &str) -> Vec<Token> {
    tokens(sql).filter(|it| !it.is_blank()).collect()
}

fn is_any(sql: &str, token: &Token, all: &[&str]) -> bool {
    all.iter().any(|it| token.span.of(sql).eq_ignore_ascii_case(it))
}

/// The text with quotes around the words that are names, told by the tokens before and after; nothing when there are none.
fn names_quoted(
    sql: &str,
    words: &[Token],
    is_name: impl Fn(&Token, &Token, &Token) -> bool,
) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for around in words.windows(3) {
        let [before, word, after] = around else { continue };
        if word.kind == TokenKind::Word && is_name(before, word, after) {
            out.push_str(sql.get(done..word.span.start as usize)?);
            out.extend(["\"", &word.span.of(sql).to_ascii_lowercase(), "\""]);
            done = word.span.end as usize;
        }
    }
    out.push_str(sql.get(done..)?);
    (done > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_may_be_called_exclude() {
        let sql =
            "CREATE TABLE t (a int, exclude boolean, EXCLUDE (a WITH =), EXCLUDE USING gist (a WITH =))";
        let quoted = sql.replace("exclude boolean", "\"exclude\" boolean");
        assert_eq!(exclude_quoted(sql), Some(quoted.clone()));
        assert_eq!(exclude_quoted(&quoted), None);
    }

    #[test]
    fn a_place_behind_added_quotes_is_found_again() {
        let sql = "CREATE TABLE t (exclude boolean, a int int)";
        let quoted = exclude_quoted(sql).expect("there is one");
        let at = quoted.rfind("int").expect("it is there");
        assert_eq!(unquoted_at(sql, &quoted, at), sql.rfind("int").expect("it is there"));
    }

    #[test]
    fn a_parameter_may_have_the_name_of_a_later_keyword() {
        let sql = "CREATE FUNCTION f(JSON json, VARIADIC keys text[], json DEFAULT '{}') RETURNS json LANGUAGE sql AS 'SELECT 1'";
        assert_eq!(parameters_quoted(sql), Some(sql.replace("JSON json", "\"json\" json")));
        assert_eq!(parameters_quoted("CREATE TABLE t (json json)"), None);
    }
}
