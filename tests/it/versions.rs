//! `relata migrate`: two versions of a schema, led to each other and back on real servers.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::postgres::{Database, servers};

/// Pairs of versions, with rows that the old one holds: `== name`, the old one, `--`, the new one, and `-- rows` with rows.
const PAIRS: &str = include_str!("../data/migrate/versions.in.sql");

fn relata(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relata")).args(arguments).output().expect("the command runs")
}

fn file(name: &str, text: &str) -> String {
    let path =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("versions-{}-{name}", std::process::id()));
    std::fs::write(&path, text).expect("a temporary file can be written");
    path.to_string_lossy().into_owned()
}

/// What a dump says, each line by its count: the order of columns aside.
fn lines(database: &Database<'_>) -> Option<BTreeMap<String, usize>> {
    let dump = database.dump()?;
    let mut lines = BTreeMap::new();
    let says = |it: &&str| !it.is_empty() && !it.starts_with("--") && !it.starts_with('\\');
    for line in dump.lines().map(|it| it.trim().trim_end_matches(',')).filter(says) {
        *lines.entry(line.to_owned()).or_default() += 1;
    }
    Some(lines)
}

/// The way there; or what went wrong on it, or on the way back.
fn check(name: &str, old: &str, new: &str, rows: &str) -> Result<String, String> {
    let (one, two) = (file(&format!("{name}-old.sql"), old), file(&format!("{name}-new.sql"), new));
    let told = relata(&["migrate", &one, &two, "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout)
        .map_err(|_| format!("{name}: {}", String::from_utf8_lossy(&told.stderr)))?;
    let way = |it: &str| told[it].as_str().expect("a text").to_owned();
    let (up, down) = (way("migration_up"), way("migration_down"));
    for server in servers() {
        let (from, to) = (server.database("versions"), server.database("versions"));
        let run = |database: &Database<'_>, step: &str, sql: &str| {
            database.load(sql).map_err(|it| format!("{name}, {step}: {it:?}\n{sql}"))
        };
        let same =
            |one: Option<BTreeMap<String, usize>>, two: Option<BTreeMap<String, usize>>, step: &str| {
                let (one, two) = (one.unwrap_or_default(), two.unwrap_or_default());
                let left: Vec<&String> =
                    one.iter().filter(|it| two.get(it.0) != Some(it.1)).map(|it| it.0).collect();
                let lacks: Vec<&String> =
                    two.iter().filter(|it| one.get(it.0) != Some(it.1)).map(|it| it.0).collect();
                let is_same = left.is_empty() && lacks.is_empty();
                is_same.then_some(()).ok_or(format!("{name}, {step}: {left:#?} for {lacks:#?}"))
            };
        run(&from, "old", old)?;
        run(&to, "new", new)?;
        let before = lines(&from);
        run(&from, "rows", rows)?;
        run(&from, "up", &up)?;
        same(lines(&from), lines(&to), &format!("up\n{up}"))?;
        run(&from, "down", &down)?;
        same(lines(&from), before, &format!("down\n{down}"))?;
    }
    Ok(up)
}

#[test]
fn versions_lead_to_each_other_and_back() {
    let (mut count, mut wrong) = (0, Vec::new());
    for pair in PAIRS.split("\n== ").skip(1) {
        let (name, pair) = pair.split_once('\n').expect("a name");
        let (pair, rows) = pair.split_once("\n-- rows\n").unwrap_or((pair, ""));
        let (old, new) = pair.split_once("\n--\n").expect("two versions");
        wrong.extend(check(&name.replace(' ', "-"), old, new, rows).err());
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(count > 15);
}

#[test]
fn what_is_alike_is_renamed_unless_names_decide() {
    let old = "CREATE TABLE customers (id int CONSTRAINT k PRIMARY KEY, mail text, town text, size int);";
    let new = "CREATE TABLE customer (id int CONSTRAINT k PRIMARY KEY, email text, town text, size int);";
    let up = check("renamed", old, new, "INSERT INTO customers VALUES (1, 'a', 'b');").expect("it runs");
    assert!(up.contains("ALTER TABLE customers RENAME TO customer"), "{up}");
    assert!(up.contains("RENAME COLUMN mail TO email"), "{up}");
    let (one, two) = (file("old.sql", old), file("new.sql", new));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("versions-{}", std::process::id()));
    let path = folder.to_string_lossy().into_owned();
    assert_eq!(relata(&["migrate", &one, &two, "--by", "name", "-o", &path]).status.code(), Some(0));
    let up = std::fs::read_to_string(folder.join("up.sql")).expect("the way there");
    assert!(up.contains("-- Heed:") && up.contains("`customers` and its rows are gone"), "{up}");
    assert!(up.contains("DROP TABLE customers"), "{up}");
    assert!(folder.join("down.sql").exists());
}

#[test]
fn a_version_and_itself_are_led_to_each_other_by_nothing() {
    for pair in PAIRS.split("\n== ").skip(1) {
        let (_, pair) = pair.split_once('\n').expect("a name");
        let (old, _) = pair.split_once("\n--\n").expect("two versions");
        let old = file("same.sql", old);
        let told = relata(&["migrate", &old, &old]);
        assert_eq!(String::from_utf8_lossy(&told.stdout), "");
    }
}
