//! Which tool a folder belongs to, and in which order that tool applies its files.

use std::cmp::Ordering;

use serde::Serialize;

use super::order::{natural, versions};
use super::{Migration, section, sqitch};

/// The ways in which tools lay out migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// `V2__name.sql`, undone by `U2__name.sql`; `R__name.sql` whenever it changes; `B2__name.sql` in place of all up to 2.
    Flyway,
    /// `0001_name.up.sql` and `.down.sql`: golang-migrate, sqlx, Bun.
    UpAndDown,
    /// `up.sql` and `down.sql` in a folder for each migration: Diesel.
    Diesel,
    /// `migration.sql` in a folder for each migration.
    Prisma,
    /// Files in the order of `meta/_journal.json`.
    Drizzle,
    /// `deploy/name.sql` in the order of `sqitch.plan`, taken back by `revert/name.sql`.
    Sqitch,
    /// One file for both ways, divided by comments: dbmate, goose, sql-migrate, node-pg-migrate.
    Divided,
    /// Files in the order of their names: Supabase, sqlx, Rails, by hand.
    Plain,
}

impl Layout {
    /// Found from the names of the files first, then from comments in them.
    pub fn of(files: &[Migration]) -> Self {
        let names = || files.iter().map(|it| name(it.path));
        if files.iter().any(|it| is_journal(it.path)) {
            Self::Drizzle
        } else if sqitch::is_layout(files) {
            Self::Sqitch
        } else if names().any(|it| it == "migration.sql") {
            Self::Prisma
        } else if names().any(|it| it == "up.sql") {
            Self::Diesel
        } else if names().any(|it| it.ends_with(".up.sql")) {
            Self::UpAndDown
        } else if names().any(|it| Flyway::of(it).is_some_and(|it| it.kind == 'V')) {
            Self::Flyway
        } else if files.iter().any(|it| is_sql(it.path) && section::is_divided(it.text)) {
            Self::Divided
        } else {
            Self::Plain
        }
    }

    /// The files to apply, in order, by their place in what was given.
    pub fn in_order(self, files: &[Migration]) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..files.len()).filter(|it| self.applies(path(files, *it))).collect();
        match self {
            Self::Drizzle => return by_journal(files, &chosen),
            Self::Flyway => return flyway(files, chosen),
            Self::Sqitch => return sqitch::in_order(files),
            Self::UpAndDown | Self::Divided | Self::Plain => {
                // Where folders are numbered as well, a file's number counts within its folder; else it counts whatever the folder.
                let by_folder = chosen.iter().all(|it| starts_with_digit(name(folder(path(files, *it)))));
                chosen.sort_by(|a, b| {
                    let (a, b) = (path(files, *a), path(files, *b));
                    let folders = if by_folder { natural(folder(a), folder(b)) } else { Ordering::Equal };
                    folders.then_with(|| numbered(a, b)).then_with(|| natural(a, b))
                });
            }
            // As the names say, character by character: so Prisma does it.
            Self::Prisma => chosen.sort_by(|a, b| path(files, *a).cmp(path(files, *b))),
            Self::Diesel => chosen.sort_by(|a, b| {
                let (a, b) = (path(files, *a), path(files, *b));
                diesel_version(a).cmp(&diesel_version(b)).then_with(|| natural(a, b))
            }),
        }
        chosen
    }

    fn applies(self, path: &str) -> bool {
        let name = name(path);
        match self {
            Self::Prisma => name == "migration.sql",
            Self::Diesel => name == "up.sql",
            // maragu.dev/migrate takes any sign before `up`.
            Self::UpAndDown => [".up.sql", "_up.sql", "-up.sql"].iter().any(|it| name.ends_with(it)),
            Self::Flyway => Flyway::of(name).is_some_and(|it| it.kind != 'U'),
            Self::Drizzle | Self::Divided | Self::Sqitch => is_sql(path),
            Self::Plain => {
                let stem = name.strip_suffix(".sql").unwrap_or(name);
                let down = ["down", "rollback", "undo"];
                let ends = |it: &str| {
                    stem.strip_suffix(it).is_some_and(|it| it.is_empty() || it.ends_with(['.', '_', '-']))
                };
                is_sql(path) && !down.iter().any(|it| ends(it))
            }
        }
    }
}

fn path<'f>(files: &[Migration<'f>], at: usize) -> &'f str {
    files.get(at).map_or("", |it| it.path)
}

/// The last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |it| it.0)
}

fn starts_with_digit(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_digit())
}

/// What Diesel sorts by: the folder's name up to `_`, without its dashes, so that `2017-01-02-030405` follows `20161231235959`.
fn diesel_version(path: &str) -> String {
    name(folder(path)).split('_').next().unwrap_or_default().replace('-', "")
}

/// Whether a file's name says that it holds SQL.
pub fn is_sql(path: &str) -> bool {
    name(path).rsplit_once('.').is_some_and(|it| it.1.eq_ignore_ascii_case("sql"))
}

/// Whether drizzle-kit tells the order of its migrations there.
pub fn is_journal(path: &str) -> bool {
    path == "_journal.json" || path.ends_with("/_journal.json")
}

/// Files whose names begin with a number come first, in its order; the others, such as `seed.sql`, as their paths say.
fn numbered(one: &str, other: &str) -> Ordering {
    let (one, other) = (name(one), name(other));
    match (starts_with_digit(one), starts_with_digit(other)) {
        (true, true) => natural(one, other),
        (is_first, is_second) => is_second.cmp(&is_first),
    }
}

/// The order in which drizzle-kit wrote its migrations; files that the journal does not name are not applied.
fn by_journal(files: &[Migration], chosen: &[usize]) -> Vec<usize> {
    let journal = files.iter().find(|it| is_journal(it.path)).map_or("", |it| it.text);
    let found = |tag: &String| {
        let file = format!("{tag}.sql");
        chosen.iter().copied().find(|it| name(path(files, *it)) == file)
    };
    tags(journal).iter().filter_map(found).collect()
}

/// The names of migrations in a journal, in its order.
fn tags(journal: &str) -> Vec<String> {
    let journal: serde_json::Value = serde_json::from_str(journal).unwrap_or_default();
    let entries = journal.get("entries").and_then(|it| it.as_array()).cloned().unwrap_or_default();
    let tag = |it: &serde_json::Value| {
        Some((it.get("idx").and_then(serde_json::Value::as_u64)?, it.get("tag")?.as_str()?.to_owned()))
    };
    let mut tags: Vec<(u64, String)> = entries.iter().filter_map(tag).collect();
    tags.sort();
    tags.into_iter().map(|it| it.1).collect()
}

/// Whether a file is a journal that nobody keeps any more: it names none of the files.
pub fn is_abandoned(file: &Migration, files: &[Migration]) -> bool {
    if !is_journal(file.path) {
        return false;
    }
    let tags = tags(file.text);
    let is_named = |it: &Migration| {
        name(it.path).strip_suffix(".sql").is_some_and(|it| tags.iter().any(|tag| tag == it))
    };
    !files.iter().any(is_named)
}

/// A file name of Flyway, taken apart.
struct Flyway<'a> {
    kind: char,
    version: &'a str,
    description: &'a str,
}

impl<'a> Flyway<'a> {
    fn of(name: &'a str) -> Option<Self> {
        let stem = name.strip_suffix(".sql")?;
        let (head, description) = stem.split_once("__")?;
        let kind = head.chars().next()?;
        let version = head.get(1..)?;
        let is_version = version.starts_with(|it: char| it.is_ascii_digit())
            && version.chars().all(|it| it.is_ascii_digit() || matches!(it, '.' | '_'));
        let fits = match kind {
            'V' | 'U' | 'B' => is_version,
            'R' => version.is_empty(),
            _ => false,
        };
        fits.then_some(Self { kind, version, description })
    }
}

/// The last baseline, the versions after it, then what is repeated, by description.
///
/// Source: Flyway's documentation, "Migrations" and "Baseline migrations".
fn flyway(files: &[Migration], chosen: Vec<usize>) -> Vec<usize> {
    let mut all: Vec<(usize, Flyway)> =
        chosen.into_iter().filter_map(|it| Some((it, Flyway::of(name(path(files, it)))?))).collect();
    let baseline = all.iter().filter(|it| it.1.kind == 'B').map(|it| it.1.version);
    let baseline = baseline.max_by(|a, b| versions(a, b)).map(str::to_owned);
    all.retain(|(_, it)| match (&baseline, it.kind) {
        (Some(from), 'V') => versions(it.version, from).is_gt(),
        (Some(from), 'B') => versions(it.version, from).is_eq(),
        _ => true,
    });
    all.sort_by(|(a_at, a), (b_at, b)| {
        let repeated = (a.kind == 'R').cmp(&(b.kind == 'R'));
        let by_version = || versions(a.version, b.version);
        let by_description = || a.description.cmp(b.description);
        repeated.then_with(by_version).then_with(by_description).then(a_at.cmp(b_at))
    });
    all.into_iter().map(|it| it.0).collect()
}
