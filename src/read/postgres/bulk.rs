//! Rows in large numbers: what an `INSERT` is about, and how many rows it gives, told by its tokens alone.
//!
//! A dump may hold millions of them. They are counted and left out, which needs no syntax tree.

use crate::design::TableId;
use crate::pg::{Token, TokenKind, tokens};

use super::builder::{Builder, Fate, Relation};
use super::rows;
use super::syntax::Name;

/// Rows of a lookup table are short; longer ones hold documents, images and their like.
const MOST_BYTES_A_ROW: usize = 4096;

/// Counts the rows of an `INSERT` that will not become part of the design; nothing when it may, or is no such statement.
pub fn left_out(b: &mut Builder, sql: &str) -> Option<Fate> {
    let (name, rows) = skim(sql)?;
    match b.relation(&name) {
        Some(Relation::Table(id)) if is_kept(b, id, rows, sql.len()) => None,
        Some(Relation::Table(id)) => {
            rows::leave_out(b, id, rows);
            Some(Fate::Skipped)
        }
        _ => {
            rows::leave_out_unknown(b, &name, rows);
            Some(Fate::Skipped)
        }
    }
}

/// Whether so many rows more, of so many bytes, may be a part of the design.
pub fn is_kept(b: &Builder, id: TableId, rows: usize, bytes: usize) -> bool {
    let known = b.tables.get(&id).and_then(|it| it.seed.as_ref()).map_or(0, |it| it.rows.len());
    !b.rows_left_out.contains_key(&id)
        && known + rows <= b.options.most_rows
        && bytes <= rows.max(1).saturating_mul(MOST_BYTES_A_ROW)
}

/// The table and the number of rows of `INSERT INTO name … VALUES (…), (…)`.
fn skim(sql: &str) -> Option<(Name, usize)> {
    let mut words = tokens(sql).filter(|it| !it.is_blank());
    let is = |it: Token, word: &str| it.kind == TokenKind::Word && it.span.of(sql).eq_ignore_ascii_case(word);
    words.next().filter(|it| is(*it, "insert"))?;
    words.next().filter(|it| is(*it, "into"))?;
    let part = |it: Token| {
        let plain = matches!(it.kind, TokenKind::Word) || it.span.of(sql).starts_with('"');
        it.name(sql).filter(|_| plain).map(std::borrow::Cow::into_owned)
    };
    let first = part(words.next()?)?;
    let mut next = words.next()?;
    let mut name = Name { namespace: None, name: first };
    if next.is(sql, ".") {
        name = Name { namespace: Some(name.name), name: part(words.next()?)? };
        next = words.next()?;
    }
    let mut depth = 0_usize;
    while depth > 0 || !is(next, "values") {
        match next.span.of(sql) {
            "(" if next.kind == TokenKind::Sign => depth += 1,
            ")" if next.kind == TokenKind::Sign => depth = depth.checked_sub(1)?,
            // The rows of a query.
            _ if depth == 0 && (is(next, "select") || is(next, "with") || is(next, "table")) => return None,
            _ => {}
        }
        next = words.next()?;
    }
    let mut rows = 0;
    for token in words {
        match token.span.of(sql) {
            _ if token.kind == TokenKind::Word && depth == 0 => break,
            _ if token.kind != TokenKind::Sign => {}
            "(" => {
                rows += usize::from(depth == 0);
                depth += 1;
            }
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Some((name, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, expected: Option<(&str, usize)>) {
        let found = skim(sql).map(|it| (it.0.to_string(), it.1));
        assert_eq!(found, expected.map(|it| (it.0.to_owned(), it.1)));
    }

    #[test]
    fn rows_are_counted_by_their_parentheses() {
        check("INSERT INTO public.t VALUES (1, '(', f(2)), (3, $$($$, (4));", Some(("public.t", 2)));
        check("insert into \"A b\" (a, \"values\") overriding system value values (1, 2)", Some(("A b", 1)));
        check("insert into t as x (a) values (1) on conflict (a) do nothing", Some(("t", 1)));
        check("insert into t select 1", None);
        check("insert into t (a) select values from x", None);
        check("insert into t default values", Some(("t", 0)));
        check("update t set a = 1", None);
    }
}
