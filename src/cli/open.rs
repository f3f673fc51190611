//! `relata open`: the design of a share link.

use std::path::PathBuf;

use relata::share;

use super::failure::write_design;
use super::input;
use super::{Failure, Outcome};

/// Print the design of a share link as a design file (`.relata.json`).
#[derive(clap::Args)]
pub struct Arguments {
    /// The link, `-`, or a file that holds it.
    link: String,
    /// Write to a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let text = input::text(&arguments.link)?;
    let design =
        share::decode(text.trim()).map_err(|error| Failure::Input(format!("{}: {error}", arguments.link)))?;
    write_design(arguments.output.as_deref(), &design)?;
    Ok(Outcome::Fine)
}
