//! Habits of real schemas, in small: each script loads, comes back the same, and says no more than is listed.

use relata::read;

use super::everything::assert_comes_back;
use super::postgres::servers;

/// Reads and writes a script on every server; `said` is all there is to say about it.
#[track_caller]
fn check(script: &str, said: &[&str]) {
    let read = read::postgres(script, &read::Options::default());
    let words: Vec<String> = read.errors.iter().map(ToString::to_string).collect();
    assert_eq!(words, said);
    for server in servers().iter().filter(|it| it.version() >= 15) {
        assert_comes_back(server, script);
    }
}

#[test]
fn a_key_that_is_said_twice_has_the_name_that_was_given() {
    check("CREATE TABLE a (id int PRIMARY KEY, CONSTRAINT a_id_uniq UNIQUE (id));", &[]);
    check("CREATE TABLE a (id int UNIQUE, x int, CONSTRAINT z UNIQUE (id), UNIQUE (x), UNIQUE (x));", &[]);
    check("CREATE TABLE a (id int, CONSTRAINT k PRIMARY KEY (id), CONSTRAINT u UNIQUE (id));", &[]);
}

#[test]
fn what_ends_with_the_session_is_left_out() {
    check(
        "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
         CREATE TEMP TABLE t (a int);
         CREATE TABLE kept (a int);",
        &["a temporary function left out", "a temporary table left out"],
    );
}

#[test]
fn what_every_database_has_is_no_part_of_a_schema() {
    let script = "CREATE OR REPLACE PROCEDURAL LANGUAGE plpgsql;
                  COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';
                  CREATE TABLE a (id int);";
    check(script, &[]);
    let read = read::postgres("CREATE LANGUAGE 'plpgsql';", &read::Options::default());
    assert_eq!((read.tree.report.skipped, read.errors), (1, vec![]));
}
