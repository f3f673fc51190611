//! `relata decisions`: what was decided about a design, and why: told, added, changed and taken away.

use std::fmt::Write as _;
use std::path::PathBuf;

use relata::design::{Decision, DecisionId, Design, Edit, Refused};
use serde::Serialize;

use super::failure::{print_json, write_design, write_result};
use super::{Failure, Outcome, input};

/// Print what was decided about a design, numbered, with reasons and what was rejected; and write one down, change it, or take it
/// away: `relata decisions shop.relata.json --add "Prices are in cents" --why "no rounding" -o shop.relata.json`.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("act").args(["add", "change", "forget"]))]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// Write this decision down.
    #[arg(long, value_name = "TITLE", requires = "output")]
    add: Option<String>,
    /// Change the decision of this number.
    #[arg(long, value_name = "NUMBER", requires = "output")]
    change: Option<usize>,
    /// Take the decision of this number away.
    #[arg(long, value_name = "NUMBER", requires = "output", conflicts_with_all = ["title", "why", "rejected"])]
    forget: Option<usize>,
    /// What was decided, of one that is changed.
    #[arg(long, value_name = "TITLE", requires = "change")]
    title: Option<String>,
    /// Why.
    #[arg(long, value_name = "REASON", requires = "act")]
    why: Option<String>,
    /// What else was weighed, and why not; may be given several times, and stands in the place of what was there.
    #[arg(long, value_name = "WHAT", requires = "act")]
    rejected: Vec<String>,
    /// Print JSON: the decisions as they stand then.
    #[arg(long)]
    json: bool,
    /// Write the design to a file.
    #[arg(short, long, value_name = "FILE", requires = "act")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct Told<'a> {
    number: usize,
    title: &'a str,
    reason: &'a str,
    rejected: &'a [String],
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut design = input::design(&arguments.input)?;
    let edit = edit(arguments, &design)?;
    design.apply(&edit).map_err(|it: Refused| Failure::Usage(it.to_string()))?;
    if let Some(path) = &arguments.output {
        write_design(Some(path), &design)?;
    }
    let all: Vec<Told<'_>> = design
        .decisions()
        .enumerate()
        .map(|(at, it)| Told { number: at + 1, title: &it.title, reason: &it.reason, rejected: &it.rejected })
        .collect();
    if arguments.json {
        print_json(&all)?;
    } else {
        write_result(None, &words(&all))?;
    }
    Ok(Outcome::Fine)
}

/// What the arguments change.
fn edit(arguments: &Arguments, design: &Design) -> Result<Edit, Failure> {
    let numbered = |number: usize| {
        let at = number.checked_sub(1).and_then(|at| design.decisions().nth(at));
        let count = design.decisions().count();
        at.cloned().ok_or_else(|| Failure::Usage(format!("there is no decision {number}: there are {count}")))
    };
    if let Some(number) = arguments.forget {
        return Ok(Edit::default().remove(design, numbered(number)?.id));
    }
    let (mut decision, title) = match (&arguments.add, arguments.change) {
        (Some(title), _) => {
            let id = design.ids().take::<DecisionId>();
            (Decision { id, ..Decision::default() }, Some(title))
        }
        (None, Some(number)) => (numbered(number)?, arguments.title.as_ref()),
        (None, None) => return Ok(Edit::default()),
    };
    if let Some(title) = title {
        if title.trim().is_empty() {
            return Err(Failure::Usage("a decision says what was decided".to_owned()));
        }
        decision.title.clone_from(title);
    }
    if let Some(why) = &arguments.why {
        decision.reason.clone_from(why);
    }
    if !arguments.rejected.is_empty() {
        decision.rejected.clone_from(&arguments.rejected);
    }
    Ok(Edit::default().put(design, decision))
}

fn words(all: &[Told<'_>]) -> String {
    let mut text = String::new();
    for it in all {
        let _ = writeln!(text, "{}. {}", it.number, it.title);
        for line in it.reason.lines() {
            let _ = writeln!(text, "    {line}");
        }
        for rejected in it.rejected {
            let _ = writeln!(text, "    not: {rejected}");
        }
    }
    text
}
