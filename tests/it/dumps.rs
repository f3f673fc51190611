//! The forms in which `pg_dump` writes one database: each of them is the same design.

use relata::design::{Change, Design, Matching, diff};
use relata::read;

use crate::postgres::servers;

const MUCH: &str = include_str!("../data/read/much.in.sql");

/// Data in the ways that `pg_dump` writes it, small and large.
const ROWS: &str = "
CREATE TABLE dump_kind (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO dump_kind VALUES (1, 'it''s'), (2, E'tab\\there'), (3, 'back\\slash');
CREATE TABLE dump_event (id int PRIMARY KEY, kind_id int REFERENCES dump_kind (id), note text);
INSERT INTO dump_event SELECT it, 1 + it % 3, 'note (' || it || ');' FROM generate_series(1, 500) AS it;
";

fn design(dump: &str) -> Design {
    let read = read::postgres(dump, &read::Options::default());
    let said: Vec<String> = read
        .errors
        .iter()
        .map(ToString::to_string)
        .filter(|it| !it.contains("left out") && !it.contains("is kept as written"))
        .collect();
    assert_eq!(said, [""; 0]);
    read.tree.design
}

/// Whether a change is about who owns something or may do what.
fn is_privilege(change: &str) -> bool {
    ["OWNER TO", "GRANT", "REVOKE", "DEFAULT PRIVILEGES", "CREATE ROLE", "ALTER ROLE"]
        .iter()
        .any(|it| change.contains(it))
}

#[test]
fn every_form_of_a_dump_is_one_design() {
    const FORMS: [&[&str]; 10] = [
        &["--clean"],
        &["--clean", "--if-exists"],
        &["--create"],
        &["--create", "--clean", "--if-exists"],
        &["--inserts"],
        &["--column-inserts", "--rows-per-insert=50"],
        &["--no-owner", "--no-acl"],
        &["--schema-only"],
        &["--section=pre-data", "--section=post-data"],
        &["--no-comments", "--no-tablespaces", "--serializable-deferrable"],
    ];
    for server in servers() {
        let database = server.database("forms");
        database.load(MUCH).expect("the script loads");
        database.load(ROWS).expect("the rows load");
        let Some(plain) = database.dumped("pg_dump", &[]) else {
            eprintln!("SKIPPED: no pg_dump for PostgreSQL {}", server.version());
            continue;
        };
        let expected = design(&plain);
        assert!(expected.tables().any(|it| it.name == "dump_kind" && it.seed.is_some()));
        let without_comments = |it: &str| it.to_lowercase().contains("comment");
        for form in FORMS {
            let dump = database.dumped("pg_dump", form).expect("there is a pg_dump");
            let has_rows = !form.iter().any(|it| it.contains("schema-only") || it.contains("section"));
            compare(&expected, &design(&dump), &format!("{form:?}"), |it| {
                (has_rows || !it.to_string().contains("row"))
                    && (!form.contains(&"--no-comments") || !without_comments(&it.to_string()))
            });
        }
        let globals = database.dumped("pg_dumpall", &["--globals-only"]).expect("there is a pg_dumpall");
        compare(&expected, &design(&(globals + &plain)), "globals and dump", |_| true);
    }
}

#[track_caller]
fn compare(expected: &Design, found: &Design, what: &str, counts: impl Fn(&Change) -> bool) {
    let changes: Vec<String> = diff(expected, found, Matching::ByName)
        .iter()
        .filter(|it| counts(it))
        .map(ToString::to_string)
        .filter(|it| !is_privilege(it) && !it.contains("has another origin") && !it.contains(": position "))
        .collect();
    assert_eq!(changes, [""; 0], "{what}");
}
