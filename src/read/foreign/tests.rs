//! What scripts of other databases come to, and what is told of it.

use super::*;
use crate::read::told;

fn written(text: &str, dialect: Dialect) -> (String, Vec<String>) {
    told::written(text, &read(text, dialect, &Options::default()))
}

#[track_caller]
fn check(text: &str, dialect: Dialect, expected: &[&str]) {
    told::check(text, &read(text, dialect, &Options::default()), expected);
}

#[test]
fn references_find_tables_that_come_later_whatever_their_case() {
    let text = "CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES Later);\nCREATE TABLE later (Id INTEGER PRIMARY KEY);";
    check(text, Dialect::Sqlite, &["FOREIGN KEY (b) REFERENCES later (\"Id\")"]);
}

#[test]
fn names_of_indexes_are_made_unique() {
    let text = "CREATE TABLE a (x int, KEY k (x)); CREATE TABLE b (x int, KEY k (x));";
    check(text, Dialect::MySql, &["CREATE INDEX k ON a (x)", "CREATE INDEX b_k ON b (x)"]);
}

#[test]
fn a_script_is_run_in_its_order() {
    let text = "CREATE TABLE a (x int, e enum('p','q'));\nALTER TABLE a MODIFY e enum('p','q','r') NOT NULL, CHANGE x y bigint,\n\
                ADD z int FIRST;\nRENAME TABLE a TO b;\nDROP TABLE IF EXISTS c;";
    check(
        text,
        Dialect::MySql,
        &["CREATE TABLE b (", "e a_e NOT NULL", "y bigint", "z integer", "'p', 'q', 'r'"],
    );
}

#[test]
fn many_rows_are_counted_and_left_out() {
    let rows: Vec<String> = (0..101).map(|it| format!("({it})")).collect();
    let text = format!("CREATE TABLE a (x int);\nINSERT INTO a VALUES {};", rows.join(","));
    let (found, said) = written(&text, Dialect::MySql);
    assert!(!found.contains("INSERT"), "{found}");
    assert_eq!(said, ["2:1 101 rows of `a` left out"]);
}

#[test]
fn what_has_no_equivalent_is_told_at_its_place() {
    let text =
        "CREATE TABLE a (\n  d date DEFAULT '0000-00-00',\n  g int AS (found_rows()));\nCREATE EVENT e DO x;";
    let (found, said) = written(text, Dialect::MySql);
    assert_eq!(
        said,
        [
            "2:18 PostgreSQL has no `default `'0000-00-00'``: the column has none; it is no value of its type",
            "3:13 PostgreSQL has no `this generated column`: the column is made without `found_rows`; write it in PostgreSQL's words",
            "4:1 PostgreSQL has no `EVENT in this dialect's language`: write it in PL/pgSQL",
        ]
    );
    assert!(found.contains("-- CREATE EVENT e DO x"), "{found}");
}

#[test]
fn dialects_are_told_apart() {
    assert!(
        looks_like_mysql("CREATE TABLE `a` (id int) ENGINE=InnoDB;")
            && looks_like_mysql("/*!40101 SET x */;")
    );
    assert!(
        looks_like_sqlite("PRAGMA foreign_keys=OFF;") && !looks_like_sqlite("CREATE TABLE a (id serial);")
    );
    assert!(!looks_like_mysql("CREATE TABLE a (id serial);"));
}
