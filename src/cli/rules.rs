//! `relata rules`: the catalogue of the linter, or one rule's page.

use std::fmt::Write as _;

use relata::lint::{self, Mark, Safety};

use super::failure::write_result;
use super::{Failure, Outcome};

/// Print the rules of the linter, or the page of one.
#[derive(clap::Args)]
pub struct Arguments {
    /// A code or a name: `IDX001`, `unindexed-foreign-key`.
    name: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if let Some(name) = &arguments.name {
        let page = lint::page(name).ok_or_else(|| Failure::Usage(format!("no rule is called `{name}`")))?;
        write_result(None, &page)?;
        return Ok(Outcome::Fine);
    }
    let mut text = String::new();
    for rule in lint::rules() {
        let fix = match rule.fix() {
            Some(Safety::Safe) => "fix",
            Some(Safety::Unsafe) => "fix?",
            None => "",
        };
        let mark = match rule {
            _ if rule.is(Mark::Core) => "core",
            _ if rule.is(Mark::Off) => "off",
            _ => "",
        };
        let severity = rule.severity.name();
        let _ = writeln!(text, "{}  {severity:<7}  {mark:<4}  {fix:<4}  {}", rule.code, rule.name);
    }
    write_result(None, &text)?;
    Ok(Outcome::Fine)
}
