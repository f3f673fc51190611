//! `relata export`: a design for another tool.

use std::path::PathBuf;

use clap::ValueEnum;
use relata::design::Design;
use relata::job::decision_document;
use relata::write::Format;

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
    /// An entity relationship diagram for Mermaid.
    Mermaid,
    /// An entity relationship diagram for PlantUML.
    Plantuml,
    /// The data dictionary as Markdown: every table with its columns, rules and what references it.
    Dictionary,
    /// The same as one HTML page.
    DictionaryHtml,
    /// Requirements, assumptions, decisions with their reasons, open questions, constraints, as Markdown.
    Decisions,
    /// The same as one HTML page.
    DecisionsHtml,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let output = arguments.output.as_deref();
    if arguments.to == Target::List {
        let names = Target::value_variants().iter().filter(|it| **it != Target::List);
        let lines: Vec<String> = names.filter_map(Target::to_possible_value).map(|it| line(&it)).collect();
        write_result(output, &(lines.join("\n") + "\n"))?;
        return Ok(Outcome::Fine);
    }
    let Some(input) = &arguments.input else {
        return Err(Failure::Usage("name the design that is to be written".to_owned()));
    };
    let design = input::design(input)?;
    let text = match arguments.to {
        Target::Dbml => written(&design, Format::Dbml),
        Target::Mermaid => written(&design, Format::Mermaid),
        Target::Plantuml => written(&design, Format::PlantUml),
        Target::Dictionary => written(&design, Format::Dictionary),
        Target::DictionaryHtml => written(&design, Format::DictionaryHtml),
        Target::Decisions => decision_document(&design, false),
        Target::DecisionsHtml => decision_document(&design, true),
        Target::List => String::new(),
    };
    write_result(output, &text)?;
    Ok(Outcome::Fine)
}

/// The text, once what it cannot say was told.
fn written(design: &Design, format: Format) -> String {
    let (text, lost) = format.write(design);
    for it in lost {
        eprintln!("relata: {} cannot say {it}", format.name());
    }
    text
}

fn line(it: &clap::builder::PossibleValue) -> String {
    let help = it.get_help().map(ToString::to_string).unwrap_or_default();
    format!("{:<16}{help}", it.get_name())
}
