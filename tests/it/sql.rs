//! Every design by chance loads into real PostgreSQL servers.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use relata::sql::{self, ddl, refactor};
use relata::{random, read};

use crate::postgres::{self, LoadError, Server};

/// How many designs; `RELATA_RANDOM_DESIGNS` asks for more.
const DESIGNS: u64 = 500;

/// How many designs are renamed and reduced.
const REFACTORED: u64 = 100;

const THREADS: u64 = 4;

/// How many refusals are told in full.
const SHOWN: usize = 5;

#[test]
fn designs_by_chance_load_into_every_server() {
    let count = std::env::var("RELATA_RANDOM_DESIGNS").ok().and_then(|it| it.parse().ok()).unwrap_or(DESIGNS);
    for server in postgres::servers() {
        let refused = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let refused = &refused;
                scope.spawn(move || {
                    let found = load_each(server, (thread..count).step_by(THREADS as usize));
                    refused.lock().expect("no thread panics with it").extend(found);
                });
            }
        });
        let refused = refused.into_inner().expect("no thread panics with it");
        for (seed, error) in refused.iter().take(SHOWN) {
            eprintln!("PostgreSQL {}, seed {seed}: {error}\n", server.version());
        }
        assert!(refused.is_empty(), "PostgreSQL {} refused {} of {count}", server.version(), refused.len());
    }
}

/// Rehearses the designs of some seeds one after the other; gives what was refused.
fn load_each(server: &Server, seeds: impl Iterator<Item = u64>) -> BTreeMap<u64, LoadError> {
    let database = server.database("random");
    let mut client = database.client();
    let target = server.version().min(18) as u8;
    let options = random::Options { extensions: with_extensions(&mut client), ..random::Options::default() };
    let mut refused = BTreeMap::new();
    for seed in seeds {
        let design = random::design(seed, &options);
        let text = ddl(&design, &sql::Options { target, ..sql::Options::default() }).text;
        if let Err(error) = load(&mut client, &text) {
            refused.insert(seed, error);
        }
    }
    refused
}

/// Whether a server takes a script, which is rolled back. All at once is quicker; only what is refused is tried again,
/// one statement after the other.
fn load(client: &mut ::postgres::Client, text: &str) -> Result<(), LoadError> {
    if client.batch_execute(&format!("begin; {text}\n; rollback")).is_ok() {
        return Ok(());
    }
    client.batch_execute("rollback").expect("a transaction can be rolled back");
    postgres::rehearse(client, text)
}

/// Creates those of the extensions that designs by chance use that the server has: making them anew for each design
/// would take most of the time.
fn with_extensions(client: &mut ::postgres::Client) -> Vec<String> {
    let wanted = "select name from pg_available_extensions where name in ('btree_gist', 'citext', 'pg_trgm') order by 1";
    let rows = client.query(wanted, &[]).expect("a server lists its extensions");
    let names: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
    for name in &names {
        client.batch_execute(&format!("create extension {name}")).expect("the server offers it");
    }
    names
}

#[test]
fn what_is_written_reads_back_and_is_written_the_same() {
    let extensions = ["btree_gist", "citext", "pg_trgm"].map(str::to_owned).to_vec();
    let options = random::Options { extensions, ..random::Options::default() };
    let mut differing = Vec::new();
    for seed in 0..DESIGNS {
        let first = ddl(&random::design(seed, &options), &sql::Options::default()).text;
        let read = read::postgres(&first, &read::Options::default()).tree.design;
        let second = ddl(&read, &sql::Options::default()).text;
        if first != second {
            differing.push((seed, first_difference(&first, &second)));
        }
    }
    for (seed, difference) in differing.iter().take(SHOWN) {
        eprintln!("seed {seed}: {difference}\n");
    }
    assert!(differing.is_empty(), "{} of {DESIGNS} differ", differing.len());
}

#[test]
fn renamed_and_reduced_designs_load() {
    let Some(server) = postgres::newest() else { return };
    let database = server.database("refactor");
    let mut client = database.client();
    let options = random::Options { extensions: with_extensions(&mut client), ..random::Options::default() };
    let mut wrong = Vec::new();
    for seed in 0..REFACTORED {
        let design = random::design(seed, &options);
        let tables: Vec<_> = design.tables().collect();
        let table = tables[seed as usize % tables.len()];
        let mut edits = vec![
            ("rename table", refactor::rename_table(&design, table.id, "Renamed \"table\"")),
            ("remove table", refactor::remove_table(&design, table.id)),
        ];
        if let Some(column) = table.columns.get(seed as usize / 7 % table.columns.len().max(1)) {
            edits.push((
                "rename column",
                refactor::rename_column(&design, table.id, column.id, "Renamed column"),
            ));
            edits.push(("remove column", refactor::remove_column(&design, table.id, column.id)));
        }
        for (what, edit) in edits {
            let mut changed = design.clone();
            if let Err(refused) = changed.apply(&edit) {
                wrong.push(format!("seed {seed}, {what} of {}: {refused}", table.name));
                continue;
            }
            let text = ddl(&changed, &sql::Options::default()).text;
            if let Err(error) = load(&mut client, &text) {
                wrong.push(format!("seed {seed}, {what} of {}: {error}", table.name));
            }
        }
    }
    for it in wrong.iter().take(SHOWN) {
        eprintln!("{it}\n");
    }
    assert!(wrong.is_empty(), "{} went wrong", wrong.len());
}

/// The first lines in which two texts differ.
fn first_difference(one: &str, other: &str) -> String {
    let lines = one.lines().zip(other.lines()).enumerate().find(|(_, (one, other))| one != other);
    match lines {
        Some((line, (one, other))) => format!("line {}\n  {one}\n  {other}", line + 1),
        None => format!("{} and {} lines", one.lines().count(), other.lines().count()),
    }
}
