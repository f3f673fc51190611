//! Live databases: what the introspection query says of one is the design that its script says.

use std::collections::BTreeSet;

use relata::design::{Change, Design, Id, Kind, Matching, Reach, diff};
use relata::read::{self, Live};
use relata::sql;

use super::everything::{CHANGED, KEPT, objects};
use super::postgres::{Database, newest, servers};
use super::read::sql_files;

/// What the query says of a database, as it comes from the server.
pub fn json(database: &Database<'_>) -> String {
    let mut client = database.client();
    // The promise of the query: it changes nothing.
    client.batch_execute("begin read only").expect("a transaction begins");
    let row = client.query_one(read::CATALOG_QUERY, &[]).expect("the query runs");
    row.get(0)
}

/// The design of a database; whatever the reader has to say is a failure.
#[track_caller]
pub fn design(database: &Database<'_>) -> (Design, Live) {
    let json = json(database);
    let read = read::catalog(&json, &read::Options::default());
    let said: Vec<String> = read.errors.iter().map(ToString::to_string).collect();
    assert_eq!(said, [""; 0]);
    (read.tree.design, read.tree.live.expect("a catalogue tells of its server"))
}

/// Two databases that PostgreSQL would not tell apart.
#[track_caller]
pub fn same(old: &Design, new: &Design, what: &str) {
    let mut changes = diff(old, new, Matching::ByName);
    changes.retain(|it| it.reach() == Reach::Database);
    let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(words, [""; 0], "{what}");
}

#[test]
fn the_query_is_not_worth_compiling() {
    for server in servers() {
        let database = server.database("cost");
        let plan = format!("explain {}", read::CATALOG_QUERY);
        let rows = database.client().query(&plan, &[]).expect("the query is planned");
        // Nested Loop  (cost=0.00..0.06 rows=1 width=32)
        let whole: String = rows.first().expect("a plan has lines").get(0);
        let cost = whole.split_once("..").and_then(|it| it.1.split_once(' ')).map(|it| it.0.parse::<f64>());
        // `jit_above_cost` is 100,000.
        assert!(matches!(cost, Some(Ok(0.0..1000.0))), "PostgreSQL {}: {whole}", server.version());
    }
}

const MUCH: &str = include_str!("../data/read/much.in.sql");

#[test]
fn a_database_written_from_a_catalogue_has_the_same_catalogue() {
    for server in servers() {
        let (one, two) = (server.database("catalog"), server.database("catalog"));
        one.load(MUCH).expect("the script loads");
        let (first, _) = design(&one);
        let target = sql::Options {
            target: u8::try_from(server.version()).expect("a small number"),
            ..sql::Options::default()
        };
        two.load(&sql::ddl(&first, &target).text).expect("what we write loads");
        let (second, _) = design(&two);
        same(&first, &second, &format!("PostgreSQL {}", server.version()));
    }
}

#[test]
fn a_database_written_from_a_catalogue_has_the_same_dump() {
    for server in servers().iter().filter(|it| it.version() >= 15) {
        for script in [CHANGED, KEPT] {
            let (one, two) = (server.database("dumped"), server.database("written"));
            one.load(script).expect("the script loads");
            let Some(first) = one.dumped("pg_dump", &["--schema-only"]) else { continue };
            let found = read::catalog(&json(&one), &read::Options::default()).tree.design;
            let target = sql::Options {
                target: u8::try_from(server.version()).expect("a small number"),
                ..sql::Options::default()
            };
            two.load(&sql::ddl(&found, &target).text).expect("what we write loads");
            let second = two.dumped("pg_dump", &["--schema-only"]).expect("there is a pg_dump");
            assert_eq!(objects(&first), objects(&second), "PostgreSQL {}", server.version());
        }
    }
}

#[test]
fn histories_sizes_and_use_are_told_without_the_rights_of_a_superuser() {
    for server in servers() {
        let database = server.database("live");
        let version = server.version();
        database
            .load(&format!(
                "create table flyway_schema_history (installed_rank int primary key, version text, script text);
                 insert into flyway_schema_history values (1, '1 <&> \\\"x\\\" é', 'V1.sql');
                 create table schema_migrations (version text primary key);
                 insert into schema_migrations values ('2');
                 create table t (id int primary key); insert into t select generate_series(1, 50); analyze t;
                 do $$ begin create role relata_guest_{version}; exception when duplicate_object then null; end $$;
                 grant select on flyway_schema_history to relata_guest_{version};"
            ))
            .expect("the script loads");
        let mut client = database.client();
        client.batch_execute(&format!("set role relata_guest_{version}; begin read only")).expect("a guest");
        let json: String = client.query_one(read::CATALOG_QUERY, &[]).expect("the query runs").get(0);
        assert!(read::is_catalog(&json));
        let read = read::catalog(&json, &read::Options::default()).tree;
        let volumes = &read.design.load().volumes;
        assert!(volumes.iter().any(|it| it.of == "t" && it.count == 50), "{volumes:?}");
        let live = read.live.expect("a catalogue");
        assert_eq!(live.server_version / 10_000, version);
        let told: Vec<_> = live.histories.iter().map(|it| (it.tool.as_str(), it.rows.clone())).collect();
        let row = serde_json::json!({"installed_rank": 1, "version": "1 <&> \\\"x\\\" é"});
        assert_eq!(told, [("flyway", Some(vec![row])), ("dbmate", None)]);
        let size = live.tables.iter().find(|it| it.table.1 == "t").expect("the table");
        assert_eq!(size.rows, Some(50));
        assert!(size.table_bytes.is_some_and(|it| it > 0));
        let used = live.indexes.iter().find(|it| it.index == "t_pkey").expect("the key's index");
        assert_eq!((used.scans, used.valid), (Some(0), true));
    }
}

/// The differences of a script's design and its database's, those of the database alone.
fn differences(script: &str, database: &Database<'_>) -> (Vec<Change>, Design) {
    // Rows are no part of a catalogue.
    let options = read::Options { most_rows: 0, ..read::Options::default() };
    let found = read::catalog(&json(database), &options).tree.design;
    (differences_from(script, &found), found)
}

/// The same, of a database that has been read.
fn differences_from(script: &str, found: &Design) -> Vec<Change> {
    let options = read::Options { most_rows: 0, ..read::Options::default() };
    let written = read::postgres(script, &options).tree.design;
    let mut changes = diff(&written, found, Matching::ByName);
    changes.retain(|it| it.reach() == Reach::Database);
    changes
}

#[test]
fn a_script_and_its_database_are_one_design() {
    for server in servers() {
        let database = server.database("law");
        // PostgreSQL does not keep the star, and only it knows what stood for it.
        let script = MUCH.replace("SELECT * FROM rich", "SELECT id, total FROM rich");
        database.load(&script).expect("the script loads");
        let (changes, _) = differences(&script, &database);
        let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(words, [""; 0], "PostgreSQL {}", server.version());
    }
}

const SHOWN: &str = include_str!("../data/read/shown.in.sql");

#[test]
fn what_is_shown_otherwise_than_it_was_written_is_the_same_and_nothing_else() {
    // Changes of the script that make it another.
    const OTHERS: [(&str, &str); 22] = [
        ("hword WITH english_stem, simple", "hword WITH simple, english_stem"),
        ("pg_catalog.russian", "pg_catalog.german"),
        ("REPLACE simple WITH german_stem", "REPLACE simple WITH dutch_stem"),
        ("numeric(12)", "numeric(12,1)"),
        ("COLLATE \"C\"", "COLLATE \"POSIX\""),
        ("DEFAULT '.'", "DEFAULT ','"),
        ("'update, insert'", "'update, delete'"),
        ("OUT other varchar(5)", "OUT other text"),
        ("COST 100", "COST 10"),
        ("INITCOND = '0'", "INITCOND = '1'"),
        ("row_to_json(g)", "row_to_json(g.doc)"),
        ("PATH '@id'", "PATH '@number'"),
        ("price > 0", "price > 1"),
        ("LATERAL jsonb_each(", "LATERAL jsonb_each_text("),
        ("b DECIMAL(9, 2)", "b DECIMAL(9, 3)"),
        ("LIMIT 5 OFFSET 2", "LIMIT 2 OFFSET 5"),
        ("FETCH FIRST 5 ROWS", "FETCH FIRST 6 ROWS"),
        ("colNumeric=yes", "colNumeric=no"),
        ("collation=phonebook", "collation=eor"),
        ("ks-level2", "ks-level1"),
        ("lc_ctype = 'C'", "lc_ctype = 'POSIX'"),
        ("da-DK-x-icu", "da-GL-x-icu"),
    ];
    for server in servers() {
        let database = server.database("shown");
        database.load(SHOWN).expect("the script loads");
        let (changes, found) = differences(SHOWN, &database);
        let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(words, [""; 0], "PostgreSQL {}", server.version());
        for (from, to) in OTHERS {
            assert!(SHOWN.contains(from), "{from}");
            let changes = differences_from(&SHOWN.replace(from, to), &found);
            assert!(!changes.is_empty(), "PostgreSQL {}: {to}", server.version());
        }
    }
}

/// What ICU is asked for, in both spellings.
const LOCALES: [&str; 12] = [
    "",
    "root",
    "en_US",
    "EN_us",
    "zh_Hant_TW@collation=stroke",
    "de-u-co-phonebk-kn",
    "de@collation=phonebook",
    "@colCaseFirst=upper",
    "@colStrength=primary;colAlternate=shifted;colCaseLevel=yes",
    "@colReorder=digit",
    "und-u-kf-lower-kn-true",
    "sr-Latn-RS-u-ks-level2",
];

#[test]
fn locales_have_the_language_tags_that_the_server_gives_them() {
    let Some(server) = newest() else { return };
    let database = server.database("locales");
    let mut client = database.client();
    for locale in LOCALES {
        let made = format!("CREATE COLLATION c (provider = icu, locale = '{locale}')");
        client.batch_execute(&made).expect("the collation is made");
        let kept = client.query_one("SELECT colllocale FROM pg_collation WHERE collname = 'c'", &[]);
        let kept: String = kept.expect("there is one").get(0);
        assert_eq!(relata::pg::language_tag(locale), kept.to_ascii_lowercase(), "{locale}");
        client.batch_execute("DROP COLLATION c").expect("it can be dropped");
    }
}

/// What a script of the corpus expects to find; statements that fail are part of the script.
fn prepare(database: &Database<'_>, name: &str, script: &str) {
    let before = match name {
        "musicbrainz.sql" => "CREATE SCHEMA musicbrainz; CREATE SCHEMA cover_art_archive;",
        "liam_supabase.sql" => {
            "CREATE SCHEMA auth; CREATE SCHEMA extensions; CREATE SCHEMA graphql; CREATE SCHEMA vault;
             CREATE SCHEMA storage; CREATE SCHEMA realtime;
             CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
             CREATE TABLE storage.objects (id uuid, bucket_id text, name text, owner uuid);
             CREATE TABLE realtime.messages (id int, topic text, extension text);
             CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'select null::uuid';
             CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql AS 'select null::jsonb';
             CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql AS 'select null::text';
             CREATE FUNCTION realtime.topic() RETURNS text LANGUAGE sql AS 'select null::text';"
        }
        "postgrest_fixture.sql" => "CREATE SCHEMA extensions;",
        _ => "",
    };
    let mut client = database.client();
    client.batch_execute(before).expect("what is expected can be made");
    let words: Vec<&str> = script.split(|it: char| it.is_whitespace() || it == ';' || it == ',').collect();
    let roles: BTreeSet<&str> = words
        .windows(2)
        .filter(|it| it[0].eq_ignore_ascii_case("TO"))
        .map(|it| it[1].trim_matches('"'))
        .filter(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '_'))
        .filter(|it| !it.eq_ignore_ascii_case("public"))
        .collect();
    for role in roles {
        // A role that is there already, or a word that is none.
        let _ = client.batch_execute(&format!("CREATE ROLE \"{role}\""));
    }
    let _ = database.load(script);
}

/// Tables, columns, constraints and whatever else has an identity and is SQL.
fn count(design: &Design) -> usize {
    design.records().flat_map(|it| it.all_ids()).filter(|it| it.0 >= 4).count()
}

/// How much of real scripts is found again in their databases. The rest is what a script does not say as the server does
/// (constants that it computes, copies of its text search configurations) and what did not load.
#[test]
fn real_schemas_are_found_again_in_their_databases() {
    let Some(server) = newest() else { return };
    let (mut same, mut total) = (0, 0);
    for (name, script) in sql_files("schemas") {
        let database = server.database(&name);
        prepare(&database, &name, &script);
        let (changes, found) = differences(&script, &database);
        let different: BTreeSet<Id> =
            changes.iter().filter_map(Change::at).map(|(_, place)| place.id).collect();
        let views = changes.iter().filter_map(Change::at).filter(|it| it.0 == Kind::View).count();
        let all = count(&found);
        let equal = all.saturating_sub(different.len());
        let percent = 100.0 * equal as f64 / all.max(1) as f64;
        println!("{name:28} {equal:5} of {all:5} {percent:6.2} %  {views:3} views differ");
        (same, total) = (same + equal, total + all);
    }
    println!("{same} of {total}");
    // Without the corpus there is nothing to hold.
    assert!(same * 1000 >= total * 995, "{same} of {total}");
}
