//! `relata convert`: any input as a design file, and what became of its statements.

use std::path::PathBuf;

use serde_json::json;

use relata::base::{LineIndex, Parsed};
use relata::read::{Diagnostic, Reading};

use super::failure::write_result;
use super::input::{Format, Input};
use super::{Failure, Outcome};

/// Turn an input into a design file (`.relata.json`).
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, `-` for standard input, or a link.
    input: String,
    /// Write the design to a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write what became of each statement to a file, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let input = Input::read(&arguments.input)?;
    let design = match input.format {
        Format::Sql | Format::Catalog => {
            let read = input.reading();
            input.tell(&read.errors);
            if let Some(path) = &arguments.report {
                write_result(Some(path), &report(&input.text, &read))?;
            }
            read.tree.design
        }
        Format::Design | Format::Brief | Format::Link => input.design()?,
    };
    write_result(arguments.output.as_deref(), &design.to_json())?;
    Ok(Outcome::Fine)
}

/// The counts and the diagnostics with their places.
fn report(text: &str, read: &Parsed<Reading, Diagnostic>) -> String {
    let lines = LineIndex::new(text);
    let diagnostics: Vec<_> = read
        .errors
        .iter()
        .map(|it| {
            let place = lines.place(it.span.start);
            json!({ "line": place.line, "column": place.column, "message": it.to_string() })
        })
        .collect();
    let mut report = json!(read.tree.report);
    report["diagnostics"] = json!(diagnostics);
    if let Some(live) = &read.tree.live {
        report["live"] = json!(live);
    }
    format!("{report:#}\n")
}
