//! `relata diff`: what differs between two designs, in words.

use std::fmt::Write as _;

use serde::Serialize;

use relata::design::{Change, Matching, Reach, diff};

use super::failure::{print_json, write_result};
use super::input::Two;
use super::{Failure, Outcome};

/// Print what differs between two designs; exit code 1 when anything does.
///
/// Two states of one document are compared by identity, so that a new name is a new name. Other inputs are compared by
/// name, and what no SQL shows (notes, places on the diagram, where things came from) only with `--all`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The design as it was: a file, `-` or a link.
    old: String,
    /// The design as it is.
    new: String,
    /// Print JSON (docs/diff.md describes it).
    #[arg(long)]
    json: bool,
    /// How things are told to be the same; found from the inputs when not given.
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Also what concerns the document alone, when comparing by name.
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum By {
    /// By identity.
    Id,
    /// By name.
    Name,
}

/// A change with its words and with whom it concerns.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    change: &'a Change,
    reach: Reach,
    words: String,
}

#[derive(Serialize)]
struct Report<'a> {
    matched_by: &'static str,
    changes: Vec<Told<'a>>,
}

/// A catalogue has no rows, so that their absence is no difference; tells whether anything else is one.
fn without_rows(change: &mut Change) -> bool {
    match change {
        Change::TableChanged { aspects, .. } => {
            aspects.retain(|it| it.what != "seed");
            !aspects.is_empty()
        }
        _ => true,
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let two = Two::open(&arguments.old, &arguments.new)?;
    let matching = match arguments.by {
        Some(By::Id) => Matching::ById,
        Some(By::Name) => Matching::ByName,
        None => two.matching(),
    };
    let mut changes = diff(&two.old, &two.new, matching);
    if matching == Matching::ByName && !arguments.all {
        changes.retain(|it| it.reach() == Reach::Database);
        if two.is_live() {
            changes.retain_mut(without_rows);
        }
    }
    if arguments.json {
        let told = |it| Told { change: it, reach: it.reach(), words: it.to_string() };
        let matched_by = match matching {
            Matching::ById => "id",
            Matching::ByName => "name",
        };
        print_json(&Report { matched_by, changes: changes.iter().map(told).collect() })?;
    } else {
        let mut text = String::new();
        for change in &changes {
            let _ = writeln!(text, "{change}");
        }
        write_result(None, &text)?;
    }
    Ok(if changes.is_empty() { Outcome::Fine } else { Outcome::Found })
}
