//! Whole scripts: loaded, read, written, loaded again, and both databases held against each other.

use relata::design::{Matching, diff};
use relata::read;
use relata::sql::{self, ddl};

use crate::catalog;
use crate::postgres::{Database, Server, servers};

/// Everything that PostgreSQL 15 knows.
const EVERYTHING: &str = include_str!("../data/read/everything.in.sql");
/// What is legal and seldom written.
const UNUSUAL: &str = include_str!("../data/read/unusual.in.sql");
/// What changes after it was made.
pub const CHANGED: &str = include_str!("../data/read/changed.in.sql");
/// What has no record.
pub const KEPT: &str = include_str!("../data/read/kept.in.sql");
/// What came with 18.
const SINCE_18: &str = include_str!("../data/read/everything-18.in.sql");

fn written(text: &str, target: u32) -> sql::Written {
    let design = read::postgres(text, &read::Options::default()).tree.design;
    let target = u8::try_from(target.min(18)).expect("a small number");
    ddl(&design, &sql::Options { target, ..sql::Options::default() })
}

/// Loads a script and what is written of it, and holds the two databases against each other.
#[track_caller]
pub fn assert_comes_back(server: &Server, text: &str) {
    let (one, two) = (server.database("given"), server.database("written"));
    one.load(text).expect("the script loads");
    let ours = written(text, server.version());
    assert_eq!(ours.lost, [], "PostgreSQL {}", server.version());
    if let Err(errors) = two.load(&ours.text) {
        panic!("PostgreSQL {}: {}", server.version(), errors[0]);
    }
    let design = |it: &Database| read::catalog(&catalog::json(it), &read::Options::default()).tree.design;
    let (first, second) = (design(&one), design(&two));
    let mut changes: Vec<String> =
        diff(&first, &second, Matching::ByName).iter().map(ToString::to_string).collect();
    // In which order a server lists what is kept as it was written says nothing.
    changes.retain(|it| !it.contains(": position "));
    assert_eq!(changes, [""; 0], "PostgreSQL {}", server.version());
    if let (Some(first), Some(second)) = (one.dump(), two.dump()) {
        assert_eq!(objects(&first), objects(&second), "PostgreSQL {}", server.version());
    }
}

/// A dump without its first lines, which differ from run to run, its objects sorted.
pub fn objects(dump: &str) -> Vec<String> {
    let mut objects: Vec<String> = dump
        .split("\n--\n-- Name: ")
        .skip(1)
        .map(|it| {
            it.lines().filter(|it| !it.starts_with('\\')).collect::<Vec<_>>().join("\n").trim().to_owned()
        })
        .collect();
    objects.sort();
    objects
}

#[test]
fn everything_comes_back() {
    for server in servers().iter().filter(|it| it.version() >= 15) {
        assert_comes_back(server, EVERYTHING);
        assert_comes_back(server, UNUSUAL);
        assert_comes_back(server, CHANGED);
        if server.version() >= 18 {
            assert_comes_back(server, SINCE_18);
        }
    }
}

#[test]
fn everything_is_modelled_but_what_has_no_record() {
    let read = read::postgres(EVERYTHING, &read::Options::default());
    let said: Vec<String> = read.errors.iter().map(ToString::to_string).collect();
    let kept = [
        "CREATE STATISTICS",
        "COMMENT ON STATISTICS",
        "CREATE RULE",
        "CREATE AGGREGATE",
        "COMMENT ON AGGREGATE",
    ];
    assert_eq!(said, kept.map(|it| format!("`{it}` is kept as written")));
    let read = read::postgres(SINCE_18, &read::Options::default());
    assert_eq!(read.errors, []);
}

#[test]
fn what_is_written_of_everything_is_stable() {
    for text in [EVERYTHING, UNUSUAL, CHANGED, KEPT, SINCE_18] {
        let first = written(text, 18).text;
        let second = written(&first, 18).text;
        let differ = first.lines().zip(second.lines()).find(|(one, other)| one != other);
        assert_eq!(differ, None);
        assert_eq!(first.len(), second.len());
    }
}

#[test]
fn older_versions_are_told_what_they_lose() {
    for target in 13..18 {
        let lost = written(SINCE_18, target).lost;
        let words: Vec<&str> = lost.iter().map(|it| it.message.as_str()).collect();
        for what in ["virtual", "WITHOUT OVERLAPS", "NOT ENFORCED", "PERIOD", "NOT NULL", "uuidv7"] {
            assert!(words.iter().any(|it| it.contains(what)), "{target}: {what} in {words:?}");
        }
    }
    let lost = written(EVERYTHING, 13).lost;
    let words: Vec<&str> = lost.iter().map(|it| it.message.as_str()).collect();
    for what in
        ["NULLS NOT DISTINCT", "security_invoker", "SET NULL of some columns", "compression", "plain SQL"]
    {
        assert!(words.iter().any(|it| it.contains(what)), "{what} in {words:?}");
    }
}
