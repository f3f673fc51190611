//! `relata entities`: what a brief says, with the words that say it.

use std::fmt::Write as _;

use relata::base::LineIndex;
use relata::brief::{Reading, RelationshipKind};

use super::failure::{print_json, write_result};
use super::input;
use super::{Failure, Outcome};

/// Print the entities, attributes, relationships, stories and questions of a brief, with evidence.
#[derive(clap::Args)]
pub struct Arguments {
    /// A brief: a file or `-`.
    input: String,
    /// Print JSON (docs/reader.md describes it).
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let text = input::text(&arguments.input)?;
    let reading = input::reading(&text, &arguments.input);
    if arguments.json {
        print_json(&reading)?;
    } else {
        write_result(None, &in_words(&reading, &text))?;
    }
    Ok(Outcome::Fine)
}

/// The reading as a person reads it in a terminal.
fn in_words(reading: &Reading, text: &str) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    let assumed = |it: bool| if it { " (assumed)" } else { "" };
    for entity in &reading.entities {
        let place =
            entity.evidence.first().map_or_else(String::new, |it| format!(" at {}", lines.place(it.start)));
        let _ = writeln!(out, "{}{}{}", entity.name, assumed(entity.assumed), place);
        for attribute in &entity.attributes {
            let values =
                attribute.values.as_ref().map_or_else(String::new, |it| format!(" {{{}}}", it.join(", ")));
            let nullable = if attribute.nullable { "?" } else { "" };
            let _ = writeln!(
                out,
                "  {}: {}{nullable}{values}{}",
                attribute.name,
                attribute.type_name,
                assumed(attribute.assumed)
            );
        }
        for it in reading.relationships.iter().filter(|it| it.from == entity.name) {
            let kind = match it.kind {
                RelationshipKind::ManyToOne => "->",
                RelationshipKind::OneToOne => "--",
                RelationshipKind::ManyToMany => "<->",
            };
            let role = it.role.as_ref().map_or_else(String::new, |it| format!(" as {it}"));
            let via = it.via.as_ref().map_or_else(String::new, |it| format!(" through {it}"));
            let _ = writeln!(out, "  {kind} {}{role}{via}{}: {}", it.to, assumed(it.assumed), it.reason);
        }
    }
    for it in &reading.left_out {
        let _ = writeln!(out, "left out: {} ({})", it.name, it.reason);
    }
    for it in &reading.questions {
        let _ = writeln!(out, "question: {} [{}]", it.text, it.options.join(" / "));
    }
    out
}
