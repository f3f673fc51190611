//! The plan of the house, held: which room may import which, and what every file owes its reader.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may import; ARCHITECTURE.md has the same table in words.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("pg", &["base"]),
    ("design", &["base", "pg"]),
    ("sql", &["base", "pg", "design"]),
    ("read", &["base", "pg", "design", "sql"]),
    ("brief", &["base", "pg", "design"]),
    ("ask", &["base", "pg", "design", "sql"]),
    ("migrate", &["base", "pg", "design", "sql"]),
    ("lint", &["base", "pg", "design", "sql", "read", "migrate"]),
    ("advise", &["base", "pg", "design", "sql", "read", "lint"]),
    ("layout", &["base", "design"]),
    ("write", &["base", "pg", "design", "sql", "layout"]),
    ("gesture", &["base", "design", "layout"]),
    ("share", &["base", "pg", "design"]),
    ("input", &["base", "design", "read", "share"]),
    (
        "job",
        &[
            "base", "design", "advise", "sql", "ask", "brief", "layout", "lint", "llm", "read", "share",
            "write", "input",
        ],
    ),
    ("random", &["base", "pg", "design", "sql"]),
    ("llm", &["base", "pg", "design", "sql", "read", "brief", "migrate"]),
];

/// Rooms of the binary. They see the engine as the crate `relata`, and never each other.
const DOORS: &[&str] = &["app", "cli", "worker"];

/// What the engine does not know: the browser, the terminal, files, the clock, chance.
const OUTSIDE: &[&str] = &[
    "leptos",
    "wasm_bindgen",
    "web_sys",
    "js_sys",
    "gloo",
    "clap",
    "rand",
    "std::fs",
    "std::io",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
];

/// Files of more than 500 lines, each with what makes it one thing all the same.
const LONG: &[(&str, &str)] = &[];

const LONGEST: usize = 500;

#[test]
fn rooms_import_only_what_the_map_allows() {
    for (room, allowed) in MAY_IMPORT {
        for file in rust_files(&format!("src/{room}")) {
            for other in imports(&file.code()) {
                let is_room = MAY_IMPORT.iter().any(|it| it.0 == other) || DOORS.contains(&other.as_str());
                let fine = !is_room || other == *room || allowed.contains(&other.as_str());
                assert!(fine, "{}: room `{room}` must not know `{other}`", file.name);
            }
        }
    }
}

#[test]
fn doors_do_not_know_each_other() {
    for room in DOORS {
        for file in rust_files(&format!("src/{room}")) {
            for other in imports(&file.code()) {
                assert!(other == *room || !DOORS.contains(&other.as_str()), "{} knows `{other}`", file.name);
            }
        }
    }
}

#[test]
fn engine_does_not_know_the_outside() {
    for (room, _) in MAY_IMPORT {
        for file in rust_files(&format!("src/{room}")) {
            let code = file.code();
            for word in OUTSIDE {
                assert!(!has_path(&code, word), "{}: the engine must not know `{word}`", file.name);
            }
        }
    }
}

#[test]
fn every_room_is_on_the_map() {
    for entry in fs::read_dir(root().join("src")).unwrap().flatten().filter(|it| it.path().is_dir()) {
        let name = entry.file_name().into_string().unwrap();
        let known = MAY_IMPORT.iter().any(|it| it.0 == name) || DOORS.contains(&name.as_str());
        assert!(known, "src/{name} has no row in MAY_IMPORT");
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    for file in ["src", "tests", "benches"].into_iter().flat_map(rust_files) {
        assert!(file.text.starts_with("//! "), "{} does not open with `//! `", file.name);
    }
}

#[test]
fn long_files_have_a_reason() {
    let mut wrong = Vec::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(rust_files) {
        let lines = file.text.lines().count();
        let has_reason = LONG.iter().any(|it| it.0 == file.name);
        match (lines > LONGEST, has_reason) {
            (true, false) => wrong.push(format!("{} has {lines} lines: what two things is it?", file.name)),
            (false, true) => wrong.push(format!("{} is no longer long: take it off LONG", file.name)),
            (true, true) | (false, false) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A source file; its name is relative to the project, with `/`.
struct Source {
    name: String,
    text: String,
}

impl Source {
    /// The text without comments and without the tests at the foot, which may look further than the room.
    fn code(&self) -> String {
        if self.name.ends_with("/tests.rs") || self.name.contains("/tests/") {
            return String::new();
        }
        let body = self.text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
        body.lines().filter(|it| !it.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file below a folder, by name; nothing when the folder is not there.
fn rust_files(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(read(&path));
            }
        }
    }
    found.sort_by(|one, two| one.name.cmp(&two.name));
    found
}

fn read(path: &PathBuf) -> Source {
    let relative = path.strip_prefix(root()).expect("sources lie in the project");
    let parts: Vec<_> = relative.iter().map(|it| it.to_string_lossy()).collect();
    Source { name: parts.join("/"), text: fs::read_to_string(path).expect("a source is text") }
}

/// The first names of all paths that begin with `crate::`, also those of a list in braces.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(list) => found.extend(heads(list)),
        }
    }
    found
}

/// `a::{b, c}, d, e::f}` → `a`, `d`, `e`.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut at_start, mut found) = (0, true, Vec::new());
    for (at, sign) in list.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            _ if at_start && !sign.is_whitespace() => {
                found.push(word(&list[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

/// Is `path` there as whole words: used, or the beginning of a path that is?
fn has_path(code: &str, path: &str) -> bool {
    let is_name = |it: char| it.is_alphanumeric() || it == '_';
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let mut after = code[at + path.len()..].chars();
        let qualified = after.clone().as_str().starts_with("::");
        let is_whole = !before.is_some_and(is_name) && !after.next().is_some_and(is_name);
        // A plain word such as `rand` may be a local name; only a path shows a crate.
        is_whole && (path.contains("::") || qualified)
    })
}

#[test]
fn imports_are_found_in_lists_and_paths() {
    let code = "use crate::{base::{Span, case}, sql, pg::types};\nlet x = crate::read::parse(y);";
    assert_eq!(imports(code), ["base", "sql", "pg", "read"]);
    assert!(has_path("use std::fs;", "std::fs") && has_path("rand::random()", "rand"));
    assert!(!has_path("let rand = operand::x;", "rand"));
}
