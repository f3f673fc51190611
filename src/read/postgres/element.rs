//! Elements of exclusion constraints with an operator class or an order, which the parser does not know.
//!
//! They are blanked out of the statement before it is parsed, byte for byte, and noted by the place of their element.

use std::collections::BTreeMap;

use crate::pg::{Token, TokenKind, tokens};

/// What stood behind what an element compares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra {
    /// The operator class with its parameters, as written.
    pub class: Option<String>,
    /// `DESC`.
    pub descending: bool,
    /// `NULLS FIRST` or `NULLS LAST`.
    pub nulls_first: Option<bool>,
}

/// The statement without these parts, and what they said, by the byte at which each element begins.
pub fn blanked(sql: &str) -> Option<(String, BTreeMap<usize, Extra>)> {
    let words: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let is =
        |at: usize, word: &str| words.get(at).is_some_and(|it| it.span.of(sql).eq_ignore_ascii_case(word));
    let mut out = sql.as_bytes().to_vec();
    let mut found = BTreeMap::new();
    for start in (0..words.len()).filter(|it| is(*it, "exclude")) {
        let mut at = start + 1;
        if is(at, "using") {
            at += 2;
        }
        if !is(at, "(") {
            continue;
        }
        let (mut depth, mut element) = (0_usize, at + 1);
        while let Some(word) = words.get(at) {
            match word.span.of(sql) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "," if depth == 1 => element = at + 1,
                text if depth == 1 && text.eq_ignore_ascii_case("with") => {
                    if let Some((from, extra)) = extra(sql, words.get(element..at).unwrap_or_default()) {
                        let begin = words.get(element).map_or(0, |it| it.span.start as usize);
                        let end = words.get(at - 1).map_or(0, |it| it.span.end as usize);
                        out.get_mut(from..end)?.fill(b' ');
                        found.insert(begin, extra);
                    }
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            at += 1;
        }
    }
    if found.is_empty() { None } else { String::from_utf8(out).ok().map(|it| (it, found)) }
}

/// What stands behind the name, call or parentheses that an element begins with, and where that begins.
fn extra(sql: &str, words: &[Token]) -> Option<(usize, Extra)> {
    let word = |it: &Token| it.span.of(sql).to_ascii_lowercase();
    // A name with dots, then parentheses; or parentheses alone.
    let mut at = 0;
    let name =
        |at: usize| words.get(at).is_some_and(|it| matches!(it.kind, TokenKind::Word | TokenKind::Quoted));
    if name(0) {
        at = 1;
        while words.get(at).is_some_and(|it| it.is(sql, ".")) && name(at + 1) {
            at += 2;
        }
    }
    at = behind_parentheses(sql, words, at);
    if words.get(at).is_some_and(|it| word(it) == "collate") {
        at += 2;
    }
    let rest = words.get(at..).filter(|it| !it.is_empty())?;
    let from = rest.first()?.span.start as usize;
    let mut extra = Extra::default();
    let mut class_end = None;
    for (index, it) in rest.iter().enumerate() {
        match word(it).as_str() {
            "asc" => {}
            "desc" => extra.descending = true,
            "nulls" => extra.nulls_first = rest.get(index + 1).map(|it| word(it) == "first"),
            "first" | "last" if extra.nulls_first.is_some() => {}
            _ => class_end = Some(it.span.end as usize),
        }
    }
    extra.class = class_end.and_then(|it| sql.get(from..it)).map(str::to_owned);
    Some((from, extra))
}

fn behind_parentheses(sql: &str, words: &[Token], mut at: usize) -> usize {
    if !words.get(at).is_some_and(|it| it.is(sql, "(")) {
        return at;
    }
    let mut depth = 0_usize;
    while let Some(word) = words.get(at) {
        at += 1;
        match word.span.of(sql) {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_orders_are_taken_out() {
        let sql = "CREATE TABLE t (EXCLUDE USING gist (a public.o WITH =, lower(b) text_ops DESC NULLS LAST WITH =, c WITH &&))";
        let (left, found) = blanked(sql).expect("there are some");
        assert_eq!(left.len(), sql.len());
        let squeezed: Vec<&str> = left.split_whitespace().collect();
        assert_eq!(
            squeezed.join(" "),
            "CREATE TABLE t (EXCLUDE USING gist (a WITH =, lower(b) WITH =, c WITH &&))"
        );
        let found: Vec<Extra> = found.into_values().collect();
        let first = Extra { class: Some("public.o".into()), ..Extra::default() };
        let second = Extra { class: Some("text_ops".into()), descending: true, nulls_first: Some(false) };
        assert_eq!(found, [first, second]);
        assert_eq!(blanked("CREATE TABLE t (EXCLUDE (a WITH =))"), None);
    }
}
