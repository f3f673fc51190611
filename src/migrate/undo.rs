//! Statements that are kept as they were written, taken back; and comments that nobody makes any more.

use std::collections::BTreeSet;

use super::Script;
use super::statements::statements;
use crate::pg::{Token, tokens};
use crate::sql::Written;

/// The statement that takes this one back, where its first words tell it.
pub(super) fn undone(sql: &str) -> Option<String> {
    let all: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let word = |at: usize| all.get(at).map_or("", |it| it.span.of(sql));
    let is = |at: usize, what: &str| word(at).eq_ignore_ascii_case(what);
    let from = |at: usize| all.get(at).map(|it| it.span.start as usize);
    let text = |from: usize, to: usize| sql.get(from..to).map(str::trim);
    if is(0, "COMMENT") {
        return silent(sql);
    }
    if is(0, "GRANT") {
        let to = (1..all.len()).rev().find(|at| is(*at, "TO"))?;
        let end = (to..all.len()).find(|at| is(*at, "WITH")).and_then(from).unwrap_or(sql.len());
        let (what, whom) = (text(from(1)?, from(to)?)?, text(from(to + 1)?, end)?);
        return Some(format!("REVOKE {what} FROM {whom}"));
    }
    if !is(0, "CREATE") {
        return None;
    }
    let mut at = if is(1, "OR") { 3 } else { 1 };
    while ["TRUSTED", "PROCEDURAL", "DEFAULT"].iter().any(|it| is(at, it)) {
        at += 1;
    }
    let kinds: [&[&str]; 16] = [
        &["TEXT", "SEARCH", "CONFIGURATION"],
        &["TEXT", "SEARCH", "DICTIONARY"],
        &["TEXT", "SEARCH", "PARSER"],
        &["TEXT", "SEARCH", "TEMPLATE"],
        &["EVENT", "TRIGGER"],
        &["FOREIGN", "TABLE"],
        &["FOREIGN", "DATA", "WRAPPER"],
        &["STATISTICS"],
        &["PUBLICATION"],
        &["SUBSCRIPTION"],
        &["COLLATION"],
        &["CONVERSION"],
        &["LANGUAGE"],
        &["SERVER"],
        &["TYPE"],
        &["DOMAIN"],
    ];
    for kind in kinds {
        if kind.iter().enumerate().all(|(offset, it)| is(at + offset, it)) {
            let name = name_at(sql, &all, at + kind.len())?;
            return Some(format!("DROP {} {name}", kind.join(" ")));
        }
    }
    if is(at, "RULE") {
        let table = (at..all.len()).find(|it| is(*it, "TO"))?;
        let rule = word(at + 1);
        return Some(format!("DROP RULE {rule} ON {}", name_at(sql, &all, table + 1)?));
    }
    if is(at, "CAST") {
        let end = closing(sql, &all, at + 1)?;
        return Some(format!("DROP CAST {}", text(from(at + 1)?, end)?));
    }
    if is(at, "AGGREGATE") {
        let open = (at..all.len()).find(|it| is(*it, "("))?;
        let name = text(from(at + 1)?, from(open)?)?;
        let end = closing(sql, &all, open)?;
        // The old way: what it takes stands among the options.
        let base = (open..all.len()).find(|it| is(*it, "BASETYPE"));
        let arguments = match base {
            Some(base) => {
                let stop = (base..all.len()).find(|it| is(*it, ",") || is(*it, ")")).and_then(from)?;
                format!("({})", text(from(base + 2)?, stop)?)
            }
            None => text(from(open)?, end)?.to_owned(),
        };
        return Some(format!("DROP AGGREGATE {name}{arguments}"));
    }
    None
}

/// Whether others may rest on what is dropped so without telling.
pub(super) fn is_last(drop: &str) -> bool {
    const LAST: [&str; 5] =
        ["DROP TEXT SEARCH", "DROP COLLATION", "DROP TYPE", "DROP DOMAIN", "DROP FOREIGN DATA"];
    LAST.iter().any(|it| drop.starts_with(it))
}

/// A name, with its SQL schema, that begins at a token.
fn name_at<'s>(sql: &'s str, all: &[Token], at: usize) -> Option<&'s str> {
    let first = all.get(at)?;
    let mut end = first.span.end;
    let mut at = at;
    while all.get(at + 1).is_some_and(|it| it.is(sql, ".")) {
        end = all.get(at + 2)?.span.end;
        at += 2;
    }
    sql.get(first.span.start as usize..end as usize)
}

/// Where the parenthesis ends that opens at a token.
fn closing(sql: &str, all: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for it in all.get(open..)? {
        if it.is(sql, "(") {
            depth += 1;
        } else if it.is(sql, ")") {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(it.span.end as usize);
            }
        }
    }
    None
}

/// A comment's statement that takes the comment away.
fn silent(sql: &str) -> Option<String> {
    Some(format!("{} IS NULL", target(sql)?))
}

/// What a `COMMENT ON` is about, with these words.
fn target(sql: &str) -> Option<&str> {
    if !sql.get(..11)?.eq_ignore_ascii_case("COMMENT ON ") {
        return None;
    }
    let all: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let at = all.iter().rposition(|it| it.span.of(sql).eq_ignore_ascii_case("IS"))?;
    sql.get(..all.get(at)?.span.start as usize).map(str::trim)
}

impl Script<'_> {
    /// Takes comments away that the old design makes of things that stay, and the new one does not make.
    pub(super) fn silence(&mut self, written: &Written) {
        let now: BTreeSet<String> = statements(self.new.design, written)
            .iter()
            .filter_map(|it| target(it.text).map(str::to_owned))
            .collect();
        let mut out = Vec::new();
        for it in statements(self.old.design, &self.old.sql) {
            let Some(target) = target(it.text).filter(|it| !now.contains(*it)) else { continue };
            let about = it.part.unwrap_or(it.record);
            let Some(record) = self.after.record(it.record) else { continue };
            let is_there = record.all_ids().contains(&about) && !self.remade.ids.contains(&about);
            let is_verbatim = matches!(record, crate::design::Record::Verbatim(_));
            if is_there && !record.is_given() && !is_verbatim {
                out.push(format!("{target} IS NULL"));
            }
        }
        self.out.extend(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, back: &str) {
        assert_eq!(undone(sql).unwrap_or_default(), back);
    }

    #[test]
    fn statements_that_are_kept_are_taken_back() {
        check(
            "CREATE OR REPLACE RULE quiet AS ON DELETE TO app.item DO INSTEAD NOTHING",
            "DROP RULE quiet ON app.item",
        );
        check(
            "CREATE AGGREGATE app.all_of(anyelement) (SFUNC = array_append, STYPE = anyarray)",
            "DROP AGGREGATE app.all_of(anyelement)",
        );
        check("CREATE AGGREGATE first (BASETYPE = int, SFUNC = f, STYPE = int)", "DROP AGGREGATE first(int)");
        check("CREATE CAST (text AS kind) WITH INOUT AS IMPLICIT", "DROP CAST (text AS kind)");
        check(
            "CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple)",
            "DROP TEXT SEARCH CONFIGURATION plain",
        );
        check("GRANT SELECT ON item TO reader WITH GRANT OPTION", "REVOKE SELECT ON item FROM reader");
        check("COMMENT ON CAST (a AS b) IS 'what IS it'", "COMMENT ON CAST (a AS b) IS NULL");
        check("ALTER TABLE item CLUSTER ON item_pkey", "");
    }
}
