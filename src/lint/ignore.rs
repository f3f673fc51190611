//! `-- relata: ignore CODE reason` in SQL text: findings of one statement that were judged and left as they are.

use super::config::matches;
use crate::base::{LineIndex, Span};
use crate::pg::{TokenKind, tokens};
use crate::read::{PieceKind, split};

/// A comment that leaves findings of a statement as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// A code or a pattern.
    pub code: String,
    /// Why.
    pub reason: String,
    /// The statement's bytes.
    pub statement: Span,
    /// Its first line, 1-based.
    pub line: u32,
}

impl Comment {
    /// Whether it covers a finding of this code at a byte of the script.
    pub fn covers(&self, code: &str, at: u32) -> bool {
        matches(&self.code, code) && (self.statement.contains(at) || self.statement.start == at)
    }

    /// Whether it covers a finding of this code about what a line made.
    pub fn covers_line(&self, code: &str, line: u32) -> bool {
        matches(&self.code, code) && self.line == line
    }
}

/// The comments of a script, each with the statement that it stands in or before. One without a reason has no effect.
pub fn ignored_in(text: &str) -> Vec<Comment> {
    if !text.contains("relata:") {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let statements: Vec<Span> =
        split(text).into_iter().filter(|it| it.kind == PieceKind::Statement).map(|it| it.span).collect();
    let mut found = Vec::new();
    for token in tokens(text).filter(|it| it.kind == TokenKind::LineComment) {
        let words = token.span.of(text).trim_start_matches('-').trim();
        let Some(words) = words.strip_prefix("relata:").map(str::trim_start) else { continue };
        let Some((codes, reason)) =
            words.strip_prefix("ignore ").and_then(|it| it.trim().split_once(char::is_whitespace))
        else {
            continue;
        };
        let Some(statement) = statements.iter().find(|it| it.end > token.span.start) else { continue };
        let line = lines.place(statement.start).line;
        found.extend(codes.split(',').filter(|it| !it.is_empty()).map(|code| Comment {
            code: code.to_owned(),
            reason: reason.trim().to_owned(),
            statement: *statement,
            line,
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_covers_the_statement_that_it_stands_in_or_before() {
        let text = "create table a (id int);\n-- relata: ignore KEY001,NAM* staging only\ncreate table b (id int,\n \
            -- relata: ignore TYP001 local time is meant\n at timestamp);\n-- relata: ignore KEY002\ncreate table c ();";
        let found = ignored_in(text);
        let told: Vec<_> = found.iter().map(|it| (it.code.as_str(), it.reason.as_str(), it.line)).collect();
        assert_eq!(
            told,
            [
                ("KEY001", "staging only", 3),
                ("NAM*", "staging only", 3),
                ("TYP001", "local time is meant", 3)
            ]
        );
        assert!(found[1].covers_line("NAM004", 3) && !found[1].covers_line("KEY001", 3));
    }
}
