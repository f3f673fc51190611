//! An answer, checked: what it comes to, or its faults.

use super::answer::object;
use super::change::{Change, change};
use super::context::Context;
use super::fault::Fault;
use super::schema::faults;
use super::step::Step;
use super::structure::{entities, relationships};
use crate::brief::Reading;

/// So many times a model is shown what was wrong with its answer.
pub const MOST_ROUNDS: u8 = 2;

/// What an answer comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// A reading of the brief: after the first step without relationships.
    Found(Box<Reading>),
    /// A change of the design.
    Change(Box<Change>),
}

/// What the answer to a step comes to for this context; `model` is its name, kept as the origin of what it brings.
///
/// # Errors
/// With everything that is wrong with it, as far as that can be told at once.
pub fn check(step: Step, context: &Context<'_>, answer: &str, model: &str) -> Result<Checked, Vec<Fault>> {
    let property = match step {
        Step::Entities => "entities",
        Step::Relationships => "relationships",
        Step::Schema | Step::Change => "migration_up",
    };
    let value = object(answer, property).map_err(|it| vec![it])?;
    let wrong = faults(&value, &step.schema());
    if !wrong.is_empty() {
        return Err(wrong);
    }
    match step {
        Step::Entities => entities(value, context.brief).map(|it| Checked::Found(Box::new(it))),
        Step::Relationships => relationships(value, context.found, context.design, context.brief)
            .map(|it| Checked::Found(Box::new(it))),
        Step::Schema => {
            let title = "What a model adds to the design";
            change(value, context.design, title, model).map(|it| Checked::Change(Box::new(it)))
        }
        Step::Change => {
            change(value, context.design, context.request, model).map(|it| Checked::Change(Box::new(it)))
        }
    }
}
