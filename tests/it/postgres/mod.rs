//! Real PostgreSQL servers, started once for a test run, and a fresh database for each test.
//!
//! The servers, newest first: the one that `RELATA_TEST_DATABASE_URL` names, or else the one from npm's
//! `@embedded-postgres`; and each installed under `/usr/lib/postgresql`. Without any of them a test that asks
//! for one fails; `RELATA_NO_POSTGRES=1` makes [`servers`] empty instead, and says so on standard error.
//!
//! ```ignore
//! for server in postgres::servers() {
//!     let database = server.database("orders");
//!     database.load(&sql).expect("a clean database takes the SQL");
//! }
//! ```

mod cluster;
mod script;

use std::fmt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ::postgres::{Client, Config, NoTls};

use cluster::Cluster;

/// The servers of this test run, newest first. The first call starts them and takes about a second.
///
/// Empty only under `RELATA_NO_POSTGRES=1`.
pub fn servers() -> &'static [Server] {
    static SERVERS: OnceLock<Vec<Server>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        if std::env::var_os("RELATA_NO_POSTGRES").is_some_and(|it| it == "1") {
            eprintln!("SKIPPED: RELATA_NO_POSTGRES=1, so nothing is tried against a real PostgreSQL");
            return Vec::new();
        }
        let mut servers: Vec<Server> = named_server().into_iter().collect();
        servers.extend(cluster::start_all(servers.is_empty()).into_iter().map(Server::of_cluster));
        assert!(
            !servers.is_empty(),
            "no PostgreSQL to test against: run `npm ci`, or name a server in RELATA_TEST_DATABASE_URL, \
             or set RELATA_NO_POSTGRES=1 to go without"
        );
        servers.sort_by_key(|it| std::cmp::Reverse(it.version));
        servers
    })
}

/// The newest server of this test run; nothing under `RELATA_NO_POSTGRES=1`.
pub fn newest() -> Option<&'static Server> {
    servers().first()
}

fn named_server() -> Option<Server> {
    let url = std::env::var("RELATA_TEST_DATABASE_URL").ok()?;
    let config: Config = url.parse().expect("RELATA_TEST_DATABASE_URL is a connection string");
    Some(Server::new(config, None))
}

/// A running PostgreSQL whose superuser we are.
pub struct Server {
    config: Config,
    version: u32,
    /// Held for the whole run: the server stops when it is dropped.
    _cluster: Option<Cluster>,
}

impl Server {
    fn of_cluster(cluster: Cluster) -> Self {
        Self::new(cluster.config(), Some(cluster))
    }

    fn new(config: Config, cluster: Option<Cluster>) -> Self {
        let mut client = config.connect(NoTls).expect("the server takes connections");
        let row = client.query_one("select current_setting('server_version_num')::int", &[]);
        let number: i32 = row.expect("a server knows its version").get(0);
        Self { config, version: number as u32 / 10_000, _cluster: cluster }
    }

    /// The major version: 18 for 18.4.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// A new, empty database, dropped again with the value. `name` is for people; it need not be unique.
    pub fn database(&self, name: &str) -> Database<'_> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).take(30).collect();
        let name = format!("relata_{plain}_{}_{count}", std::process::id()).to_lowercase();
        self.administer(&format!("create database {name} template template0 encoding 'utf8'"));
        Database { server: self, name }
    }

    /// How client programs are told of it, as a connection string.
    pub fn address(&self) -> String {
        let settings = cluster::environment(&self.config).into_iter();
        let settings =
            settings.filter_map(|(name, value)| Some((name.strip_prefix("PG")?.to_lowercase(), value)));
        let settings = settings.map(|(name, value)| format!("{name}='{}'", value.replace('\'', "\\'")));
        settings.chain(["dbname=postgres".to_owned()]).collect::<Vec<_>>().join(" ")
    }

    fn administer(&self, statement: &str) {
        let mut client = self.config.connect(NoTls).expect("the server takes connections");
        client.batch_execute(statement).unwrap_or_else(|it| panic!("{statement}: {it}"));
    }
}

/// A database of one test's own.
pub struct Database<'server> {
    server: &'server Server,
    name: String,
}

impl Database<'_> {
    /// A new connection as superuser.
    pub fn client(&self) -> Client {
        let mut config = self.server.config.clone();
        config.dbname(&self.name).connect(NoTls).expect("the database takes connections")
    }

    /// Runs a script as `psql` would, each statement on its own and going on after an error;
    /// knows `COPY … FROM stdin` with its data, and passes over backslash commands.
    pub fn load(&self, sql: &str) -> Result<(), Vec<LoadError>> {
        let mut client = self.client();
        let errors: Vec<LoadError> =
            script::statements(sql).filter_map(|it| it.run(&mut client).err()).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// What `pg_dump --schema-only` says of it, without owners and grants;
    /// nothing where no `pg_dump` at least as new as the server is installed.
    pub fn dump(&self) -> Option<String> {
        self.dumped("pg_dump", &["--schema-only", "--no-owner", "--no-privileges"])
    }

    /// What `pg_dump`, or its companion `pg_dumpall`, writes with these arguments; nothing where none is installed that is at
    /// least as new as the server.
    pub fn dumped(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new(pg_program(program, self.server.version)?);
        // As a connection string: `pg_dumpall` takes no plain name.
        command.args(arguments).arg(format!("--dbname=dbname={}", self.name));
        for (variable, value) in cluster::environment(&self.server.config) {
            command.env(variable, value);
        }
        let output = command.output().expect("it starts");
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        // A panicking test may have lost its server as well; a second panic would hide the first.
        if let Ok(mut client) = self.server.config.connect(NoTls) {
            let _ = client.batch_execute(&format!("drop database if exists {} with (force)", self.name));
        }
    }
}

fn pg_program(name: &str, at_least: u32) -> Option<PathBuf> {
    let installed = cluster::installed().into_iter();
    installed.filter(|it| it.0 >= at_least).map(|it| it.1.join(name)).find(|it| it.is_file())
}

/// Runs a script in one transaction that is rolled back, so that the database stays as it was.
/// Many times faster than a database each; stops at the first error.
pub fn rehearse(client: &mut Client, sql: &str) -> Result<(), LoadError> {
    client.batch_execute("begin").expect("a transaction begins");
    let result = script::statements(sql).try_for_each(|it| it.run(client));
    client.batch_execute("rollback").expect("a transaction can be rolled back");
    result
}

/// A statement that the server did not take.
#[derive(Debug)]
pub struct LoadError {
    /// The statement as it was written.
    pub statement: String,
    /// Line of the script where the statement begins, from 1.
    pub line: usize,
    /// What the server said, with its detail and hint.
    pub message: String,
    /// The five signs of the error's class and kind, empty when the connection was lost.
    pub sqlstate: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.statement.chars().take(400).collect();
        write!(f, "line {}: {} ({})\n{start}", self.line, self.message, self.sqlstate)
    }
}

#[test]
fn each_server_runs_a_script_and_names_what_it_refuses() {
    for server in servers() {
        let database = server.database("script");
        database.load("create table a (id int primary key); -- a; b\ncreate index on a (id);").unwrap();
        let errors =
            database.load("create table b (x nope);\ncreate table c ();\nselect * from a").unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!((errors[0].line, errors[0].sqlstate.as_str()), (1, "42704"));
        let tables: i64 = database
            .client()
            .query_one("select count(*) from pg_tables where schemaname = 'public'", &[])
            .unwrap()
            .get(0);
        assert_eq!(tables, 2, "PostgreSQL {}", server.version());
    }
}

#[test]
fn databases_are_apart_and_rehearsals_leave_no_trace() {
    let Some(server) = newest() else { return };
    let (one, two) = (server.database("same"), server.database("same"));
    one.load("create table a ()").unwrap();
    rehearse(&mut two.client(), "create table a (); create extension citext;").unwrap();
    two.load("create table a ()").unwrap();
    assert_eq!(rehearse(&mut two.client(), "create table a ()").unwrap_err().sqlstate, "42P07");
}

#[test]
fn dump_lists_what_was_loaded() {
    for server in servers() {
        let database = server.database("dump");
        database.load("create table shown (id int)").unwrap();
        match database.dump() {
            Some(text) => assert!(text.contains("CREATE TABLE public.shown"), "{text}"),
            None => eprintln!("SKIPPED: no pg_dump for PostgreSQL {}", server.version()),
        }
    }
}
