//! The constraints behind `NOT NULL`, which PostgreSQL keeps since version 18.

use relata::read;
use relata::sql::{self, ddl};

use super::catalog;
use super::postgres::{Database, newest};

const NAMES: &str = include_str!("../data/read/not-null.in.sql");

/// What the server keeps of each: table, column, name, and where it comes from.
fn kept(database: &Database<'_>) -> Vec<String> {
    let rows = database.client().query(
        "select format('%s.%s: %s%s%s%s%s', k.conrelid::regclass, a.attname, k.conname,
             case when k.conislocal then ' local' end, case when k.coninhcount > 0 then ' inherited' end,
             case when k.connoinherit then ' NO INHERIT' end, case when not k.convalidated then ' NOT VALID' end)
             || coalesce(' ' || obj_description(k.oid), '')
         from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
         where k.contype = 'n' and k.connamespace = 'public'::regnamespace
         order by 1",
        &[],
    );
    rows.expect("the catalogue answers").iter().map(|it| it.get(0)).collect()
}

#[test]
fn names_of_not_null_come_back_from_script_and_catalogue() {
    let Some(server) = newest().filter(|it| it.version() >= 18) else { return };
    let given = server.database("given");
    given.load(NAMES).expect("the script loads");
    let expected = kept(&given);
    assert!(
        expected.iter().any(|it| it == "reading_2025.meter: reading_2025_meter_not_null inherited Of course")
    );
    let written = |design: &relata::design::Design| {
        let ours = ddl(design, &sql::Options { target: 18, ..sql::Options::default() });
        assert_eq!(ours.lost, []);
        let database = server.database("written");
        database.load(&ours.text).unwrap_or_else(|errors| panic!("{}\n{}", errors[0], ours.text));
        kept(&database)
    };
    let read = read::postgres(NAMES, &read::Options::default());
    assert_eq!(read.errors, []);
    assert_eq!(written(&read.tree.design), expected);

    let found = read::catalog(&catalog::json(&given), &read::Options::default());
    assert_eq!(found.errors, []);
    // An heir that declares a column again and leaves its NOT NULL to the table above has it as its own from there.
    let is_known = |it: &String| !it.starts_with("hamlet.id");
    let (mut ours, mut theirs) = (written(&found.tree.design), expected);
    ours.retain(is_known);
    theirs.retain(is_known);
    assert_eq!(ours, theirs);
}

#[test]
fn older_versions_are_told_of_names_that_someone_chose() {
    let design = read::postgres(NAMES, &read::Options::default()).tree.design;
    let written = ddl(&design, &sql::Options { target: 17, ..sql::Options::default() });
    assert!(!written.text.contains("_not_null"), "{}", written.text);
    assert!(written.text.contains("reading_2025 PARTITION OF reading"), "{}", written.text);
    let lost = written.lost.iter().filter(|it| it.message.contains("NOT NULL")).count();
    // reading.value and its copy, reading_2025.meter, reading_2026.meter, reading_old.value, place.area, castle.name, changed.c,
    // changed.d and changed.e.
    assert_eq!(lost, 10, "{:?}", written.lost);
}
