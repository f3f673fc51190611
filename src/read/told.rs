//! For the readers' tests: what a text comes to as SQL, and what is said of it.

use super::{Diagnostic, Reading};
use crate::base::{LineIndex, Parsed};
use crate::sql;

/// The SQL of what was read of a text, and its diagnostics with their places.
pub fn written(text: &str, read: &Parsed<Reading, Diagnostic>) -> (String, Vec<String>) {
    let lines = LineIndex::new(text);
    let said = read.errors.iter().map(|it| format!("{} {it}", lines.place(it.span.start))).collect();
    (sql::ddl(&read.tree.design, &sql::Options::default()).text, said)
}

/// Asserts that nothing is said of a text, and that its SQL has each of these parts.
#[track_caller]
pub fn check(text: &str, read: &Parsed<Reading, Diagnostic>, expected: &[&str]) {
    let (found, said) = written(text, read);
    assert_eq!(said, [] as [&str; 0]);
    for part in expected {
        assert!(found.contains(part), "{part} is not in\n{found}");
    }
}
