//! Expressions, which the language leaves to the database: in PostgreSQL's words, where they are in another's.

use crate::base::Span;
use crate::pg::{Builtin, TokenKind, tokens};
use crate::read::foreign::{in_own_words, is_immutable};
use crate::read::postgres::{is_expression, is_type};
use crate::read::translation::Translation;
use crate::sql::{Role, mentions};

/// The expression, where it is one that PostgreSQL would read.
pub fn checked(span: Span, expression: &str, t: &mut Translation) -> Option<String> {
    match in_own_words(expression).filter(|it| is_expression(it)) {
        Some(it) => Some(spaced_casts(&it)),
        None => {
            refused(span, expression, "is no expression of PostgreSQL; write it in PostgreSQL's words", t)
        }
    }
}

/// The condition of a check, which sees one row.
pub fn condition(span: Span, expression: &str, t: &mut Translation) -> Option<String> {
    if words(expression).any(|it| it.eq_ignore_ascii_case("select")) {
        return refused(span, expression, "reads other rows, which no check of PostgreSQL does", t);
    }
    checked(span, expression, t)
}

/// The expression of an index, whose value never changes.
pub fn indexed(span: Span, expression: &str, t: &mut Translation) -> Option<String> {
    let sql = checked(span, expression, t)?;
    if !is_immutable(&sql) {
        return refused(span, expression, "is not always the same, so no index of PostgreSQL has it", t);
    }
    Some(sql)
}

/// The expression of a default, which sees no row.
pub fn default(span: Span, expression: &str, t: &mut Translation) -> Option<String> {
    let sql = in_own_words(expression).unwrap_or_else(|| expression.to_owned());
    let names_column = |sql: &str| mentions(sql).iter().any(|it| it.role == Role::Other && !it.in_text);
    if is_expression(&sql) && names_column(&sql) {
        return refused(span, expression, "names what no default of PostgreSQL sees; the column has none", t);
    }
    if is_type(&format!("text DEFAULT {sql}")) {
        return Some(spaced_casts(&sql));
    }
    checked(span, expression, t).map(|it| format!("({it})"))
}

fn refused(span: Span, expression: &str, why: &str, t: &mut Translation) -> Option<String> {
    t.misread(span, format!("`{expression}` {why}"));
    None
}

fn words(expression: &str) -> impl Iterator<Item = &str> {
    tokens(expression).filter(|it| it.kind == TokenKind::Word).map(|it| it.span.of(expression))
}

/// Puts the spaces back that `@dbml/connector` takes out of the types of casts: `'/'::charactervarying`.
fn spaced_casts(expression: &str) -> String {
    let mut after_cast = false;
    let mut sql = String::new();
    for token in tokens(expression) {
        let word = token.span.of(expression);
        let closed_up = |it: &&Builtin| it.name().contains(' ') && it.name().replace(' ', "") == word;
        let builtin =
            Builtin::ALL.iter().find(closed_up).filter(|_| after_cast && token.kind == TokenKind::Word);
        sql += builtin.map_or(word, |it| it.name());
        after_cast = token.kind == TokenKind::Cast || after_cast && token.is_blank();
    }
    sql
}
