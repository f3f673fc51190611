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

/// All kinds of things of the session, what is said and made of them, and tables that have the names of others.
const TEMPORARY: &str = include_str!("../data/read/temporary.in.sql");

#[test]
fn nothing_of_the_session_reaches_what_stays() {
    for server in servers() {
        assert_comes_back(server, TEMPORARY);
    }
    let read = read::postgres(TEMPORARY, &read::Options::default());
    assert_eq!(read.tree.report.verbatim, 0, "{:?}", read.errors);
    assert_eq!(read.tree.design.namespaces().count(), 0);
    let copied =
        read.tree.design.tables().find(|it| it.name == "copied").expect("a table from the session's");
    assert_eq!(copied.columns.len(), 3);
}

/// Functions made for one call, which makes what cannot be told: a type of a later column, a function, an index.
const ONCE: &str = include_str!("../data/read/once.in.sql");

#[test]
fn what_is_called_and_dropped_again_still_runs() {
    for server in servers() {
        assert_comes_back(server, ONCE);
    }
    let design = read::postgres(ONCE, &read::Options::default()).tree.design;
    let functions: Vec<&str> = design.functions().map(|it| it.name.as_str()).collect();
    assert_eq!(functions, ["helper", "stays"]);
}

/// Blocks that loop over tables and columns.
const LOOPS: &str = include_str!("../data/read/loops.in.sql");

#[test]
fn loops_over_what_the_script_has_made_are_read_as_what_they_do() {
    for server in servers() {
        assert_comes_back(server, LOOPS);
    }
    let read = read::postgres(LOOPS, &read::Options::default());
    assert_eq!((read.tree.design.verbatims().count(), read.errors), (0, vec![]));
}

#[test]
fn drop_takes_away_only_what_is_of_its_kind() {
    let script = "CREATE TABLE t (a int PRIMARY KEY); CREATE VIEW v AS SELECT 1 AS x; CREATE SEQUENCE s;
                  DROP VIEW IF EXISTS t; DROP TABLE IF EXISTS v; DROP INDEX IF EXISTS s; DROP SEQUENCE IF EXISTS t;";
    let read = read::postgres(script, &read::Options::default());
    let design = read.tree.design;
    assert_eq!((design.tables().len(), design.views().count(), design.sequences().count()), (1, 1, 1));
    assert_eq!(read.errors.len(), 4);
    for server in servers() {
        let database = server.database("kinds");
        for statement in script.split_inclusive(';') {
            let refused = database.load(statement).is_err();
            assert_eq!(refused, statement.contains("DROP"), "{statement}");
        }
    }
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

#[test]
fn what_is_said_of_a_kept_object_comes_after_it() {
    check(
        "CREATE TABLE note (id int PRIMARY KEY);
         CREATE PUBLICATION changes FOR TABLE note;
         ALTER PUBLICATION changes OWNER TO CURRENT_USER;
         COMMENT ON PUBLICATION changes IS 'for the archive';
         CREATE TRUSTED PROCEDURAL LANGUAGE plain HANDLER plpgsql_call_handler;
         ALTER LANGUAGE plain OWNER TO CURRENT_USER;
         GRANT USAGE ON LANGUAGE plain TO PUBLIC;
         COMMENT ON LANGUAGE plain IS 'as the other';",
        &[
            "`CREATE PUBLICATION` is kept as written",
            "`COMMENT ON PUBLICATION` is kept as written",
            "not understood, kept as written: expected command, found `CREATE`",
            "`COMMENT ON LANGUAGE` is kept as written",
        ],
    );
}

#[test]
fn a_kept_object_that_is_dropped_is_gone_with_all_that_was_said_of_it() {
    let script = "CREATE TABLE note (id int, more int);
         CREATE STATISTICS both_of ON id, more FROM note;
         COMMENT ON STATISTICS both_of IS 'x';
         DROP STATISTICS both_of;
         CREATE COLLATION plain (provider = libc, locale = 'C');
         ALTER COLLATION plain RENAME TO plainer;
         DROP COLLATION IF EXISTS plainer;";
    let read = read::postgres(script, &read::Options::default());
    assert_eq!(read.tree.design.verbatims().count(), 0);
    for server in servers() {
        assert_comes_back(server, script);
    }
}

#[test]
fn a_view_may_have_the_name_of_a_catalog_and_of_the_function_that_it_reads() {
    check(
        "CREATE SCHEMA watch;
         CREATE FUNCTION watch.pg_stat_database() RETURNS SETOF pg_stat_database
             LANGUAGE sql AS 'SELECT * FROM pg_catalog.pg_stat_database';
         CREATE VIEW watch.pg_stat_database AS SELECT it.datid FROM watch.pg_stat_database() it;",
        &[],
    );
}

/// A script and the catalogue of its database are one design.
#[track_caller]
fn check_catalog(script: &str) {
    for server in servers() {
        let database = server.database("both");
        database.load(script).expect("the script loads");
        let written = read::postgres(script, &read::Options::default()).tree.design;
        let found = super::catalog::design(&database).0;
        super::catalog::same(&written, &found, &format!("PostgreSQL {}", server.version()));
    }
}

#[test]
fn what_postgres_does_not_repeat_is_no_difference() {
    check_catalog(
        "CREATE TYPE pair AS (a text COLLATE pg_catalog.\"default\", b int);
         CREATE TABLE note (name varchar(20) COLLATE \"default\", more text COLLATE \"C\");
         ALTER TABLE note ALTER more TYPE text COLLATE pg_catalog.\"default\";
         CREATE SEQUENCE small AS smallint MAXVALUE 32767;
         CREATE SEQUENCE large MINVALUE 1 MAXVALUE 9223372036854775807;
         CREATE TABLE visit (day date DEFAULT date('now'::text), room int,
             CONSTRAINT one_at_a_time EXCLUDE USING btree (room WITH OPERATOR(=), day WITH OPERATOR(pg_catalog.=)));
         CREATE VIEW either AS (SELECT name AS word, 1 AS kind FROM note)
             UNION (SELECT n.more, 2 AS other FROM note n);",
    );
}

#[test]
fn the_version_of_an_extension_may_be_quoted_like_a_name() {
    let read = read::postgres("CREATE EXTENSION citext VERSION \"1.6\";", &read::Options::default());
    let versions: Vec<_> = read.tree.design.extensions().map(|it| it.version.as_deref()).collect();
    assert_eq!(versions, [Some("1.6")]);
}

#[test]
fn steps_that_a_version_table_counts_are_taken_in_turn() {
    let step = |number: u32, act: &str| {
        format!(
            "CREATE FUNCTION step() RETURNS void AS $$
             DECLARE next int;
             BEGIN
               SELECT stage + 1 INTO next FROM version;
               IF next = {number} THEN
                 EXECUTE '{act}';
                 UPDATE version SET stage = next;
                 RAISE NOTICE 'stage %', next;
               END IF;
             END; $$ LANGUAGE plpgsql;
             SELECT step();
             DROP FUNCTION step();"
        )
    };
    let script = format!(
        "CREATE FUNCTION begin_with() RETURNS void AS $$
         DECLARE is_new boolean;
         BEGIN
           NOTIFY begins, 'now';
           SELECT NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'version') INTO is_new;
           IF is_new THEN
             EXECUTE 'CREATE TABLE version (stage int NOT NULL)';
             EXECUTE 'INSERT INTO version (stage) VALUES (0)';
           END IF;
         END; $$ LANGUAGE plpgsql;
         SELECT begin_with();
         DROP FUNCTION begin_with();
         {}{}{}",
        step(1, "CREATE TABLE block (id bigserial PRIMARY KEY, height int)"),
        step(2, "ALTER TABLE block RENAME height TO number"),
        step(2, "DROP TABLE block"),
    );
    check(&script, &[]);
}

#[test]
fn what_blocks_do_to_rows_does_not_hide_what_they_make() {
    check(
        "CREATE TABLE team (id int PRIMARY KEY, name text, owner int REFERENCES team, rank bigint DEFAULT 0);
         INSERT INTO team SELECT id, 'copy' FROM team;
         DO $$ DECLARE
           missing int := 0; DECLARE r record; key text;
         BEGIN
           FOR r IN SELECT id FROM team LOOP
             EXECUTE format('CREATE TABLE team_%s () INHERITS (team)', r.id);
           END LOOP;
           missing := (SELECT count(*) FROM team WHERE name IS NULL);
           ALTER TABLE team ADD COLUMN members int;
           IF missing > 0 THEN
             WITH named AS (SELECT id FROM team) UPDATE team t SET name = 'x' FROM named WHERE named.id = t.id;
           END IF;
           LOOP UPDATE team SET members = 0 WHERE members IS NULL; EXIT WHEN NOT FOUND; END LOOP;
         END $$;
         DO $$ DECLARE key text; BEGIN
           SELECT tc.constraint_name INTO key FROM information_schema.table_constraints tc
             WHERE tc.table_name = 'team' AND tc.constraint_type = 'FOREIGN KEY';
           EXECUTE 'ALTER TABLE team DROP CONSTRAINT ' || key;
           IF (SELECT column_default::bigint FROM information_schema.columns
               WHERE table_name = 'team' AND column_name = 'rank') = 0 THEN
             ALTER TABLE team ALTER COLUMN rank SET DEFAULT NULL;
           END IF;
         END $$;",
        &[],
    );
}

#[test]
fn constants_and_classes_are_what_their_types_make_of_them() {
    check_catalog(
        "CREATE TABLE token (id int4, tags text[], data jsonb DEFAULT '{\"b\":1,\"a\":[]}',
             expires timestamptz DEFAULT now() + INTERVAL '90 day');
         ALTER TABLE token ALTER COLUMN id SET (n_distinct = -0.02);
         CREATE INDEX token_tags ON token USING gin (tags array_ops, data jsonb_ops);",
    );
}

#[test]
fn columns_of_views_are_renamed() {
    check(
        "CREATE TABLE note (id int, body text);
         CREATE VIEW short AS SELECT id AS one, upper(body) AS two FROM note;
         ALTER VIEW short RENAME COLUMN one TO first;
         ALTER TABLE short RENAME COLUMN two TO second;
         CREATE MATERIALIZED VIEW kept AS SELECT first, second FROM short;
         ALTER MATERIALIZED VIEW kept RENAME COLUMN second TO last;",
        &[],
    );
}

#[test]
fn a_table_that_becomes_a_partition_shares_the_checks_of_the_table_above_it() {
    let script = "CREATE TABLE event (id int, at date NOT NULL, CONSTRAINT positive CHECK (id > 0)) PARTITION BY RANGE (at);
         CREATE TABLE event_1 (at date NOT NULL, id int, CONSTRAINT own CHECK (id < 9), CONSTRAINT positive CHECK (id > 0));
         ALTER TABLE event ATTACH PARTITION event_1 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');";
    check_catalog(script);
    check(script, &[]);
    check_catalog(&format!("{script} ALTER TABLE event DETACH PARTITION event_1;"));
}
