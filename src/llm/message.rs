//! What the page asks and is told, as JSON: one pure function, without a network and without the key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::check::{Checked, MOST_ROUNDS, check};
use super::compare::{Compared, Pick, compare, merged};
use super::context::Context;
use super::fault::Fault;
use super::hearing::Hearing;
use super::prompt::Prompt;
use super::provider::{Endpoint, Omit, Request};
use super::step::Step;
use super::trouble::Trouble;
use crate::brief::{self, Reading};
use crate::design::{Design, Proposal};

/// A question of the page.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
enum Ask {
    /// What would be sent?
    Prompt {
        step: Step,
        #[serde(default)]
        request: String,
    },
    /// As a request?
    Request { endpoint: Endpoint, prompt: Prompt, omit: Omit },
    /// What text is in the bytes beside this?
    Hear { hearing: Hearing, ends: bool, tries: u32, omit: Omit },
    /// Nothing has been heard yet from this endpoint.
    Listen { endpoint: Endpoint },
    /// What does a status mean?
    Status { status: u16, retry_after: Option<f64>, body: String, tries: u32, omit: Omit },
    /// What does it mean that the connection failed in this way?
    Failed { trouble: Trouble, tries: u32 },
    /// What does an answer come to?
    Check {
        prompt: Prompt,
        answer: String,
        model: String,
        round: u8,
        #[serde(default)]
        request: String,
        #[serde(default)]
        found: Option<Box<Reading>>,
    },
    /// What do these picks of two readings propose?
    Merge { reader: Box<Reading>, model: Box<Reading>, picks: BTreeMap<String, Pick> },
}

/// What the page is told.
#[derive(Debug, Serialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    /// A prompt, also as one text.
    Prompt {
        /// The prompt.
        prompt: Prompt,
        /// As one text.
        text: String,
        /// What an earlier step found.
        found: Option<Reading>,
    },
    /// The answer had faults: the prompt that tells of them.
    Repair {
        /// The prompt.
        prompt: Prompt,
        /// As one text.
        text: String,
        /// The faults, in words.
        faults: Vec<String>,
        /// Which round it is.
        round: u8,
    },
    /// A request.
    Request {
        /// Ready but for the key.
        request: Request,
    },
    /// What was heard.
    Heard {
        /// To be sent along with the next bytes.
        hearing: Hearing,
        /// The text in these.
        text: String,
    },
    /// Something went wrong on the way.
    Trouble {
        /// What, in words.
        message: String,
        /// After how many milliseconds to try again; none where that does not help.
        wait: Option<u64>,
        /// What the next request goes without.
        omit: Option<Omit>,
    },
    /// Two readings side by side.
    SideBySide {
        /// The offline reader's.
        reader: Reading,
        /// The model's.
        model: Box<Reading>,
        /// Row by row.
        rows: Vec<Compared>,
    },
    /// A proposal.
    Proposal {
        /// The proposal.
        proposal: Proposal,
        /// What there is to know besides.
        notes: Vec<String>,
    },
    /// The answer cannot be used.
    Unusable {
        /// Why, in words.
        faults: Vec<String>,
    },
}

/// Answers a question, JSON in and out. `design` is none for those that need none; `bytes` came beside it.
///
/// # Errors
/// When the question itself is none.
pub fn answer_to(question: &str, design: Option<Design>, bytes: &[u8]) -> Result<String, String> {
    let ask: Ask = serde_json::from_str(question).map_err(|it| it.to_string())?;
    let told = told(ask, &design.unwrap_or_default(), bytes);
    serde_json::to_string(&told).map_err(|it| it.to_string())
}

fn told(ask: Ask, design: &Design, bytes: &[u8]) -> Told {
    let brief = design.briefs().next();
    let text = brief.map_or("", |it| it.text.as_str());
    match ask {
        Ask::Prompt { step, request } => {
            let missing = match step {
                Step::Entities | Step::Relationships if text.trim().is_empty() => {
                    "there is no brief to read yet"
                }
                Step::Schema if design.tables().len() == 0 => "there are no tables to complete yet",
                Step::Change if request.trim().is_empty() => "say what is to change",
                Step::Entities | Step::Relationships | Step::Schema | Step::Change => "",
            };
            if !missing.is_empty() {
                return Told::Unusable { faults: vec![missing.to_owned()] };
            }
            let found = Reading::default();
            let context = Context { design, brief: text, request: &request, found: &found };
            prompted(Prompt::new(step, &context), None)
        }
        Ask::Request { endpoint, prompt, omit } => match endpoint.request(&prompt, omit) {
            Ok(request) => Told::Request { request },
            Err(trouble) => in_trouble(&trouble, u32::MAX, omit),
        },
        Ask::Listen { endpoint } => {
            Told::Heard { hearing: Hearing::new(endpoint.provider), text: String::new() }
        }
        Ask::Hear { mut hearing, ends, tries, omit } => {
            let heard = hearing.hear(bytes).and_then(|text| {
                let rest = if ends { hearing.end()? } else { String::new() };
                Ok(text + &rest)
            });
            match heard {
                Ok(text) => Told::Heard { hearing, text },
                Err(trouble) => in_trouble(&trouble, tries, omit),
            }
        }
        Ask::Status { status, retry_after, body, tries, omit } => {
            in_trouble(&Trouble::of_status(status, retry_after, &body), tries, omit)
        }
        Ask::Failed { trouble, tries } => in_trouble(&trouble, tries, Omit::default()),
        Ask::Check { prompt, answer, model, round, request, found } => {
            let found = found.unwrap_or_default();
            let context = Context { design, brief: text, request: &request, found: &found };
            match check(prompt.step, &context, &answer, &model) {
                Ok(Checked::Found(reading)) if prompt.step == Step::Entities => {
                    let context = Context { found: &reading, ..context };
                    prompted(Prompt::new(Step::Relationships, &context), Some(*reading.clone()))
                }
                Ok(Checked::Found(model)) => {
                    let reader = brief::read(text);
                    let rows = compare(&reader, &model);
                    Told::SideBySide { reader, model, rows }
                }
                Ok(Checked::Change(change)) => match &change.way_back {
                    Some(fault) if round < MOST_ROUNDS => {
                        repair(&prompt, &answer, std::slice::from_ref(fault), round)
                    }
                    _ => proposed(*change),
                },
                // A model that says that it cannot be done is not asked again.
                Err(faults)
                    if round < MOST_ROUNDS
                        && !matches!(faults.as_slice(), [Fault::Nothing { why }] if !why.is_empty()) =>
                {
                    repair(&prompt, &answer, &faults, round)
                }
                Err(faults) => Told::Unusable { faults: faults.iter().map(ToString::to_string).collect() },
            }
        }
        Ask::Merge { reader, model, picks } => {
            let reading = merged(&reader, &model, &picks);
            let id = brief.map(|it| it.id).unwrap_or_default();
            let mut proposal = brief::propose(design, &reading, id);
            "What the reader and the model found".clone_into(&mut proposal.title);
            Told::Proposal { proposal, notes: Vec::new() }
        }
    }
}

fn prompted(prompt: Prompt, found: Option<Reading>) -> Told {
    Told::Prompt { text: prompt.text(), prompt, found }
}

fn repair(prompt: &Prompt, answer: &str, faults: &[Fault], round: u8) -> Told {
    let prompt = prompt.repaired(answer, faults);
    let faults = faults.iter().map(ToString::to_string).collect();
    Told::Repair { text: prompt.text(), prompt, faults, round: round + 1 }
}

fn proposed(change: Change) -> Told {
    let mut notes: Vec<String> = change.potential_risks.iter().map(|it| format!("Risk: {it}")).collect();
    notes.extend(change.safety_checks.iter().map(|it| format!("Check before: {it}")));
    notes.extend(change.way_back.iter().map(ToString::to_string));
    Told::Proposal { proposal: change.proposal, notes }
}

fn in_trouble(trouble: &Trouble, tries: u32, omit: Omit) -> Told {
    Told::Trouble { message: trouble.to_string(), wait: trouble.wait(tries), omit: trouble.without(omit) }
}
