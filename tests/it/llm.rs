//! `relata model`, as a person without a network uses it; and changes of a model, against real servers.

use std::path::PathBuf;
use std::process::{Command, Output};

use relata::brief::Reading;
use relata::design::Design;
use relata::llm::{Change, Checked, Context, Step, check};
use relata::read;
use relata::sql::{Options, ddl};

use crate::postgres::{self, rehearse};

const SCHEMA: &str = "
    CREATE TABLE customer (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, phone text);
    CREATE TABLE purchase (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer (id), total numeric(12,2) NOT NULL);
    CREATE INDEX purchase_customer ON purchase (customer_id);";

/// Changes as models write them: up and down.
const CHANGES: &[(&str, &str)] = &[
    ("ALTER TABLE purchase ADD COLUMN note text NOT NULL DEFAULT '';", "ALTER TABLE purchase DROP COLUMN note;"),
    ("alter table customer rename column phone to phone_number;", "alter table customer rename column phone_number to phone;"),
    ("ALTER TABLE purchase RENAME TO sale;", "ALTER TABLE sale RENAME TO purchase;"),
    (
        "BEGIN; CREATE TYPE purchase_status AS ENUM ('open', 'paid'); ALTER TABLE purchase ADD COLUMN status purchase_status NOT NULL DEFAULT 'open'; COMMIT;",
        "ALTER TABLE purchase DROP COLUMN status; DROP TYPE purchase_status;",
    ),
    (
        "CREATE TABLE label (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE);
         CREATE TABLE purchase_label (purchase_id bigint REFERENCES purchase (id) ON DELETE CASCADE, label_id bigint REFERENCES label (id) ON DELETE CASCADE, PRIMARY KEY (purchase_id, label_id));
         CREATE INDEX purchase_label_label ON purchase_label (label_id);",
        "DROP TABLE purchase_label; DROP TABLE label;",
    ),
    (
        "ALTER TABLE purchase ADD CONSTRAINT chk_purchase_total CHECK (total >= 0);",
        "ALTER TABLE purchase DROP CONSTRAINT chk_purchase_total;",
    ),
    (
        "CREATE INDEX CONCURRENTLY purchase_large ON purchase (customer_id, total DESC) WHERE total > 100;",
        "DROP INDEX CONCURRENTLY purchase_large;",
    ),
    ("CREATE VIEW large_purchase AS SELECT id, total FROM purchase WHERE total > 100;", "DROP VIEW large_purchase;"),
    (
        "ALTER TABLE purchase ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
         CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
         CREATE TRIGGER purchase_touch BEFORE UPDATE ON purchase FOR EACH ROW EXECUTE FUNCTION touch();",
        "DROP TRIGGER purchase_touch ON purchase; DROP FUNCTION touch(); ALTER TABLE purchase DROP COLUMN updated_at;",
    ),
    (
        "ALTER TABLE customer ENABLE ROW LEVEL SECURITY; CREATE POLICY own_customer ON customer USING (email = current_user);",
        "DROP POLICY own_customer ON customer; ALTER TABLE customer DISABLE ROW LEVEL SECURITY;",
    ),
    ("ALTER TABLE customer ALTER COLUMN phone TYPE varchar(40), ALTER COLUMN phone SET NOT NULL;",
     "ALTER TABLE customer ALTER COLUMN phone DROP NOT NULL, ALTER COLUMN phone TYPE text;"),
    (
        "COMMENT ON TABLE customer IS 'Who buys.'; ALTER TABLE customer DROP CONSTRAINT customer_email_key; CREATE UNIQUE INDEX customer_email ON customer (lower(email));",
        "DROP INDEX customer_email; ALTER TABLE customer ADD CONSTRAINT customer_email_key UNIQUE (email); COMMENT ON TABLE customer IS NULL;",
    ),
];

fn answer(up: &str, down: &str) -> String {
    serde_json::json!({"migration_up": up, "migration_down": down, "safety_checks": [], "potential_risks": [], "reasons": []})
        .to_string()
}

fn change(design: &Design, up: &str, down: &str) -> Change {
    let found = Reading::default();
    let context = Context { design, brief: "", request: "a change", found: &found };
    match check(Step::Change, &context, &answer(up, down), "a model") {
        Ok(Checked::Change(it)) => *it,
        other => panic!("{up}: {other:?}"),
    }
}

#[test]
fn what_is_taken_from_a_model_is_what_the_server_makes_of_its_sql() {
    let Some(server) = postgres::newest() else { return };
    let design = read::postgres(SCHEMA, &read::Options::default()).tree.design;
    let before = ddl(&design, &Options::of(&design)).text;
    for (up, down) in CHANGES {
        let change = change(&design, up, down);
        assert_eq!(change.way_back, None, "{up}");
        let mut after = design.clone();
        let edit = change.proposal.accept_all(&design).expect("fits");
        after.apply(&edit).expect("valid");
        let written = ddl(&after, &Options::of(&after)).text;
        assert_ne!(written, before, "{up}");
        let database = server.database("llm");
        let mut client = database.client();
        rehearse(&mut client, &written).unwrap_or_else(|error| panic!("{up}: {error}\n{written}"));
        // Its own SQL runs there and back and there again; CONCURRENTLY wants no transaction around it.
        database.load(&before).expect("the design loads");
        for sql in [up, down, up] {
            for statement in sql.split_inclusive(';').filter(|_| sql.contains("CONCURRENTLY")) {
                client.batch_execute(statement).unwrap_or_else(|error| panic!("{statement}: {error:?}"));
            }
            if !sql.contains("CONCURRENTLY") {
                client.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
            }
        }
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("relata-llm-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a file for the test");
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn relata(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relata"))
        .arg("model")
        .args(arguments)
        .output()
        .expect("the command runs")
}

#[track_caller]
fn told(arguments: &[&str]) -> String {
    let output = relata(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn a_brief_goes_through_both_steps_in_a_terminal() {
    let folder = Folder::new("brief");
    let brief =
        folder.file("brief.md", "A gardener rents plots. Each plot has a number. A gardener has a name.");
    assert!(told(&["prompt", &brief, "entities"]).contains("A gardener rents plots"));
    let entity = |name: &str, attribute: &str| {
        serde_json::json!({"name": name, "kind": "core", "description": "", "reason": "", "quotes": [name], "attributes": [
            {"name": attribute, "type": "text", "nullable": false, "unique": false, "values": null, "quotes": []}]})
    };
    let entities = serde_json::json!({"entities": [entity("gardener", "name"), entity("plot", "number")], "left_out": []});
    let first = folder.file("first.json", &format!("Gladly:\n{entities}"));
    let found = folder.file("found.json", &told(&["check", &brief, "entities", "--answer", &first]));
    let prompt = told(&["prompt", &brief, "relationships", "--found", &found]);
    assert!(prompt.contains("plot:  (number)"), "{prompt}");
    let relationships = serde_json::json!({"relationships": [{"from": "plot", "to": "gardener", "role": null, "kind": "many-to-one",
        "via": null, "nullable": true, "on_delete": "set null", "reason": "rented", "many_likelihood": 0, "quotes": ["rents plots"]}]});
    let second = folder.file("second.json", &relationships.to_string());
    let design = folder.0.join("design.relata.json").to_string_lossy().into_owned();
    let text =
        told(&["check", &brief, "relationships", "--found", &found, "--answer", &second, "-o", &design]);
    assert!(text.contains("both") && text.contains("gardener"), "{text}");
    let sql =
        Command::new(env!("CARGO_BIN_EXE_relata")).args(["sql", &design]).output().expect("the command runs");
    assert!(String::from_utf8_lossy(&sql.stdout).contains("REFERENCES gardener"));
}

#[test]
fn faults_end_with_one_and_wrong_usage_with_two() {
    let folder = Folder::new("faults");
    let schema = folder.file("schema.sql", SCHEMA);
    let wrong = folder.file("wrong.json", &answer("ALTER TABLE widget ADD a int; DROP TABLE nope;", ""));
    let output = relata(&["check", &schema, "change", "x", "--answer", &wrong]);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(problems.contains("widget") && problems.contains("DROP TABLE nope"), "{problems}");
    assert_eq!(relata(&["prompt", &schema, "change"]).status.code(), Some(2));
    assert_eq!(relata(&["prompt", &schema, "entities"]).status.code(), Some(2));
    let body = told(&["prompt", &schema, "change", "add a note", "--provider", "ollama", "--model", "m"]);
    let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((body["model"].as_str(), body["options"]["temperature"].as_f64()), (Some("m"), Some(0.1)));
    serde_json::from_str::<serde_json::Value>(&told(&["schema", "entities"])).expect("JSON");
}
