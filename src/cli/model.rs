//! `relata model`: what a language model would be asked, and what its answer comes to; without a network.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use relata::brief::{self, Reading};
use relata::design::{Design, Proposal};
use relata::llm::{self, Change, Checked, Context, Endpoint, Omit, Prompt, Provider, State, Step};

use super::failure::{print_json, write_design, write_result};
use super::proposal::report;
use super::{Failure, Outcome, input};

/// Print the prompt for a language model, and check its answer: `relata model prompt brief.md entities | pbcopy`. Nothing is sent.
///
/// Exit code 0: a prompt, or an answer that fits. 1: the answer has faults; standard error lists them.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print what a model is told at a step; with --provider as the body of a request.
    Prompt {
        #[command(flatten)]
        question: Question,
        /// The format of the request's body.
        #[arg(long, requires = "model")]
        provider: Option<Format>,
        /// The model's name.
        #[arg(long)]
        model: Option<String>,
    },
    /// Check an answer: entities print a reading for --found, the others what they propose.
    Check {
        #[command(flatten)]
        question: Question,
        /// The answer: a file, or `-`.
        #[arg(long, value_name = "FILE")]
        answer: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Accept the proposal and write the design to a file.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print the JSON schema of a step's answer.
    Schema {
        /// The step.
        step: Named,
    },
}

#[derive(clap::Args)]
struct Question {
    /// A file, a folder, `-` for standard input, or a link.
    input: String,
    /// What is asked for.
    step: Named,
    /// The change in words, for `change`.
    request: Option<String>,
    /// What `check … entities` printed, for `relationships`.
    #[arg(long, value_name = "FILE")]
    found: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Named {
    Entities,
    Relationships,
    Schema,
    Change,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    #[value(name = "openai")]
    OpenAi,
    Anthropic,
    Ollama,
}

impl From<Named> for Step {
    fn from(it: Named) -> Self {
        match it {
            Named::Entities => Self::Entities,
            Named::Relationships => Self::Relationships,
            Named::Schema => Self::Schema,
            Named::Change => Self::Change,
        }
    }
}

/// A question with what it is asked about.
struct Read<'a> {
    design: Design,
    brief: String,
    request: &'a str,
    found: Reading,
}

impl Read<'_> {
    fn context(&self) -> Context<'_> {
        Context { design: &self.design, brief: &self.brief, request: self.request, found: &self.found }
    }
}

impl Question {
    fn read(&self) -> Result<Read<'_>, Failure> {
        let opened = input::open(&self.input)?;
        let design = match self.step {
            // The brief is still to be read.
            Named::Entities | Named::Relationships => opened.design,
            Named::Schema | Named::Change => input::accepted(opened, &self.input)?,
        };
        let brief = design.briefs().next().map(|it| it.text.clone()).unwrap_or_default();
        let request = self.request.as_deref().unwrap_or_default();
        let usage = |why: &str| Err(Failure::Usage(format!("{}: {why}", self.input)));
        match self.step {
            Named::Entities | Named::Relationships if brief.trim().is_empty() => {
                return usage("there is no brief in it");
            }
            Named::Relationships if self.found.is_none() => return usage("relationships need --found"),
            Named::Change if request.trim().is_empty() => return usage("say in words what is to change"),
            Named::Entities | Named::Relationships | Named::Schema | Named::Change => {}
        }
        let found = match &self.found {
            Some(file) => serde_json::from_str(&input::text(file)?)
                .map_err(|error| Failure::Input(format!("{file}: {error}")))?,
            None => Reading::default(),
        };
        Ok(Read { design, brief, request, found })
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.act {
        Act::Schema { step } => write_result(None, Step::from(*step).schema_text())?,
        Act::Prompt { question, provider, model } => {
            let read = question.read()?;
            let prompt = Prompt::new(question.step.into(), &read.context());
            for it in &prompt.left_out {
                eprintln!("{}: left out: {it}", question.input);
            }
            let text = match (provider, model) {
                (Some(provider), Some(model)) => body(&prompt, *provider, model)?,
                _ => prompt.text(),
            };
            write_result(None, &text)?;
        }
        Act::Check { question, answer, json, output } => {
            return checked(question, answer, *json, output.as_ref());
        }
    }
    Ok(Outcome::Fine)
}

fn body(prompt: &Prompt, format: Format, model: &str) -> Result<String, Failure> {
    let (provider, url) = match format {
        Format::OpenAi => (Provider::OpenAi, "https://api.openai.com/v1"),
        Format::Anthropic => (Provider::Anthropic, "https://api.anthropic.com"),
        Format::Ollama => (Provider::Ollama, "http://localhost:11434"),
    };
    let endpoint = Endpoint { provider, url: url.to_owned(), model: model.to_owned() };
    let request = endpoint.request(prompt, Omit::default());
    request.map(|it| it.body + "\n").map_err(|it| Failure::Usage(it.to_string()))
}

fn checked(
    question: &Question,
    answer: &str,
    json: bool,
    output: Option<&PathBuf>,
) -> Result<Outcome, Failure> {
    let read = question.read()?;
    let text = input::text(answer)?;
    match llm::check(question.step.into(), &read.context(), &text, "a model") {
        Err(faults) => {
            for fault in faults {
                eprintln!("{answer}: {fault}");
            }
            return Ok(Outcome::Found);
        }
        Ok(Checked::Found(reading)) if matches!(question.step, Named::Entities) => print_json(&reading)?,
        Ok(Checked::Found(model)) => {
            let reader = brief::read(&read.brief);
            if !json {
                write_result(None, &side_by_side(&reader, &model))?;
            }
            let reading = llm::merged(&reader, &model, &BTreeMap::new());
            let id = read.design.briefs().next().map(|it| it.id).unwrap_or_default();
            tell(&read.design, &brief::propose(&read.design, &reading, id), None, json, output)?;
        }
        Ok(Checked::Change(it)) => {
            tell(&read.design, &it.proposal, Some(&it), json, output)?;
        }
    }
    Ok(Outcome::Fine)
}

/// What the reader and the model found, a line each.
fn side_by_side(reader: &Reading, model: &Reading) -> String {
    let mut text = String::new();
    for row in llm::compare(reader, model) {
        let state = match row.state {
            State::Agreed => "both",
            State::Conflict => "differ",
            State::Only(llm::Side::Reader) => "only the reader",
            State::Only(llm::Side::Model) => "only the model",
        };
        let _ = writeln!(text, "{state:<16} {} {}", row.name, row.differences.join("; "));
    }
    text.push('\n');
    text
}

fn tell(
    design: &Design,
    proposal: &Proposal,
    change: Option<&Change>,
    json: bool,
    output: Option<&PathBuf>,
) -> Result<(), Failure> {
    let report = report(proposal, design, change);
    if json {
        print_json(&report)?;
    } else {
        write_result(None, &report.words())?;
    }
    if let Some(path) = output {
        let mut design = design.clone();
        let refused = |it: relata::design::Refused| Failure::Usage(it.to_string());
        let edit = proposal.accept(&design, &proposal.usual()).map_err(refused)?;
        design.apply(&edit).map_err(refused)?;
        write_design(Some(path), &design)?;
    }
    Ok(())
}
