//! Words of DBML: names, texts, expressions, settings.
//!
//! Source: <https://dbml.dbdiagram.io/syntax/language-basics>.

use crate::design::{Design, NamespaceId};
use crate::pg::{TokenKind, tokens};

/// Bare words that begin something else where a column may stand.
const RESERVED: [&str; 6] = ["indexes", "checks", "note", "records", "metadata", "as"];

/// A name, between quotes where it is no plain word.
pub fn name(name: &str) -> String {
    let is_plain = !name.is_empty()
        && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !name.starts_with(|it: char| it.is_ascii_digit())
        && !RESERVED.contains(&name.to_ascii_lowercase().as_str());
    if is_plain { name.to_owned() } else { format!("\"{}\"", escaped(name, '"')) }
}

/// A name with its SQL schema.
pub fn path(design: &Design, namespace: Option<NamespaceId>, of: &str) -> String {
    match namespace.and_then(|it| design.namespace(it)) {
        Some(namespace) => format!("{}.{}", name(&namespace.name), name(of)),
        None => name(of),
    }
}

/// A text on one line.
pub fn note(text: &str) -> String {
    format!("'{}'", escaped(text, '\''))
}

fn escaped(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            it if it == quote => escaped.extend(['\\', it]),
            it => escaped.push(it),
        }
    }
    escaped
}

/// An SQL expression; nothing where it holds what would end it.
pub fn expression(sql: &str) -> Option<String> {
    (!sql.contains('`')).then(|| format!("`{}`", sql.trim()))
}

/// An SQL value: a number, `true`, `false`, `null` and a plain text as themselves, else as an expression.
pub fn value(sql: &str) -> Option<String> {
    let sql = sql.trim();
    let digits = sql.strip_prefix('-').unwrap_or(sql);
    let is_number = digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.chars().all(|it| it.is_ascii_digit() || it == '.')
        && digits.matches('.').count() <= 1
        && !digits.ends_with('.');
    let lower = sql.to_ascii_lowercase();
    if is_number || matches!(lower.as_str(), "true" | "false" | "null") {
        return Some(lower);
    }
    match plain_text(sql) {
        Some(text) => Some(note(&text)),
        None => expression(sql),
    }
}

/// What a lone text between single quotes says.
fn plain_text(sql: &str) -> Option<String> {
    let mut all = tokens(sql);
    let (first, rest) = (all.next()?, all.next());
    let inner = sql.strip_prefix('\'')?.strip_suffix('\'')?;
    (rest.is_none() && first.kind == TokenKind::Text).then(|| inner.replace("''", "'"))
}

/// ` [one, two]`, or nothing.
pub fn settings(all: &[String]) -> String {
    if all.is_empty() { String::new() } else { format!(" [{}]", all.join(", ")) }
}
