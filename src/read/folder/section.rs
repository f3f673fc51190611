//! Files that hold both ways, divided by comments.

use crate::base::Span;

/// The comments that begin the way up and the way down, in lower case: dbmate, goose, sql-migrate, node-pg-migrate.
const MARKS: [(&str, bool); 8] = [
    ("-- migrate:up", true),
    ("-- migrate:down", false),
    ("-- +goose up", true),
    ("-- +goose down", false),
    ("-- +migrate up", true),
    ("-- +migrate down", false),
    ("-- up migration", true),
    ("-- down migration", false),
];

/// Whether a file is divided so.
pub fn is_divided(text: &str) -> bool {
    text.lines().any(|it| mark(it) == Some(true))
}

/// The parts of a file that go up: all of it where no comment divides it.
pub fn up(text: &str) -> Vec<Span> {
    if !is_divided(text) {
        return vec![Span::new(0, text.len())];
    }
    let mut parts = Vec::new();
    let (mut at, mut open) = (0, None);
    for line in text.split_inclusive('\n') {
        match (mark(line), open) {
            (Some(true), None) => open = Some(at),
            (Some(false), Some(start)) => {
                parts.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    parts.extend(open.map(|it| Span::new(it, text.len())));
    parts
}

fn mark(line: &str) -> Option<bool> {
    let line = line.trim_start();
    if !line.starts_with("--") {
        return None;
    }
    let starts =
        |it: &&(&str, bool)| line.get(..it.0.len()).is_some_and(|start| start.eq_ignore_ascii_case(it.0));
    MARKS.iter().find(starts).map(|it| it.1)
}
