//! `relata schema`: the JSON Schema of the design file.

use std::path::PathBuf;

use relata::design::json_schema;

use super::failure::write_result;
use super::{Failure, Outcome};

/// Print the JSON Schema of the design file (`.relata.json`).
#[derive(clap::Args)]
pub struct Arguments {
    /// Write to a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    write_result(arguments.output.as_deref(), &json_schema())?;
    Ok(Outcome::Fine)
}
