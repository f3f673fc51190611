//! A proposal as the verbs tell it: its parts with what each does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use relata::design::{Design, Proposal, Refused};
use relata::llm::Change;
use serde::Serialize;

use super::Failure;
use super::failure::write_design;

/// A part of a proposal.
#[derive(Serialize)]
pub struct Told {
    title: String,
    reason: String,
    /// Whether it is only offered: a person's work would go with it, or it cannot be done.
    offered: bool,
    changes: Vec<String>,
}

/// A proposal with what it takes to bring a database there and back, as `--json` prints it.
#[derive(Serialize)]
pub struct Report<'a> {
    title: &'a str,
    parts: Vec<Told>,
    #[serde(flatten)]
    migration: Option<ThereAndBack<'a>>,
}

/// SQL there and back, what to try before, what may go wrong.
#[derive(Serialize)]
struct ThereAndBack<'a> {
    migration_up: &'a str,
    migration_down: &'a str,
    safety_checks: &'a [String],
    potential_risks: &'a [String],
    /// Why one of the two does not lead where it should, where it does not.
    way_back: Option<String>,
}

/// What is told of a proposal, with its change where it has one: a model's, or the one that follows from its parts.
pub fn report<'a>(proposal: &'a Proposal, design: &Design, change: Option<&'a Change>) -> Report<'a> {
    let migration = change.map(|it| ThereAndBack {
        migration_up: &it.migration_up,
        migration_down: &it.migration_down,
        safety_checks: &it.safety_checks,
        potential_risks: &it.potential_risks,
        way_back: it.way_back.as_ref().map(ToString::to_string),
    });
    Report { title: &proposal.title, parts: told(proposal, design), migration }
}

impl Report<'_> {
    /// The same for people.
    pub fn words(&self) -> String {
        let mut text = in_words(&self.parts);
        if let Some(it) = &self.migration {
            let risks = it.potential_risks.iter().map(|it| format!("risk: {it}"));
            let checks = it.safety_checks.iter().map(|it| format!("check before: {it}"));
            for line in risks.chain(checks).chain(it.way_back.clone()) {
                let _ = writeln!(text, "{line}");
            }
        }
        text
    }
}

/// The parts of a proposal against a design, in order.
pub fn told(proposal: &Proposal, design: &Design) -> Vec<Told> {
    let changes = proposal.changes(design);
    let parts = proposal.parts.iter().zip(&changes).map(|(part, changes)| Told {
        title: part.title.clone(),
        reason: part.reason.clone(),
        offered: part.is_offered,
        changes: changes.iter().map(ToString::to_string).collect(),
    });
    parts.collect()
}

/// The parts for people.
pub fn in_words(parts: &[Told]) -> String {
    let mut text = String::new();
    for part in parts {
        let _ = writeln!(text, "{}{}", part.title, if part.offered { " (offered, not taken)" } else { "" });
        // What changes nothing that a database knows is told by its reason.
        if part.changes.is_empty() || part.offered && part.reason.starts_with("Not possible") {
            let _ = writeln!(text, "    {}", part.reason);
        }
        for change in &part.changes {
            let _ = writeln!(text, "    {change}");
        }
    }
    text
}

/// Accepts parts with the decision, and writes the design to a file where one is named.
pub fn accept(
    proposal: &Proposal,
    mut design: Design,
    chosen: &BTreeSet<usize>,
    why: &str,
    output: Option<&Path>,
) -> Result<Design, Failure> {
    let misfit = |it: Refused| Failure::Usage(it.to_string());
    let edit = proposal.decided(&design, chosen, why).map_err(misfit)?;
    design.apply(&edit).map_err(misfit)?;
    if let Some(path) = output {
        write_design(Some(path), &design)?;
    }
    Ok(design)
}
