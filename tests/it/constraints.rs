//! `relata constraints` and `relata conventions`, as a person uses them, and what comes of them on a real server.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use crate::postgres::{self, rehearse};

const BRIEF: &str = "# Repairs\n\nA shop repairs bicycles. An organization has a name. A customer of an organization has a name and an email. \
A repair has a title, a price and a customer.\n\n## Technical\n\nIt runs on PostgreSQL 15. The product is multi-tenant. Soft delete everywhere. \
An audit trail is not negotiable. Expect 20 reads per write. All records are kept for 7 years.\n";

const EXISTING: &str = "CREATE TYPE grade AS ENUM ('a', 'b');
    CREATE TABLE customer (no bigint PRIMARY KEY, grade grade NOT NULL, vat text);
    CREATE INDEX customer_vat ON customer (vat);";

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("relata-constraints-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn relata(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_relata")).args(arguments).output().expect("the command runs")
}

#[track_caller]
fn said(arguments: &[&str]) -> String {
    let output = relata(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[track_caller]
fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(arguments)).expect("JSON")
}

/// A file with a text, by its path.
fn file(folder: &std::path::Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

#[test]
fn a_brief_tells_what_is_asked_for_up_front() {
    let folder = folder("brief");
    let brief = file(&folder, "repairs.md", BRIEF);
    let told = json(&["constraints", &brief, "--json"]);
    assert_eq!(
        (&told["target"], &told["reads_per_write"], &told["retention_days"]),
        (&15.into(), &20.0.into(), &2555.into())
    );
    let demands: Vec<&str> =
        told["demands"].as_array().expect("a list").iter().filter_map(|it| it["what"].as_str()).collect();
    assert_eq!(demands, ["postgresql", "reads_per_write", "retention", "tenancy", "soft_delete", "audit"]);
    for it in told["demands"].as_array().expect("a list") {
        assert_eq!(it["origin"], "brief");
        assert!(BRIEF.contains(it["evidence"][0].as_str().expect("words")), "{it}");
    }
    let sql = said(&["sql", &brief]);
    for column in ["deleted_at timestamptz", "created_at timestamptz", "organization_id uuid"] {
        assert!(sql.contains(column), "{column}: {sql}");
    }
    assert!(sql.contains("ENABLE ROW LEVEL SECURITY"), "{sql}");
    let design = folder.join("repairs.relata.json").to_string_lossy().into_owned();
    said(&["convert", &brief, "-o", &design]);
    let link = said(&["link", &design]);
    assert_eq!(json(&["constraints", link.trim(), "--json"]), told, "a link carries them");
    let unmet = json_of_lint(&design);
    assert!(!unmet.iter().any(|it| it == "CON025"), "{unmet:?}");
    for server in postgres::servers() {
        let target = server.version().to_string();
        let database = server.database("constraints");
        let mut client = database.client();
        rehearse(&mut client, &said(&["sql", &design, "--target", &target])).expect("it runs");
    }
}

fn json_of_lint(design: &str) -> Vec<String> {
    let output = relata(&["lint", design, "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    findings.iter().filter_map(|it| it["code"].as_str().map(str::to_owned)).collect()
}

#[test]
fn what_is_not_negotiable_is_set_and_a_table_that_breaks_it_is_an_error() {
    let folder = folder("set");
    let schema =
        file(&folder, "shop.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL);");
    let design = folder.join("shop.relata.json").to_string_lossy().into_owned();
    said(&["constraints", &schema, "--demand", "soft-delete", "--target", "14", "-o", &design]);
    let sql = said(&["sql", &design]);
    assert!(sql.contains("deleted_at"), "{sql}");
    said(&["conventions", &design, "--soft-delete", "off", "-o", &design]);
    assert!(!said(&["sql", &design]).contains("deleted_at"));
    assert!(json_of_lint(&design).contains(&"CON025".to_owned()));
    said(&["constraints", &design, "--release", "soft-delete", "-o", &design]);
    assert!(!json_of_lint(&design).contains(&"CON025".to_owned()));
}

#[test]
fn what_is_expected_is_set_and_steers_what_is_told() {
    let folder = folder("sizes");
    let schema =
        file(&folder, "shop.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL);");
    let design = folder.join("shop.relata.json").to_string_lossy().into_owned();
    let sizes = ["--expect", "5,000 orders", "--expect", "20 users per organization"];
    said(&[&["constraints", &schema], &sizes[..], &["-o", &design]].concat());
    let told = json(&["constraints", &design, "--expect", "7000 orders", "--json"]);
    assert_eq!(
        told["volumes"],
        serde_json::json!([
            {"of": "order", "count": 7000, "per": null},
            {"of": "user", "count": 20, "per": "organization"}
        ])
    );
    assert!(said(&["model", "prompt", &design, "schema"]).contains("5000 orders are expected."));
    assert!(
        said(&["export", &design, "--to", "decisions"]).contains("- 20 users per organization are expected")
    );
    assert_eq!(relata(&["constraints", &design, "--expect", "many orders"]).status.code(), Some(2));
}

#[test]
fn where_as_much_is_written_as_read_indexes_weigh_more() {
    let folder = folder("writes");
    let columns: Vec<String> = ('a'..='f').map(|it| format!("{it} int")).collect();
    let indexes: Vec<String> = ('a'..='f').map(|it| format!("CREATE INDEX ON plot ({it});")).collect();
    let table = format!("CREATE TABLE plot (id bigint PRIMARY KEY, {});", columns.join(", "));
    let sql = format!("{table}\n{}", indexes.join("\n"));
    let schema = file(&folder, "plot.sql", &sql);
    let design = folder.join("plot.relata.json").to_string_lossy().into_owned();
    for (reads, weighs) in [("20", false), ("0.5", true)] {
        said(&["constraints", &schema, "--reads-per-write", reads, "-o", &design]);
        assert_eq!(json_of_lint(&design).contains(&"IDX012".to_owned()), weighs, "{reads}");
    }
}

#[test]
fn what_is_given_is_passed_over_where_all_tables_are_meant() {
    let folder = folder("everything");
    let brief = "# Repairs\n\nA customer has a name. A repair has a title, a price and a customer. Our existing `customer` table stays as it is.\n";
    let (brief, crm) = (file(&folder, "repairs.md", brief), file(&folder, "crm.sql", EXISTING));
    let design = folder.join("repairs.relata.json").to_string_lossy().into_owned();
    said(&["convert", &brief, "-o", &design]);
    assert!(said(&["export", &design, "--to", "decisions"]).contains("What does \\`customer\\` look like?"));
    said(&["constraints", &design, "--given", &crm, "-o", &design]);
    assert!(!said(&["export", &design, "--to", "decisions"]).contains("look like?"), "it was brought");
    let audited = said(&["ask", &design, "add an audit log for everything"]);
    assert!(audited.contains("Record changes of repair") && !audited.contains("of customer"), "{audited}");
    let refused = relata(&["ask", &design, "soft delete customers"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(1) && why.contains("table customer is given"), "{why}");
}

#[test]
fn another_database_is_lived_with_honestly() {
    let folder = folder("mysql");
    let schema =
        file(&folder, "posts.sql", "CREATE TABLE posts (id bigint PRIMARY KEY, tags text[] NOT NULL);");
    let design = folder.join("posts.relata.json").to_string_lossy().into_owned();
    let told = said(&["constraints", &schema, "--database", "mysql", "-o", &design]);
    assert!(told.contains("what is written is PostgreSQL"), "{told}");
    assert!(json_of_lint(&design).contains(&"COM013".to_owned()));
}

#[test]
fn what_is_given_is_not_made_and_not_changed() {
    let folder = folder("given");
    let (brief, crm) = (file(&folder, "repairs.md", BRIEF), file(&folder, "crm.sql", EXISTING));
    let design = folder.join("repairs.relata.json").to_string_lossy().into_owned();
    let told = json(&["constraints", &brief, "--given", &crm, "--json", "-o", &design]);
    assert_eq!(told["given"], serde_json::json!(["customer"]));
    let sql = said(&["sql", &design]);
    assert!(sql.starts_with("-- Given, and not made here: customer; 1 other object\n"), "{sql}");
    assert!(!sql.contains("CREATE TABLE customer") && !sql.contains("CREATE TYPE grade"), "{sql}");
    assert!(sql.contains("REFERENCES customer (no)"), "{sql}");
    let refused = relata(&["ask", &design, "add a phone to customers"]);
    assert_eq!(refused.status.code(), Some(1));
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("table customer is given"), "{why}");
    let edited =
        file(&folder, "edited.md", &BRIEF.replace("a name and an email", "a name, a birthday and an email"));
    said(&["ask", &design, "--brief", &edited, "-o", &design]);
    let whole = said(&["sql", &design, "--with-given"]);
    assert!(whole.contains("CREATE TABLE customer") && !whole.contains("birthday"), "{whole}");
    // The same once more renews it and changes nothing.
    said(&["constraints", &design, "--given", &crm, "-o", &design]);
    assert_eq!(said(&["sql", &design, "--with-given"]), whole);
    if let Some(server) = postgres::newest() {
        let database = server.database("given");
        database.load(EXISTING).expect("what is there already");
        database.load(&said(&["sql", &design])).expect("the rest comes beside it");
    }
    said(&["constraints", &design, "--not-given", "customer", "-o", &design]);
    assert!(relata(&["ask", &design, "add a phone to customers"]).status.success());
}

#[test]
fn conventions_go_on_and_off_and_leave_what_was_changed_by_hand() {
    let folder = folder("switch");
    let brief = file(&folder, "tasks.md", "## Entities\n- Team: name\n- Task: title\n- Note: text\n");
    let design = folder.join("tasks.relata.json").to_string_lossy().into_owned();
    said(&["convert", &brief, "-o", &design]);
    said(&["conventions", &design, "-o", &design]);
    let before = said(&["sql", &design]);
    said(&[
        "conventions",
        &design,
        "--row-version",
        "on",
        "--tenancy",
        "team",
        "--soft-delete",
        "on",
        "-o",
        &design,
    ]);
    let on = said(&["sql", &design]);
    assert!(on.contains("version") && on.contains("team_id") && on.contains("deleted_at"), "{on}");
    let all_off = ["--row-version", "off", "--tenancy", "off", "--soft-delete", "off"];
    let off: Vec<&str> = ["conventions", &design].into_iter().chain(all_off).chain(["-o", &design]).collect();
    said(&off);
    assert_eq!(said(&["sql", &design]), before);
    // What a person has renamed is theirs.
    said(&["conventions", &design, "--soft-delete", "on", "-o", &design]);
    let renamed = folder.join("renamed.relata.json").to_string_lossy().into_owned();
    said(&["ask", &design, "rename deleted_at of task to removed_at", "-o", &renamed]);
    said(&["conventions", &renamed, "--soft-delete", "off", "-o", &renamed]);
    let off = said(&["sql", &renamed]);
    assert!(off.contains("removed_at") && !off.contains("deleted_at"), "{off}");
    said(&["conventions", &design, "--soft-delete", "off", "-o", &design]);
    assert_eq!(said(&["sql", &design]), before);
    // One table departs, and follows again.
    said(&["conventions", &design, "--table", "note", "--row-version", "on", "-o", &design]);
    assert_eq!(said(&["sql", &design]).matches("version integer").count(), 1);
    said(&["conventions", &design, "--table", "note", "--row-version", "usual", "-o", &design]);
    assert_eq!(said(&["sql", &design]), before);
    assert_eq!(relata(&["conventions", &design, "--tenancy", "nobody"]).status.code(), Some(2));
}

#[test]
fn decisions_are_written_changed_and_taken_away() {
    let folder = folder("decisions");
    let brief = file(&folder, "repairs.md", BRIEF);
    let design = folder.join("repairs.relata.json").to_string_lossy().into_owned();
    said(&["convert", &brief, "-o", &design]);
    let count = json(&["decisions", &design, "--json"]).as_array().expect("a list").len();
    let (add, why) = ("Prices are in cents", "no rounding");
    said(&["decisions", &design, "--add", add, "--why", why, "--rejected", "numeric: slower", "-o", &design]);
    let told = json(&["decisions", &design, "--json"]);
    let last = told.as_array().expect("a list").last().expect("one");
    assert_eq!(
        (&last["title"], &last["reason"], &last["rejected"][0]),
        (&add.into(), &why.into(), &"numeric: slower".into())
    );
    assert!(said(&["export", &design, "--to", "decisions"]).contains("Prices are in cents"));
    let number = (count + 1).to_string();
    said(&["decisions", &design, "--change", &number, "--title", "Prices are numeric", "-o", &design]);
    let told = said(&["decisions", &design]);
    assert!(
        told.contains(&format!("{number}. Prices are numeric\n    no rounding\n    not: numeric: slower\n")),
        "{told}"
    );
    said(&["decisions", &design, "--forget", &number, "-o", &design]);
    assert_eq!(json(&["decisions", &design, "--json"]).as_array().expect("a list").len(), count);
    for wrong in
        [&["--forget", "99", "-o", &design][..], &["--add", " ", "-o", &design], &["--why", "because"]]
    {
        let output = relata(&[&["decisions", &design], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
}
