//! `relata draw`: the diagram as a picture.

use std::path::PathBuf;

use clap::ValueEnum;
use relata::write::{DrawOptions, Theme, draw};

use super::failure::write_result;
use super::input;
use super::{Failure, Outcome};

/// Draw the diagram as an SVG file with real text.
#[derive(clap::Args)]
pub struct Arguments {
    /// A design: a file, `-`, or a link.
    input: String,
    /// Where to write; standard output when left out.
    #[arg(short, long, value_name = "FILE.svg")]
    output: Option<PathBuf>,
    /// The colours; `auto` follows the reader's system.
    #[arg(long, value_enum, default_value = "light")]
    theme: Colors,
    /// With the columns and actions of relationships on their lines, where there is room.
    #[arg(long)]
    labels: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Colors {
    Light,
    Dark,
    Auto,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let design = input::design(&arguments.input)?;
    let theme = match arguments.theme {
        Colors::Light => Theme::Light,
        Colors::Dark => Theme::Dark,
        Colors::Auto => Theme::Auto,
    };
    let options = DrawOptions { theme, labelled: arguments.labels, ..DrawOptions::default() };
    write_result(arguments.output.as_deref(), &draw(&design, options))?;
    Ok(Outcome::Fine)
}
