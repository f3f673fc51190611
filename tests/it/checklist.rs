//! `relata lint --checklist --database`: whether a schema runs, asked of real servers.

use std::process::{Command, Output};

use ::postgres::NoTls;
use serde_json::Value;

use crate::postgres;

const SOUND: &str = "create type state as enum ('new', 'done');
    create table repair (id bigint generated always as identity primary key, state state not null default 'new');
    create view open_repair as select id from repair where state = 'new';";

/// The text of a function is looked at when it is made, not before.
const BROKEN: &str = "create table repair (id bigint primary key);
    create function open_repairs() returns bigint language sql as $$ select count(*) from repairs $$;";

fn checked(name: &str, schema: &str, server: &str) -> Output {
    let file = std::env::temp_dir().join(format!("relata-checklist-{}-{name}.sql", std::process::id()));
    std::fs::write(&file, schema).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_relata"))
        .arg("lint")
        .arg(&file)
        .args(["--checklist", "--format", "json", "--database", server])
        .output()
        .expect("the command runs");
    std::fs::remove_file(&file).expect("it was written");
    output
}

/// The first line, which a run decides.
fn line(output: &Output) -> Value {
    let lines: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|it| panic!("{it}: {}", String::from_utf8_lossy(&output.stderr)));
    lines[0].clone()
}

#[test]
fn a_schema_is_run_on_a_database_of_its_own_that_does_not_stay() {
    for server in postgres::servers() {
        let address = server.address();
        let sound = line(&checked("sound", SOUND, &address));
        assert_eq!(sound["state"], "holds", "{sound}");
        let note = sound["note"].as_str().expect("the server says its version");
        assert!(note.starts_with(&format!("PostgreSQL {}", server.version())), "{note}");

        let output = checked("broken", BROKEN, &address);
        let broken = line(&output);
        assert_eq!((broken["state"].as_str(), broken["errors"].as_u64()), (Some("open"), Some(1)));
        let note = broken["note"].as_str().expect("the server says why");
        assert!(note.contains("\"repairs\" does not exist"), "{note}");
        assert_eq!(output.status.code(), Some(1));

        let config: ::postgres::Config = address.parse().expect("a connection string");
        let mut client = config.connect(NoTls).expect("the server takes connections");
        let left = "select count(*) from pg_database where datname like 'relata\\_check\\_%'";
        let left: i64 = client.query_one(left, &[]).expect("databases can be listed").get(0);
        assert_eq!(left, 0, "PostgreSQL {}", server.version());
    }
}

#[test]
fn a_server_that_is_not_there_is_no_verdict_on_the_schema() {
    let output = checked("nowhere", SOUND, "host=/nowhere user=postgres dbname=postgres");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty(), "nothing is known of the schema");
}
