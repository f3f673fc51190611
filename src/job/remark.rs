//! A finding as the page shows it.

use serde::{Deserialize, Serialize};

use crate::design::Id;
use crate::lint::{Finding, Safety, Severity};

/// What the page shows of a [`Finding`]: reading every kind of remedy would only weigh on its module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    /// The rule's code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The record that it belongs to, where there is one.
    pub record: Option<Id>,
    /// What it is about, the most important first.
    pub objects: Vec<Id>,
    /// The same for people.
    pub place: String,
    /// What is the matter.
    pub message: String,
    /// What it rests on.
    pub evidence: Vec<String>,
    /// How to repair it.
    pub fix: Option<Offer>,
}

/// A fix that can be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// The cure.
    pub title: String,
    /// Whether it may be applied without being looked at.
    pub safety: Safety,
    /// The whole finding as JSON, for [`Job::Fix`](super::Job::Fix).
    pub finding: String,
}

impl From<Finding> for Remark {
    fn from(finding: Finding) -> Self {
        let fix = finding.fix.as_ref().and_then(|it| {
            let finding = serde_json::to_string(&finding).ok()?;
            Some(Offer { title: it.title.clone(), safety: it.safety, finding })
        });
        let Finding { code, severity, record, objects, place, message, evidence, .. } = finding;
        Self { code, severity, record, objects, place, message, evidence, fix }
    }
}
