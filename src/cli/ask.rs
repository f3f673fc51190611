//! `relata ask`: a change of a design, asked for in words or by another text of its brief.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use relata::ask::ask;
use relata::brief::revise;
use relata::design::{Change, Design, Proposal};

use super::failure::{print_json, write_design, write_result};
use super::input;
use super::{Failure, Outcome};

/// Propose the change of a design that words ask for: `relata ask schema.sql "let users tag tasks"`; with `--brief` what another
/// text of its brief calls for, leaving what was changed by hand.
///
/// Exit code 0: a proposal. 1: it is not understood, or cannot be done; standard error says why, and what can.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// What is to change, in words; several sentences are several changes.
    #[arg(required_unless_present = "brief")]
    request: Option<String>,
    /// The new text of the brief that the design was read from.
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    brief: Option<String>,
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
    /// Whether it is only offered: a person's work would go with it.
    offered: bool,
    changes: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    title: String,
    parts: Vec<Told>,
}

/// The proposal; none when it was told why there is none.
fn proposed(arguments: &Arguments, design: &Design) -> Result<Option<Proposal>, Failure> {
    if let Some(file) = &arguments.brief {
        let text = input::text(file)?;
        let Some(brief) = design.briefs().next() else {
            let why = "the design holds no brief; `relata convert brief.md` makes a design that does";
            return Err(Failure::Usage(format!("{}: {why}", arguments.input)));
        };
        let proposal = revise(design, brief.id, &text);
        return proposal.map(Some).map_err(|it| Failure::Input(format!("{file}: {it}")));
    }
    let request = arguments.request.as_deref().unwrap_or_default();
    match ask(design, request) {
        Ok(proposal) => Ok(Some(proposal)),
        Err(problem) => {
            eprintln!("{}: {problem}", arguments.input);
            Ok(None)
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut design = input::design(&arguments.input)?;
    let Some(proposal) = proposed(arguments, &design)? else { return Ok(Outcome::Found) };
    let changes = proposal.changes(&design);
    let words = |it: &Vec<Change>| it.iter().map(ToString::to_string).collect::<Vec<_>>();
    let parts = proposal.parts.iter().zip(&changes).map(|(part, changes)| Told {
        title: part.title.clone(),
        reason: part.reason.clone(),
        offered: part.is_offered,
        changes: words(changes),
    });
    let report = Report { title: proposal.title.clone(), parts: parts.collect() };
    if arguments.json {
        print_json(&report)?;
    } else {
        let mut text = String::new();
        for part in &report.parts {
            let _ =
                writeln!(text, "{}{}", part.title, if part.offered { " (offered, not taken)" } else { "" });
            for change in &part.changes {
                let _ = writeln!(text, "    {change}");
            }
        }
        write_result(None, &text)?;
    }
    if let Some(path) = &arguments.output {
        let edit =
            proposal.accept(&design, &proposal.usual()).map_err(|it| Failure::Usage(it.to_string()))?;
        design.apply(&edit).map_err(|it| Failure::Usage(it.to_string()))?;
        write_design(Some(path), &design)?;
    }
    Ok(Outcome::Fine)
}
