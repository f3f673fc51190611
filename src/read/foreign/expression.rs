//! Expressions and queries in PostgreSQL's words.

use super::call::{call, gives_truth, path, present};
use super::token::{Kind, Token};
use crate::pg::needs_quotes;
use crate::read::postgres::is_expression;
use crate::sql::{ident, literal};

/// Functions that PostgreSQL has under the same name with the same meaning, and those that it has under another.
///
/// Sources: MySQL 8.4 manual, chapter "Functions and Operators"; SQLite, "Built-In Scalar SQL Functions"; PostgreSQL manual,
/// chapter "Functions and Operators".
const FUNCTIONS: [(&str, &str); 68] = [
    ("abs", ""),
    ("ascii", ""),
    ("avg", ""),
    ("cast", ""),
    ("ceil", ""),
    ("ceiling", ""),
    ("char_length", ""),
    ("character_length", ""),
    ("coalesce", ""),
    ("concat", ""),
    ("concat_ws", ""),
    ("count", ""),
    ("curdate", "CURRENT_DATE"),
    ("current_date", "CURRENT_DATE"),
    ("current_timestamp", "CURRENT_TIMESTAMP"),
    ("dense_rank", ""),
    ("exists", ""),
    ("exp", ""),
    ("extract", ""),
    ("first_value", ""),
    ("floor", ""),
    ("greatest", ""),
    ("ifnull", "coalesce"),
    ("in", ""),
    ("lag", ""),
    ("last_value", ""),
    ("lcase", "lower"),
    ("lead", ""),
    ("least", ""),
    ("left", ""),
    ("length", ""),
    ("ln", ""),
    ("lower", ""),
    ("lpad", ""),
    ("ltrim", ""),
    ("max", ""),
    ("md5", ""),
    ("min", ""),
    ("mod", ""),
    ("now", "CURRENT_TIMESTAMP"),
    ("ntile", ""),
    ("nullif", ""),
    ("octet_length", ""),
    ("over", ""),
    ("pow", "power"),
    ("power", ""),
    ("random", ""),
    ("rank", ""),
    ("repeat", ""),
    ("replace", ""),
    ("reverse", ""),
    ("right", ""),
    ("round", ""),
    ("row_number", ""),
    ("rpad", ""),
    ("rtrim", ""),
    ("sign", ""),
    ("sqrt", ""),
    ("substr", ""),
    ("substring", ""),
    ("sum", ""),
    ("sysdate", "clock_timestamp"),
    ("trim", ""),
    ("ucase", "upper"),
    ("upper", ""),
    ("using", ""),
    ("uuid", "gen_random_uuid"),
    ("values", ""),
];

/// Keywords before parentheses that call nothing.
const KEYWORDS: [&str; 24] = [
    "and", "or", "not", "as", "on", "from", "join", "where", "select", "when", "then", "else", "between",
    "like", "is", "by", "all", "any", "union", "having", "set", "case", "distinct", "if",
];

/// The name that a word means, and whether it is a column of true and false.
pub type Names<'a> = &'a dyn Fn(&str) -> Option<(String, bool)>;

/// The words in PostgreSQL's, or the function that it does not have.
pub fn translated(tokens: &[Token], names: Names) -> Result<String, String> {
    let mut out = String::new();
    let mut at = 0;
    let mut previous_end = tokens.first().map_or(0, |it| it.span.start);
    // The column whose zeros and ones are false and true, and the depth of the list that it is compared with.
    let (mut truth, mut depth) = (false, 0_usize);
    while let Some(token) = tokens.get(at) {
        if token.span.start > previous_end && !out.is_empty() {
            out.push(' ');
        }
        previous_end = token.span.end;
        let next = tokens.get(at + 1);
        let calls = next.is_some_and(|it| it.is('('));
        match token.kind {
            Kind::Word if calls => {
                if let Some((sql, length)) = call(tokens.get(at..).unwrap_or_default(), names) {
                    out += &sql;
                    truth |= gives_truth(tokens.get(at..).unwrap_or_default());
                    at += length;
                    previous_end = tokens.get(at - 1).map_or(previous_end, |it| it.span.end);
                    continue;
                }
                let lower = token.value.to_lowercase();
                if lower == "json_valid" {
                    return Err(token.value.clone());
                }
                let known = FUNCTIONS.iter().find(|it| it.0 == lower);
                match known {
                    Some((_, "")) => out += &token.value,
                    Some((_, name @ ("CURRENT_DATE" | "CURRENT_TIMESTAMP"))) => {
                        out += name;
                        at += skip_call(tokens, at + 1);
                    }
                    Some((_, name)) => out += name,
                    None if KEYWORDS.contains(&lower.as_str()) => out += &token.value,
                    None => return Err(token.value.clone()),
                }
            }
            Kind::Word
                if token.value.eq_ignore_ascii_case("regexp")
                    || token.value.eq_ignore_ascii_case("rlike") =>
            {
                out.push('~');
            }
            Kind::Word if token.value.starts_with('@') => return Err(token.value.clone()),
            // `INTERVAL 1 DAY`
            Kind::Word
                if token.says("interval")
                    && next.is_some_and(|it| matches!(it.kind, Kind::Number | Kind::Text))
                    && tokens.get(at + 2).is_some_and(|it| it.kind == Kind::Word) =>
            {
                let words = [next, tokens.get(at + 2)].map(|it| it.map_or("", |it| it.value.as_str()));
                out += &format!("INTERVAL {}", literal(&words.join(" ")));
                at += 2;
                previous_end = tokens.get(at).map_or(previous_end, |it| it.span.end);
            }
            // SQLite compares any two values with `IS`.
            Kind::Word if token.says("is") => {
                let negated = next.is_some_and(|it| it.says("not"));
                let value = tokens.get(at + 1 + usize::from(negated));
                let is_own = |it: &Token| {
                    ["null", "true", "false", "distinct", "unknown"].iter().any(|word| it.says(word))
                };
                if value.is_some_and(is_own) {
                    out += "IS";
                } else {
                    out += if negated { "IS DISTINCT FROM" } else { "IS NOT DISTINCT FROM" };
                    at += usize::from(negated);
                    previous_end = tokens.get(at).map_or(previous_end, |it| it.span.end);
                }
            }
            Kind::Word if present(token).is_some() && names(&token.value).is_none() => {
                // A day and a number are a day.
                let adds = next.is_some_and(|it| it.is('+') || it.is('-'))
                    && tokens.get(at + 2).is_some_and(|it| it.kind == Kind::Number);
                out += if adds { "CURRENT_DATE" } else { "CURRENT_TIMESTAMP" };
            }
            // A keyword is a column only between quotes.
            Kind::Word if needs_quotes(&token.value.to_lowercase()) => out += &token.value,
            Kind::Word => match names(&token.value) {
                Some((name, is_boolean)) => {
                    truth |= is_boolean;
                    out += &ident(&name);
                }
                None => out += &token.value,
            },
            Kind::Name | Kind::Double => {
                let name = names(&token.value);
                truth |= name.as_ref().is_some_and(|it| it.1);
                out += &ident(&name.map_or_else(|| token.value.clone(), |it| it.0));
            }
            Kind::Text => out += &literal(&token.value),
            Kind::Number if truth && (token.value == "0" || token.value == "1") => {
                out += if token.value == "1" { "true" } else { "false" };
            }
            Kind::Number => out += &token.value,
            Kind::Bytes => out += &literal(&format!("\\x{}", token.value)),
            Kind::Bits if truth => out += if token.value.contains('1') { "true" } else { "false" },
            Kind::Bits => out += &format!("B{}", literal(&token.value)),
            // `a <=> b`
            Kind::Sign('<')
                if next.is_some_and(|it| it.is('=')) && tokens.get(at + 2).is_some_and(|it| it.is('>')) =>
            {
                out += "IS NOT DISTINCT FROM";
                at += 2;
                previous_end = tokens.get(at).map_or(previous_end, |it| it.span.end);
            }
            Kind::Sign('=') if next.is_some_and(|it| it.is('=')) => {}
            // `document ->> '$.a'`
            Kind::Sign('-') if next.is_some_and(|it| it.is('>')) => {
                let is_text = tokens.get(at + 2).is_some_and(|it| it.is('>'));
                let behind = at + 2 + usize::from(is_text);
                let path =
                    tokens.get(behind).filter(|it| it.kind == Kind::Text).and_then(|it| path(&it.value));
                match path {
                    Some(path) => {
                        out.truncate(out.trim_end().len());
                        out += &format!("::jsonb #>{} {path}", if is_text { ">" } else { "" });
                        at = behind;
                        previous_end = tokens.get(at).map_or(previous_end, |it| it.span.end);
                    }
                    None => out.push('-'),
                }
            }
            Kind::Sign('&') if next.is_some_and(|it| it.is('&')) => {
                out += "AND";
                at += 1;
            }
            Kind::Sign(sign) => {
                depth = match sign {
                    '(' => depth + 1,
                    ')' => depth.saturating_sub(1),
                    _ => depth,
                };
                out.push(sign);
            }
            Kind::End => {}
        }
        let ends = token.says("and") || token.says("or") || token.is(')') && depth == 0;
        truth &= !ends;
        at += 1;
    }
    Ok(out)
}

/// The words without the table's name before its columns, which is an older one where the table was renamed since.
pub fn unqualified(tokens: &[Token]) -> Vec<Token> {
    let is_name = |at: usize| tokens.get(at).is_some_and(Token::is_name);
    let is_dot = |at: usize| tokens.get(at).is_some_and(|it| it.is('.'));
    let qualifies = |at: usize| is_name(at) && is_dot(at + 1) && is_name(at + 2);
    let goes = |at: usize| qualifies(at) || at > 0 && is_dot(at) && qualifies(at - 1);
    (0..tokens.len()).filter(|it| !goes(*it)).filter_map(|it| tokens.get(it).cloned()).collect()
}

/// The expression in PostgreSQL's words, where it has them all.
pub fn expression(tokens: &[Token], names: Names) -> Result<String, String> {
    let sql = translated(tokens, names)?;
    if is_expression(&sql) { Ok(sql) } else { Err(sql) }
}

/// How many tokens the parentheses of a call are.
fn skip_call(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0_usize;
    for (count, token) in tokens.iter().skip(from).enumerate() {
        if token.is('(') {
            depth += 1;
        } else if token.is(')') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return count + 1;
            }
        }
    }
    tokens.len().saturating_sub(from)
}

/// Whether PostgreSQL lets a stored column or an index depend on it: it must be immutable.
pub fn is_immutable(sql: &str) -> bool {
    let lower = sql.to_lowercase();
    !["concat_ws", "current_", "localtime", "random(", "now(", "clock_timestamp", "gen_random_"]
        .iter()
        .any(|it| lower.contains(it))
}
