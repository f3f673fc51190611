//! The locks that the critic says statements take, beside the manual's and those that `pg_locks` shows on real servers.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use ::postgres::{Client, NoTls};
use relata::lint::{self, Script};

use crate::postgres;

const BEFORE: &str = concat!(include_str!("../data/lint/before.sql"), include_str!("../data/lint/locks.sql"));
const CASES: &str = include_str!("../data/lint/locks.txt");

/// Locks by the names of tables.
type Locks = BTreeMap<String, String>;

struct Case {
    sql: &'static str,
    wanted: Locks,
    versions: std::ops::RangeInclusive<u32>,
    /// Whether it can run within a transaction.
    within: bool,
}

fn cases() -> impl Iterator<Item = Case> {
    let lines = CASES.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.map(|line| {
        let (sql, wanted) = line.split_once("=>").unwrap_or_else(|| panic!("no locks: {line}"));
        let (mut sql, mut versions, mut within) = (sql.trim(), 0..=u32::MAX, true);
        if let Some(rest) = sql.strip_prefix("! ") {
            (sql, within) = (rest, false);
        }
        if let Some((version, rest)) = sql.split_once("+ ")
            && let Ok(version) = version.parse()
        {
            (sql, versions) = (rest, version..=u32::MAX);
        }
        let wanted = wanted.split(',').filter_map(|it| it.split_once(':'));
        let wanted = wanted.map(|(table, mode)| (table.trim().to_owned(), mode.trim().to_owned()));
        Case { sql, wanted: wanted.collect(), versions, within }
    })
}

fn told(sql: &str) -> Locks {
    let scripts = [Script { name: "before", text: BEFORE }, Script { name: "case", text: sql }];
    let all = lint::locks(&scripts).into_iter().filter(|it| it.file == "case");
    all.flat_map(|it| it.locks).map(|it| (it.table, it.mode.name().to_owned())).collect()
}

#[test]
fn the_critic_says_what_the_manual_says_of_locks() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for case in cases() {
        count += 1;
        let mut told = told(case.sql);
        if !case.within {
            // The manual speaks of the first lock; the partition or index is locked once nobody uses it.
            told.retain(|table, _| case.wanted.contains_key(table));
        }
        if told != case.wanted {
            wrong.push(format!("{}\n  told   {told:?}\n  manual {:?}", case.sql, case.wanted));
        }
    }
    assert!(count >= 120, "only {count} statements");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The locks on relations that a backend holds or waits for; whether one is an index or a sequence, which belong to a table.
const HELD: &str =
    "select c.relname::text, c.relkind in ('i', 'S'), l.mode from pg_locks l join pg_class c on c.oid = l.relation
    join pg_namespace n on n.oid = c.relnamespace
    where l.pid = $1 and n.nspname in ('public', 'other') and l.locktype = 'relation'
        and l.database = (select oid from pg_database where datname = current_database())";

const MODES: &[(&str, &str)] = &[
    ("RowExclusiveLock", "ROW EXCLUSIVE"),
    ("ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE"),
    ("ShareLock", "SHARE"),
    ("ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE"),
    ("ExclusiveLock", "EXCLUSIVE"),
    ("AccessExclusiveLock", "ACCESS EXCLUSIVE"),
];

fn shown(client: &mut Client, pid: i32, before: &[String], wanted: &Locks) -> Locks {
    let rows = client.query(HELD, &[&pid]).expect("pg_locks can be read");
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let (name, is_part, mode): (String, bool, String) = (row.get(0), row.get(1), row.get(2));
        let rank = MODES.iter().position(|it| it.0 == mode);
        let asked = if is_part { wanted.contains_key(&name) } else { before.contains(&name) };
        if let Some(rank) = rank.filter(|_| asked) {
            let held = found.entry(name).or_insert(rank);
            *held = rank.max(*held);
        }
    }
    found.into_iter().map(|(name, rank)| (name, MODES[rank].1.to_owned())).collect()
}

fn pid(client: &mut Client) -> i32 {
    client.query_one("select pg_backend_pid()", &[]).expect("a backend").get(0)
}

#[test]
fn pg_locks_shows_what_the_critic_says() {
    for server in postgres::servers() {
        let database = server.database("locks");
        database.load(BEFORE).expect("what is there before loads");
        let (mut client, mut other) = (database.client(), database.client());
        let rows = client.query("select relname::text from pg_class", &[]).expect("relations");
        let before: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
        let pid = pid(&mut client);
        let (mut wrong, mut count) = (Vec::new(), 0);
        for case in cases().filter(|it| it.versions.contains(&server.version())) {
            count += 1;
            let shown = if case.within {
                client.batch_execute("begin").expect("a transaction");
                let done = client.batch_execute(case.sql);
                // Names are those from before: the other connection does not see what is renamed.
                let shown = shown(&mut other, pid, &before, &case.wanted);
                client.batch_execute("rollback").expect("is rolled back");
                done.map(|()| shown).map_err(|it| it.to_string())
            } else {
                waits_for(&database, &case, &before)
            };
            match shown {
                Ok(shown) if shown == case.wanted => {}
                Ok(shown) => {
                    wrong.push(format!("{}\n  shown {shown:?}\n  told  {:?}", case.sql, case.wanted));
                }
                Err(error) => wrong.push(format!("{}: {error}", case.sql)),
            }
        }
        let version = server.version();
        assert!(wrong.is_empty(), "PostgreSQL {version}, {} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

/// What a statement asks for that another transaction keeps waiting: those that commit themselves hold nothing afterwards.
///
/// The lock that keeps it waiting conflicts with all of theirs, but not with the look that they take first.
fn waits_for(database: &postgres::Database<'_>, case: &Case, before: &[String]) -> Result<Locks, String> {
    let (mut holder, mut asker, mut watcher) = (database.client(), database.client(), database.client());
    let table = case.wanted.keys().next().ok_or("no table")?;
    let pid = pid(&mut asker);
    holder
        .batch_execute(&format!("begin; lock table {table} in share update exclusive mode"))
        .map_err(|it| it.to_string())?;
    let sql = case.sql;
    let cancel = asker.cancel_token();
    let waiting = thread::spawn(move || asker.batch_execute(sql));
    let begin = Instant::now();
    let mut found = Locks::new();
    while found.is_empty() && begin.elapsed() < Duration::from_secs(10) && !waiting.is_finished() {
        thread::sleep(Duration::from_millis(20));
        found = shown(&mut watcher, pid, before, &case.wanted);
        found.retain(|it, _| it == table);
    }
    let _ = cancel.cancel_query(NoTls);
    let told = waiting.join().map_err(|_| "it panicked".to_owned())?;
    if found.is_empty() {
        return Err(format!("it did not wait: {told:?}"));
    }
    Ok(found)
}
