//! `relata ask`: a change of a design, asked for in words.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use relata::ask::{NotDone, ask};
use relata::design::Change;

use super::failure::{print_json, write_design, write_result};
use super::input;
use super::{Failure, Outcome};

/// Propose the change of a design that words ask for: `relata ask schema.sql "let users tag tasks"`.
///
/// Exit code 0: a proposal. 1: it is not understood, or cannot be done; standard error says why, and what can.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// What is to change, in words; several sentences are several changes.
    request: String,
    /// Print JSON (docs/ask.md describes it).
    #[arg(long)]
    json: bool,
    /// Accept the proposal and write the design to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct Told {
    title: String,
    reason: String,
    changes: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    title: String,
    parts: Vec<Told>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut design = input::design(&arguments.input)?;
    let proposal = match ask(&design, &arguments.request) {
        Ok(proposal) => proposal,
        Err(problem) => {
            eprintln!("{}: {problem}", arguments.input);
            if let NotDone::NotUnderstood { .. } = &problem {
                eprintln!("the page can also put it to a language model of your own");
            }
            return Ok(Outcome::Found);
        }
    };
    let changes = proposal.changes(&design);
    let words = |it: &Vec<Change>| it.iter().map(ToString::to_string).collect::<Vec<_>>();
    let parts = proposal.parts.iter().zip(&changes).map(|(part, changes)| Told {
        title: part.title.clone(),
        reason: part.reason.clone(),
        changes: words(changes),
    });
    let report = Report { title: proposal.title.clone(), parts: parts.collect() };
    if arguments.json {
        print_json(&report)?;
    } else {
        let mut text = String::new();
        for part in &report.parts {
            let _ = writeln!(text, "{}", part.title);
            for change in &part.changes {
                let _ = writeln!(text, "    {change}");
            }
        }
        write_result(None, &text)?;
    }
    if let Some(path) = &arguments.output {
        let edit = proposal.accept_all(&design).map_err(|it| Failure::Usage(it.to_string()))?;
        design.apply(&edit).map_err(|it| Failure::Usage(it.to_string()))?;
        write_design(Some(path), &design)?;
    }
    Ok(Outcome::Fine)
}
