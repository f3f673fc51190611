//! Which changes write a table anew, as the critic says and as real servers do.

use relata::lint::{self, Config, Preset, Script};

use crate::postgres;

const BEFORE: &str =
    concat!(include_str!("../data/lint/before.sql"), include_str!("../data/lint/rewrites.sql"));
const CASES: &str = include_str!("../data/lint/rewrites.txt");

/// The rules that tell of a table that is written anew.
const REWRITES: &[&str] = &["MIG009", "MIG010", "MIG011", "MIG015", "MIG028"];

/// Each statement with whether it writes the table anew, and from which version on there is such a statement.
fn cases() -> impl Iterator<Item = (&'static str, bool, u32)> {
    let lines = CASES.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.map(|line| {
        let (sql, fate) = line.rsplit_once("=>").unwrap_or_else(|| panic!("no fate: {line}"));
        let since = sql.split_once("+ ").and_then(|it| Some((it.0.parse().ok()?, it.1)));
        let (since, sql) = since.unwrap_or((0, sql));
        (sql.trim(), fate.trim() == "written", since)
    })
}

#[test]
fn the_critic_knows_what_writes_a_table_anew() {
    let config = Config {
        preset: Some(Preset::Core),
        select: REWRITES.iter().map(|it| (*it).to_owned()).collect(),
        ..Config::default()
    };
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (sql, is_written, _) in cases() {
        count += 1;
        let scripts = [Script { name: "before", text: BEFORE }, Script { name: "case", text: sql }];
        let found = lint::lint_scripts(&scripts, &config);
        let told =
            found.iter().any(|it| it.file.as_deref() == Some("case") && REWRITES.contains(&it.code.as_str()));
        if told != is_written {
            wrong.push(format!("{sql}: {}", if told { "told, but kept" } else { "not told, but written" }));
        }
    }
    assert!(count > 100, "only {count} statements");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn servers_write_anew_what_is_said_to_be() {
    for server in postgres::servers() {
        let database = server.database("rewrites");
        database.load(BEFORE).expect("what is there before loads");
        let mut client = database.client();
        let mut wrong = Vec::new();
        for (sql, is_written, since) in cases().filter(|it| it.2 <= server.version()) {
            client.batch_execute("begin; set local time zone 'UTC'").expect("a transaction");
            let mut file = || -> Result<i64, String> {
                let row = client.query_one("select pg_relation_filenode('things')::bigint", &[]);
                row.map(|it| it.get(0)).map_err(|it| it.to_string())
            };
            let before = file();
            let done = client.batch_execute(sql);
            let after = client.query_one("select pg_relation_filenode('things')::bigint", &[]);
            match (done, before, after) {
                (Ok(()), Ok(before), Ok(after)) => {
                    if (after.get::<_, i64>(0) != before) != is_written {
                        wrong.push(format!("{sql}: {}", if is_written { "kept" } else { "written" }));
                    }
                }
                (done, ..) => wrong.push(format!("{sql} (since {since}): {done:?}")),
            }
            client.batch_execute("rollback").expect("is rolled back");
        }
        assert!(wrong.is_empty(), "PostgreSQL {}:\n{}", server.version(), wrong.join("\n"));
    }
}
