//! `relata convert`: any input as a design file, and what became of its statements.

use std::path::PathBuf;

use serde_json::json;

use relata::input::Opened;

use super::failure::{write_design, write_result};
use super::input;
use super::{Failure, Outcome};

/// Turn an input into a design file (`.relata.json`).
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// Write the design to a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write what became of each statement to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let opened = input::open(&arguments.input)?;
    if let Some(path) = &arguments.report {
        write_result(Some(path), &report(&opened))?;
    }
    let design = input::accepted(opened, &arguments.input)?;
    write_design(arguments.output.as_deref(), &design)?;
    Ok(Outcome::Fine)
}

/// The counts and the notes with their places.
fn report(opened: &Opened) -> String {
    let notes: Vec<_> = opened
        .notes
        .iter()
        .map(|it| json!({ "file": it.file, "line": it.line, "column": it.column, "message": it.message }))
        .collect();
    let mut report = json!(opened.report.unwrap_or_default());
    report["diagnostics"] = json!(notes);
    if let Some(live) = &opened.live {
        report["live"] = json!(live);
    }
    format!("{report:#}\n")
}
