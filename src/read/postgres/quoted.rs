//! Names that PostgreSQL knows by their place, or an older server knew, and the parser takes for keywords: quoted for it.

use crate::pg::{Token, TokenKind, needs_quotes, tokens};

/// The statement with quotes around such names; nothing when it has none.
pub fn quoted(sql: &str) -> Option<String> {
    exclude_quoted(sql).or_else(|| parameters_quoted(sql))
}

/// The statement with quotes around columns that are called `exclude`, which the parser takes for a constraint; nothing when
/// it has none. PostgreSQL knows by what follows.
fn exclude_quoted(sql: &str) -> Option<String> {
    let words: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let mut out = String::new();
    let mut done = 0;
    for around in words.windows(3) {
        let [before, word, after] = around else { continue };
        let of_constraint = after.is(sql, "(") || after.span.of(sql).eq_ignore_ascii_case("using");
        let begins = before.is(sql, "(") || before.is(sql, ",");
        if begins
            && word.span.of(sql).eq_ignore_ascii_case("exclude")
            && word.kind == TokenKind::Word
            && !of_constraint
        {
            out.push_str(sql.get(done..word.span.start as usize)?);
            out.push_str("\"exclude\"");
            done = word.span.end as usize;
        }
    }
    out.push_str(sql.get(done..)?);
    (done > 0).then_some(out)
}

/// A function's statement with quotes around parameters whose names became keywords after it was written; nothing when it has none.
fn parameters_quoted(sql: &str) -> Option<String> {
    let words: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let is_any = |it: &Token, all: &[&str]| all.iter().any(|word| it.span.of(sql).eq_ignore_ascii_case(word));
    // Since PostgreSQL 13, 15, 16 and 17. Source: appendix C of their manuals.
    let is_later = |it: &Token| {
        let word = it.span.of(sql).to_ascii_lowercase();
        needs_quotes(&word) && (word.starts_with("json") || word == "normalize" || word == "merge_action")
    };
    if !words.iter().take(4).any(|it| is_any(it, &["function", "procedure"])) {
        return None;
    }
    let mut out = String::new();
    let mut done = 0;
    for around in words.windows(3) {
        let [before, word, after] = around else { continue };
        let begins = is_any(before, &["(", ",", "in", "out", "inout", "variadic"]);
        // What its type follows; a type of the same name ends, or has a default.
        let is_name =
            matches!(after.kind, TokenKind::Word | TokenKind::Quoted) && !is_any(after, &["default"]);
        if begins && is_name && word.kind == TokenKind::Word && is_later(word) {
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
    fn a_parameter_may_have_the_name_of_a_later_keyword() {
        let sql = "CREATE FUNCTION f(JSON json, VARIADIC keys text[], json DEFAULT '{}') RETURNS json LANGUAGE sql AS 'SELECT 1'";
        assert_eq!(parameters_quoted(sql), Some(sql.replace("JSON json", "\"json\" json")));
        assert_eq!(parameters_quoted("CREATE TABLE t (json json)"), None);
    }
}
