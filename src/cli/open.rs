//! `relata open`: the design of a share link.

use std::path::PathBuf;

use super::failure::write_result;
use super::input::{Format, Input};
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
    let input = Input { format: Format::Link, ..Input::read(&arguments.link)? };
    write_result(arguments.output.as_deref(), &input.design()?.to_json())?;
    Ok(Outcome::Fine)
}
