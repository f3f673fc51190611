//! Live databases: what the introspection query says of one is the design that its script says.

use relata::design::{Design, Matching, Reach, diff};
use relata::read::{self, Live};
use relata::sql;

use super::postgres::{Database, servers};

/// What the query says of a database, as it comes from the server.
fn json(database: &Database<'_>) -> String {
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
        let live = read::catalog(&json, &read::Options::default()).tree.live.expect("a catalogue");
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
