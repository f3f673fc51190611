//! `relata export`: a design for another tool.

use std::path::PathBuf;

use clap::ValueEnum;
use relata::job::decision_document;
use relata::write::{DbmlOptions, dbml};

use super::failure::write_result;
use super::input;
use super::{Failure, Outcome};

/// Write a design for another tool.
#[derive(clap::Args)]
pub struct Arguments {
    /// A design: a file, `-`, or a link.
    input: Option<String>,
    /// For what; `list` names the targets.
    #[arg(long, value_enum)]
    to: Target,
    /// Where to write; standard output when left out.
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// The targets.
    List,
    /// The language of dbdiagram.io.
    Dbml,
    /// Requirements, assumptions, decisions with their reasons, open questions, constraints, as Markdown.
    Decisions,
    /// The same as one HTML page.
    DecisionsHtml,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let output = arguments.output.as_deref();
    match (arguments.to, &arguments.input) {
        (Target::List, _) => {
            let names = Target::value_variants().iter().filter(|it| **it != Target::List);
            let lines: Vec<String> =
                names.filter_map(Target::to_possible_value).map(|it| line(&it)).collect();
            write_result(output, &(lines.join("\n") + "\n"))?;
        }
        (Target::Dbml, Some(input)) => {
            let written = dbml(&input::design(input)?, DbmlOptions::default());
            for it in &written.lost {
                eprintln!("relata: DBML cannot say {it}");
            }
            write_result(output, &written.text)?;
        }
        (Target::Decisions, Some(input)) => {
            write_result(output, &decision_document(&input::design(input)?, false))?;
        }
        (Target::DecisionsHtml, Some(input)) => {
            write_result(output, &decision_document(&input::design(input)?, true))?;
        }
        (Target::Dbml | Target::Decisions | Target::DecisionsHtml, None) => {
            return Err(Failure::Usage("name the design that is to be written".to_owned()));
        }
    }
    Ok(Outcome::Fine)
}

fn line(it: &clap::builder::PossibleValue) -> String {
    let help = it.get_help().map(ToString::to_string).unwrap_or_default();
    format!("{:<16}{help}", it.get_name())
}
