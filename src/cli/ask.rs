//! `relata ask`: a change of a design, asked for in words or by another text of its brief.

use std::collections::BTreeSet;
use std::path::PathBuf;

use relata::ask::{NotDone, ask};
use relata::brief::{answer, further};
use relata::design::{Design, Proposal, Refused};
use relata::job::revised;
use relata::llm::of_proposal;
use relata::write::sql_changes;

use super::failure::{print_json, write_result};
use super::input;
use super::proposal::{accept, report};
use super::{Failure, Outcome};

/// Propose the change of a design that words ask for: `relata ask schema.sql "let users tag tasks"`; with `--brief` what another
/// text of its brief calls for, leaving what was changed by hand; with `--further` what one more brief adds.
///
/// Exit code 0: a proposal. 1: it is not understood, or cannot be done; standard error says why, and what can.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// What is to change, in words; several sentences are several changes. Or the answer to a question that the design's brief
    /// left open.
    #[arg(required_unless_present_any = ["brief", "further"], allow_hyphen_values = true)]
    request: Option<String>,
    /// The new text of the brief that the design was read from.
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    brief: Option<String>,
    /// One more brief: only what the design lacks is proposed.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["request", "brief"])]
    further: Option<String>,
    /// Print the lines of SQL that differ.
    #[arg(long, conflicts_with = "json")]
    sql: bool,
    /// Print JSON (docs/ask.md describes it).
    #[arg(long)]
    json: bool,
    /// Accept the proposal and write the design to a file, with the decision.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave a part out, by its number from 1; may be given several times.
    #[arg(long, value_name = "PART", requires = "output")]
    leave_out: Vec<usize>,
    /// Accept nothing: the design keeps the refusal.
    #[arg(long, requires = "output", conflicts_with = "leave_out")]
    refuse: bool,
    /// Why, for the decision.
    #[arg(long, value_name = "REASON", requires = "output", default_value = "")]
    why: String,
}

/// The proposal; none when it was told why there is none.
fn proposed(arguments: &Arguments, design: &Design) -> Result<Option<Proposal>, Failure> {
    if let Some(file) = &arguments.brief {
        let text = input::text(file)?;
        let Some(brief) = design.briefs().next() else {
            let why = "the design holds no brief; `relata convert brief.md` makes a design that does";
            return Err(Failure::Usage(format!("{}: {why}", arguments.input)));
        };
        let proposal = revised(design, brief.id, &text);
        return proposal.map(Some).map_err(|it| Failure::Input(format!("{file}: {it}")));
    }
    if let Some(file) = &arguments.further {
        let proposal = further(design, &input::text(file)?);
        if proposal.parts.is_empty() {
            eprintln!("{file}: the text tells nothing new");
            return Ok(None);
        }
        return Ok(Some(proposal));
    }
    let request = arguments.request.as_deref().unwrap_or_default();
    if let Some(answered) = answer(design, request) {
        return answered.map(Some).map_err(|it| Failure::Usage(it.to_string()));
    }
    match ask(design, request) {
        Ok(proposal) => Ok(Some(proposal)),
        Err(problem) => {
            eprintln!("{}: {problem}", arguments.input);
            if matches!(problem, NotDone::NotUnderstood { .. }) {
                let input = &arguments.input;
                eprintln!("a language model may understand it: relata model prompt {input} change \"…\"");
            }
            Ok(None)
        }
    }
}

/// The parts that are taken: those that are unless somebody chooses, without those that are left out.
fn chosen(arguments: &Arguments, proposal: &Proposal) -> BTreeSet<usize> {
    if arguments.refuse {
        return BTreeSet::new();
    }
    let mut chosen = proposal.usual();
    chosen.retain(|it| !arguments.leave_out.contains(&(it + 1)));
    chosen
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let design = input::design(&arguments.input)?;
    let Some(proposal) = proposed(arguments, &design)? else { return Ok(Outcome::Found) };
    let misfit = |it: Refused| Failure::Usage(it.to_string());
    let chosen = chosen(arguments, &proposal);
    if arguments.json {
        let change = of_proposal(&design, proposal.clone(), &chosen).map_err(misfit)?;
        print_json(&report(&proposal, &design, Some(&change)))?;
    } else if arguments.sql {
        let mut after = design.clone();
        after.apply(&proposal.accept(&design, &chosen).map_err(misfit)?).map_err(misfit)?;
        write_result(None, &sql_changes(&design, &after))?;
    } else {
        write_result(None, &report(&proposal, &design, None).words())?;
    }
    if let Some(path) = &arguments.output {
        accept(&proposal, design, &chosen, &arguments.why, Some(path))?;
    }
    Ok(Outcome::Fine)
}
