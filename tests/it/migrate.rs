//! The SQL from one design to another, there and back and there again, on a real server.

use std::process::Command;

use relata::ask::ask;
use relata::llm::of_proposal;
use relata::migrate;
use relata::sql::{Options, ddl};

use crate::ask::{DESIGNS, design};
use crate::postgres::{self, rehearse};

#[test]
fn every_change_in_words_leads_there_and_back() {
    let server = postgres::newest();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (schema, requests) in DESIGNS {
        let design = design(schema);
        let database = server.map(|it| it.database("migrate"));
        if let Some(it) = &database {
            it.load(&ddl(&design, &Options::of(&design)).text).expect("a clean database takes the SQL");
        }
        let mut client = database.as_ref().map(postgres::Database::client);
        for request in requests.lines().filter_map(|it| it.strip_prefix("> ")) {
            let Ok(proposal) = ask(&design, request) else { continue };
            let chosen = proposal.usual();
            let change = of_proposal(&design, proposal, &chosen).expect("a proposal fits its design");
            count += 1;
            if let Some(it) = &change.way_back {
                wrong
                    .push(format!("{request}: {it}\n{}\n--\n{}", change.migration_up, change.migration_down));
            }
            let (up, down) = (&change.migration_up, &change.migration_down);
            let whole = format!("{up}\n{down}\n{up}");
            if let Some(Err(error)) = client.as_mut().map(|it| rehearse(it, &whole)) {
                wrong.push(format!("{request}: {error}\n{up}\n--\n{down}"));
            }
        }
    }
    println!("{count} changes");
    assert!(count > 100);
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn one_design_and_itself_are_led_to_each_other_by_nothing() {
    for (schema, _) in DESIGNS {
        let design = design(schema);
        assert_eq!(migrate::migration(&design, &design, &[]).sql(), "");
    }
}

#[test]
fn what_an_edit_calls_for_is_told_as_json() {
    let folder = std::env::temp_dir().join(format!("relata-migrate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join("shop.sql");
    let schema = "CREATE TABLE customer (id bigint PRIMARY KEY, phone text);";
    std::fs::write(&path, schema).expect("written");
    let ask = |request: &str| {
        Command::new(env!("CARGO_BIN_EXE_relata"))
            .args(["ask", &path.to_string_lossy(), request, "--json"])
            .output()
            .expect("the command runs")
    };
    let told: serde_json::Value =
        serde_json::from_slice(&ask("make phone of customers required").stdout).expect("JSON");
    assert_eq!(told["migration_up"], "ALTER TABLE customer ALTER COLUMN phone SET NOT NULL;\n");
    assert_eq!(told["migration_down"], "ALTER TABLE customer ALTER COLUMN phone DROP NOT NULL;\n");
    assert_eq!(
        told["safety_checks"],
        serde_json::json!(["SELECT count(*) FROM customer WHERE phone IS NULL; -- must be 0"])
    );
    assert_eq!(told["potential_risks"].as_array().map(Vec::len), Some(1));
    assert!(told["way_back"].is_null());
    let unknown = ask("frobnicate the wibble");
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("relata model prompt"));
}
