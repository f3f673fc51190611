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
fn a_check_says_its_own_table_by_any_name() {
    let text = "CREATE TABLE `__new_a` (`x` integer, CONSTRAINT `c` CHECK(\"__new_a\".\"x\" > 0));\n\
                ALTER TABLE `__new_a` RENAME TO `a`;";
    check(text, Dialect::Sqlite, &["CONSTRAINT c CHECK (x > 0)"]);
}

#[test]
fn what_comes_out_of_a_document_has_the_type_of_its_column() {
    let text = "CREATE TABLE a (d json NOT NULL, n int AS (d ->> '$.n') STORED, t varchar(9) AS (d ->> '$.t') STORED,\n\
                e enum('p') AS (d ->> '$.e') STORED);";
    let (found, said) = written(text, Dialect::MySql);
    assert!(found.contains("n integer GENERATED ALWAYS AS ((d::jsonb #>> '{n}')::int) STORED"), "{found}");
    assert!(found.contains("t varchar(9) GENERATED ALWAYS AS (d::jsonb #>> '{t}') STORED"), "{found}");
    assert!(found.contains("e a_e") && !found.contains("e a_e GENERATED"), "{found}");
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn parentheses_behind_add_hold_constraints_too() {
    let text = "CREATE TABLE a (id int PRIMARY KEY, b int) ENGINE=InnoDB;\nALTER TABLE a ADD (CONSTRAINT f FOREIGN KEY (b) \
                REFERENCES a (id), c int);";
    check(text, Dialect::MySql, &["c integer", "CONSTRAINT f FOREIGN KEY (b) REFERENCES a (id)"]);
}

#[test]
fn a_trigger_before_an_update_looks_at_no_generated_column() {
    let text =
        "CREATE TABLE a (n int, m int AS (n + 1) STORED, u timestamp NULL ON UPDATE CURRENT_TIMESTAMP);";
    check(text, Dialect::MySql, &["WHEN (ROW(OLD.n, OLD.u) IS DISTINCT FROM ROW(NEW.n, NEW.u))"]);
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

#[test]
fn names_are_those_that_columns_were_created_with() {
    let text = "CREATE TABLE a (Id INTEGER, b TEXT, PRIMARY KEY (ID), UNIQUE (B));";
    check(text, Dialect::Sqlite, &["PRIMARY KEY (\"Id\")", "UNIQUE (b)"]);
}

#[test]
fn a_table_that_is_there_is_not_created_again() {
    let text =
        "CREATE TABLE a (x int PRIMARY KEY, b int REFERENCES a);\nCREATE TABLE IF NOT EXISTS A (y int);";
    check(text, Dialect::Sqlite, &["x bigint"]);
}

#[test]
fn mysql_indexes_the_columns_of_foreign_keys() {
    let text = "CREATE TABLE a (x int PRIMARY KEY);\nCREATE TABLE b (x int, y int, z int, KEY (y, z),\n\
                CONSTRAINT b_x FOREIGN KEY (x) REFERENCES a (x), FOREIGN KEY (y) REFERENCES a (x));";
    check(text, Dialect::MySql, &["CREATE INDEX b_x ON b (x)", "CREATE INDEX b_y_z_idx ON b (y, z)"]);
    let (found, _) = written(text, Dialect::MySql);
    assert_eq!(found.matches("CREATE INDEX").count(), 2, "{found}");
}

#[test]
fn a_foreign_key_may_have_the_name_of_a_key() {
    let text = "CREATE TABLE a (x int PRIMARY KEY);\n\
                CREATE TABLE b (x int, UNIQUE KEY b_x (x), CONSTRAINT b_x FOREIGN KEY (x) REFERENCES a (x));";
    check(text, Dialect::MySql, &["CONSTRAINT b_x UNIQUE (x)", "FOREIGN KEY (x) REFERENCES a (x)"]);
}

#[test]
fn a_table_made_anew_under_its_name_keeps_all() {
    let text = "CREATE TABLE a (id INTEGER PRIMARY KEY, old TEXT);\nINSERT INTO a VALUES (1, 'x');\n\
                CREATE TABLE b (a INTEGER REFERENCES a (id));\n\
                CREATE TABLE new_a (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE);\n\
                INSERT INTO new_a (id, title) SELECT id, old FROM a;\nDROP TABLE a;\nALTER TABLE new_a RENAME TO a;";
    let expected =
        ["CONSTRAINT a_pkey", "a_title_key UNIQUE", "REFERENCES a (id)", "(id, title) VALUES\n    (1, 'x')"];
    check(text, Dialect::Sqlite, &expected);
}

#[test]
fn a_column_that_goes_is_taken_out_of_indexes_and_keys() {
    let text =
        "CREATE TABLE a (x int, y int, z int, PRIMARY KEY (x, y), KEY k (y, z));\nALTER TABLE a DROP y;";
    check(text, Dialect::MySql, &["PRIMARY KEY (x)", "CREATE INDEX k ON a (z)"]);
}

#[test]
fn calls_are_put_in_postgresqls_words() {
    let text = "CREATE TABLE a (x INTEGER DEFAULT (strftime('%s', 'now')), y TEXT DEFAULT (datetime('now', 'localtime')),\n\
                z INTEGER CHECK (CAST(z AS TEXT) <> '' AND iif(z > 1, 1, 2) < 3));";
    let expected = [
        "DEFAULT extract(epoch FROM CURRENT_TIMESTAMP)::bigint",
        "y text DEFAULT CURRENT_TIMESTAMP",
        "CASE WHEN",
    ];
    check(text, Dialect::Sqlite, &expected);
    let (_, said) = written("CREATE TABLE a (x TEXT DEFAULT (date('now', '+7 days')));", Dialect::Sqlite);
    assert_eq!(said.len(), 1, "{said:?}");
}
