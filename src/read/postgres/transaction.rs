//! What a script takes back itself: statements of a transaction that ends with `ROLLBACK`.

use std::ops::Range;

use crate::pg::{Token, tokens};
use crate::read::{Piece, PieceKind};

/// The parts of a text that are rolled back.
///
/// Source: PostgreSQL manual, "ROLLBACK", "ROLLBACK TO SAVEPOINT".
pub fn undone(text: &str, pieces: &[Piece]) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    let mut open: Option<u32> = None;
    let mut savepoints: Vec<(String, u32)> = Vec::new();
    for piece in pieces.iter().filter(|it| it.kind == PieceKind::Statement) {
        let sql = piece.span.of(text);
        let Some(word) = first_word(sql) else { continue };
        let at = piece.span.start;
        match word.as_str() {
            "begin" | "start" => open = open.or(Some(at)),
            "commit" | "end" => {
                open = None;
                savepoints.clear();
            }
            "savepoint" => savepoints.extend(name_behind(sql, 1).map(|it| (it, at))),
            "rollback" | "abort" => match savepoint(sql) {
                Some(Target::Savepoint(name)) => {
                    let known = savepoints.iter().rposition(|it| it.0 == name);
                    if let Some((known, from)) = known.and_then(|it| Some((it, savepoints.get(it)?.1))) {
                        savepoints.truncate(known + 1);
                        found.push(from..at);
                    }
                }
                Some(Target::Prepared) => {}
                None => {
                    found.extend(open.take().map(|from| from..at));
                    savepoints.clear();
                }
            },
            _ => {}
        }
    }
    found
}

/// The word that a statement begins with, where it is one of a transaction's.
fn first_word(sql: &str) -> Option<String> {
    let token = tokens(sql).find(|it| !it.is_blank())?;
    let word = token.span.of(sql);
    // Long words and others are the most.
    let may_be = word.len() <= "savepoint".len() && word.bytes().all(|it| it.is_ascii_alphabetic());
    may_be.then(|| word.to_ascii_lowercase())
}

enum Target {
    Savepoint(String),
    Prepared,
}

/// What `ROLLBACK` goes back to, where that is not the beginning.
fn savepoint(sql: &str) -> Option<Target> {
    let words: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let is =
        |at: usize, word: &str| words.get(at).is_some_and(|it| it.span.of(sql).eq_ignore_ascii_case(word));
    let at = if is(1, "work") || is(1, "transaction") { 2 } else { 1 };
    if is(at, "prepared") {
        return Some(Target::Prepared);
    }
    if !is(at, "to") {
        return None;
    }
    name_behind(sql, if is(at + 1, "savepoint") { at + 2 } else { at + 1 }).map(Target::Savepoint)
}

fn name_behind(sql: &str, at: usize) -> Option<String> {
    tokens(sql).filter(|it| !it.is_blank()).nth(at)?.name(sql).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::split;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let pieces = split(text);
        let gone = undone(text, &pieces);
        let kept = pieces.iter().filter(|it| it.kind == PieceKind::Statement);
        let kept = kept.filter(|it| !gone.iter().any(|gone| gone.contains(&it.span.start)));
        let kept: Vec<&str> = kept.map(|it| it.span.of(text).trim_end_matches(';')).collect();
        assert_eq!(kept.join(" "), expected);
    }

    #[test]
    fn what_is_rolled_back_never_was() {
        check("a; BEGIN; b; ROLLBACK; c;", "a ROLLBACK c");
        check("BEGIN; b; COMMIT; ROLLBACK; c;", "BEGIN b COMMIT ROLLBACK c");
        check(
            "START TRANSACTION; a; SAVEPOINT s; b; ROLLBACK TO SAVEPOINT s; c; END;",
            "START TRANSACTION a ROLLBACK TO SAVEPOINT s c END",
        );
        check("ROLLBACK PREPARED 'x'; a;", "ROLLBACK PREPARED 'x' a");
    }
}
