//! `relata migrate`: the SQL that leads a database from one design to another, and back.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use relata::design::{Design, Matching, Renames, Rows, aligned};
use relata::migrate::{cautions, migration};

use super::failure::{print_json, write_result};
use super::input::Two;
use super::{Failure, Outcome};

/// Write the SQL that leads a database from one design to another, and the SQL that leads it back.
///
/// Two states of one document are compared by identity. Other inputs are compared by name, and what is much alike under
/// another name is taken to be renamed, so that its rows stay; the cautions at the top tell each such rename.
#[derive(clap::Args)]
pub struct Arguments {
    /// The design as it was: a file, `-` or a link.
    old: String,
    /// The design as it is to be.
    new: String,
    /// For which tool.
    #[arg(long, value_enum, default_value_t = Tool::Plain)]
    to: Tool,
    /// How things are told to be the same; found from the inputs when not given.
    #[arg(long, value_enum)]
    by: Option<By>,
    /// The folder to write `up.sql` and `down.sql` into; without it the way there goes to standard output.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Print the way back instead of the way there.
    #[arg(long, conflicts_with_all = ["output", "json"])]
    down: bool,
    /// Print JSON (docs/migrate.md describes it).
    #[arg(long, conflicts_with = "output")]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Tool {
    /// SQL for any tool.
    Plain,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// By identity.
    Id,
    /// By name: what has another name is dropped and made anew.
    Name,
    /// By name, and by likeness where the name is another.
    Likeness,
}

/// The two ways, and what to heed.
#[derive(Serialize)]
struct Told {
    matched_by: &'static str,
    migration_up: String,
    migration_down: String,
    safety_checks: Vec<String>,
    potential_risks: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Tool::Plain = arguments.to;
    let two = Two::open(&arguments.old, &arguments.new)?;
    let by = arguments.by.unwrap_or_else(|| match two.matching() {
        Matching::ById => By::Id,
        Matching::ByName => By::Likeness,
    });
    let told =
        told(&two.old, two.new, by).map_err(|it| Failure::Input(format!("{}: {it}", arguments.new)))?;
    let Some(folder) = &arguments.output else {
        if arguments.json {
            print_json(&told)?;
        } else {
            write_result(None, &if arguments.down { told.migration_down } else { headed(&told) })?;
        }
        return Ok(Outcome::Fine);
    };
    std::fs::create_dir_all(folder).map_err(|error| Failure::Write { path: folder.clone(), error })?;
    write_result(Some(&folder.join("up.sql")), &headed(&told))?;
    write_result(Some(&folder.join("down.sql")), &told.migration_down)?;
    Ok(Outcome::Fine)
}

fn told(old: &Design, new: Design, by: By) -> Result<Told, relata::design::Refused> {
    let (matched_by, new) = match by {
        By::Id => ("id", new),
        By::Name => ("name", aligned(old, &new, Renames::Ignored)?),
        By::Likeness => ("likeness", aligned(old, &new, Renames::Suspected)?),
    };
    let (safety_checks, potential_risks) = cautions(old, &new, &Rows::default());
    Ok(Told {
        matched_by,
        migration_up: migration(old, &new, &[]).sql(),
        migration_down: migration(&new, old, &[]).sql(),
        safety_checks,
        potential_risks,
    })
}

/// The way there under what to heed on it, as comments.
fn headed(told: &Told) -> String {
    let mut text = String::new();
    let mut comment = |title: &str, lines: &[String]| {
        if !lines.is_empty() {
            let _ = writeln!(text, "-- {title}");
            for line in lines.iter().flat_map(|it| it.lines()) {
                let _ = writeln!(text, "--   {line}");
            }
        }
    };
    comment("Try before:", &told.safety_checks);
    comment("Heed:", &told.potential_risks);
    if !text.is_empty() {
        text.push('\n');
    }
    text + &told.migration_up
}
